import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { plainMessage } from '../support/accounts'
import { answerDialogs, askedDialogs, collectComplaints, folder, row } from '../support/drive'
import { type Launched, launch, launchOn } from '../support/launch'
import { type NameServer, startNameServer } from '../support/name-server'
import { pageCalls } from '../support/page-calls'

let servers: MailServers
let siegel: Launched
let nameServer: NameServer
let complaints: readonly string[]
/** The same of the second start. */
let later: readonly string[] = []
beforeAll(async () => {
  servers = await startMailServers()
  for (const mailbox of ['Drafts', 'Sent', 'Archive', 'Junk', 'Trash', 'Projekte', 'Projekte/Brücke'])
    servers.maildir('alice@rig.test', mailbox)
  await servers.deliver('alice@rig.test', plainMessage({ subject: 'Kleiber', minute: 1 }))
  await servers.deliver('alice@rig.test', plainMessage({ subject: 'Meise', minute: 2 }), {
    flags: ['\\Seen'],
  })
  await servers.deliver('alice@rig.test', plainMessage({ subject: 'Neuntöter' }), {
    mailbox: 'Projekte/Brücke',
  })
  nameServer = await startNameServer()
  siegel = await launch()
  complaints = collectComplaints(siegel.page)
})
afterAll(async () => {
  await siegel?.stop()
  await nameServer?.stop()
  await servers?.stop()
})

const button = (name: string | RegExp) => siegel.page.getByRole('button', { name })
const field = (name: string) => siegel.page.getByRole('textbox', { name })

test('the first start asks where the key is kept, and the keychain is ready', async () => {
  const { page } = siegel
  await page.getByRole('heading', { name: 'Welcome to Siegel' }).waitFor()
  await siegel.screenshot('welcome-key-light')
  expect(await page.getByRole('radio', { name: /In the keychain/ }).isChecked()).toBe(true)
  await button('Continue').click()
  await page.getByRole('heading', { name: 'How do you want to start?' }).waitFor()
  await siegel.screenshot('welcome-ways-light')
})

const connections = () => pageCalls(siegel.page)('net.connections', {})
const question = () => siegel.page.getByRole('region', { name: /^Look up the servers of|^Die Server von/ })

test('a known provider is found without anybody being asked, and typing an address asks nobody', async () => {
  const { page, app } = siegel
  await answerDialogs(app, { button: 1 })
  const resolver = { kind: 'tcp', host: '127.0.0.1', port: nameServer.port } as const
  expect(await pageCalls(page)('transport.chooseServers', { servers: [resolver] })).toEqual({ changed: true })
  await button(/Set up an account/).click()
  await field('E-mail address').pressSequentially('alice@gmail.com')
  await button('Find servers').click()
  await page.getByText('imap.gmail.com').first().waitFor()
  await button('Back').click()
  await field('E-mail address').fill('')
  await field('E-mail address').pressSequentially('alice@rig.test')
  // The question is what comes, though Return is pressed over and over.
  for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press('Enter')
  await question().waitFor()
  await page.keyboard.press('Enter')
  expect(await connections()).toEqual([])
  expect(nameServer.asked).toEqual([])
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(860, 560))
  for (const [language, theme] of [
    ['de', 'dark'],
    ['en', 'light'],
  ] as const) {
    await pageCalls(page)('prefs.set', { language, theme })
    await button(language === 'de' ? 'Online suchen' : 'Look up online').waitFor()
    await question().scrollIntoViewIfNeeded()
    await siegel.screenshot(`setup-look-ups-${theme}-${language}`)
  }
  // Another domain has another question.
  await field('E-mail address').fill('alice@nowhere.rig.test')
  await question().waitFor({ state: 'detached' })
  expect(await connections()).toEqual([])
  expect(nameServer.asked).toEqual([])
  await button('Back').click()
})

test('without a known provider every place that was asked is shown, before any password', async () => {
  const { page } = siegel
  await button(/Set up an account/).click()
  await field('Your name').fill('Alice Rig')
  await field('E-mail address').fill('alice')
  await button('Find servers').click()
  await page.getByText('Please enter a complete address').waitFor()
  await field('E-mail address').fill('alice@rig.test')
  await button('Find servers').click()
  await question().waitFor()
  const said = (await question().locator('dd').allInnerTexts()).join(', ').split(', ')
  expect(await connections()).toEqual([])
  await button('Look up online').click()
  await page.getByText('Not everything could be found').waitFor({ timeout: 120_000 })
  const dialled = (await connections()).filter(({ purpose }) => purpose !== 'dns')
  const placeOf = ({ host, port }: { host: string; port: number }) =>
    port === 443 ? host : `${host}:${port}`
  const records = said.filter(place => place.startsWith('_'))
  // The www page is asked only where the bare domain leads there.
  const places = said.filter(place => !place.startsWith('_') && place !== 'www.rig.test')
  expect([...new Set(dialled.map(placeOf))].sort()).toEqual([...new Set(places)].sort())
  // The root is asked for its keys, as for every signed answer (RFC 4035).
  const names = ['', ...said.map(place => place.replace(/:\d+$/, ''))]
  expect(nameServer.asked.filter(name => !names.includes(name))).toEqual([])
  expect(nameServer.asked).toEqual(expect.arrayContaining(records))
  await pageCalls(page)('transport.chooseServers', { servers: [] })
  await button('Where Siegel looked').click()
  for (const place of [
    'Bundled list of known providers',
    'The provider’s configuration page',
    'The domain’s DNS records',
  ])
    await page.getByText(place).first().waitFor()
  await siegel.screenshot('setup-discovery-light')
  expect(servers.imapLogins()).toBe(0)
})

