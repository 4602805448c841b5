import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Gnupg } from '../../support/gnupg'
import { startDesktopSession } from '../support/desktop-session'
import { answerDialogs } from '../support/drive'
import { encryptedMail, importMail, profileWithKey } from '../support/encrypted-mail'
import { type Launched, launchOn } from '../support/launch'
import { pageCalls } from '../support/page-calls'
import {
  filesBelow,
  findIn,
  heapOf,
  type Needle,
  recordedMessages,
  recordMessages,
  secretsOf,
  wordsOf,
} from '../support/secret-traces'

let siegel: Launched
let gpg: Gnupg
/** Of the person, outside of the desktop: what lies here, Siegel was given or asked to write. */
let outside = ''
let log = ''
beforeAll(async () => {
  gpg = new Gnupg()
  outside = mkdtempSync(join(tmpdir(), 'sg-outside-'))
  const desktop = await startDesktopSession({ keyring: 'unlocked', screen: true })
  siegel = await launchOn(desktop, { environment: { SIEGEL_DEBUG: '1' } })
  const { stdout, stderr } = siegel.app.process()
  for (const stream of [stdout, stderr])
    stream?.on('data', chunk => {
      log += String(chunk)
    })
}, 360_000)
afterAll(async () => {
  await siegel?.stop()
  gpg?.close()
  rmSync(outside, { recursive: true, force: true })
})

const importPassphrase = 'violet anchor ninety cups'
const exportPassphrase = 'harbour lamp seven oars'

/** A key of another program, in a file under a passphrase. */
function keyOfAnotherProgram(): string {
  const path = join(outside, 'old.asc')
  gpg.run([
    '--passphrase',
    importPassphrase,
    '--quick-generate-key',
    'Bert <old@example.org>',
    'future-default',
    'default',
    '0',
  ])
  const key = gpg.run([
    '--passphrase',
    importPassphrase,
    '--armor',
    '--export-secret-keys',
    'old@example.org',
  ])
  writeFileSync(path, key)
  return path
}

test('after a day of use no secret key and no passphrase of one is anywhere but in the vault', async () => {
  const { app, page } = siegel
  const call = pageCalls(page)
  await recordMessages(app)

  // Make a key, take one in, read, sign and encrypt, give out the public part, lock and unlock.
  const mailboxId = await profileWithKey(siegel, gpg)
  const [local] = await call('accounts.list', {})
  const account = await call('accounts.add', {
    config: {
      address: 'old@example.org',
      displayName: 'Bert',
      services: {
        mail: {
          userName: 'old',
          imap: { host: '127.0.0.1', port: 1, security: 'tls' },
          smtp: { host: '127.0.0.1', port: 1, security: 'tls' },
          caPem: null,
        },
      },
    },
    password: 'none',
  })
  const keyFile = keyOfAnotherProgram()
  await answerDialogs(app, { open: [keyFile] })
  const taken = await call('keys.importSecret', {
    from: { kind: 'file' },
    passphrase: importPassphrase,
    accountId: account.id,
  })
  const [old] = taken?.imported ?? []
  const own = (await call('keys.settings', { accountId: local?.id as never })).key
  if (old === undefined || own === null) throw new Error('keys are missing')
  const useBoth = async (day: string) => {
    const path = join(outside, `${day}.eml`)
    writeFileSync(
      path,
      encryptedMail(gpg, Buffer.from(`kept for ${day}`), { 'Message-ID': `<${day}@a.example>` }),
    )
    const [messageId] = await importMail(siegel, mailboxId, path)
    const detail = await call('messages.get', { messageId: messageId as never })
    expect(detail.security.encryption).toBe('encrypted')
    const draft = await call('drafts.create', { mode: 'new', messageId: null, accountId: account.id })
    const content = {
      ...draft.content,
      to: [{ name: '', address: 'cora@example.net' }],
      cc: [{ name: '', address: 'old@example.org' }],
      subject: `Note of ${day}`,
      text: `Words of ${day}`,
      protection: { encrypt: 'on', sign: 'on' } as const,
    }
    await call('drafts.save', { draftId: draft.id, content, revision: draft.revision })
    expect(await call('keys.plan', { draftId: draft.id })).toMatchObject({ encrypts: 'yes', signs: true })
    const item = await call('outbox.send', { draftId: draft.id, passphrase: null })
    expect(['queued', 'failed']).toContain(item.state)
  }
  gpg.generate('Cora <cora@example.net>')
  const corasKey = join(outside, 'cora.pgp')
  writeFileSync(corasKey, gpg.publicKey('cora@example.net'))
  await answerDialogs(app, { open: [corasKey] })
  await call('keys.importPublicFile', {})
  await useBoth('Monday')
  await call('keys.exportPublic', { fingerprint: own })
  await call('keys.setPassphrase', { fingerprint: old.facts.fingerprint, passphrase: exportPassphrase })
  await call('keys.unlock', {
    fingerprint: old.facts.fingerprint,
    passphrase: exportPassphrase,
    rememberMinutes: null,
  })
  await call('app.lock', {})
  await call('app.unlock', { passphrase: null })
  await call('keys.unlock', {
    fingerprint: old.facts.fingerprint,
    passphrase: exportPassphrase,
    rememberMinutes: null,
  })
  await useBoth('Tuesday')

  const messages = await recordedMessages(app)
  const heap = await heapOf(page)
  const files = filesBelow(siegel.desktop.directory)

  // Only now is the key that was made here written out, to know what to look for.
  const backup = join(outside, 'backup.asc')
  await answerDialogs(app, { save: backup, button: 1 })
  await call('keys.exportSecret', { fingerprint: own, passphrase: exportPassphrase })
  const numbers: Needle[] = [
    ...(await secretsOf(readFileSync(backup, 'utf8'), exportPassphrase, 'made')),
    ...(await secretsOf(readFileSync(keyFile, 'utf8'), importPassphrase, 'taken in')),
  ]
  const needles = [...numbers, ...wordsOf([importPassphrase, exportPassphrase])]

  // The search sees what is there: main heard whose key was taken in, the page knows the subject, a key is in its file.
  expect(messages.includes('old@example.org')).toBe(true)
  expect(heap.includes('Note of Tuesday') || heap.includes('Bert')).toBe(true)
  expect(log).not.toBe('')
  expect(findIn(readFileSync(backup), needles)).toEqual(['armor of a secret key'])
  expect(files.size).toBeGreaterThan(5)

  expect(findIn(messages, needles), 'messages between the processes').toEqual([])
  for (const words of ['Words of Monday', 'Words of Tuesday', 'kept for Monday', 'Note of Tuesday'])
    expect(messages.includes(words) || messages.includes(Buffer.from(words, 'utf16le')), words).toBe(false)
  expect(findIn(Buffer.from(log), needles), 'logs').toEqual([])
  for (const [path, bytes] of files) expect(findIn(bytes, needles), path).toEqual([])
  expect(findIn(heap, needles), 'the page').toEqual([])
}, 540_000)
