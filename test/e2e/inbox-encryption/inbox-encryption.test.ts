import { statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inboxForm } from '../../../electron/engine/features/inbox-encryption/form/inbox-form'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { fakeArmor } from '../../support/fake-vault'
import { mailOnDisk } from '../../support/inbox-on-disk'
import { addRigAccountByPage, plainMessage } from '../support/accounts'
import { answerDialogs, collectComplaints, row } from '../support/drive'
import { type Launched, launch, showTheme } from '../support/launch'
import { pageCalls } from '../support/page-calls'

/** More than one step takes, so that there is something to pause. */
const clearCount = 23
const alice = 'alice@rig.test'

let servers: MailServers
let siegel: Launched
let complaints: readonly string[]
beforeAll(async () => {
  servers = await startMailServers()
  const theirs = Buffer.from(plainMessage({ subject: 'Sealed by somebody else' }))
  // What came within the last minutes before the switch still counts as arriving.
  const receivedAt = new Date(Date.now() - 86_400_000)
  const sealed = inboxForm.wrap(theirs, fakeArmor(theirs), { token: 'ab'.repeat(16), hideSubject: false })
  await servers.deliver(alice, sealed, { receivedAt })
  for (let at = 0; at < clearCount; at++)
    await servers.deliver(alice, plainMessage({ subject: `Letter ${at + 1}`, minute: at }), { receivedAt })
  siegel = await launch()
  complaints = collectComplaints(siegel.page)
  const call = pageCalls(siegel.page)
  await call('app.createProfile', { custody: 'keychain', passphrase: null })
  await addRigAccountByPage(siegel.page, servers, 'alice')
  const accountId = (await call('accounts.list', {}))[0]?.id as never
  await call('keys.generate', { name: 'Alice', address: alice, accountId, version: 4, expiresAtMs: null })
  await row(siegel.page, `Letter ${clearCount}`).waitFor({ timeout: 120_000 })
  await siegel.page.getByRole('button', { name: 'Settings' }).click()
  await siegel.page.getByRole('tab', { name: 'Accounts' }).click()
  await siegel.page.getByRole('button', { name: 'Edit', exact: true }).click()
  await siegel.page.getByRole('heading', { name: 'Encrypted inbox' }).scrollIntoViewIfNeeded()
})
afterAll(async () => {
  await siegel?.stop()
  await servers?.stop()
})

const encrypted = (): number =>
  mailOnDisk(servers.maildir(alice)).filter(raw => inboxForm.protectionOf(raw) !== null).length
const onDisk = (): number => mailOnDisk(servers.maildir(alice)).length
const job = () => siegel.page.locator('.inbox-encryption-job').getByRole('status')
const inBothThemes = async (name: string) => {
  for (const theme of ['light', 'dark'] as const) {
    await showTheme(siegel.page, theme)
    await siegel.screenshot(`${name}-${theme}`)
  }
}

test('it is switched on only with a backup of the key, and says before what will not work any more', async () => {
  const { page } = siegel
  await page.getByText('Encrypt unencrypted mail on the server when it arrives').click()
  const dialog = page.getByRole('dialog', { name: 'Turn on the encrypted inbox?' })
  await dialog.getByText(/^Your provider’s search/).waitFor()
  expect(await dialog.getByRole('button', { name: 'Turn on' }).isDisabled()).toBe(true)
  // The room scrolls, never the window itself.
  expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0)
  await inBothThemes('inbox-switch-on')
  const backup = join(siegel.desktop.directory, 'backup.asc')
  await answerDialogs(siegel.app, { save: backup, button: 1 })
  await dialog.getByLabel('Passphrase for the backup of your key').fill('harbour lamp seven oars')
  await dialog.getByRole('button', { name: 'Back up the key' }).click()
  await dialog.getByText(/A backup of the key exists/).waitFor()
  expect(statSync(backup).mode & 0o777).toBe(0o600)
  await dialog.getByRole('button', { name: 'Turn on' }).click()
  await page.getByText(/^Encrypted to your key/).waitFor()
  expect(encrypted()).toBe(1)
})

test('what is there already is counted, encrypted step by step, and can be paused and gone on with', async () => {
  const { page } = siegel
  await page.getByText(new RegExp(`^${clearCount + 1} messages, `)).waitFor()
  await page.getByRole('button', { name: /Speed/ }).click()
  await page.getByRole('option', { name: '60 messages per minute' }).click()
  await page.getByRole('button', { name: 'Encrypt this folder' }).click()
  await expect.poll(() => job().textContent(), { timeout: 120_000 }).toMatch(/running · (19|20) of 24/)
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect.poll(() => job().textContent()).toContain('paused')
  await page.getByRole('heading', { name: 'Encrypted inbox' }).scrollIntoViewIfNeeded()
  await inBothThemes('inbox-paused')
  await page.getByRole('button', { name: 'Resume' }).click()
  const finished = 'Encrypting a folder · finished · 23 of 24, 1 left unchanged'
  await expect.poll(() => job().textContent(), { timeout: 90_000 }).toBe(finished)
  expect([encrypted(), onDisk()]).toEqual([clearCount + 1, clearCount + 1])
})

test('what was left as it is stands there with its reason', async () => {
  const { page } = siegel
  await page.getByText('1 message left unchanged').click()
  await page.getByText('Sealed by somebody else').first().waitFor()
  await page.getByText('already encrypted', { exact: true }).waitFor()
  await page.locator('.inbox-encryption-skips').scrollIntoViewIfNeeded()
  await inBothThemes('inbox-skips')
})

test('undo puts the originals back; the section speaks German, and the page had nothing to complain of', async () => {
  const { page } = siegel
  await page.getByRole('button', { name: /Speed/ }).click()
  await page.getByRole('option', { name: 'As fast as possible' }).click()
  await page.getByRole('button', { name: `Restore ${clearCount} originals` }).click()
  await expect.poll(encrypted, { timeout: 120_000 }).toBe(1)
  await expect.poll(() => job().textContent()).toContain('Restoring originals · finished')
  expect(onDisk()).toBe(clearCount + 1)
  await pageCalls(page)('prefs.set', { language: 'de' })
  await page.getByRole('heading', { name: 'Verschlüsselter Posteingang' }).scrollIntoViewIfNeeded()
  await inBothThemes('inbox-full-de')
  expect(complaints).toEqual([])
})
