import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AccountId, MailboxId } from '../../../../../../../shared/kit/ids'
import { openTestEngine, type TestEngine } from '../../../../../../support/engine-in-test'

const directory = mkdtempSync(join(tmpdir(), 'siegel-round-'))
let engine: TestEngine
let accountId: AccountId
let count = 0
beforeAll(async () => {
  engine = await openTestEngine(join(directory, 'profile'))
  const config = { address: 'local', displayName: '', services: {} } as const
  accountId = (await engine.call('accounts.add', { config, password: null })).id
})
afterAll(async () => {
  await engine.close()
  rmSync(directory, { recursive: true, force: true })
})

const folder = async (): Promise<MailboxId> =>
  (await engine.call('mailboxes.create', { accountId, parentId: null, name: `Folder ${++count}` })).id
const fresh = () => join(directory, `archive-${++count}`)

const separator = 'From ann@example.org Mon Nov 23 18:09:47 2026\n'
/** Whatever a server can hold, its header right or not. */
const difficult = [
  'Subject: plain\r\n\r\ntext\r\n',
  'From x Mon Nov 23 18:09:47 2026\nSubject: begins like an mbox\n\ntext\n',
  `${separator}Subject: two in one\n\na\n\n${separator}Subject: second\n\nb\n`,
  'From \nSubject: bare\n\ntext\n',
  '>From x\nSubject: quoted first line\n\ntext\n',
  '\xef\xbb\xbfSubject: byte order mark\n\ntext\n',
  '\n\nSubject: empty lines first\n\ntext\n',
  ' folded first line\nSubject: odd\n\ntext\n',
  'This is no header at all\n',
  '=== forwarded by a robot ===\nSubject: a line in front\n\ntext\n',
  'Subject: no end',
  'Subject: bare\rreturns\rFrom x\r',
  `Subject: eight bits\n\n${'\xff\x00\x80'.repeat(500)}`,
  'X-Mbox-Format: mboxrd; bytes=3; lines=1\nSubject: pretends\n\ntext\n',
  'Content-Length: 99999\nStatus: RO\nX-Mozilla-Status: 0009\nSubject: says it is deleted\n\ntext\n',
  '\n',
  ' ',
  '\xfe\xff\x00S\x00u\x00b\x00j\x00e\x00c\x00t\x00:\x00 \x00u\x00\n',
  '\xff\xfeS\x00u\x00b\x00j\x00e\x00c\x00t\x00:\x00 \x00u\x00\n\x00',
  `Subject: long\n\n${'x'.repeat(1_500_000)}`,
  `Subject: ends like a separator\n\ntext\n\n${separator}`,
]
const flags = [
  [],
  ['\\Seen'],
  ['\\Seen', '\\Flagged', '\\Answered', '$Forwarded'],
  ['\\Draft', 'work', '$Label1'],
]

/** A sidecar is what says flags and times of .eml files. */
function writeEmls(): string {
  const path = fresh()
  mkdirSync(path)
  const messages: Record<string, { flags: string[]; internalDateMs: number }> = {}
  difficult.forEach((text, index) => {
    const name = `${String(index).padStart(3, '0')}.eml`
    writeFileSync(join(path, name), text, 'latin1')
    messages[name] = {
      flags: flags[index % flags.length] ?? [],
      internalDateMs: 1_700_000_000_123 + index * 1000,
    }
  })
  writeFileSync(join(path, 'flags.json'), JSON.stringify({ messages }))
  return path
}
type Known = { text: string; flags: string[]; internalDateMs: number }
/** What an export to .eml holds: every byte, flag and time. */
async function contents(mailboxId: MailboxId): Promise<Known[]> {
  const path = fresh()
  await engine.call('mail.export', { mailboxId, path, format: 'eml' })
  const { messages } = JSON.parse(readFileSync(join(path, 'flags.json'), 'utf8')) as {
    messages: Record<string, { flags: string[]; internalDateMs: number }>
  }
  return readdirSync(path)
    .filter(name => name !== 'flags.json')
    .toSorted()
    .map(name => ({
      text: readFileSync(join(path, name), 'latin1'),
      flags: (messages[name]?.flags ?? []).toSorted(),
      internalDateMs: messages[name]?.internalDateMs ?? 0,
    }))
}

