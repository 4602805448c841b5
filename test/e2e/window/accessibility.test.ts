import { afterAll, beforeAll, expect, test } from 'vitest'
import { english, german } from '../../../renderer/features/languages'
import { bodyDocument, collectComplaints, composer, reader, row } from '../support/drive'
import { faultsForAll } from '../support/faults-for-all'
import { type Launched, launch } from '../support/launch'
import { pageCalls } from '../support/page-calls'

let siegel: Launched
let complaints: readonly string[]
beforeAll(async () => {
  siegel = await launch()
  complaints = collectComplaints(siegel.page)
})
afterAll(async () => {
  await siegel?.stop()
})

/** What is wrong with each screen that was looked at. */
const found = new Map<string, readonly string[]>()
const look = async (place: string): Promise<void> => {
  found.set(place, await faultsForAll(siegel.page))
}
const nothingFound = (atLeast: number): void => {
  const places = [...found]
  found.clear()
  expect(Object.fromEntries(places.filter(([, faults]) => faults.length > 0))).toEqual({})
  expect(places.length).toBeGreaterThanOrEqual(atLeast)
}

const press = async (...keys: string[]): Promise<void> => {
  for (const key of keys) await siegel.page.keyboard.press(key)
}
/** Looks at a dialog that a press opens, and closes it. */
const lookAtDialog = async (place: string, open: () => Promise<unknown>): Promise<void> => {
  const dialog = siegel.page.locator('.ui-dialog, .ui-panel-body').last()
  await open()
  await dialog.waitFor()
  await look(place)
  await press('Escape')
  await dialog.waitFor({ state: 'detached' })
}

test('the first start: the key, the ways, an own account, a backup', async () => {
  const { page } = siegel
  for (const [language, theme] of [
    ['de', 'dark'],
    ['en', 'light'],
  ] as const) {
    await pageCalls(page)('prefs.set', { language, theme })
    const words = language === 'de' ? german : english
    await page.getByRole('heading', { name: words.onboarding.title }).waitFor()
    await look(`welcome ${language}`)
  }
  await page.getByRole('radio').nth(1).check({ force: true })
  await look('passphrase')
  await page.getByRole('radio').nth(0).check({ force: true })
  await page.getByRole('button', { name: english.onboarding.key.continue }).click()
  await page.getByRole('button', { name: new RegExp(english.onboarding.way.sample) }).waitFor()
  await look('ways')
  await page.getByRole('button', { name: new RegExp(english.onboarding.way['mailbox-org']) }).click()
  await look('mailbox.org')
  await page.getByRole('button', { name: english.accounts.back }).click()
  await page.getByRole('button', { name: new RegExp(english.onboarding.way.sample) }).click()
  await row(page, 'Angebot').waitFor()
  nothingFound(5)
})

test.each([
  { language: 'en', theme: 'light' },
  { language: 'de', theme: 'dark' },
] as const)('every screen in $language and $theme', async look_ => {
  const { page } = siegel
  const words = look_.language === 'de' ? german : english
  await pageCalls(page)('prefs.set', look_)
  await press('g', 'i')
  await row(page, 'Angebot').waitFor()
  await look('nothing open')
  await row(page, 'Neu auf dem Tisch').first().click()
  await bodyDocument(page).getByText('Die Kartenmacherin').waitFor()
  await look('newsletter')
  await row(page, 'nicht zugestellt').first().click()
  await bodyDocument(page).getByText('Sehr geehrter Kunde').waitFor()
  await look('warnings')
  await row(page, 'Yusuf Demir').first().click()
  await page.getByRole('region', { name: words.mail.reader.conversation }).waitFor()
  await reader(page).getByRole('button', { name: words.mail.reader.showPeople }).click()
  await look('conversation with people')
  await press('Control+a')
  await look('many chosen')
  await press('Escape', 'j')
  await press('/')
  await page.keyboard.type('Kuchenblech')
  await press('Enter')
  await page.getByRole('heading', { name: words.mail.search.nothing }).waitFor()
  await look('nothing found')
  await press('g', 'i')
  await row(page, 'Angebot').first().click()
  await reader(page)
    .getByRole('heading', { name: /Bücherregal/ })
    .waitFor()
  await lookAtDialog('move', () => press('v'))
  await lookAtDialog('source', () => press('Control+u'))
  await lookAtDialog('shortcuts', () => press('Shift+?'))
  await lookAtDialog('activity', () => page.getByRole('button', { name: words.app.sync.label }).click())
  await page.getByRole('button', { name: words.mail.reader.more }).click()
  await page.getByRole('menu').waitFor()
  await look('menu')
  await press('Escape')
  await press('r')
  await composer(page).getByRole('textbox', { name: words.compose.subject }).waitFor()
  await look('answer')
  await lookAtDialog('preview', () =>
    composer(page).getByRole('button', { name: words.compose.preview.title }).click(),
  )
  await composer(page).getByRole('button', { name: words.compose.format.on }).click()
  await composer(page).getByRole('toolbar').waitFor()
  await look('formatted')
  await press('Escape')
  await composer(page).waitFor({ state: 'detached' })
  await press('Control+,')
  for (const tab of await page.getByRole('tab').all()) {
    await tab.click()
    await page.getByRole('tabpanel').getByRole('heading').first().waitFor()
    await look(`settings: ${await tab.innerText()}`)
  }
  await press('Escape')
  nothingFound(22)
})

test('the locked page', async () => {
  const { page } = siegel
  await pageCalls(page)('app.lock', {})
  for (const [language, theme, title] of [
    ['de', 'dark', german.app.unlock.title],
    ['en', 'light', english.app.unlock.title],
  ] as const) {
    await pageCalls(page)('prefs.set', { language, theme })
    await page.getByRole('heading', { name: title }).waitFor()
    await look(`locked ${language}`)
  }
  nothingFound(2)
})

test('nothing was refused or went wrong in the page all that time', () => {
  expect(complaints).toEqual([])
})
