import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { addRigAccountByPage, plainMessage } from '../support/accounts'
import { answerDialogs, askedDialogs, bodyDocument, composer, open, reader, row } from '../support/drive'
import { type Launched, launch } from '../support/launch'
import { pageCalls } from '../support/page-calls'

let servers: MailServers
let siegel: Launched
beforeAll(async () => {
  servers = await startMailServers()
  siegel = await launch()
  siegel.page.setDefaultTimeout(15_000)
  const call = pageCalls(siegel.page)
  await call('app.createProfile', { custody: 'keychain', passphrase: null })
  await addRigAccountByPage(siegel.page, servers, 'alice')
  await call('settings.set', { lookups: false })
  const html =
    '<p><a id="plain" href="https://one.example/a">one</a> <a href="https://evil.test/b">www.bank.example</a> ' +
    '<a href="https://xn--80ak6aa92e.com/c">two</a> <a href="mailto:eve@rig.test?subject=Hi">mail</a> ' +
    '<a href="mailto:mallory@rig.test">ann@bank.example</a> <a href="https://xn--mller-kva.example/d">three</a> ' +
    '<a href="https://evil.test/pay"><img src="data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=" alt="www.bücher.example" width="80" height="20"></a> ' +
    `<a href="tel:+49301234567">call</a> <a href="https://long.example/${'a'.repeat(9000)}">long</a></p><p>Kartoffelsalat with cucumber</p>`
  await servers.deliver(
    'alice@rig.test',
    plainMessage({ subject: 'Links', text: html }).replace('text/plain', 'text/html'),
  )
  await servers.deliver(
    'alice@rig.test',
    plainMessage({ subject: 'Words', text: 'See www.words.example/x and https://two.example.' }),
  )
  await row(siegel.page, 'Words').waitFor()
  await open(siegel.page, 'Links')
})
afterAll(async () => {
  await siegel?.stop()
  await servers?.stop()
})

const link = (name: string) => bodyDocument(siegel.page).getByRole('link', { name, exact: true })
const asked = async () => (await askedDialogs(siegel.app)).map(({ options }) => options)
const status = () => siegel.page.locator('.link-status')
let nextRound = 0
/** Cancels what is asked, and lets no click be taken for the second half of the one before. */
beforeEach(async () => {
  await answerDialogs(siegel.app, { button: 0 })
  const wait = nextRound - performance.now()
  if (wait > 0)
    await siegel.page.waitForFunction(
      until => performance.now() >= until,
      await siegel.page.evaluate(ms => performance.now() + ms, wait),
    )
})

test.each([
  ['a click', {}],
  ['a click with Alt', { modifiers: ['Alt'] }],
  ['a click with Shift', { modifiers: ['Shift'] }],
  ['a click with Control', { modifiers: ['Control'] }],
  ['a click of the middle button', { button: 'middle' }],
  ['a double click', { clickCount: 2 }],
] as const)('%s asks once, with the true target', async (_name, how) => {
  await link('one').click({ ...how, modifiers: 'modifiers' in how ? [...how.modifiers] : [] })
  nextRound = performance.now() + 800
  await expect.poll(async () => (await asked()).length).toBeGreaterThan(0)
  // The question about another link comes after it: had there been a second about this one, it would be between them.
  await link('two').click()
  await expect.poll(async () => (await asked()).length).toBe(2)
  const [first, second] = await asked()
  expect(first?.['message']).toContain('one.example')
  expect(second?.['message']).toContain('xn--80ak6aa92e.com')
  expect(second?.['detail']).toContain('аррӏе.com')
})

test('the question says what the words of the link named, when it was another place', async () => {
  await link('www.bank.example').click()
  await link('three').click()
  await link('two').click()
  nextRound = performance.now() + 800
  await expect.poll(async () => (await asked()).length).toBe(3)
  const [other, honest, alike] = await asked()
  expect(other?.['message']).toContain('evil.test')
  expect(other?.['detail']).toContain('The text says www.bank.example, but the link leads to evil.test.')
  expect(honest?.['message']).toContain('xn--mller-kva.example (\u2068müller.example\u2069)')
  expect(honest?.['detail']).not.toContain('The text says')
  expect(alike?.['detail']).not.toContain('The text says')
})

test('a link whose words name another place is told above the mail', async () => {
  await reader(siegel.page).getByText('www.bank.example → evil.test').waitFor()
})

test('a telephone number and a long address are told for what they are', async () => {
  await link('call').click()
  await link('long').click()
  nextRound = performance.now() + 800
  await expect.poll(async () => (await asked()).length).toBe(2)
  const [call, long] = await asked()
  expect(call).toMatchObject({ message: '+49301234567', title: 'Telephone number' })
  expect(long?.['message']).toContain('long.example')
})

test('the pointer and the focus show where a link leads, in the design and in plain words', async () => {
  const { page } = siegel
  await link('one').hover()
  await expect.poll(() => status().innerText()).toBe('https://one.example/a')
  await siegel.screenshot('link-status-light')
  await link('two').hover()
  await expect.poll(() => status().innerText()).toContain('Imitates another name')
  await link('three').hover()
  await expect.poll(() => status().innerText()).toBe('https://xn--mller-kva.example/d (müller.example)')
  await open(page, 'Words')
  await reader(page)
    .getByRole('link', { name: /www\.words\.example/ })
    .hover()
  await expect.poll(() => status().innerText()).toBe('http://www.words.example/x')
  await reader(page)
    .getByRole('link', { name: /two\.example/ })
    .focus()
  await expect.poll(() => status().innerText()).toBe('https://two.example')
})

test('a mailto: link opens one draft, however often it is clicked, and leaves none behind', async () => {
  const { page } = siegel
  await open(page, 'Links')
  await link('mail').dblclick()
  await composer(page).waitFor()
  expect(await pageCalls(page)('drafts.list', {})).toHaveLength(1)
  await page.keyboard.press('Escape')
  await composer(page).waitFor({ state: 'detached' })
  await expect.poll(() => pageCalls(page)('drafts.list', {})).toEqual([])
})
