import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BookId } from '../../../../../shared/features/contacts/model'
import { openTestEngine, type TestEngine } from '../../../../support/engine-in-test'

const directory = mkdtempSync(join(tmpdir(), 'siegel-birthdays-'))
let engine: TestEngine
let bookId: BookId
beforeAll(async () => {
  engine = await openTestEngine(join(directory, 'profile'))
  const [book] = await engine.call('contacts.books', {})
  bookId = book!.id
})
afterAll(async () => {
  await engine.close()
  rmSync(directory, { recursive: true, force: true })
})

const calendar = async () => (await engine.call('calendars.list', {})).find(each => each.isOfPeople === true)
const days = async (from: string, to: string) =>
  (
    await engine.call('events.between', {
      ...{ fromMs: Date.parse(from), toMs: Date.parse(to), zone: 'UTC', calendarIds: null },
    })
  ).events.map(({ days, title }) => `${days?.from} ${title}`)
const add = (displayName: string, fields: object) =>
  engine.call('contacts.add', { bookId, fields: { displayName, ...fields } })

test('birthdays and anniversaries are a calendar that follows the contacts', async () => {
  expect(await calendar()).toBeUndefined()
  const { id } = await add('Eva', { birthday: { year: 1985, month: 4, day: 15 } })
  await add('Änne, Süß; Söhne', { birthday: { year: null, month: 2, day: 29 } })
  await add('Jo', { anniversary: { year: 2001, month: 5, day: 2 } })
  await add('Nobody', { birthday: { year: 1990, month: null, day: null } })
  await expect.poll(async () => (await calendar())?.eventCount).toBe(3)
  expect(await calendar()).toMatchObject({ isReadOnly: true, name: '', accountId: null })
  expect(await days('2026-01-01', '2027-01-01')).toEqual([
    '2026-02-28 🎂 Änne, Süß; Söhne',
    '2026-04-15 🎂 Eva (1985)',
    '2026-05-02 💍 Jo (2001)',
  ])
  // In a leap year on its own day, and before somebody was born not at all.
  expect(await days('2028-02-01', '2028-03-02')).toEqual(['2028-02-29 🎂 Änne, Süß; Söhne'])
  expect(await days('1984-04-01', '1984-05-01')).toEqual([])
  await engine.call('contacts.change', { id, change: { birthday: { year: 1985, month: 4, day: 16 } } })
  await expect.poll(() => days('2026-04-01', '2026-05-01')).toEqual(['2026-04-16 🎂 Eva (1985)'])
})

test('it can be switched off and on, and goes when it is deleted', async () => {
  await engine.call('settings.set', { birthdayCalendar: false })
  await expect.poll(calendar).toBeUndefined()
  await engine.call('settings.set', { birthdayCalendar: true })
  await expect.poll(async () => (await calendar())?.eventCount).toBe(3)
  const { id } = (await calendar())!
  await engine.call('calendars.remove', { calendarId: id })
  expect((await engine.call('settings.get', {})).birthdayCalendar).toBe(false)
  expect(await calendar()).toBeUndefined()
})
