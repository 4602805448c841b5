import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CallEngine } from '../../../../../electron/ipc/answer-call'
import { type Dialogs, dialogHandlers, suggestedFileName } from '../../../../../electron/ipc/handlers/dialogs'
import type { CertificateProblem } from '../../../../../shared/features/accounts/model'
import type { BookId } from '../../../../../shared/features/contacts/model'
import { type MailboxId, type MessageId, messageId } from '../../../../../shared/kit/ids'
import { failed, makeFailure, ok, type Result } from '../../../../../shared/kit/result'

let directory: string
let calls: { name: string; input: unknown }[]
let answers: Record<string, Result<unknown>>
let suggested: string[]
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'siegel-dialogs-'))
  calls = []
  answers = {}
  suggested = []
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const notHere = { code: 'body-not-here', retryable: false, params: {} } as const

const callEngine = (async (name: string, input: unknown) => {
  calls.push({ name, input })
  return answers[name] ?? failed(makeFailure('internal', { fault: name }))
}) as CallEngine

/** A user who answers every question alike. */
const user = (choice: { path: string | null; saysYes: boolean }): Dialogs => ({
  openFiles: async () => (choice.path === null ? null : [choice.path]),
  openFile: async () => choice.path,
  openDirectory: async () => choice.path,
  saveFile: async ({ suggestedName, extension }) => {
    suggested.push(`${suggestedName}.${extension}`)
    return choice.path
  },
  confirmCertificate: async () => choice.saysYes,
  openLink: async () => choice.saysYes,
})
const printed: Buffer[] = []
const handlersFor = (path: string | null, saysYes = false) =>
  dialogHandlers({
    dialogs: user({ path, saysYes }),
    callEngine,
    readRaw: async () => (answers['messages.raw'] ?? failed(notHere)) as Result<Buffer>,
    printPage: async ({ isWide }) => {
      printed.push(Buffer.from(isWide ? '%PDF wide' : '%PDF'))
      return printed.at(-1) as Buffer
    },
  })

const id: MessageId = messageId.parse(7)
const mailbox = 3 as MailboxId

test("without a yes in main's own window no certificate is pinned", async () => {
  const place = { host: 'mail.example', port: 993, fingerprint256: 'aa:bb' }
  const problem = { ...place, reason: 'self-signed' } as CertificateProblem
  const pinned = () => calls.filter(({ name }) => name === 'certificates.pin')
  answers['certificates.refused'] = ok(problem)
  expect(await handlersFor(null, false)['accounts.pinCertificate']({ problem })).toEqual({ pinned: false })
  expect(pinned()).toEqual([])
  answers['certificates.pin'] = ok({})
  expect(await handlersFor(null, true)['accounts.pinCertificate']({ problem })).toEqual({ pinned: true })
  expect(pinned()).toEqual([{ name: 'certificates.pin', input: place }])
})

test.each([
  ['that nobody met', null, 'not-found'],
  ['with a key that others can compute', { reason: 'weak-key' }, 'bad-request'],
] as const)('a certificate %s cannot be pinned, whatever the page says of it', async (_what, met, code) => {
  const problem = { host: 'mail.example', port: 993, fingerprint256: 'aa:bb' } as CertificateProblem
  answers['certificates.refused'] = ok(met)
  await expect(handlersFor(null, true)['accounts.pinCertificate']({ problem })).rejects.toMatchObject({
    code,
  })
  expect(calls.map(({ name }) => name)).not.toContain('certificates.pin')
})

test('cancelling a dialog does nothing and is no error', async () => {
  const handlers = handlersFor(null)
  answers['messages.raw'] = ok(Buffer.alloc(3))
  answers['messages.summaries'] = ok([])
  answers['mailboxes.list'] = ok([])
  expect(await handlers['files.attach']({ draftId: 'd' as never })).toEqual([])
  expect(await handlers['files.saveAttachments']({ messageId: id, partId: null })).toEqual({ saved: [] })
  expect(await handlers['files.saveMessage']({ messageId: id })).toEqual({ saved: [] })
  expect(await handlers['files.import']({ mailboxId: mailbox, from: 'file' })).toEqual({
    imported: 0,
    skipped: 0,
    notTaken: [],
    notTakenCount: 0,
  })
  expect(await handlers['files.export']({ mailboxId: mailbox })).toEqual({ exported: 0 })
})

