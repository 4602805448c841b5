import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ExportedMessage } from '../../../../../../../electron/engine/features/mail/archive/archived-message'
import { readArchive } from '../../../../../../../electron/engine/features/mail/archive/read-archive'
import { writeEmlDirectory } from '../../../../../../../electron/engine/features/mail/archive/write-eml-directory'
import { writeMbox } from '../../../../../../../electron/engine/features/mail/archive/write-mbox'

let directory = ''
let count = 0
const fresh = () => join(directory, `case-${++count}`)
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'siegel-archive-'))
})
afterAll(async () => {
  await rm(directory, { recursive: true, force: true })
})

type Read = { text: string; flags: readonly string[]; internalDateMs: number | null }
async function read(path: string): Promise<Read[]> {
  const found: Read[] = []
  for await (const { raw, flags, internalDateMs } of readArchive(path))
    found.push({ text: Buffer.from(raw).toString('latin1'), flags: [...flags].sort(), internalDateMs })
  return found
}
async function readText(content: string): Promise<Read[]> {
  const path = fresh()
  await writeFile(path, content, 'latin1')
  return read(path)
}
const texts = (messages: readonly Read[]) => messages.map(each => each.text)
const out = (text: string, flags: readonly string[] = [], internalDateMs = 0): ExportedMessage => ({
  raw: Buffer.from(text, 'latin1'),
  flags,
  internalDateMs,
  from: 'ann@example.org',
})
const separator = 'From ann@example.org Mon Nov 23 18:09:47 2026\n'

describe('mbox files of other programs', () => {
  test('messages are split at their separators and keep every byte', async () => {
    const messages = await readText(`${separator}Subject: a\n\none\n\n${separator}Subject: b\n\ntwo\n\n\n`)
    expect(texts(messages)).toEqual(['Subject: a\n\none\n', 'Subject: b\n\ntwo\n\n'])
    expect(messages[0]?.internalDateMs).toBe(Date.UTC(2026, 10, 23, 18, 9, 47))
  })

  test('CRLF files keep CRLF', async () => {
    const messages = await readText(
      `${separator}Subject: a\n\none\n\n${separator}Subject: b\n\ntwo\n`.replaceAll('\n', '\r\n'),
    )
    expect(texts(messages)).toEqual(['Subject: a\r\n\r\none\r\n', 'Subject: b\r\n\r\ntwo\r\n'])
  })

  test('a line of text that begins with From is no separator', async () => {
    const messages = await readText(
      `${separator}Subject: a\n\none\n\nFrom here on it is text\nFrom x Mon Nov 23 18:09:47 2026\n`,
    )
    expect(messages).toHaveLength(1)
  })

  test('Thunderbird’s and bare separators are known', async () => {
    expect(
      await readText('From - Mon Nov 23 18:09:47 2026\nSubject: a\n\none\n\nFrom \nSubject: b\n\ntwo\n'),
    ).toHaveLength(2)
  })

  test('mboxrd is recognised by its double quoting and undone by one', async () => {
    const messages = await readText(`${separator}Subject: a\n\n>From me\n>>From you\n> From them\n`)
    expect(texts(messages)).toEqual(['Subject: a\n\nFrom me\n>From you\n> From them\n'])
  })

  test('mboxo is left as it is: the sender may have written the quote', async () => {
    expect(texts(await readText(`${separator}Subject: a\n\n>From me\n`))).toEqual([
      'Subject: a\n\n>From me\n',
    ])
  })

  test('mboxcl2 is cut by its length, whatever the text looks like', async () => {
    const body = `one\n\n${separator}not a message\n`
    const messages = await readText(
      `${separator}Subject: a\nContent-Length: ${body.length}\n\n${body}\n${separator}Subject: b\n\ntwo\n`,
    )
    expect(texts(messages)).toEqual([
      `Subject: a\nContent-Length: ${body.length}\n\n${body}`,
      'Subject: b\n\ntwo\n',
    ])
  })

  test('a lying length loses no message', async () => {
    for (const length of [0, 2, 17, 99_999_999]) {
      const messages = await readText(
        `${separator}Subject: a\nContent-Length: ${length}\n\none\n\n${separator}Subject: b\n\ntwo\n`,
      )
      expect(texts(messages)).toEqual([
        `Subject: a\nContent-Length: ${length}\n\none\n`,
        'Subject: b\n\ntwo\n',
      ])
    }
  })

  test('flags of mutt, Dovecot and Thunderbird are read; mail that Thunderbird deleted stays away', async () => {
    const messages = await readText(
      `${separator}Status: RO\nX-Status: AF\nX-Keywords: $Label1 work\nSubject: a\n\none\n\n${separator}X-Mozilla-Status: 1003\nX-Mozilla-Keys: $label2\nSubject: b\n\ntwo\n\n${separator}X-Mozilla-Status: 0009\nSubject: c\n\nthree\n\n${separator}Status: O\nSubject: d\n\nStatus: RO\n`,
    )
    expect(messages.map(each => each.flags)).toEqual([
      ['$Label1', '\\Answered', '\\Flagged', '\\Seen', 'work'],
      ['$Forwarded', '$label2', '\\Answered', '\\Seen'],
      [],
    ])
  })

  test('a line of three megabytes and many messages over many chunks stay exact', async () => {
    const long = `Subject: a\n\n${'x'.repeat(3_000_000)}\nend\n`
    const small = Array.from(
      { length: 5000 },
      (_, index) => `Subject: ${index}\n\n${'line of text\n'.repeat(index % 50)}`,
    )
    const all = [long, ...small, long]
    const messages = await readText(all.map(each => `${separator}${each}\n`).join(''))
    expect(messages).toHaveLength(all.length)
    expect(texts(messages)).toEqual(all)
  })
})

