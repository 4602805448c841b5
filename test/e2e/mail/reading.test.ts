import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  action,
  answerDialogs,
  askedDialogs,
  bodyDocument,
  folder,
  open,
  reader,
  row,
} from '../support/drive'
import type { Launched } from '../support/launch'
import { launchSample } from '../support/launch-sample'
import { pageCalls } from '../support/page-calls'

let siegel: Launched
let complaints: readonly string[]
beforeAll(async () => {
  ;({ siegel, complaints } = await launchSample())
})
afterAll(() => siegel?.stop())

const offer = 'Angebot Bücherregal, Eiche geölt'
const newsletter = 'Neu auf dem Tisch: sechs Bücher für lange Abende'
const parcel = 'Ihre Sendung konnte nicht zugestellt werden'

test('the sample mailbox has its folders, and says how many messages are unread', async () => {
  const { page } = siegel
  for (const name of ['Inbox', 'Drafts', 'Sent', 'Archive', 'Spam', 'Trash'])
    await folder(page, name).waitFor()
  expect(await folder(page, 'Inbox').getAttribute('aria-label')).toMatch(/unread/)
  expect(await folder(page, 'Sent').getAttribute('aria-label')).not.toMatch(/unread/)
})

test('a newsletter is shown as designed, and says what of it was not loaded', async () => {
  const { page } = siegel
  await open(page, newsletter)
  await bodyDocument(page).getByText('Die Kartenmacherin').waitFor()
  const status = reader(page).getByRole('status')
  expect(await status.innerText()).toMatch(/^6 external items blocked, 1 tracker\b/)
  const loaded = await bodyDocument(page)
    .locator('img')
    .evaluateAll(images => images.map(image => (image as HTMLImageElement).naturalWidth))
  expect(loaded.every(width => width === 0)).toBe(true)
  await siegel.screenshot('reading-newsletter-light')
  await reader(page).getByRole('button', { name: 'Show as plain text' }).click()
  await reader(page).getByRole('region', { name: 'Message text' }).getByText('Die Kartenmacherin').waitFor()
  await reader(page).getByRole('button', { name: 'Show formatted' }).click()
})

test('a message that pretends is announced above everything it says', async () => {
  const { page } = siegel
  await open(page, parcel)
  const warning = reader(page).locator('.reader-warnings')
  await warning.getByText('Be careful with this message').waitFor()
  const words = await warning.innerText()
  expect(words).toContain('paket-zustellung.login-sicher.example.com')
  expect(words).toContain('zoll-abwicklung@mail-service.example.net')
  const warningAt = await warning.boundingBox()
  const bodyAt = await reader(page).locator('iframe').boundingBox()
  expect(warningAt!.y).toBeLessThan(bodyAt!.y)
  await siegel.screenshot('reading-warning-light')
})