test('a file of contacts is held by the engine, and a book goes into the file that was chosen', async () => {
  const bookId = 7 as BookId
  expect(await handlersFor(null)['files.chooseContacts']({})).toBeNull()
  answers['contacts.books'] = ok([{ id: bookId, name: 'Verein: "Köln"' }])
  expect(await handlersFor(null)['files.exportContacts']({ bookId })).toEqual({ exported: 0 })
  expect(suggested.at(-1)).toBe('Verein Köln.vcf')
  answers['contacts.holdFile'] = ok({ file: 3 })
  // The page learns the name and not the place.
  expect(await handlersFor('/home/me/a.vcf')['files.chooseContacts']({})).toEqual({ file: 3, name: 'a.vcf' })
  answers['contacts.export'] = ok({ exported: 3 })
  expect(await handlersFor('/b.vcf')['files.exportContacts']({ bookId })).toEqual({ exported: 3 })
  expect(calls.filter(({ name }) => /^contacts\.(holdFile|export)$/.test(name))).toEqual([
    { name: 'contacts.holdFile', input: { path: '/home/me/a.vcf' } },
    { name: 'contacts.export', input: { path: '/b.vcf', bookId } },
  ])
})

test('a message is saved byte for byte under a name made from its subject', async () => {
  const bytes = Uint8Array.from([70, 13, 10, 0, 255])
  const given = Buffer.from(bytes)
  answers['messages.raw'] = ok(given)
  answers['messages.summaries'] = ok([{ subject: '../Re: Plan / "Köln"\u202e' }])
  const path = join(directory, 'kept.eml')
  expect(await handlersFor(path)['files.saveMessage']({ messageId: id })).toEqual({ saved: [path] })
  expect(new Uint8Array(readFileSync(path))).toEqual(bytes)
  expect(suggested).toEqual(['Re Plan Köln.eml'])
  // Main's own copy is gone.
  expect(given).toEqual(Buffer.alloc(5))
})

test('what the engine refuses arrives as the reason it gave', async () => {
  answers['messages.summaries'] = ok([])
  answers['messages.raw'] = failed(notHere)
  await expect(handlersFor('/x')['files.saveMessage']({ messageId: id })).rejects.toMatchObject({
    code: 'body-not-here',
  })
})

test('a path that cannot be written says so', async () => {
  answers['messages.raw'] = ok(Buffer.alloc(1))
  answers['messages.summaries'] = ok([])
  const path = join(directory, 'no', 'such', 'folder.eml')
  await expect(handlersFor(path)['files.saveMessage']({ messageId: id })).rejects.toMatchObject({
    code: 'file-unwritable',
  })
})

test.each([
  ['a/b\\c:d', 'a b c d'],
  ['.hidden', 'hidden'],
  ['name. . .', 'name'],
  ['x'.repeat(300), 'x'.repeat(80)],
  ['\u0000\u0007', ''],
])('the subject %j suggests the name %j', (subject, name) => {
  expect(suggestedFileName(subject)).toBe(name)
})

test('a page goes into the PDF file that was chosen, and nothing of it stays in main', async () => {
  const page = { suggestedName: 'März: 2026', isWide: true }
  expect(await handlersFor(null)['files.savePage'](page)).toEqual({ saved: [] })
  expect([suggested.at(-1), printed]).toEqual(['März 2026.pdf', []])
  const path = join(directory, 'a.pdf')
  expect(await handlersFor(path)['files.savePage'](page)).toEqual({ saved: [path] })
  expect(readFileSync(path, 'utf8')).toBe('%PDF wide')
  expect(printed[0]?.every(byte => byte === 0)).toBe(true)
  const nowhere = join(path, 'b.pdf')
  await expect(handlersFor(nowhere)['files.savePage'](page)).rejects.toMatchObject({
    code: 'file-unwritable',
  })
  expect(printed.every(each => each.every(byte => byte === 0))).toBe(true)
})
