import { afterAll, beforeAll, expect, test } from 'vitest'
import { english, german } from '../../../renderer/features/languages'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { withMail } from '../../support/with-mail'
import { addRigAccountByPage, plainMessage, rigAccount } from '../support/accounts'
import { answerDialogs, askedDialogs, composer, open, reader, row } from '../support/drive'
import { type Launched, launch } from '../support/launch'
import { pageCalls } from '../support/page-calls'

let servers: MailServers
let siegel: Launched
beforeAll(async () => {
  servers = await startMailServers()
  const letter = plainMessage({ subject: 'Gartenbrief' })
  await servers.deliver(
    'alice@rig.test',
    `List-Unsubscribe: <mailto:leave@rig.test?subject=off>\r\n${letter}`,
  )
  siegel = await launch()
  const { page } = siegel
  const call = pageCalls(page)
  await call('prefs.set', { language: 'en' })
  await page.getByRole('button', { name: english.onboarding.key.continue }).click()
  await page.getByRole('heading', { name: english.onboarding.way.title }).waitFor()
  await call('settings.set', { lookups: false })
  await addRigAccountByPage(page, servers, 'alice')
  await row(page, 'Gartenbrief').first().waitFor({ timeout: 90_000 })
  // From here on nobody is contacted: the second account is at a real provider.
  await call('settings.set', { offline: true })
  const place = (host: string, port: number) => ({ host, port, security: 'tls' as const })
  await call('accounts.add', {
    config: withMail(
      { ...rigAccount(servers, 'anna'), address: 'anna@mailbox.org' },
      { imap: place('imap.mailbox.org', 993), smtp: place('smtp.mailbox.org', 465), caPem: null },
    ),
    password: 'x',
    route: { kind: 'tor' },
  })
})
afterAll(async () => {
  await siegel?.stop()
  await servers?.stop()
})

const looks = [
  { language: 'en', theme: 'light' },
  { language: 'de', theme: 'dark' },
] as const

test.each(looks)('a mailing list is left only after a question, in $language', async look => {
  const { page } = siegel
  const words = (look.language === 'de' ? german : english).mail.reader.unsubscribe
  await pageCalls(page)('prefs.set', look)
  await open(page, 'Gartenbrief')
  const leave = reader(page).getByRole('button', { name: words.button })
  await leave.waitFor()
  await siegel.screenshot(`unsubscribe-line-${look.theme}-${look.language}`)
  await leave.click()
  const question = page.getByRole('alertdialog', { name: words.title })
  await question.getByText('leave@rig.test').waitFor()
  await siegel.screenshot(`unsubscribe-question-${look.theme}-${look.language}`)
  await page.keyboard.press('Escape')
  await question.waitFor({ state: 'detached' })
  expect(await pageCalls(page)('drafts.list', {})).toEqual([])
})

test.each(looks)('what a message demands of its transport is chosen and said, in $language', async look => {
  const { page } = siegel
  const call = pageCalls(page)
  const words = (look.language === 'de' ? german : english).compose
  await call('prefs.set', look)
  await page.keyboard.press('c')
  const draft = composer(page)
  await draft.getByRole('button', { name: words.from }).click()
  await page.getByRole('option', { name: /anna@mailbox\.org/ }).click()
  await draft.getByRole('button', { name: /anna@mailbox\.org/ }).waitFor()
  await draft.getByRole('button', { name: words.delivery.title }).click()
  const panel = page.getByRole('dialog', { name: words.delivery.title })
  const choices = panel.getByRole('switch')
  await expect.poll(() => choices.count()).toBe(2)
  for (const choice of await choices.all()) await choice.press('Space')
  await siegel.screenshot(`transport-menu-${look.theme}-${look.language}`)
  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'detached' })
  await draft.getByText(words.delivery.requireTlsOn).waitFor()
  await siegel.screenshot(`transport-line-${look.theme}-${look.language}`)
  await expect
    .poll(async () => (await call('drafts.list', {})).map(({ content }) => content))
    .toMatchObject([{ requireTls: true, secureAlias: true }])
  await draft.getByRole('button', { name: words.discard }).click()
  await draft.waitFor({ state: 'detached' })
})

