import { mkdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { english, german } from '../../../renderer/features/languages'
import type { CalendarId } from '../../../shared/features/calendar/model'
import type { Todo } from '../../../shared/features/todos/model'
import { row } from '../support/drive'
import { faultsForAll } from '../support/faults-for-all'
import type { Launched } from '../support/launch'
import { launchSample } from '../support/launch-sample'
import { pageCalls } from '../support/page-calls'

const words = english.todos
const ring = english.alarms
let siegel: Launched
let complaints: readonly string[]
let calendarId: CalendarId
let zone: string

const page = () => siegel.page
const call = (...[name, input]: Parameters<ReturnType<typeof pageCalls>>) => pageCalls(page())(name, input)
const room = () => page().getByRole('main', { name: words.title })
const line = (title: string) => room().getByRole('row', { name: title })
const field = () => room().getByRole('textbox', { name: words.add })
const press = async (...keys: string[]) => {
  for (const key of keys) await page().keyboard.press(key)
}
const all = async (): Promise<readonly Todo[]> =>
  ((await call('todos.list', { zone, calendarId: null })) as { todos: readonly Todo[] }).todos
const named = async (title: string) => (await all()).find(each => each.title === title)

/** Kept only where somebody wants to look at them. */
const pictures = process.env['SIEGEL_PICTURES']
const picture = async (name: string): Promise<void> => {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  await page().screenshot({ path: `${pictures}/${name}.png` })
}

beforeAll(async () => {
  ;({ siegel, complaints } = await launchSample())
  await call('prefs.set', { language: 'en', theme: 'light' })
  zone = await page().evaluate(() => new Intl.DateTimeFormat().resolvedOptions().timeZone)
  const [calendar] = (await call('calendars.list', {})) as { id: CalendarId }[]
  calendarId = calendar!.id
  await page().getByRole('button', { name: words.title, exact: true }).click()
  await field().waitFor()
})
afterAll(async () => {
  await siegel?.stop()
})

test('one line and Enter make a to-do, in German and English, with what was understood below', async () => {
  await press('n')
  await page().keyboard.type('Steuererklärung morgen 14:30 !!')
  await room().locator('#todos-reading').getByText('Steuererklärung').waitFor()
  await press('Enter')
  await page().keyboard.type('water the plants every Tuesday')
  await press('Enter')
  await page().keyboard.type('buy milk')
  await press('Enter')
  await line('buy milk').waitFor()
  expect(await named('Steuererklärung')).toMatchObject({
    priority: 3,
    due: { at: expect.stringContaining('T14:30') },
  })
  expect(await named('water the plants')).toMatchObject({ rule: expect.stringContaining('WEEKLY') })
  await press('Escape')
  await press('a')
  await line('Steuererklärung').waitFor()
  expect(await faultsForAll(page())).toEqual([])
})

test('by keyboard alone: Space does it, undo takes it back, Enter opens it, Delete takes it away', async () => {
  await line('buy milk').focus()
  await press('Space')
  await line('buy milk').waitFor({ state: 'detached' })
  expect((await named('buy milk'))?.status).toBe('done')
  await press('Control+z')
  await line('buy milk').waitFor()
  await line('buy milk').focus()
  await press('Enter')
  await room().getByRole('textbox', { name: words.field.title }).waitFor()
  await line('buy milk').focus()
  await press('Delete')
  await line('buy milk').waitFor({ state: 'detached' })
  await press('Control+z')
  await line('buy milk').waitFor()
})

test('one that repeats goes on to its next time', async () => {
  const before = await named('water the plants')
  await line('water the plants').getByRole('button').first().press('Space')
  await expect.poll(async () => (await named('water the plants'))?.due?.at).not.toBe(before?.due?.at)
  expect(await named('water the plants')).toMatchObject({ status: 'open' })
})

test('its page changes when it is due, its notes, and what it consists of', async () => {
  await line('Steuererklärung').click()
  const due = room().getByRole('textbox', { name: words.field.due })
  await due.fill('someday perhaps')
  await room().getByText(words.field.unread).waitFor()
  await due.fill('12.3.2031 9:00')
  await due.press('Enter')
  await expect.poll(async () => (await named('Steuererklärung'))?.due?.at).toBe('2031-03-12T09:00')
  await room().getByRole('textbox', { name: words.field.notes }).fill('Belege\nKontoauszüge')
  const part = room().getByRole('textbox', { name: words.field.addPart })
  await part.fill('Belege suchen')
  await part.press('Enter')
  await room().locator('.todo-part').getByText('Belege suchen').waitFor()
  const parent = await named('Steuererklärung')
  expect(await named('Belege suchen')).toMatchObject({ parent: parent?.id })
  expect(parent?.hasNotes).toBe(true)
  expect(await faultsForAll(page())).toEqual([])
  await call('prefs.set', { language: 'en', theme: 'light' })
  await picture('todos-en-light')
  await call('prefs.set', { language: 'de', theme: 'dark' })
  await page().getByText(german.todos.field.due).first().waitFor()
  await picture('todos-de-dark')
  await page().setViewportSize({ width: 860, height: 560 })
  await picture('todos-de-dark-860')
  await page().getByRole('button', { name: german.todos.back }).click()
  await picture('todos-list-860')
  await call('prefs.set', { language: 'en', theme: 'light' })
  await page().setViewportSize({ width: 1280, height: 800 })
})

test('a message becomes a to-do that leads back to it', async () => {
  await page().getByRole('button', { name: english.app.rail.mail, exact: true }).click()
  await row(page(), 'Willkommen bei Siegel').click()
  await press('Shift+t')
  const dialog = page().getByRole('dialog', { name: words.plan.title })
  await dialog.getByLabel(words.plan.field).waitFor()
  await press('End')
  await page().keyboard.type('tomorrow')
  await picture('plan')
  expect(await faultsForAll(page())).toEqual([])
  await press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await expect
    .poll(async () => (await all()).find(({ message }) => message !== null)?.title)
    .toContain('Willkommen')
  await page().getByRole('button', { name: words.title, exact: true }).click()
  await room()
    .getByRole('button', { name: new RegExp(`^${words.view.planned}`) })
    .click()
  await room()
    .getByRole('row', { name: /Willkommen/ })
    .click()
  await page().getByRole('button', { name: words.field.openMessage }).click()
  await page()
    .getByRole('heading', { name: /Willkommen bei Siegel/ })
    .first()
    .waitFor()
})

test('a reminder lies over every room until it is put off or dismissed', async () => {
  const add = (title: string) =>
    call('events.add', {
      calendarId,
      fields: {
        title,
        start: { at: new Date(Date.now() + 300_000).toISOString().slice(0, 16), zone: 'UTC' },
        location: 'Lucia',
        alarms: ['PT15M'],
      },
    })
  await add('Lunch with Eva')
  const cards = page().getByRole('region', { name: ring.title })
  const card = cards.getByRole('article', { name: 'Lunch with Eva' })
  await card.waitFor()
  await add('Zahnarzt')
  await cards.getByRole('article', { name: 'Zahnarzt' }).waitFor()
  expect(await faultsForAll(page())).toEqual([])
  await picture('reminders-light')
  await call('prefs.set', { language: 'de', theme: 'dark' })
  await picture('reminders-dark-de')
  await call('prefs.set', { language: 'en', theme: 'light' })
  await card.getByRole('button', { name: ring.snooze }).press('Enter')
  await page().getByRole('menuitem', { name: ring.until.hour }).press('Enter')
  await card.waitFor({ state: 'detached' })
  await cards
    .getByRole('article', { name: 'Zahnarzt' })
    .getByRole('button', { name: ring.dismiss, exact: true })
    .press('Enter')
  await cards.getByRole('article').first().waitFor({ state: 'detached' })
  expect((await call('alarms.due', {})) as object).toMatchObject({ alarms: [] })
})

test('events and to-dos answer where mail is searched, and lead to their rooms', async () => {
  await page().getByRole('button', { name: english.app.rail.mail, exact: true }).click()
  const search = page().getByRole('searchbox', { name: english.mail.search.label })
  await search.fill('steuer')
  const found = page().getByRole('region', { name: english.find.label })
  await found.getByRole('button', { name: /Steuererklärung/ }).waitFor()
  await search.fill('in:calendar zahnarzt')
  await found.getByRole('button', { name: /Zahnarzt/ }).waitFor()
  expect(await faultsForAll(page())).toEqual([])
  await picture('found')
  await search.fill('steuer')
  await found.getByRole('button', { name: /Steuererklärung/ }).click()
  await room().getByRole('textbox', { name: words.field.title }).waitFor()
  expect(complaints).toEqual([])
})