describe('Maildir and .eml', () => {
  test('a Maildir gives flags from names, also with semicolons, and keywords of Dovecot', async () => {
    const path = fresh()
    await mkdir(join(path, 'cur'), { recursive: true })
    await mkdir(join(path, 'new'))
    await mkdir(join(path, 'tmp'))
    await writeFile(join(path, 'dovecot-keywords'), '0 $Label1\n1 work\n')
    await writeFile(join(path, 'cur', '1.a.host:2,FRS'), 'Subject: 1\r\n\r\none')
    await writeFile(join(path, 'cur', '2.b.host;2,DPab'), 'Subject: 2\n\ntwo\n')
    await writeFile(join(path, 'new', '3.c.host'), 'Subject: 3\n\nthree\n')
    await writeFile(join(path, 'tmp', '4.d.host'), 'Subject: 4\n\nhalf')
    await symlink('/etc/passwd', join(path, 'cur', '5.e.host:2,'))
    const messages = await read(path)
    expect(texts(messages)).toEqual(['Subject: 1\r\n\r\none', 'Subject: 2\n\ntwo\n', 'Subject: 3\n\nthree\n'])
    expect(messages.map(each => each.flags)).toEqual([
      ['\\Answered', '\\Flagged', '\\Seen'],
      ['$Forwarded', '$Label1', '\\Draft', 'work'],
      [],
    ])
  })

  test('one .eml, and a directory of them', async () => {
    const path = fresh()
    await mkdir(path)
    await writeFile(join(path, 'a.eml'), 'Subject: a\n\none')
    await writeFile(join(path, 'b.EML'), 'Subject: b\n\ntwo')
    await writeFile(join(path, 'notes.txt'), 'not mail')
    expect(texts(await read(path))).toEqual(['Subject: a\n\none', 'Subject: b\n\ntwo'])
    expect(texts(await read(join(path, 'a.eml')))).toEqual(['Subject: a\n\none'])
  })

  test('what is no mail is refused by name', async () => {
    const path = fresh()
    await writeFile(path, Buffer.from([0x89, 0x50, 0x4e, 0x47]))
    await expect(read(path)).rejects.toThrow('import-unreadable')
    await expect(read(join(directory, 'nothing-here'))).rejects.toThrow('file-unreadable')
    const empty = fresh()
    await mkdir(empty)
    await expect(read(empty)).rejects.toThrow('import-unreadable')
  })

  test('an import can be cancelled', async () => {
    const path = fresh()
    await writeFile(path, `${separator}Subject: a\n\none\n`)
    const iterate = async () => {
      for await (const _ of readArchive(path, { signal: AbortSignal.abort() })) expect.unreachable()
    }
    await expect(iterate()).rejects.toThrow('cancelled')
  })
})

const difficult = [
  'Subject: a\r\n\r\nFrom me\r\n>From you\r\n>>From them\r\n',
  'Subject: b\n\nno newline at the end',
  'Subject: c\n\nFrom ',
  'From x Mon Nov 23 18:09:47 2026\nSubject: d\n\nbegins like a separator\n',
  `Subject: e\n\nX\n\n${separator}inside\n\n\n\n`,
  'Subject: f\r\nStatus: RO\r\nX-Mozilla-Status: 0009\r\nContent-Length: 99999999\r\n\r\nbody\r\n\r\n\r\n',
  '',
  '\n',
  'Subject: g\r\rbare CR\rFrom x\r',
  'X-Mbox-Format: mboxrd; bytes=3; lines=1\nSubject: h\n\npretends to be ours\n',
  `Subject: i\n\n${'\xff\x00\x80'.repeat(1000)}`,
]

