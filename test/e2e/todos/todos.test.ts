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

test('a to-do stands in the calendar on its day: ticked off there, moved to another day, and opened', async () => {
  const today = await page().evaluate(() => new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short' }).format())
  const due = async (title: string) => (await named(title))?.due?.at
  await call('todos.add', { calendarId, fields: { title: 'Pay the rent', due: { at: today, zone: null } } })
  await page().getByRole('button', { name: english.app.rail.calendar, exact: true }).click()
  const inCalendar = page().locator('[data-event]', { hasText: 'Pay the rent' })
  for (const key of ['d', 'w', 'a', 'm']) {
    await press(key)
    await inCalendar.waitFor()
  }
  // By keyboard: done, taken back, moved, and opened.
  await inCalendar.focus()
  await press('Space')
  await page().locator('.event-done', { hasText: 'Pay the rent' }).waitFor()
  expect((await named('Pay the rent'))?.status).toBe('done')
  await picture('calendar-todo-done')
  expect(await faultsForAll(page())).toEqual([])
  await press('Control+z')
  await page().locator('.event-done', { hasText: 'Pay the rent' }).waitFor({ state: 'detached' })
  await inCalendar.focus()
  await press('Alt+ArrowRight', 'Enter')
  const after = (days: number) =>
    new Date(Date.parse(`${today}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
  await expect.poll(() => due('Pay the rent')).toBe(after(1))
  // By pointer: its box, and a day.
  await inCalendar.locator('[data-tick]').click()
  await page().locator('.event-done', { hasText: 'Pay the rent' }).waitFor()
  await inCalendar.locator('[data-tick]').click()
  await page().locator('.event-done', { hasText: 'Pay the rent' }).waitFor({ state: 'detached' })
  const from = await inCalendar.boundingBox()
  const cell = page().locator('.month-cell[aria-current=date]')
  const to = await cell.boundingBox()
  await page().mouse.move(from!.x + 60, from!.y + 8)
  await page().mouse.down()
  await page().mouse.move(to!.x + 40, to!.y + 60, { steps: 6 })
  await page().locator('.event-moving').waitFor()
  await page().mouse.up()
  await expect.poll(() => due('Pay the rent')).toBe(today)
  await inCalendar.focus()
  await press('Enter')
  await room().getByRole('textbox', { name: words.field.title }).waitFor()
  expect(await room().getByRole('textbox', { name: words.field.title }).inputValue()).toBe('Pay the rent')
})

test('it goes into another list, and back with undo', async () => {
  const { id } = (await call('calendars.addLocal', { name: 'Errands', colour: null })) as { id: CalendarId }
  await room().getByRole('button', { name: words.field.list }).press('Enter')
  await page().getByRole('option', { name: 'Errands' }).click()
  await expect.poll(async () => (await named('Pay the rent'))?.calendarId).toBe(id)
  expect(await faultsForAll(page())).toEqual([])
  await press('Control+z')
  await expect.poll(async () => (await named('Pay the rent'))?.calendarId).toBe(calendarId)
  // The line itself is dragged there.
  const list = page()
    .getByRole('navigation', { name: words.views })
    .getByRole('button', { name: /^Errands/ })
  // Moved there and back it may have another number: the list has to show that first.
  const back = await named('Pay the rent')
  const shown = room().locator(`[role=row][data-key="${back?.id}"]`)
  await shown.waitFor()
  await shown.dragTo(list)
  await expect.poll(async () => (await named('Pay the rent'))?.calendarId).toBe(id)
  await press('Control+z')
  await expect.poll(async () => (await named('Pay the rent'))?.calendarId).toBe(calendarId)
})

test('a message that is let go of over a room, or on a day, becomes what belongs there', async () => {
  await page().getByRole('button', { name: english.app.rail.mail, exact: true }).click()
  const message = row(page(), 'Willkommen bei Siegel')
  const rail = (name: string) => page().getByRole('button', { name, exact: true })
  const dialog = page().getByRole('dialog', { name: words.plan.title })
  await message.dragTo(rail(words.title))
  await dialog.getByLabel(words.plan.field).waitFor()
  expect(await dialog.getByRole('radio', { name: words.plan.todo }).isChecked()).toBe(true)
  await press('Escape')
  await dialog.waitFor({ state: 'detached' })
  // Held over the room, which opens, and let go of on a day of it.
  const from = await message.boundingBox()
  const button = await rail(english.app.rail.calendar).boundingBox()
  await page().mouse.move(from!.x + 30, from!.y + 20)
  await page().mouse.down()
  await page().mouse.move(from!.x + 60, from!.y + 40, { steps: 4 })
  await page().mouse.move(button!.x + 10, button!.y + 10, { steps: 4 })
  await page().locator('.month-cell').first().waitFor()
  const cell = await page().locator('.month-cell[aria-current=date]').boundingBox()
  await page().mouse.move(cell!.x + 30, cell!.y + 60, { steps: 4 })
  await page().mouse.up()
  await dialog.getByLabel(words.plan.field).waitFor()
  expect(await dialog.getByRole('radio', { name: words.plan.event }).isChecked()).toBe(true)
  expect(await dialog.getByLabel(words.plan.field).inputValue()).toMatch(/^".*" \d{4}-\d\d-\d\d$/)
  await press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await page().locator('[data-event]', { hasText: 'Willkommen' }).first().waitFor()
  await page().getByRole('button', { name: words.title, exact: true }).click()
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