test('a port nobody answers on is named, with what to do', async () => {
  const { page } = siegel
  const [imap, smtp] = [page.getByRole('group', { name: /IMAP/ }), page.getByRole('group', { name: /SMTP/ })]
  for (const [group, port] of [
    [imap, servers.imapsPort],
    [smtp, 1],
  ] as const) {
    await group.getByRole('textbox', { name: 'Server' }).fill('127.0.0.1')
    await group.getByRole('textbox', { name: 'Port' }).fill(String(port))
  }
  await field('Password').fill('alice-pw')
  await button('Test and add').click()
  await page.getByText('The account was not added: a test failed.').waitFor()
  await page.getByText('The server does not answer on this port').waitFor()
  await smtp.getByRole('textbox', { name: 'Port' }).fill(String(servers.smtpsPort))
})

test('TLS the wrong way round is named by the form for a new account too, both ways, and changed with one press', async () => {
  const { page } = siegel
  const groupOf = (protocol: RegExp) => page.getByRole('group', { name: protocol })
  const servesAt = async (imapPort: number, smtpPort: number) => {
    await groupOf(/IMAP/).getByRole('textbox', { name: 'Port' }).fill(String(imapPort))
    await groupOf(/SMTP/).getByRole('textbox', { name: 'Port' }).fill(String(smtpPort))
  }
  const begins = (protocol: RegExp) => groupOf(protocol).getByRole('button', { name: /TLS/ }).innerText()
  const changes = (wanted: string) => page.getByRole('button', { name: `Use ${wanted} on this port` })
  // Past that step the certificates are what is wrong.
  const pins = () => button('Trust this certificate …').count()
  await servesAt(servers.imapPort, servers.smtpPort)
  await button(/Test (and add|again)/).click()
  await expect.poll(() => changes('STARTTLS').count(), { timeout: 60_000 }).toBe(2)
  await changes('STARTTLS').first().click()
  await expect.poll(() => changes('STARTTLS').count(), { timeout: 60_000 }).toBe(1)
  await changes('STARTTLS').click()
  await expect.poll(pins, { timeout: 60_000 }).toBe(2)
  expect([await begins(/IMAP/), await begins(/SMTP/)]).toEqual(['STARTTLS', 'STARTTLS'])
  // A server that waits for TLS says nothing, and to learn that takes as long as a greeting may: one is enough.
  await servesAt(servers.imapsPort, servers.smtpPort)
  await button(/Test (and add|again)/).click()
  await expect.poll(() => changes('TLS').count(), { timeout: 60_000 }).toBe(1)
  await changes('TLS').click()
  await expect.poll(pins, { timeout: 60_000 }).toBe(2)
  expect([await begins(/IMAP/), await begins(/SMTP/)]).toEqual(['TLS', 'STARTTLS'])
  expect(servers.imapLogins()).toBe(0)
  expect(servers.log()).not.toMatch(/auth failed|authenticator/)
  expect(await pageCalls(page)('accounts.list', {})).toEqual([])
})

test('a certificate nobody vouches for is refused, and nothing is sent to the server', async () => {
  const { page, app } = siegel
  await button(/Test (and add|again)/).click()
  const panel = page.getByRole('region', { name: 'The certificate was refused' })
  await panel.first().waitFor()
  await page
    .getByText('It was signed by a certificate authority this computer does not know.')
    .first()
    .waitFor()
  await siegel.screenshot('setup-certificate-light')
  expect(servers.imapLogins()).toBe(0)
  expect(servers.log()).not.toMatch(/auth failed|authenticator/)
  await answerDialogs(app, { button: 0 })
  await panel.first().getByRole('button', { name: 'Trust this certificate …' }).click()
  await expect.poll(() => askedDialogs(app)).toHaveLength(1)
  const [asked] = await askedDialogs(app)
  expect(asked?.options).toMatchObject({ defaultId: 0, cancelId: 0 })
  expect(String(asked?.options.detail)).toMatch(/([0-9A-F]{2}:){7}/i)
  expect(await pageCalls(page)('accounts.list', {})).toEqual([])
})

