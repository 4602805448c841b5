import { afterAll, beforeAll, expect, test } from 'vitest'
import { english, german } from '../../../renderer/features/languages'
import type { AccountSummary } from '../../../shared/features/accounts/model'
import type { SyncStatus } from '../../../shared/kit/status'
import { type ProsodyServer, startProsody } from '../../rig/prosody-server'
import { until } from '../../support/until'
import { answerDialogs, askedDialogs } from '../support/drive'
import { faultsForAll } from '../support/faults-for-all'
import { type Launched, showTheme } from '../support/launch'
import { launchSample } from '../support/launch-sample'
import { pageCalls } from '../support/page-calls'

const words = english.accounts
let siegel: Launched
let complaints: readonly string[]
let server: ProsodyServer
const page = () => siegel.page
const dialog = () => page().getByRole('dialog', { name: words.xmpp.title })
const field = (name: string) => dialog().getByRole('textbox', { name })
const call = (...[name, input]: Parameters<ReturnType<typeof pageCalls>>) => pageCalls(page())(name, input)
const chatAccount = async () =>
  ((await call('accounts.list', {})) as AccountSummary[]).find(({ config }) => config.services.xmpp)
const stateOf = async (id: string) =>
  ((await call('sync.status', {})) as SyncStatus[]).find(
    each => each.accountId === id && each.service === 'xmpp',
  )?.state

beforeAll(async () => {
  server = await startProsody()
  ;({ siegel, complaints } = await launchSample())
  await pageCalls(page())('prefs.set', { language: 'en', theme: 'light' })
})
afterAll(async () => {
  await siegel?.stop()
  await server?.stop()
})

test('an address is all that most people enter, and where it leads is said', async () => {
  await answerDialogs(siegel.app, { button: 1 })
  await page().keyboard.press('Control+,')
  await page()
    .locator('.account-add')
    .getByRole('button', { name: words.xmpp.addAccount, exact: true })
    .click()
  await field(words.xmpp.address).fill('alice@rig.test')
  await dialog().getByText('rig.test', { exact: false }).first().waitFor()
  expect(await faultsForAll(page())).toEqual([])
  await siegel.screenshot('xmpp-setup-light')
  await showTheme(page(), 'dark')
  await call('prefs.set', { language: 'de' })
  await page().getByRole('dialog', { name: german.accounts.xmpp.title }).waitFor()
  await siegel.screenshot('xmpp-setup-dark-de')
  await call('prefs.set', { language: 'en', theme: 'light' })
})

test('a wrong password is said as such, and nothing was added', async () => {
  await dialog().getByRole('radio', { name: words.xmpp.byHand }).check({ force: true })
  await field(words.xmpp.host).fill('localhost')
  await field(words.fields.port).fill(String(server.tlsPort))
  await dialog().getByRole('button', { name: words.xmpp.ownAuthority }).click()
  await field(words.xmpp.authority).fill(server.ca)
  await field(words.fields.password).fill('not it')
  await dialog().getByRole('button', { name: words.xmpp.signIn }).click()
  await dialog().getByText(words.xmpp.refused).waitFor()
  const asked = JSON.stringify(await askedDialogs(siegel.app))
  expect(asked).toContain(`localhost:${server.tlsPort}`)
  expect(await chatAccount()).toBeUndefined()
})

test('signed in once, the chat is an account that stays connected, is tested, and switched off', async () => {
  await field(words.fields.password).fill('alice-pw')
  await dialog().getByRole('button', { name: words.xmpp.signIn }).click()
  await dialog().waitFor({ state: 'detached' })
  const account = await chatAccount()
  const id = account?.id ?? ''
  expect(account?.config).toMatchObject({
    address: 'alice@rig.test',
    services: { xmpp: { userName: 'alice@rig.test', server: { host: 'localhost', security: 'tls' } } },
  })
  await until(async () => (await stateOf(id)) === 'watching', 'connected')
  const card = page().locator('.account-card').filter({ hasText: 'alice@rig.test' })
  await card.getByRole('button', { name: words.section.edit }).click()
  await card.getByRole('button', { name: words.xmpp.test }).click()
  await card.getByText(`localhost:${server.tlsPort}`, { exact: false }).waitFor()
  expect(await faultsForAll(page())).toEqual([])
  await siegel.screenshot('xmpp-editor-light')
  await card.getByText(words.section.service.xmpp, { exact: true }).first().click()
  await until(async () => (await stateOf(id)) === 'off', 'off')
  expect(complaints).toEqual([])
})
