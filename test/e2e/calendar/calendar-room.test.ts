import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { english } from '../../../renderer/features/languages'
import type { CalendarId, EventInstance } from '../../../shared/features/calendar/model'
import { faultsForAll } from '../support/faults-for-all'
import type { Launched } from '../support/launch'
import { launchSample } from '../support/launch-sample'
import { pageCalls } from '../support/page-calls'

const dayMs = 86_400_000
let siegel: Launched
let complaints: readonly string[]
let calendarId: CalendarId
let zone: string
/** Of the machine that shows it: `2026-03-12`. */
let today: string

const call = (...[name, input]: Parameters<ReturnType<typeof pageCalls>>) =>
  pageCalls(siegel.page)(name, input)
const press = async (...keys: string[]) => {
  for (const key of keys) await siegel.page.keyboard.press(key)
}
const event = (title: string) => siegel.page.locator('[data-event]', { hasText: title })
const words = english.calendar

beforeAll(async () => {
  ;({ siegel, complaints } = await launchSample())
  await call('prefs.set', { language: 'en', theme: 'light' })
  const { page } = siegel
  ;[zone, today] = await page.evaluate(() => [
    new Intl.DateTimeFormat().resolvedOptions().timeZone,
    new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short' }).format(),
  ])
  const [calendar] = (await call('calendars.list', {})) as { id: CalendarId; isReadOnly: boolean }[]
  calendarId =
    calendar?.id ??
    ((await call('calendars.addLocal', { name: 'Work', colour: null })) as { id: CalendarId }).id
  await page.getByRole('button', { name: english.app.rail.calendar, exact: true }).click()
  await page.getByRole('grid').first().waitFor()
  // Before its calendars are known a room has nowhere to put an event.
  await page.locator('.side-calendar').first().waitFor()
})
afterAll(async () => {
  await siegel?.stop()
})

/** What takes place from a day before today on, for so many days, with this title. */
const found = async (title: string, days = 60): Promise<readonly EventInstance[]> => {
  const fromMs = Date.parse(`${today}T00:00:00Z`) - 2 * dayMs
  const answer = (await call('events.between', {
    fromMs,
    toMs: fromMs + days * dayMs,
    zone,
    calendarIds: null,
  })) as { events: readonly EventInstance[] }
  return answer.events.filter(each => each.title === title)
}
const add = (title: string, hour: number, rule: string | null = null) =>
  call('events.add', {
    calendarId,
    fields: {
      title,
      start: { at: `${today}T${String(hour).padStart(2, '0')}:00`, zone },
      end: { at: `${today}T${String(hour + 1).padStart(2, '0')}:00`, zone },
      ...(rule === null ? {} : { rule }),
    },
  })

test('one line makes an event, and says before what it understood', async () => {
  const { page } = siegel
  await press('n')
  const field = page.getByLabel(words.quick.field)
  await field.fill('Zahnarzt heute 14:30 45min')
  await page.locator('.quick-reading').getByText('Zahnarzt').waitFor()
  await press('Enter')
  await event('Zahnarzt').waitFor()
  const [made] = await found('Zahnarzt')
  expect(made && made.endMs - made.startMs).toBe(45 * 60_000)
})

test('dragged to another hour it stays as long as it was; Escape lets go of it; undo brings it back', async () => {
  const { page } = siegel
  await add('Dragged', 10)
  await press('d')
  await event('Dragged').waitFor()
  const [before] = await found('Dragged')
  const drag = async (hours: number, last: () => Promise<void>) => {
    await event('Dragged').scrollIntoViewIfNeeded()
    const box = await event('Dragged').boundingBox()
    const hour = await page.locator('.hours-cell').first().boundingBox()
    if (box === null || hour === null) throw new Error('nothing to drag')
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x, y + 20)
    await page.mouse.move(x, y + hours * hour.height, { steps: 4 })
    await page.locator('.event-moving').waitFor()
    await last()
    await page.mouse.up()
  }
  await drag(2, () => press('Escape'))
  await page.locator('.event-moving').waitFor({ state: 'detached' })
  expect(await found('Dragged')).toEqual([before])
  await drag(2, async () => {})
  await expect
    .poll(async () => (await found('Dragged'))[0]?.startMs)
    .toBe((before?.startMs ?? 0) + 2 * 3_600_000)
  const [after] = await found('Dragged')
  expect(after && after.endMs - after.startMs).toBe(3_600_000)
  await press('Control+z')
  await expect.poll(async () => (await found('Dragged'))[0]?.startMs).toBe(before?.startMs)
})

