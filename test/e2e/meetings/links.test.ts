import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { english } from '../../../renderer/features/languages'
import type { CalendarId } from '../../../shared/features/calendar/model'
import { answerDialogs, askedDialogs, composer, folder, open, reader } from '../support/drive'
import type { Launched } from '../support/launch'
import { launchSample } from '../support/launch-sample'
import { pageCalls } from '../support/page-calls'

const words = english.meetings
const directory = mkdtempSync(join(tmpdir(), 'siegel-meet-links-'))
let siegel: Launched
let complaints: readonly string[]
const page = () => siegel.page
const call = (...[name, input]: Parameters<ReturnType<typeof pageCalls>>) => pageCalls(page())(name, input)

/** Kept only where somebody wants to look at them. */
const pictures = process.env['SIEGEL_PICTURES']
const picture = async (name: string): Promise<void> => {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  for (const theme of ['light', 'dark'] as const) {
    await call('prefs.set', { theme })
    await page().locator(`html[data-theme=${theme}]`).waitFor()
    await page().screenshot({ path: `${pictures}/${name}-${theme}.png` })
  }
}

const mail = (subject: string, type: string, body: string): string =>
  [
    ...['From alice@example.org Mon Jan  5 10:00:00 2026', 'From: Alice <alice@example.org>'],
    ...['To: me@example.org', `Subject: ${subject}`, 'Date: Mon, 05 Jan 2026 10:00:00 +0000'],
    ...[`Message-ID: <${subject.replaceAll(' ', '-')}@example.org>`, 'MIME-Version: 1.0'],
    ...[`Content-Type: ${type}; charset=utf-8`, '', body, '', ''],
  ].join('\r\n')
const room = /https:\/\/meet\.firma\.example\/[a-z2-7]{26}/

beforeAll(async () => {
  ;({ siegel, complaints } = await launchSample())
  page().setDefaultTimeout(20_000)
  await call('prefs.set', { language: 'en', theme: 'light' })
  const mbox = join(directory, 'meetings.mbox')
  writeFileSync(
    mbox,
    [
      mail('In words', 'text/plain', 'Let us meet at https://video.firma.example/standup today.'),
      mail(
        'Behind a button',
        'text/html',
        '<p>Hi</p><a href="https://meet.jit.si/Room?a=1&amp;b=2">Join us</a>',
      ),
      mail('No meeting', 'text/plain', 'Read https://example.org/how-to-meet first.'),
    ].join(''),
  )
  await answerDialogs(siegel.app, { open: [mbox] })
  const boxes = (await call('mailboxes.list', {})) as { id: number; name: string; role: string }[]
  const archive = boxes.find(({ role }) => role === 'archive')
  await call('files.import', { mailboxId: archive?.id as never, from: 'file' })
  await folder(page(), archive?.name === 'Archive' ? 'Archive' : (archive?.name ?? '')).click()
})
afterAll(async () => {
  await siegel?.stop()
  rmSync(directory, { recursive: true, force: true })
})

const asked = async () => (await askedDialogs(siegel.app)).map(({ options }) => options)

test('a provider is set up in the settings, and one that is none is refused in words', async () => {
  await call('settings.set', { meetingPlaces: [] })
  await page().getByRole('button', { name: english.app.rail.settings, exact: true }).click()
  await page().getByRole('tab', { name: words.settings, exact: true }).click()
  await page().getByText(words.page.none).waitFor()
  const address = page().getByLabel(words.address.host, { exact: true })
  await address.fill('http://meet.firma.example')
  await page().getByRole('button', { name: words.add, exact: true }).click()
  await page().getByText(words.bad).waitFor()
  await address.fill('meet.firma.example')
  await page().getByLabel(words.more, { exact: true }).fill('turn.firma.example:3478')
  await page().getByRole('button', { name: words.add, exact: true }).click()
  await page().getByText('https://meet.firma.example', { exact: true }).waitFor()
  await picture('settings')
  expect(await call('settings.get', {})).toMatchObject({
    meetingPlaces: [
      { kind: 'jitsi', address: 'https://meet.firma.example', hosts: ['turn.firma.example:3478'] },
    ],
  })
  await page().getByRole('button', { name: english.app.rail.mail, exact: true }).click()
})

test('a link of a known provider in a mail has a way in, also behind words; other links have none', async () => {
  await call('settings.set', {
    meetingPlaces: [
      { kind: 'jitsi', address: 'https://meet.firma.example', hosts: [] },
      { kind: 'own', address: 'https://video.firma.example/{room}', hosts: [] },
    ],
  })
  await answerDialogs(siegel.app, { button: 0 })
  await open(page(), 'In words')
  await reader(page()).getByRole('button', { name: 'Join video.firma.example' }).click()
  await expect.poll(async () => (await asked()).length).toBe(1)
  expect((await asked())[0]).toMatchObject({
    message: expect.stringContaining('video.firma.example'),
    detail: expect.stringContaining('https://video.firma.example/standup'),
  })
  await picture('mail')
  await open(page(), 'Behind a button')
  await reader(page()).getByRole('button', { name: 'Join meet.jit.si' }).click()
  await expect.poll(async () => (await asked()).length).toBe(2)
  expect((await asked())[1]?.['detail']).toContain('https://meet.jit.si/Room?a=1&b=2')
  expect((await asked())[1]?.['detail']).toContain('none of the providers')
  await open(page(), 'No meeting')
  await reader(page()).getByText('Read').waitFor()
  expect(await reader(page()).getByRole('button', { name: /^Join/ }).count()).toBe(0)
})