describe('export, import, export', () => {
  test.each(['eml', 'mbox', 'maildir'] as const)(
    'is equal as %s: bytes, flags, times',
    async format => {
      const first = await folder()
      expect(await engine.call('mail.import', { path: writeEmls(), mailboxId: first })).toEqual({
        imported: difficult.length,
        skipped: 0,
        notTaken: [],
        notTakenCount: 0,
      })
      const before = await contents(first)
      expect(before.map(each => each.text).toSorted()).toEqual(difficult.toSorted())
      const path = fresh()
      await engine.call('mail.export', { mailboxId: first, path, format })
      const second = await folder()
      expect(await engine.call('mail.import', { path, mailboxId: second })).toMatchObject({
        imported: difficult.length,
        notTakenCount: 0,
      })
      // An mbox has whole seconds only.
      const known = (all: Known[]) =>
        all.map(each =>
          format === 'mbox' ? { ...each, internalDateMs: Math.floor(each.internalDateMs / 1000) } : each,
        )
      expect(known(await contents(second))).toEqual(known(before))
      // And again into the same folder: all of it is there already.
      expect(await engine.call('mail.import', { path, mailboxId: second })).toMatchObject({
        imported: 0,
        skipped: difficult.length,
      })
    },
    60_000,
  )

  test('a Maildir of ours is one that other programs read', async () => {
    const mailboxId = await folder()
    await engine.call('mail.import', { path: writeEmls(), mailboxId })
    const path = fresh()
    await engine.call('mail.export', { mailboxId, path, format: 'maildir' })
    expect(readdirSync(path).toSorted()).toEqual(['cur', 'dovecot-keywords', 'flags.json', 'new', 'tmp'])
    expect(readdirSync(join(path, 'cur'))).toHaveLength(difficult.length)
    // Letters and keywords say the same without the sidecar.
    rmSync(join(path, 'flags.json'))
    const second = await folder()
    await engine.call('mail.import', { path, mailboxId: second })
    const flagsOf = async (id: MailboxId) => (await contents(id)).map(each => each.flags)
    expect(await flagsOf(second)).toEqual(await flagsOf(mailboxId))
  }, 60_000)
})

describe('a directory of .eml files of other programs', () => {
  test('gives what can be read, and names everything else with its reason', async () => {
    const path = fresh()
    mkdirSync(join(path, 'sub'), { recursive: true })
    const take = (name: string, text: string) => writeFileSync(join(path, name), text, 'latin1')
    take('a.eml', 'From x Mon Nov 23 18:09:47 2026\nSubject: a\n\ntext\n')
    take('b.eml', '\xef\xbb\xbfSubject: b\n\ntext\n')
    take('c.EML', 'a line of a program\nSubject: c\n\ntext\n')
    take('d.eml', '\r\n\r\nReceived: x\r\nSubject: d\r\n\r\ntext\r\n')
    take('e.eml', '\xff\xfeS\x00u\x00b\x00j\x00e\x00c\x00t\x00:\x00 \x00u\x00\n\x00')
    take('f.eml', '\xfe\xff\x00S\x00u\x00b\x00j\x00e\x00c\x00t\x00:\x00 \x00u\x00\n')
    take('photo.eml', '\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00')
    take('nothing.eml', '')
    take('picture.png', 'x')
    take('.hidden', 'x')
    symlinkSync('/etc/hostname', join(path, 'link.eml'))
    const mailboxId = await folder()
    const report = await engine.call('mail.import', { path, mailboxId })
    expect(report).toMatchObject({ imported: 6, skipped: 0, notTakenCount: 5 })
    expect(report.notTaken).toEqual([
      { name: 'link.eml', reason: 'link' },
      { name: 'nothing.eml', reason: 'empty' },
      { name: 'photo.eml', reason: 'not-mail' },
      { name: 'picture.png', reason: 'other-kind' },
      { name: 'sub', reason: 'directory' },
    ])
    expect(existsSync(join(path, 'a.eml'))).toBe(true)
  })

  test('one .eml that begins like an mbox is one message, one that holds several is an mbox', async () => {
    const single = join(directory, 'single.eml')
    writeFileSync(single, `${separator}Subject: a\n\ntext\n`)
    const several = join(directory, 'several.eml')
    writeFileSync(several, `${separator}Subject: a\n\ntext\n\n${separator}Subject: b\n\ntext\n`)
    const [one, two] = [await folder(), await folder()]
    expect(await engine.call('mail.import', { path: single, mailboxId: one })).toMatchObject({ imported: 1 })
    expect(await engine.call('mail.import', { path: several, mailboxId: two })).toMatchObject({ imported: 2 })
    expect((await contents(one)).map(each => each.text)).toEqual([`${separator}Subject: a\n\ntext\n`])
  })
})
