import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { Gnupg } from '../../support/gnupg'
import { encryptedMime, textPart } from '../../support/protected-mail'
import { addRigAccountByPage } from '../support/accounts'
import { collectComplaints, composer, folder, open, reader, row } from '../support/drive'
import { type Launched, launch } from '../support/launch'
import { pageCalls } from '../support/page-calls'

let servers: MailServers
let siegel: Launched
let complaints: readonly string[]
beforeAll(async () => {
  servers = await startMailServers()
  for (const mailbox of ['Drafts', 'Sent', 'Archive', 'Trash']) servers.maildir('alice@rig.test', mailbox)
  const stranger = new Gnupg()
  stranger.generate('somebody@rig.test')
  const header = { From: 'Bob <bob@rig.test>', To: 'Alice <alice@rig.test>', Subject: 'For another key' }
  const closed = encryptedMime(stranger.encrypted(textPart('Not for you.'), ['somebody@rig.test']), header)
  stranger.close()
  await servers.deliver('alice@rig.test', closed)
  siegel = await launch()
  complaints = collectComplaints(siegel.page)
  const call = pageCalls(siegel.page)
  await call('app.createProfile', { custody: 'keychain', passphrase: null })
  await addRigAccountByPage(siegel.page, servers, 'alice')
  await call('settings.set', { undoSendSeconds: 0, lookups: false })
  await row(siegel.page, 'For another key').waitFor()
})
afterAll(async () => {
  await siegel?.stop()
  await servers?.stop()
})