test('a mail is answered with a meeting, and a draft takes one where the caret stands', async () => {
  await open(page(), 'In words')
  await reader(page()).getByRole('button', { name: english.mail.reader.more }).click()
  await page().getByRole('menuitem', { name: english.mail.reader.answerWithMeeting }).click()
  const dialog = page().getByRole('dialog', { name: words.title, exact: true })
  await dialog.getByText(room).waitFor()
  await picture('meet')
  await dialog.getByRole('button', { name: words.put.mail }).click()
  const text = composer(page()).getByRole('textbox', { name: english.compose.body })
  await expect.poll(() => text.inputValue()).toMatch(room)
  expect((await text.inputValue()).indexOf('https://meet.firma.example/')).toBe(0)

  await text.fill('Before\nAfter')
  await text.evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(6, 6))
  await composer(page()).getByRole('button', { name: english.compose.meet }).click()
  await dialog.getByRole('button', { name: words.put.mail }).click()
  await expect.poll(() => text.inputValue()).toMatch(new RegExp(`^Before\n${room.source}\nAfter$`))
  // With formatting it is a link.
  await composer(page()).getByRole('button', { name: english.compose.format.on }).click()
  await composer(page()).getByRole('button', { name: english.compose.meet }).click()
  await dialog.getByRole('button', { name: words.put.mail }).click()
  await composer(page()).locator('.rich-text a[href^="https://meet.firma.example/"]').first().waitFor()
  await picture('composer')
  await page().keyboard.press('Escape')
  await composer(page()).waitFor({ state: 'hidden' })
})

test('an event that is about to begin is told of with a way in, and its editor makes a link', async () => {
  const [zone, start, end] = await page().evaluate(() => {
    const wall = (ms: number) =>
      new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' })
        .format(ms)
        .replace(' ', 'T')
    return [
      new Intl.DateTimeFormat().resolvedOptions().timeZone,
      wall(Date.now() + 150_000),
      wall(Date.now() + 1_950_000),
    ]
  })
  const [calendar] = (await call('calendars.list', {})) as { id: CalendarId; isReadOnly: boolean }[]
  const fields = (title: string, conferences: string[]) => ({
    ...{ title, start: { at: start, zone }, end: { at: end, zone }, conferences },
  })
  const calendarId =
    calendar?.id ??
    ((await call('calendars.addLocal', { name: 'Work', colour: null })) as { id: CalendarId }).id
  await call('events.add', {
    calendarId,
    fields: fields('Weekly', ['https://meet.firma.example/weekly']),
    tells: null as never,
  })
  await call('events.add', { calendarId, fields: fields('Lunch', []) })
  const banner = page()
    .locator('.app-banners')
    .getByText(/^Weekly begins at /)
  await banner.waitFor()
  expect(await page().locator('.app-banners').getByText(/Lunch/).count()).toBe(0)
  await picture('soon')
  await answerDialogs(siegel.app, { button: 0 })
  await page().locator('.app-banners').getByRole('button', { name: words.joinNow }).click()
  await expect.poll(async () => (await asked()).length).toBe(1)
  expect((await asked())[0]?.['detail']).toContain('https://meet.firma.example/weekly')
  await page().locator('.app-banners').getByRole('button', { name: words.later }).click()
  await banner.waitFor({ state: 'hidden' })

  await page().getByRole('button', { name: english.app.rail.calendar, exact: true }).click()
  await page().locator('[data-event]', { hasText: 'Weekly' }).first().click()
  await page().getByRole('dialog', { name: 'Weekly' }).getByRole('button', { name: words.joinNow }).waitFor()
  await picture('card')
  await page().keyboard.press('Escape')
  await page().locator('[data-event]', { hasText: 'Lunch' }).first().click()
  const card = page().getByRole('dialog', { name: 'Lunch' })
  expect(await card.getByRole('button', { name: /^Join/ }).count()).toBe(0)
  await card.getByRole('button', { name: english.calendar.card.edit }).click()
  await page().getByRole('button', { name: english.calendar.editor.meet }).click()
  await page()
    .getByRole('dialog', { name: words.title, exact: true })
    .getByRole('button', { name: words.put.event })
    .click()
  const conference = page().getByLabel(english.calendar.editor.conference, { exact: true })
  await expect.poll(() => conference.inputValue()).toMatch(room)
  await picture('editor')
  await page().keyboard.press('Control+Enter')
  expect(complaints).toEqual([])
})