test('with this one certificate pinned a wrong password is refused by the server, and the right one gets in', async () => {
  const { page, app } = siegel
  await answerDialogs(app, { button: 1 })
  await field('Password').fill('not-the-password')
  // Each of the two servers is trusted by itself.
  const pin = button('Trust this certificate …')
  await pin.first().click()
  await expect.poll(() => pin.count()).toBe(1)
  await pin.click()
  await expect.poll(() => pin.count()).toBe(0)
  await expect.poll(() => page.getByText('Sign-in was refused by the server').count()).toBe(2)
  await siegel.screenshot('setup-login-refused-light')
  await field('Password').fill('alice-pw')
  await button('Test again').click()
  await row(page, 'Kleiber').waitFor()
})

test('folders have the names of the language, and say how many are unread', async () => {
  const { page, app } = siegel
  // Wide enough again for the folders to stand beside the list.
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(1280, 800))
  for (const name of ['Drafts', 'Sent', 'Archive', 'Spam', 'Trash', 'Projekte', 'Brücke'])
    await folder(page, name).waitFor()
  const labels = () =>
    Promise.all(['Inbox', 'Brücke', 'Sent'].map(name => folder(page, name).getAttribute('aria-label')))
  await expect.poll(labels).toEqual(['Inbox, 1 unread message', 'Brücke, 1 unread message', 'Sent'])
  const call = pageCalls(page)
  await call('prefs.set', { language: 'de' })
  for (const name of ['Posteingang', 'Entwürfe', 'Gesendet', 'Archiv', 'Papierkorb', 'Brücke'])
    await folder(page, name).waitFor()
  await siegel.screenshot('folders-light-de')
  await call('prefs.set', { language: 'en' })
})

test('mail of the account is switched off in its settings, stays off over a restart, and is fetched when it is on', async () => {
  let { page } = siegel
  const call = pageCalls(page)
  const logins = () => servers.imapLogins()
  const words = page.locator('label.ui-switch', { hasText: 'Fetch and send mail' })
  const openAccount = async () => {
    await page.getByRole('button', { name: 'Settings', exact: true }).click()
    await page.getByRole('tab', { name: 'Accounts' }).click()
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
  }
  const [account] = await call('accounts.list', {})
  await openAccount()
  expect(await page.getByRole('switch', { name: /^Fetch and send mail/ }).isChecked()).toBe(true)
  await words.click()
  await page.getByText(/^Switched off · 127\.0\.0\.1/).waitFor()
  await expect.poll(async () => (await call('sync.status', {}))[0]?.state).toBe('off')
  const before = logins()
  expect(before).toBeGreaterThan(0)
  expect(await page.getByRole('button', { name: 'Test the connection' }).isDisabled()).toBe(true)
  expect(await page.getByText(/nothing is fetched or sent/).isVisible()).toBe(true)
  await siegel.screenshot('account-switched-off-light')
  await call('prefs.set', { language: 'de', theme: 'dark' })
  await page.getByText(/^Ausgeschaltet · 127\.0\.0\.1/).waitFor()
  await siegel.screenshot('account-switched-off-dark-de')
  await call('prefs.set', { language: 'en', theme: 'light' })
  await page.keyboard.press('Escape')

  await servers.deliver('alice@rig.test', plainMessage({ subject: 'Zaunkönig', minute: 9 }))
  await siegel.quit()
  siegel = await launchOn(siegel.desktop, { profile: siegel.profile })
  page = siegel.page
  later = collectComplaints(page)
  await folder(page, 'Projekte').click()
  await page.getByText('Mail of this account is switched off, so nothing is fetched.').waitFor()
  await page.getByRole('button', { name: 'Connection and pending changes' }).click()
  await page.getByRole('dialog').getByText('Switched off').first().waitFor()
  expect(await page.getByRole('button', { name: 'Check for mail now' }).count()).toBe(0)
  await siegel.screenshot('activity-switched-off-light')
  await page.keyboard.press('Escape')
  await pageCalls(page)('sync.now', { accountId: null })
  await openAccount()
  const isOn = page.getByRole('switch', { name: /^Fetch and send mail/ })
  expect(await isOn.isChecked()).toBe(false)
  expect(logins()).toBe(before)

  await page.locator('label.ui-switch', { hasText: 'Fetch and send mail' }).click()
  await expect.poll(() => isOn.isChecked()).toBe(true)
  await page.keyboard.press('Escape')
  await folder(page, 'Inbox').click()
  await row(page, 'Zaunkönig').waitFor()
  expect(logins()).toBeGreaterThan(before)
  expect((await pageCalls(page)('accounts.list', {}))[0]?.config).toEqual(account?.config)
})

test('the password is nowhere in the page, and no call gives it back', async () => {
  const { page } = siegel
  const accounts = await pageCalls(page)('accounts.list', {})
  expect(JSON.stringify(accounts)).not.toContain('alice-pw')
  expect(await page.content()).not.toContain('alice-pw')
  expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).toBe(
    '[{},{}]',
  )
})

test('nothing was refused or went wrong in the page all that time', () => {
  expect([...complaints, ...later]).toEqual([])
})