test('its link asks in a window of its own, with the address it really leads to, and opens nothing on No', async () => {
  const { page, app } = siegel
  await answerDialogs(app, { button: 0 })
  await open(page, parcel)
  // By keyboard: Playwright's pointer misses what is in a frame by the padding of the frame.
  await bodyDocument(page).getByRole('link').first().press('Enter')
  await expect.poll(() => askedDialogs(app)).toHaveLength(1)
  const [asked] = await askedDialogs(app)
  expect(String(asked?.options.message)).toContain('paket-zustellung.login-sicher.example.com')
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('an attachment is saved, byte for byte, and never over a file that is there', async () => {
  const { page, app } = siegel
  const target = join(siegel.desktop.directory, 'saved')
  mkdirSync(target)
  await answerDialogs(app, { open: [target] })
  await open(page, offer)
  const save = reader(page).getByRole('button', { name: /^Save Angebot/ })
  await save.click()
  await page.getByText('Saved: Angebot Bücherregal 2026-118.pdf').waitFor()
  await save.click()
  const files = () => readdirSync(target).map(name => readFileSync(join(target, name)))
  await expect.poll(() => files().length).toBe(2)
  // The second one is there a moment before its bytes are.
  await expect.poll(() => files()[0]?.equals(files()[1] ?? Buffer.alloc(0))).toBe(true)
  expect(files()[0]?.subarray(0, 5).toString()).toBe('%PDF-')
  await answerDialogs(app, {})
  await save.click()
  await expect.poll(() => askedDialogs(app)).toHaveLength(1)
  expect(readdirSync(target)).toHaveLength(2)
})

test('the source of a message is shown, and the message saved as it came', async () => {
  const { page, app } = siegel
  const path = join(siegel.desktop.directory, 'offer.eml')
  await answerDialogs(app, { save: path })
  await open(page, offer)
  await action(page, 'More actions').click()
  await page.getByRole('menuitem', { name: 'Save message …' }).click()
  await page.getByText('Saved: offer.eml').waitFor()
  await page.keyboard.press('Control+u')
  const source = page.getByRole('dialog', { name: 'Source of the message' })
  await source.getByText('Content-Type: multipart/mixed').waitFor()
  const shown = await source.locator('pre').innerText()
  expect(readFileSync(path, 'utf8').replaceAll('\r\n', '\n').trim()).toBe(
    shown.replaceAll('\r\n', '\n').trim(),
  )
  await siegel.screenshot('reading-source-light')
  await page.keyboard.press('Escape')
  await source.waitFor({ state: 'detached' })
})

test('a conversation is walked through without losing the place in the list', async () => {
  const { page } = siegel
  await row(page, /Yusuf Demir.*Re: Gemeinschaftsgarten/)
    .first()
    .click()
  const conversation = reader(page).getByRole('region', { name: 'Conversation' })
  await conversation.waitFor()
  const lines = conversation.getByRole('button')
  expect(await lines.count()).toBe(4)
  const selected = await page.locator('#pane-list [aria-selected=true]').getAttribute('id')
  await lines.first().click()
  await expect.poll(() => lines.first().getAttribute('aria-current')).toBe('true')
  await page.keyboard.press('n')
  await expect.poll(() => lines.nth(1).getAttribute('aria-current')).toBe('true')
  expect(await page.locator('#pane-list [aria-selected=true]').getAttribute('id')).toBe(selected)
  await siegel.screenshot('reading-conversation-light')
})

test('a message that was looked at counts as read, one marked unread by hand stays unread', async () => {
  const { page } = siegel
  await folder(page, 'Spam').click()
  await open(page, 'YOU WERE CHOSEN')
  await expect.poll(() => folder(page, 'Spam').getAttribute('aria-label')).toBe('Spam')
  await action(page, 'Mark as unread').click()
  await expect.poll(() => folder(page, 'Spam').getAttribute('aria-label')).toBe('Spam, 1 unread message')
  // Now it would count as read at once, if it were to; what is clicked after that has its answer later.
  await pageCalls(page)('settings.set', { markSeenAfterSeconds: 0 })
  for (const name of ['Star', 'Remove star']) await action(page, name).click()
  await action(page, 'Star').waitFor()
  expect(await folder(page, 'Spam').getAttribute('aria-label')).toBe('Spam, 1 unread message')
  await pageCalls(page)('settings.set', { markSeenAfterSeconds: 1 })
  await folder(page, 'Inbox').click()
})

test('searching finds by subject, by sender, in German without umlauts and in Japanese', async () => {
  const { page } = siegel
  const search = page.getByRole('searchbox')
  for (const [text, subject] of [
    ['Bucherregal', 'Angebot Bücherregal'],
    ['ashworth', 'The lake, last night'],
    ['京都', '京都のお部屋について'],
    ['reading room', 'The map you asked for'],
  ] as const) {
    await search.fill(text)
    await row(page, subject).first().waitFor()
  }
  await siegel.screenshot('search-light')
  await search.fill('Quastenflosser')
  await page.getByText('Nothing found').waitFor()
  await siegel.screenshot('search-nothing-light')
  await search.press('Escape')
  await row(page, 'Willkommen bei Siegel').waitFor()
})

test('nothing was refused or went wrong in the page all that time', () => {
  expect(complaints).toEqual([])
})
