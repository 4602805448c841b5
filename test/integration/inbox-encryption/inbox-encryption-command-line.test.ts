import { afterAll, beforeAll, expect, test } from 'vitest'
import { inboxForm } from '../../../electron/engine/features/inbox-encryption/form/inbox-form'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { addRigAccount, type ListedMessage, TestProfile } from '../../support/command-line'
import { mailOnDisk } from '../../support/inbox-on-disk'

type Status = {
  on: boolean
  keys: string[]
  keepOriginalsDays: number
  hideSubject: boolean
  undoable: number
  job: { kind: string; state: string; total: number; done: number } | null
  skips: { subject: string; reason: string }[]
}

let servers: MailServers
const alice = new TestProfile()
const verb = (name: string, ...more: string[]) => alice.json<Status>('inbox-encryption', name, ...more)
const encryptedIn = (mailbox: string): number =>
  mailOnDisk(servers.maildir('alice@rig.test', mailbox)).filter(raw => inboxForm.protectionOf(raw) !== null)
    .length

beforeAll(async () => {
  servers = await startMailServers()
  for (const mailbox of ['INBOX', 'Projects']) {
    for (const number of [1, 2, 3]) {
      const head = `Message-ID: <${mailbox}-${number}@rig.test>\nFrom: bob@rig.test\nTo: alice@rig.test`
      const text = `${head}\nSubject: ${mailbox} ${number}\n\nHello ${number}.\n`
      await servers.deliver('alice@rig.test', text, { mailbox, receivedAt: new Date(Date.UTC(2026, 0, 1)) })
    }
  }
  await alice.create()
  await addRigAccount(alice, servers, 'alice')
  await alice.json('sync')
})
afterAll(async () => {
  await servers?.stop()
  await alice.remove()
})

test('it is off, says so, and cannot be switched on without a key and without a backup of it', async () => {
  expect(await verb('status')).toMatchObject({ on: false, keys: [], job: null, skips: [] })
  expect(await alice.failure('inbox-encryption', 'on')).toMatchObject({ code: 'no-key' })
  const { facts } = await alice.json<{ facts: { fingerprint: string } }>('keys', 'generate', 'alice@rig.test')
  expect(await alice.failure('inbox-encryption', 'on')).toMatchObject({ code: 'key-not-backed-up' })
  expect(await alice.failure('inbox-encryption', 'run')).toMatchObject({ code: 'conflict' })
  const passphrase = alice.file('key-passphrase', 'correct horse battery staple 7\n')
  const out = ['--out', `${alice.directory}/secret.asc`, '--key-passphrase-file', passphrase]
  await alice.json('keys', 'export', facts.fingerprint, '--secret', ...out)
})

test('switched on, it says what will not work any more', async () => {
  const said = await alice.run('inbox-encryption', 'on', '--keep-days', '3', '--hide-subject')
  expect(said.exitCode, said.stderr).toBe(0)
  expect(said.stdout).toContain('search')
  expect(said.stdout).toContain('devices without the key cannot read it')
  expect(await verb('status')).toMatchObject({ on: true, keepOriginalsDays: 3, hideSubject: true })
  expect(await verb('on', '--keep-days', '0')).toMatchObject({ keepOriginalsDays: 0 })
  expect(await verb('on', '--show-subject', '--keep-days', '3')).toMatchObject({
    hideSubject: false,
    keepOriginalsDays: 3,
  })
})

test('a rehearsal counts and touches nothing; a run takes the folder and the number that were named', async () => {
  expect(await verb('run', '--folder', 'alice@rig.test/Projects', '--dry-run')).toMatchObject({ count: 3 })
  expect([encryptedIn('INBOX'), encryptedIn('Projects')]).toEqual([0, 0])
  const part = await verb('run', '--folder', 'alice@rig.test/Projects', '--limit', '2')
  expect(part.job).toMatchObject({ kind: 'back-catalogue', state: 'done', total: 2, done: 2 })
  expect([encryptedIn('INBOX'), encryptedIn('Projects')]).toEqual([0, 2])
  expect((await verb('run')).job).toMatchObject({ state: 'done', total: 3, done: 3 })
  expect([encryptedIn('INBOX'), encryptedIn('Projects')]).toEqual([3, 2])
  expect(await alice.failure('inbox-encryption', 'run', '--folder', 'alice@rig.test/Nowhere')).toMatchObject({
    code: 'mailbox-missing',
  })
  expect((await alice.run('inbox-encryption', 'run', '--limit', 'many')).exitCode).toBe(2)
})

test('what is encrypted is listed and read as before', async () => {
  const found = await alice.json<ListedMessage[]>('list', 'alice@rig.test/INBOX')
  expect(found.map(each => each.subject).sort()).toEqual(['INBOX 1', 'INBOX 2', 'INBOX 3'])
  const shown = await alice.run('show', String(found.find(each => each.subject === 'INBOX 2')?.id))
  expect(shown.stdout).toContain('Hello 2.')
})

test('with the next sync mail that comes in is encrypted; what is so already is left and told', async () => {
  const ready = mailOnDisk(servers.maildir('alice@rig.test', 'Projects')).find(
    raw => inboxForm.protectionOf(raw) !== null,
  )!
  await servers.deliver('alice@rig.test', ready)
  await servers.deliver('alice@rig.test', 'Message-ID: <new@rig.test>\nSubject: new\n\nNew.\n')
  await alice.json('sync')
  expect(encryptedIn('INBOX')).toBe(5)
  expect((await verb('status')).skips).toMatchObject([{ reason: 'already-encrypted' }])
  const words = await alice.run('inbox-encryption', 'status')
  expect(words.stdout).toMatch(/left as it is: #\d+ .*: encrypted already/)
})

test('undo puts the originals back, and off leaves alone what comes', async () => {
  expect(await verb('undo', '--dry-run')).toMatchObject({ count: 6 })
  expect(await verb('undo')).toMatchObject({ undoable: 0, job: { kind: 'undo', state: 'done', done: 6 } })
  // The one that somebody had encrypted before it came is no work of this.
  expect([encryptedIn('INBOX'), encryptedIn('Projects')]).toEqual([1, 0])
  expect(await alice.failure('inbox-encryption', 'undo')).toMatchObject({ code: 'nothing-to-undo' })
  expect(await verb('off')).toMatchObject({ on: false })
  await servers.deliver('alice@rig.test', 'Message-ID: <later@rig.test>\nSubject: later\n\nLater.\n')
  await alice.json('sync')
  expect(encryptedIn('INBOX')).toBe(1)
})
