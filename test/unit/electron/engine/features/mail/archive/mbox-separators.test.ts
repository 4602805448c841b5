import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readArchive } from '../../../../../../../electron/engine/features/mail/archive/read-archive'
import type { NotTaken } from '../../../../../../../shared/features/mail/archive'

const directory = mkdtempSync(join(tmpdir(), 'siegel-mbox-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))
let count = 0

async function read(content: string, name = `case-${++count}`) {
  const path = join(directory, name)
  writeFileSync(path, content, 'latin1')
  const texts: string[] = []
  const notTaken: NotTaken[] = []
  for await (const { raw } of readArchive(path, { onNotTaken: what => notTaken.push(what) }))
    texts.push(Buffer.from(raw).toString('latin1'))
  return { texts, notTaken }
}
const texts = async (content: string) => (await read(content)).texts

const dated = 'From ann@example.org Mon Nov 23 18:09:47 2026\n'
const one = 'Message-ID: <1@x>\nFrom: a@example.org\nSubject: one\n\nHello\n'
const two = 'Message-ID: <2@x>\nFrom: a@example.org\nSubject: two\n\nx\n'

describe('separators without an empty line before them', () => {
  const forms = [
    dated,
    'From - Mon Nov 23 18:09:47 2026\n',
    'From 1762345678901234567@xxx Mon Nov 23 18:09:47 +0000 2026\n',
    'From MAILER-DAEMON Fri Jul  8 12:08:34 2011\n',
    'From a@b Mon Nov 23 18:09 2026\n',
    'From "a b"@c Mon Nov 23 18:09:47 MET 2026\n',
  ]
  test.each(forms)('%s', async line => {
    expect(await texts(`${line}${one}${line}${two}${line}${one}`)).toEqual([one, two, one])
    expect(await texts(`${line}${one}\n${line}${two}\n`)).toEqual([one, two])
  })

  test('in a file with CRLF', async () => {
    const lines = `${dated}${one}${dated}${two}`.replaceAll('\n', '\r\n')
    expect(await texts(lines)).toEqual([one, two].map(each => each.replaceAll('\n', '\r\n')))
  })

  test('behind a message that does not end with a line end, as two files put together', async () => {
    // The separator stands in the middle of a line: nobody can see it there, and nothing is lost.
    const { texts: found } = await read(`${dated}${one.trimEnd()}${dated}${two}`)
    expect(found.join('')).toContain('Subject: two')
  })
})

describe('lines of a text that look like a separator', () => {
  const lines = [
    `${dated}is how it began\n`,
    `${dated}\nis how it began, after an empty line\n`,
    `${dated}- a list\n- of things\n`,
    `${dated}PS: with a colon\nand more\n`,
    `${dated}Note: one\nWarning: two\n\nthree\n`,
    'From here on: nothing\n',
    'From Monday at 12:30 2026 guests\n',
    'From \nhere\n',
    'From x\nSubject to change: maybe\n',
    `${dated}`.repeat(3).concat('all of them text\n'),
  ]
  test.each(lines)('%s', async line => {
    const message = `${one}\n${line}`
    expect(await texts(`${dated}${message}\n${dated}${two}\n`)).toEqual([message, two])
    const first = `${one}${line}`
    expect(await texts(`${dated}${first}\n${dated}${two}\n`)).toEqual([first, two])
  })

  test('also a whole message inside of another, where a Content-Length says so', async () => {
    const body = `Look at this:\n\n${dated}${two}\n${dated}${one}\nthat was it\n`
    const message = `Subject: a\nContent-Length: ${body.length}\n\n${body}`
    expect(await texts(`${dated}${message}\n${dated}${two}\n`)).toEqual([message, two])
    expect(await texts(`${dated}${two}\n${dated}${message}`)).toEqual([two, message])
    expect(await texts(`${dated}${message}${dated}${two}`)).toEqual([message, two])
  })

  test('a Content-Length that leads to such a line only is not believed', async () => {
    const message = `Subject: a\nContent-Length: 4\n\nabc\n${dated}is text\nmore\n`
    expect(await texts(`${dated}${message}\n${dated}${two}\n`)).toEqual([message, two])
  })
})

describe('odd files', () => {
  test.each([
    ['a byte order mark in front', `\xef\xbb\xbf${dated}${one}\n${dated}${two}`, [one, two]],
    ['empty lines in front', `\n\r\n${dated}${one}\n${dated}${two}`, [one, two]],
    ['no line end at the end', `${dated}${one}\n${dated}${two.trimEnd()}`, [one, two.trimEnd()]],
    ['bare separators', `From \n${one}\nFrom -\n${two}\nFrom ann\n${one}`, [one, two, one]],
    [
      'a line of a program before the header',
      `${dated}>From x\n${one}\n${dated}>From y\n${two}`,
      [`>From x\n${one}`, `>From y\n${two}`],
    ],
    ['a last message without anything', `${dated}${one}\n${dated}`, [one, '']],
  ])('%s', async (_name, content, expected) => {
    expect(await texts(content)).toEqual(expected)
  })

  test('half a million lines that look like separators cost no more than others', async () => {
    const body = 'From a@b Mon Nov 23 18:09:47 2026\n'.repeat(200_000)
    const message = `${one}\n${body}`
    expect(await texts(`${dated}${message}`)).toEqual([message])
  }, 60_000)

  test('what is not taken is named', async () => {
    const gone = 'X-Mozilla-Status: 0009\nSubject: gone\n\nx\n'
    const { texts: found, notTaken } = await read(`${dated}${one}\n${dated}${gone}\n${dated}${two}`)
    expect(found).toEqual([one, two])
    expect(notTaken).toEqual([{ name: 'message 2', reason: 'deleted' }])
  })
})

/** The same numbers every time. */
function numbers(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff
    return Math.floor((state / 0x8000_0000) * below)
  }
}
const bodyLines = [
  'Hello',
  '',
  'From here on',
  '>From me',
  '>>From you',
  'From: a colon',
  '-- ',
  'Subject: quoted',
  '\xe4\xf6',
  'x'.repeat(2000),
]
type Flavour = Readonly<{
  name: string
  separator: string
  /** Whether Python's reader, which splits at every From line, can be right. */
  python: boolean
  write(head: string, body: string): string
}>
const quoteAll = (text: string) => text.replace(/^(>*From )/gm, '>$1')
const quoteBare = (text: string) => text.replace(/^From /gm, '>From ')
const withLength = (head: string, body: string) => `${head}Content-Length: ${body.length}\n\n${body}`
const flavours: readonly Flavour[] = [
  { name: 'mboxo', separator: dated, python: true, write: (head, body) => `${head}\n${quoteBare(body)}` },
  { name: 'mboxrd', separator: dated, python: true, write: (head, body) => `${head}\n${quoteAll(body)}` },
  {
    name: 'mboxcl',
    separator: dated,
    python: true,
    write: (head, body) => withLength(head, quoteBare(body)),
  },
  { name: 'mboxcl2', separator: dated, python: false, write: withLength },
  {
    name: 'Thunderbird',
    separator: 'From - Mon Nov 23 18:09:47 2026\n',
    python: true,
    write: (head, body) => `X-Mozilla-Status: 0001\nX-Mozilla-Status2: 00000000\n${head}\n${quoteBare(body)}`,
  },
  {
    name: 'Gmail Takeout',
    separator: 'From 1762345678901234567@xxx Mon Nov 23 18:09:47 +0000 2026\n',
    python: true,
    write: (head, body) => `X-GM-THRID: 1762345678901234567\n${head}\n${quoteAll(body)}`,
  },
  {
    name: 'mutt',
    separator: dated,
    python: true,
    write: (head, body) => `${head}Status: RO\n\n${quoteBare(body)}`,
  },
]

describe.each(flavours)('forty generated files of $name', ({ name, separator, python, write }) => {
  test('have as many messages as were written, and as Python’s reader counts where it can', async () => {
    const next = numbers(name.length * 7919)
    const truth: { file: string; messages: number }[] = []
    for (let file = 0; file < 40; file++) {
      const messages = Array.from({ length: next(12) + 1 }, (_, index) => {
        const body = Array.from({ length: next(12) }, () => bodyLines[next(bodyLines.length)] ?? '')
        // Only where a length says what belongs to the message: a whole other one.
        if (name === 'mboxcl2' && next(2) === 0) body.push('', dated.trimEnd(), ...two.split('\n'))
        const text = `${body.join('\n')}\n`
        return write(`Message-ID: <${index}@x>\nFrom: a@example.org\nSubject: ${index}\n`, text)
      })
      const blank = next(4) === 0 ? '' : '\n'
      const content = messages.map(each => `${separator}${each}${blank}`).join('')
      const crlf = name !== 'mboxcl' && name !== 'mboxcl2' && next(3) === 0
      const file_ = `${name.replace(' ', '-')}-${file}`
      const { texts: found } = await read(crlf ? content.replaceAll('\n', '\r\n') : content, file_)
      expect([file_, found.length]).toEqual([file_, messages.length])
      truth.push({ file: file_, messages: messages.length })
    }
    if (!python) return
    const script =
      'import mailbox, sys, json\nprint(json.dumps([len(mailbox.mbox(p, create=False)) for p in sys.argv[1:]]))'
    const answer = spawnSync('python3', ['-c', script, ...truth.map(({ file }) => join(directory, file))])
    // A machine without Python can still tell whether our own count is right.
    if (answer.error) return
    expect(JSON.parse(answer.stdout.toString())).toEqual(truth.map(each => each.messages))
  })
})