test('a drawn stretch becomes an event in the editor, where times are typed freely', async () => {
  const { page } = siegel
  const from = page.locator('.hours-cell[data-hour="16"]')
  const to = page.locator('.hours-cell[data-hour="17"]')
  await to.scrollIntoViewIfNeeded()
  const [a, b] = [await from.boundingBox(), await to.boundingBox()]
  if (a === null || b === null) throw new Error('no hours')
  await page.mouse.move(a.x + 60, a.y + 2)
  await page.mouse.down()
  await page.mouse.move(b.x + 60, b.y + b.height - 2, { steps: 4 })
  await page.mouse.up()
  await page.getByLabel(words.editor.name, { exact: true }).fill('Drawn')
  await page.getByLabel(words.editor.startTime).fill('1530')
  await page.getByLabel(words.editor.endTime).fill('+45')
  await page.getByLabel(words.editor.name, { exact: true }).focus()
  await press('Control+Enter')
  await event('Drawn').waitFor()
  const [made] = await found('Drawn')
  const [start, end] = await page.evaluate(
    times => times.map(ms => new Date(ms).toTimeString().slice(0, 5)),
    [made?.startMs ?? 0, made?.endMs ?? 0],
  )
  expect([start, end]).toEqual(['15:30', '16:15'])
})