const button = (name: string | RegExp) => siegel.page.getByRole('button', { name, exact: true })
const size = (width: number, height: number) =>
  siegel.app.evaluate(
    ({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]?.setSize(wanted[0], wanted[1]),
    [width, height] as const,
  )
const write = async (to: string, subject: string): Promise<void> => {
  const { page } = siegel
  await button('Write').click()
  await composer(page).getByRole('combobox', { name: 'To' }).fill(to)
  await composer(page).getByRole('textbox', { name: 'Subject' }).fill(subject)
  await composer(page).getByRole('textbox', { name: 'Text of the message' }).fill('Words.')
}
const send = async (): Promise<void> => {
  await composer(siegel.page).getByRole('button', { name: 'Send', exact: true }).click()
  await composer(siegel.page).waitFor({ state: 'detached' })
}
const unsent = (subject: string) =>
  siegel.page.getByRole('alert').filter({ hasText: `Not sent: “${subject}”.` })

test('a message that the server does not take is told over every mailbox and room until it is dealt with', async () => {
  const { page } = siegel
  await write('reject@rig.test', 'To nobody')
  await send()
  await unsent('To nobody').waitFor()
  await unsent('To nobody').getByText('no such user').waitFor()
  for (const name of ['Sent', 'Archive', 'Inbox']) {
    await folder(page, name).click()
    expect(await unsent('To nobody').isVisible()).toBe(true)
  }
  await pageCalls(page)('prefs.set', { language: 'de', theme: 'dark' })
  await size(640, 480)
  await page.getByText('Nicht gesendet: „To nobody“.').waitFor()
  await siegel.screenshot('unsent-640-dark-de')
  await pageCalls(page)('prefs.set', { language: 'en', theme: 'light' })
  await size(1280, 800)
  await siegel.screenshot('unsent-1280-light')
  await button('Settings').click()
  expect(await unsent('To nobody').isVisible()).toBe(true)
  await button('Mail').click()

  // Trying again what is refused again changes nothing; another reader of it does.
  await unsent('To nobody').getByRole('button', { name: 'Try again' }).click()
  const tried = async () =>
    (await pageCalls(page)('outbox.list', {})).map(each => [each.state, each.attempts])
  await expect.poll(tried).toEqual([['failed', 2]])
  await unsent('To nobody').getByText('no such user').waitFor()
  await unsent('To nobody').getByRole('button', { name: 'Edit' }).click()
  await unsent('To nobody').waitFor({ state: 'detached' })
  await composer(page).getByRole('button', { name: 'Remove reject@rig.test' }).click()
  await composer(page).getByRole('combobox', { name: 'To' }).fill('bob@rig.test')
  await send()
  await expect.poll(() => servers.log()).toMatch(/=> bob/)
})

test('or until it is discarded, which is asked first', async () => {
  const { page } = siegel
  await write('reject@rig.test', 'To be dropped')
  await send()
  await unsent('To be dropped').getByRole('button', { name: 'Discard' }).click()
  const question = page.getByRole('alertdialog')
  await question.getByRole('button', { name: 'Cancel' }).click()
  expect(await unsent('To be dropped').isVisible()).toBe(true)
  await unsent('To be dropped').getByRole('button', { name: 'Discard' }).click()
  await question.getByRole('button', { name: 'Discard' }).click()
  await unsent('To be dropped').waitFor({ state: 'detached' })
  const call = pageCalls(page)
  expect((await call('drafts.list', {})).filter(each => each.content.subject === 'To be dropped')).toEqual([])
  expect((await call('outbox.list', {})).filter(({ state }) => state !== 'sent')).toEqual([])
})

test('who has no key is led to one by a message that needs it', async () => {
  const { page } = siegel
  await folder(page, 'Inbox').click()
  await open(page, 'For another key')
  await siegel.screenshot('no-own-key-light')
  await reader(page).getByRole('button', { name: 'Import my key' }).click()
  await page.getByRole('dialog', { name: /Import/ }).waitFor()
  await page.keyboard.press('Escape')
  await button('Mail').click()
  await reader(page).getByRole('button', { name: 'Create a key' }).click()
  await page.getByRole('dialog').getByText('alice@rig.test').first().waitFor()
  await page.keyboard.press('Escape')
  await button('Mail').click()
})

test('and by a message that is being written; then it can be encrypted, and the backup is named', async () => {
  const { page } = siegel
  await write('bob@rig.test', 'Soon sealed')
  await composer(page).locator('.protection-button').click()
  await page.getByRole('menuitem', { name: 'Create a key to enable encryption' }).click()
  await button('Back it up').waitFor()
  await expect.poll(async () => (await pageCalls(page)('keys.list', {})).length).toBe(1)
  await composer(page).locator('.protection-button').click()
  await page.getByText('Encrypt this message', { exact: true }).waitFor()
  await page.keyboard.press('Escape')
  await composer(page).getByRole('button', { name: 'Discard draft' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click()
  await composer(page).waitFor({ state: 'detached' })
  // The message is not for that key: nobody is told again that there is none.
  await folder(page, 'Inbox').click()
  await open(page, 'For another key')
  await reader(page).getByText('It is encrypted to keys that are not here.').waitFor()
})

test('TLS on a port for STARTTLS is named in a test of the servers, in sight, and changed with one press', async () => {
  const { page } = siegel
  await size(900, 600)
  await button('Settings').click()
  await page.getByRole('tab', { name: 'Accounts' }).click()
  await page.getByRole('tabpanel').getByRole('button', { name: 'Edit', exact: true }).click()
  for (const [protocol, port] of [
    [/IMAP/, servers.imapPort],
    [/SMTP/, servers.smtpPort],
  ] as const)
    await page
      .getByRole('group', { name: protocol })
      .getByRole('textbox', { name: 'Port' })
      .fill(String(port))
  await button('Test the connection').click()
  const changes = page.getByRole('button', { name: 'Use STARTTLS on this port' })
  await expect.poll(() => changes.count()).toBe(2)
  // What failed was brought into view.
  const isInView = () =>
    changes.first().evaluate(element => {
      const { top, bottom } = element.getBoundingClientRect()
      return top >= 0 && bottom <= window.innerHeight
    })
  await expect.poll(isInView).toBe(true)
  await siegel.screenshot('test-starttls-light')
  await changes.first().click()
  await expect.poll(() => changes.count()).toBe(1)
  await changes.first().click()
  await page.getByText('Both servers work.').waitFor()
  expect(servers.log()).not.toMatch(/auth failed/)
})

test('looking for Tor has an answer', async () => {
  const { page } = siegel
  await page.getByRole('tab', { name: 'Network' }).click()
  await page.getByRole('button', { name: 'Look for Tor' }).click()
  await page.getByText(/Tor is running at|Tor was not found at/).waitFor()
  await siegel.screenshot('tor-looked-for-light')
})

test('nothing was refused or went wrong in the page all that time', () => {
  expect(complaints).toEqual([])
})
