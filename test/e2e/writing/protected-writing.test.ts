import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { addRigAccountByPage } from '../support/accounts'
import { collectComplaints, composer } from '../support/drive'
import { type Launched, launch } from '../support/launch'
import { pageCalls } from '../support/page-calls'

let servers: MailServers
let siegel: Launched
let complaints: readonly string[]
const gnupgHome = mkdtempSync('/tmp/sg-gpg-')
const gpg = (...args: string[]) => spawnSync('gpg', ['--homedir', gnupgHome, '--batch', ...args])

beforeAll(async () => {
  servers = await startMailServers()
  for (const mailbox of ['Drafts', 'Sent']) servers.maildir('alice@rig.test', mailbox)
  siegel = await launch()
  complaints = collectComplaints(siegel.page)
  const call = pageCalls(siegel.page)
  await call('app.createProfile', { custody: 'keychain', passphrase: null })
  await addRigAccountByPage(siegel.page, servers, 'alice')
  await call('settings.set', { undoSendSeconds: 0 })
  const accountId = (await call('accounts.list', {}))[0]?.id as never
  const address = 'alice@rig.test'
  const own = await call('keys.generate', {
    name: 'Alice',
    address,
    accountId,
    version: 4,
    expiresAtMs: null,
  })
  await call('keys.setSettings', { accountId, change: { key: own.facts.fingerprint } })
  gpg('--passphrase', '', '--quick-gen-key', 'bob@rig.test', 'future-default', 'default', 'never')
  const bytes = new Uint8Array(gpg('--export', 'bob@rig.test').stdout)
  await call('keys.importPublic', { bytes, address: 'bob@rig.test' })
})
afterAll(async () => {
  await siegel?.stop()
  await servers?.stop()
  spawnSync('gpgconf', ['--homedir', gnupgHome, '--kill', 'all'])
  rmSync(gnupgHome, { recursive: true, force: true })
})

const got = (name: string): readonly string[] =>
  ['cur', 'new'].flatMap(each => {
    const directory = join(servers.maildir(`${name}@rig.test`), each)
    return readdirSync(directory).map(file => readFileSync(join(directory, file), 'utf8'))
  })

test('a message to somebody with a key and somebody without waits for a decision, and then goes as decided', async () => {
  const { page } = siegel
  await page.getByRole('button', { name: 'Write', exact: true }).click()
  const draft = composer(page)
  await draft.getByRole('combobox', { name: 'To' }).fill('bob@rig.test, carol@rig.test')
  await draft.getByRole('textbox', { name: 'Subject' }).fill('A confidential matter')
  await draft.getByRole('textbox', { name: 'Text of the message' }).fill('Between us.')
  await draft.getByRole('button', { name: 'Needs your decision' }).waitFor()
  await siegel.screenshot('compose-needs-decision')
  await draft.getByRole('button', { name: 'Send', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Not everybody can read it encrypted' })
  await dialog.getByText('carol@rig.test').waitFor()
  await siegel.screenshot('compose-decision')
  expect([...got('bob'), ...got('carol')]).toEqual([])

  await dialog.getByRole('button', { name: /Remove those without a key/ }).click()
  await draft.getByRole('button', { name: 'Encrypted and signed' }).waitFor()
  await draft.getByText('only the recipients see it').waitFor()
  await page.emulateMedia({ colorScheme: 'dark' })
  await siegel.screenshot('compose-encrypted-dark')
  await draft.getByRole('button', { name: 'Send', exact: true }).click()
  await draft.waitFor({ state: 'detached' })
  await expect.poll(() => got('bob')).toHaveLength(1)
  expect(got('bob')[0]).toContain('BEGIN PGP MESSAGE')
  expect(got('bob')[0]).not.toContain('confidential')
  expect(got('carol')).toEqual([])
  expect(complaints).toEqual([])
})
