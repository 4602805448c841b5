import { afterAll, beforeAll, expect, test } from 'vitest'
import { english, german } from '../../../renderer/features/languages'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { addRigAccountByPage } from '../support/accounts'
import { bodyDocument, collectComplaints, composer, pressMenu, row } from '../support/drive'
import { type Launched, launch } from '../support/launch'
import { pageCalls } from '../support/page-calls'

/** Every text of a language by its key. */
const texts = (words: object, path = ''): readonly (readonly [string, string])[] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${path}${key}`, value] as const]
      : texts(value as object, `${path}${key}.`),
  )

/** What a German never says: texts of the one language that the other does not have anywhere. */
const onlyIn = (language: object, other: object): ReadonlySet<string> => {
  const there = new Set(texts(other).map(([, text]) => text))
  return new Set(
    texts(language).flatMap(([, text]) => (text.includes('{{') || there.has(text) ? [] : [text])),
  )
}

let servers: MailServers
let siegel: Launched
let complaints: readonly string[]
beforeAll(async () => {
  // A second account, so that there is somebody to write as.
  servers = await startMailServers()
  siegel = await launch()
  complaints = collectComplaints(siegel.page)
})
afterAll(async () => {
  await siegel?.stop()
  await servers?.stop()
})

/** What the page says, to the eye or to a screen reader, without the mail itself. */
const said = (): Promise<readonly string[]> =>
  siegel.page.evaluate(() => {
    const isMail = (node: Node) =>
      (node instanceof Element ? node : node.parentElement)?.closest('.message-list, .reader-message') !==
      null
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
      if (!isMail(node)) found.push(node.textContent?.trim() ?? '')
    for (const node of document.querySelectorAll('[aria-label], [title], [placeholder]'))
      if (!isMail(node))
        for (const name of ['aria-label', 'title', 'placeholder']) found.push(node.getAttribute(name) ?? '')
    return found.filter(Boolean)
  })

type Look = Readonly<{ language: 'en' | 'de'; theme: 'light' | 'dark' }>

/** Goes through every room, keeps a picture of each, and answers all that was said on the way. */
const tour = async ({ language, theme }: Look): Promise<readonly string[]> => {
  const { page } = siegel
  const words = language === 'de' ? german : english
  const heard: string[] = []
  const keep = async (place: string): Promise<void> => {
    heard.push(...(await said()))
    await siegel.screenshot(`tour-${place}-${theme}-${language}`)
  }
  await pageCalls(page)('prefs.set', { language, theme })
  await page.keyboard.press('g')
  await page.keyboard.press('i')
  await row(page, 'Angebot Bücherregal').click()
  await page.getByText('Guten Tag Frau Winter').first().waitFor()
  await keep('inbox')
  await row(page, 'sechs Bücher').click()
  await bodyDocument(page).getByText('Die Kartenmacherin').waitFor()
  await keep('newsletter')
  await row(page, 'nicht zugestellt').click()
  await bodyDocument(page).getByText('Sehr geehrter Kunde').waitFor()
  await keep('warning')
  await row(page, 'Yusuf Demir').first().click()
  await page.getByRole('region', { name: words.mail.reader.conversation }).waitFor()
  await keep('conversation')
  await page.keyboard.press('c')
  await composer(page).getByRole('combobox', { name: words.compose.to }).fill('johanna.krueger@example.org')
  await composer(page).getByRole('textbox', { name: words.compose.subject }).fill('Kuchen für Samstag')
  await composer(page)
    .getByRole('textbox', { name: words.compose.body })
    .fill(
      'Liebe Johanna,\n\nwir bringen den Zwetschgenkuchen mit und eine Bratsche.\nSollen wir noch Stühle einpacken?\n\nBis Samstag\nMarlene',
    )
  await composer(page).getByText(words.compose.save.saved).first().waitFor()
  await keep('compose')
  await composer(page).getByRole('button', { name: words.compose.discard }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: words.common.discard }).click()
  await composer(page).waitFor({ state: 'detached' })
  await page.keyboard.press('?')
  await page.getByRole('dialog').waitFor()
  await keep('shortcuts')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: words.app.sync.label }).click()
  await page.getByRole('dialog').waitFor()
  await keep('activity')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.keyboard.press('Control+,')
  for (const section of Object.values(words.settings.section)) {
    await page.getByRole('tab', { name: section }).click()
    await page.getByRole('tabpanel').getByRole('heading', { name: section }).first().waitFor()
    await keep(`settings-${Object.values(words.settings.section).indexOf(section) + 1}`)
  }
  await page.keyboard.press('Escape')
  return heard
}

test('the first start speaks German where the system does', async () => {
  const { page } = siegel
  const call = pageCalls(page)
  await call('prefs.set', { language: 'de' })
  await page.getByRole('heading', { name: german.onboarding.title }).waitFor()
  await siegel.screenshot('tour-welcome-light-de')
  const heard = [...(await said())]
  await page.getByRole('button', { name: german.onboarding.key.continue }).click()
  await page.getByRole('button', { name: new RegExp(german.onboarding.way['mailbox-org']) }).click()
  await siegel.screenshot('tour-mailbox-org-light-de')
  heard.push(...(await said()))
  await page.getByRole('button', { name: german.accounts.back }).click()
  heard.push(...(await said()))
  await page.getByRole('button', { name: new RegExp(german.onboarding.way.sample) }).click()
  await row(page, 'Willkommen bei Siegel').waitFor()
  await addRigAccountByPage(page, servers, 'alice')
  const foreign = onlyIn(english, german)
  expect(heard.filter(text => foreign.has(text))).toEqual([])
})

test.each([
  { language: 'en', theme: 'light' },
  { language: 'de', theme: 'dark' },
] as const)('no room says a word of the other language, in $language and $theme', async look => {
  const heard = await tour(look)
  expect(heard.length).toBeGreaterThan(300)
  const foreign = look.language === 'de' ? onlyIn(english, german) : onlyIn(german, english)
  expect([...new Set(heard.filter(text => foreign.has(text)))]).toEqual([])
})

test('the menu follows, and so does the lock', async () => {
  const { page, app } = siegel
  await pressMenu(app, 'Siegel sperren')
  await page.getByRole('heading', { name: german.app.unlock.title }).waitFor()
  await siegel.screenshot('tour-lock-dark-de')
  expect((await said()).filter(text => onlyIn(english, german).has(text))).toEqual([])
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('de')
})

test('nothing was refused or went wrong in the page all that time', () => {
  expect(complaints).toEqual([])
})