test.each(looks)('the exit of a provider is offered to an account on Tor, in $language', async look => {
  const { page } = siegel
  const { accounts, settings } = look.language === 'de' ? german : english
  await pageCalls(page)('prefs.set', look)
  await page.keyboard.press('Control+,')
  await page.getByRole('tab', { name: settings.section.accounts }).click()
  const edit = page.getByRole('button', { name: accounts.section.edit }).last()
  // It stays open from one visit to the next.
  if ((await edit.getAttribute('aria-expanded')) !== 'true') await edit.click()
  const fingerprint = page.getByRole('textbox', { name: accounts.exit.fingerprint })
  await fingerprint.waitFor()
  await page.getByRole('button', { name: accounts.exit.mailboxOrg }).click()
  expect(await fingerprint.inputValue()).toMatch(/^[0-9A-F]{40}$/)
  const use = page.getByRole('button', { name: accounts.exit.use })
  await use.scrollIntoViewIfNeeded()
  await siegel.screenshot(`exit-form-${look.theme}-${look.language}`)
  await fingerprint.fill('not a fingerprint')
  expect(await use.isDisabled()).toBe(true)
  await page.keyboard.press('Escape')
})

test.each(looks)('a connection shows its certificate when it is unfolded, in $language', async look => {
  const { page } = siegel
  const { network, section } = (look.language === 'de' ? german : english).settings
  await pageCalls(page)('prefs.set', look)
  await page.keyboard.press('Control+,')
  await page.getByRole('tab', { name: section.network }).click()
  const connection = page
    .getByRole('listitem')
    .filter({ hasText: `127.0.0.1:${servers.imapsPort}` })
    .first()
  await connection.getByText(network.details).click()
  await connection.getByText(/^([0-9a-f]{2}:){31}[0-9a-f]{2}$/i).waitFor()
  await connection.getByText(network.certificateBy).scrollIntoViewIfNeeded()
  await siegel.screenshot(`connection-details-${look.theme}-${look.language}`)
  await page.keyboard.press('Escape')
})

test.each(looks)('names are asked of somebody else only after main has asked, in $language', async look => {
  const { app, page } = siegel
  const call = pageCalls(page)
  const { network, section } = (look.language === 'de' ? german : english).settings
  await call('prefs.set', look)
  await page.keyboard.press('Control+,')
  await page.getByRole('tab', { name: section.network }).click()
  const whom = page.getByRole('button', { name: network.dns.whom })
  const choose = async (name: string) => {
    await whom.click()
    await page.getByRole('option', { name }).click()
  }
  await answerDialogs(app, { button: 0 })
  await choose(network.dns.choice.quad9)
  await expect.poll(async () => (await askedDialogs(app)).length).toBe(1)
  expect(JSON.stringify(await askedDialogs(app))).toContain('https://dns.quad9.net/dns-query')
  expect(await call('transport.servers', {})).toEqual([])
  await whom.getByText(network.dns.choice.system).waitFor()

  await answerDialogs(app, { button: 1 })
  await choose(network.dns.choice.quad9)
  await page.getByText(network.dns.about.quad9).waitFor()
  expect(await call('transport.servers', {})).toMatchObject([{ host: 'dns.quad9.net' }])
  await choose(network.dns.choice.own)
  const own = page.getByRole('textbox', { name: network.dns.own })
  await own.fill('192.0.2.53\nnobody')
  await page.getByText(network.dns.bad.replace('{{text}}', 'nobody')).waitFor()
  expect(await page.getByRole('button', { name: network.dns.use }).isDisabled()).toBe(true)
  await page.getByRole('button', { name: network.dns.use }).scrollIntoViewIfNeeded()
  await siegel.screenshot(`names-own-${look.theme}-${look.language}`)
  await own.fill('192.0.2.53')
  await page.getByRole('button', { name: network.dns.use }).click()
  await expect
    .poll(() => call('transport.servers', {}))
    .toEqual([{ kind: 'tcp', host: '192.0.2.53', port: 53 }])
  await siegel.screenshot(`names-chosen-${look.theme}-${look.language}`)
  await choose(network.dns.choice.system)
  await expect.poll(() => call('transport.servers', {})).toEqual([])
  await page.keyboard.press('Escape')
})