describe('what is exported comes back byte for byte', () => {
  test('as mbox, with flags and keywords', async () => {
    const path = fresh()
    const messages = difficult.map((text, index) =>
      out(text, index % 2 ? ['\\Seen', '\\Flagged', '$Forwarded', 'work'] : [], index * 1000),
    )
    await writeMbox(path, messages)
    const back = await read(path)
    expect(texts(back)).toEqual(difficult)
    expect(back.map(each => each.flags)).toEqual(messages.map(each => [...each.flags].sort()))
    expect(back.map(each => each.internalDateMs)).toEqual(messages.map(each => each.internalDateMs))
  })

  test('twice: exporting an import gives the same file', async () => {
    const first = fresh()
    const second = fresh()
    await writeMbox(
      first,
      difficult.map(text => out(text, ['\\Answered'])),
    )
    const back = await read(first)
    await writeMbox(
      second,
      back.map(each => out(each.text, each.flags, each.internalDateMs ?? 0)),
    )
    const hash = async (path: string) =>
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex')
    expect(await hash(second)).toBe(await hash(first))
  })

  test('any bytes at all', async () => {
    const piece = fc.constantFrom(
      'From ',
      '>',
      '\n',
      '\r\n',
      '\r',
      separator,
      'Subject: x',
      '',
      'a',
      'Content-Length: 4\n',
      '\n\n',
      'X-Mbox-Format: mboxrd; bytes=1; lines=1\n',
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.array(piece, { maxLength: 12 }).map(pieces => pieces.join('')),
          { maxLength: 5 },
        ),
        async messages => {
          const path = fresh()
          await writeMbox(
            path,
            messages.map(text => out(text)),
          )
          expect(texts(await read(path))).toEqual(messages)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('as .eml files with clean names, flags beside them', async () => {
    const path = fresh()
    const messages = [
      out('Subject: ../../a: b?\r\n\r\nx', ['\\Seen', 'work'], 1000),
      out('no header', ['\\Flagged'], 2000),
      out(difficult[0] ?? '', [], 3000),
    ]
    await writeEmlDirectory(path, messages)
    const names = (await readdir(path)).sort()
    expect(names).toEqual([
      '000001 1970-01-01 .._.._a_ b_.eml'.replace(' .._.._', ' _.._'),
      '000002 1970-01-01.eml',
      '000003 1970-01-01 a.eml',
      'flags.json',
    ])
    const back = await read(path)
    expect(texts(back)[0]).toBe('Subject: ../../a: b?\r\n\r\nx')
    expect(texts(back)[2] ?? texts(back)[1]).toBe(difficult[0])
    expect(back[0]?.flags).toEqual(['\\Seen', 'work'])
    expect(back[0]?.internalDateMs).toBe(1000)
  })

  test('an empty mailbox', async () => {
    const mbox = fresh()
    await writeMbox(mbox, [])
    expect(await read(mbox)).toEqual([])
    const eml = fresh()
    await writeEmlDirectory(eml, [])
    expect(await read(eml)).toEqual([])
  })

  test('other programs read the flags', async () => {
    const path = fresh()
    await writeMbox(path, [out('Subject: a\n\nx\n', ['\\Seen', '\\Answered', 'work'])])
    expect(await readFile(path, 'latin1')).toBe(
      'From ann@example.org Thu Jan  1 00:00:00 1970\nX-Mbox-Format: mboxrd; bytes=14; lines=4\nStatus: RO\nX-Status: A\nX-Keywords: work\nSubject: a\n\nx\n\n',
    )
  })
})

describe('an export never damages what is there', () => {
  test('an existing file or directory is refused and untouched', async () => {
    const path = fresh()
    await writeFile(path, 'mine')
    await expect(writeMbox(path, [out('x')])).rejects.toThrow('file-exists')
    expect(await readFile(path, 'utf8')).toBe('mine')
    await expect(writeEmlDirectory(path, [out('x')])).rejects.toThrow('file-exists')
  })

  test('a failure in the middle leaves nothing behind', async () => {
    const path = fresh()
    function* failing() {
      yield out('Subject: a\n\nx')
      throw new Error('store closed')
    }
    await expect(writeMbox(path, failing())).rejects.toThrow('store closed')
    await expect(writeEmlDirectory(path, failing())).rejects.toThrow('store closed')
    expect((await readdir(directory)).filter(name => join(directory, name).startsWith(path))).toEqual([])
  })

  test('a place that cannot be written says so', async () => {
    await expect(writeMbox(join(directory, 'no', 'such', 'place'), [])).rejects.toThrow('file-unwritable')
  })
})