test('a series is changed in each of the three scopes, with the keyboard alone', async () => {
  const { page } = siegel
  await add('Series', 9, 'FREQ=DAILY;COUNT=5')
  await press('t', 'a')
  const shown = event('Series')
  await shown.nth(4).waitFor()
  const remove = async (at: number, scope: 'this' | 'following' | 'all', offered: number) => {
    await shown.nth(at).focus()
    await press('Delete')
    const choices = page.getByRole('dialog').getByRole('radio')
    await choices.first().focus()
    expect(await choices.count()).toBe(offered)
    while (!(await page.getByRole('radio', { name: words.scope[scope] }).isChecked()))
      await press('ArrowDown')
    await page.getByRole('button', { name: words.scope.verb.delete[scope] }).press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  await remove(1, 'this', 3)
  await expect.poll(async () => (await found('Series')).length).toBe(4)
  await expect.poll(() => shown.count()).toBe(4)
  await remove(2, 'following', 3)
  await expect.poll(async () => (await found('Series')).length).toBe(2)
  await expect.poll(() => shown.count()).toBe(2)
  // From its first event on, what follows is all of it.
  await remove(0, 'all', 2)
  await expect.poll(async () => (await found('Series')).length).toBe(0)
})

test('the keyboard alone: into the grid, a new event, its card, its editor, moved, and deleted', async () => {
  const { page } = siegel
  await press('m', 't')
  // What the sample brings is shown beside, and may be on any day: here an empty one is wanted.
  await event('Tischlerei Brandt').first().waitFor()
  await page.getByRole('checkbox', { name: 'Beispiel · Sample' }).press('Space')
  await event('Tischlerei Brandt').waitFor({ state: 'detached' })
  const cell = page.locator('[role=gridcell][tabindex="0"]')
  await cell.focus()
  expect(await cell.getAttribute('aria-current')).toBe('date')
  await press('ArrowDown', 'ArrowDown')
  const label = await page.evaluate(() => document.activeElement?.textContent)
  expect(label).toContain(words.events_other.replace('{{count, number}}', '0'))
  await press('Enter')
  const title = page.getByLabel(words.editor.name, { exact: true })
  await title.waitFor()
  await page.keyboard.type('By keys')
  await press('Enter')
  await event('By keys').waitFor()
  await press('Enter')
  // From the cell into its event.
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('By keys')
  await press('Alt+ArrowRight', 'Enter')
  const [before] = await found('By keys')
  await expect.poll(async () => (await found('By keys'))[0]?.days?.from).not.toBe(undefined)
  expect(before).toBeDefined()
  await event('By keys').focus()
  await press('Enter')
  await page.getByRole('button', { name: words.card.edit }).waitFor()
  await press('Enter')
  await title.waitFor()
  await press('Escape')
  await title.waitFor({ state: 'detached' })
  await event('By keys').focus()
  await press('Delete')
  await expect.poll(async () => (await found('By keys')).length).toBe(0)
})

/** Colours on their way from one theme to the other are no colours of either. */
const faultsWhenStill = async () => {
  await siegel.page.evaluate(async () => {
    const turning = document.getAnimations().filter(each => each instanceof CSSTransition)
    await Promise.allSettled(turning.map(each => each.finished))
  })
  return faultsForAll(siegel.page)
}

test('every view, the card, the editor and the dialogs can be used by everybody, in both themes', async () => {
  const { page } = siegel
  await add('Weekly', 11, 'FREQ=WEEKLY;COUNT=4')
  await add('פגישה', 12)
  for (const theme of ['light', 'dark'] as const) {
    await call('prefs.set', { language: 'en', theme })
    await page.locator(`:root[data-theme=${theme}]`).waitFor({ state: 'attached' })
    for (const [key, view] of [...'dxwmya'].entries()) {
      await press(view, 't')
      // Today may lie in no working week, and the year names no events.
      if (!'xy'.includes(view)) await event('Weekly').first().waitFor()
      expect([key, await faultsWhenStill()]).toEqual([key, []])
    }
    await press('w')
    await event('Weekly').first().click()
    await page.getByRole('button', { name: words.card.edit }).waitFor()
    expect(await faultsWhenStill()).toEqual([])
    await page.getByRole('button', { name: words.card.edit }).click()
    await page.getByLabel(words.editor.categories).waitFor()
    expect(await faultsWhenStill()).toEqual([])
    await press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    for (const key of ['n', 'g', '/']) {
      await page.locator('[role=gridcell][tabindex="0"]').focus()
      await press(key)
      await page.getByRole('dialog').waitFor()
      expect([key, await faultsWhenStill()]).toEqual([key, []])
      await press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
  }
})

test('calendars stand side by side on one day, and the hours of work are chosen', async () => {
  const { page } = siegel
  const { id } = (await call('calendars.addLocal', { name: 'Rooms', colour: null })) as { id: CalendarId }
  await call('events.add', {
    calendarId: id,
    fields: {
      title: 'In the small room',
      start: { at: `${today}T09:00`, zone },
      end: { at: `${today}T10:00`, zone },
    },
  })
  await press('d', 't')
  await event('In the small room').waitFor()
  await page.getByRole('switch', { name: words.beside }).press('Space')
  const head = page.locator('.hours-day', { hasText: 'Rooms' })
  await head.waitFor()
  const [column, block] = [await head.boundingBox(), await event('In the small room').boundingBox()]
  expect(block!.x).toBeGreaterThanOrEqual(column!.x)
  expect(block!.x + block!.width).toBeLessThanOrEqual(column!.x + column!.width + 1)
  expect(await faultsWhenStill()).toEqual([])
  await siegel.screenshot('calendar-beside')
  await page.getByRole('button', { name: words.workFrom }).press('Enter')
  await page.getByRole('option', { name: /^10/ }).first().click()
  await expect
    .poll(async () => ((await call('settings.get', {})) as { workHours: object }).workHours)
    .toEqual({ from: 10, until: 18 })
  await page.locator('.hours-cell.hours-free[data-hour="9"]').first().waitFor()
  await page.getByRole('switch', { name: words.beside }).press('Space')
  await head.waitFor({ state: 'detached' })
  await call('settings.set', { workHours: { from: 8, until: 18 } })
  await call('calendars.remove', { calendarId: id })
})

test('an event goes into another calendar with guests that are suggested, and both are taken back', async () => {
  const { page } = siegel
  await call('prefs.set', { language: 'en', theme: 'light' })
  const [book] = (await call('contacts.books', {})) as { id: number }[]
  const emails = [{ value: 'eva@koch.example', types: [], label: '', preferred: false }]
  await call('contacts.add', { bookId: book?.id as never, fields: { displayName: 'Eva Koch', emails } })
  const other = (await call('calendars.addLocal', { name: 'Other', colour: null })) as { id: CalendarId }
  await add('Movable', 15)
  await press('d', 't')
  await event('Movable').click()
  await page.getByRole('button', { name: words.card.edit }).click()
  const people = page.getByRole('combobox', { name: words.editor.people })
  await people.pressSequentially('ev')
  await page.getByRole('option', { name: /Eva Koch/ }).waitFor()
  await people.press('Enter')
  const editor = page.getByRole('dialog')
  await editor.getByRole('button', { name: `Personal ${words.editor.calendar}` }).click()
  await page.getByRole('option', { name: 'Other' }).click()
  await editor.getByLabel(words.editor.categories).fill('Reise')
  await editor.getByRole('button', { name: words.editor.save }).click()
  await editor.waitFor({ state: 'detached' })
  await expect.poll(async () => (await found('Movable'))[0]?.calendarId).toBe(other.id)
  expect((await found('Movable'))[0]?.attendees.map(({ address }) => address)).toEqual(['eva@koch.example'])
  await page.locator('[role=gridcell][tabindex="0"]').focus()
  await press('Control+z')
  await expect.poll(async () => (await found('Movable'))[0]?.calendarId).toBe(calendarId)
  await press('Control+z')
  await expect.poll(async () => (await found('Movable'))[0]?.attendees).toEqual([])
})

test('the month is written as a PDF without what is only to press', async () => {
  const { page } = siegel
  const path = join(mkdtempSync(join(tmpdir(), 'siegel-calendar-')), 'month.pdf')
  await siegel.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, path)
  await press('m')
  await page.getByRole('button', { name: words.print.title }).click()
  await page.getByRole('menuitem', { name: words.print.pdf }).click()
  await page.getByText(words.print.saved.replace('{{path}}', path)).waitFor()
  expect(readFileSync(path).subarray(0, 5).toString()).toBe('%PDF-')
  await page.emulateMedia({ media: 'print' })
  expect(await page.getByRole('button', { name: words.today }).isVisible()).toBe(false)
  expect(await page.locator('#calendar-side').isVisible()).toBe(false)
  expect(await page.locator('[data-event]').first().isVisible()).toBe(true)
  await page.emulateMedia({ media: null })
  rmSync(path)
})

test('nothing was refused by the policy of the page', () => {
  expect(complaints).toEqual([])
})
