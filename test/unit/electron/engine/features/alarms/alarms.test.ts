import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { AlarmNews } from '../../../../../../shared/features/alarms/model'
import type { CalendarId, EventId } from '../../../../../../shared/features/calendar/model'
import { openTestEngine, type TestEngine } from '../../../../../support/engine-in-test'

const directory = mkdtempSync(join(tmpdir(), 'siegel-alarms-'))
const profile = join(directory, 'profile')
let engine: TestEngine
let calendarId: CalendarId
let news: AlarmNews[] = []

const open = (background: boolean) =>
  openTestEngine(profile, {
    background,
    emit: (name, payload) => {
      if (name === 'alarm') news.push(payload as AlarmNews)
    },
  })

beforeAll(async () => {
  // Only the wall clock is set; timers run as they do.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-03-10T08:00Z') })
  engine = await open(false)
  const [first] = await engine.call('calendars.list', {})
  calendarId = first!.id
})
afterAll(async () => {
  await engine.close()
  vi.useRealTimers()
  rmSync(directory, { recursive: true, force: true })
})

const at = (time: string) => vi.setSystemTime(Date.parse(time))
const add = async (title: string, start: string, more: object = {}): Promise<EventId> => {
  const { eventIds } = await engine.call('events.add', {
    calendarId,
    fields: { title, start: { at: start, zone: 'Europe/Berlin' }, alarms: ['PT15M'], ...more },
  })
  return eventIds[0]!
}
const due = async () => (await engine.call('alarms.due', {})).alarms
const titles = async () => (await due()).map(({ title }) => title)
const source = async (eventId: EventId) => (await engine.call('events.source', { eventId })).text
const clear = async () => {
  const ids = (await due()).map(({ id }) => id)
  if (ids.length > 0) await engine.call('alarms.dismiss', { ids })
}

test('what is due waits until it is dismissed, and that stands in the object', async () => {
  const id = await add('Zahnarzt', '2026-03-10T10:00')
  expect(await titles()).toEqual([])
  at('2026-03-10T08:45Z')
  expect(await due()).toMatchObject([
    {
      id,
      kind: 'event',
      title: 'Zahnarzt',
      triggerMs: Date.parse('2026-03-10T08:45Z'),
      refused: null,
      isOnlyHere: false,
    },
  ])
  await engine.call('alarms.dismiss', { ids: [id] })
  expect(await titles()).toEqual([])
  expect(await source(id)).toContain('ACKNOWLEDGED:20260310T084500Z')
})

test('dismissed on another device, moved, deleted or cancelled it is not due any more', async () => {
  const [first, second, third, fourth] = [
    await add('seen', '2026-03-10T10:00'),
    await add('moved', '2026-03-10T10:00'),
    await add('deleted', '2026-03-10T10:00'),
    await add('cancelled', '2026-03-10T10:00'),
  ]
  expect((await titles()).sort()).toEqual(['cancelled', 'deleted', 'moved', 'seen'])
  const place = { instance: null, scope: 'all', zone: 'Europe/Berlin' } as const
  // The object as another device dismissed it, come back from a file.
  const other = join(directory, 'seen.ics')
  writeFileSync(
    other,
    (await source(first!)).replace('END:VALARM', 'ACKNOWLEDGED:20260310T084600Z\r\nEND:VALARM'),
  )
  await engine.call('calendars.import', { calendarId, path: other })
  await engine.call('events.change', {
    eventId: second!,
    ...place,
    fields: { start: { at: '2026-03-11T10:00', zone: 'Europe/Berlin' } },
  })
  const { undoId } = await engine.call('events.remove', { eventId: third!, ...place })
  await engine.call('events.change', { eventId: fourth!, ...place, fields: { status: 'cancelled' } })
  expect(await titles()).toEqual([])
  // Taken back it is due as before.
  await engine.call('undo.last', { undoId: undoId! })
  expect(await titles()).toEqual(['deleted'])
  await clear()
  await engine.call('events.remove', { eventId: second!, ...place })
})

test('put off, it is due again at its time, and not before', async () => {
  const id = await add('later', '2026-03-10T10:00')
  expect(await titles()).toEqual(['later'])
  await engine.call('alarms.snooze', { ids: [id], untilMs: Date.parse('2026-03-10T09:30Z') })
  expect(await titles()).toEqual([])
  at('2026-03-10T09:30Z')
  expect(await titles()).toEqual(['later'])
  await clear()
  expect(await source(id)).not.toContain('SNOOZE')
  const inThePast = engine.call('alarms.snooze', { ids: [id], untilMs: 1000 })
  await expect(inThePast).rejects.toMatchObject({ code: 'bad-request' })
})

test('of a series the last missed one is told, and the next rings by itself', async () => {
  at('2026-03-10T12:00Z')
  const id = await add('daily', '2026-03-01T09:00', { rule: 'FREQ=DAILY' })
  // It came in today: what was before is over.
  expect(await titles()).toEqual([])
  at('2026-03-14T12:00Z')
  expect(await due()).toMatchObject([{ id, triggerMs: Date.parse('2026-03-14T07:45Z') }])
  await clear()
  at('2026-03-15T07:45Z')
  expect(await titles()).toEqual(['daily'])
  await engine.call('events.remove', { eventId: id, instance: null, scope: 'all', zone: 'Europe/Berlin' })
})

test('a clock that was ahead and is set back loses nothing and tells nothing twice', async () => {
  at('2026-04-01T08:00Z')
  const id = await add('clock', '2026-04-02T10:00')
  at('2027-04-01T08:00Z')
  await due()
  at('2026-04-01T09:00Z')
  expect(await titles()).toEqual([])
  at('2026-04-02T07:45Z')
  expect(await titles()).toEqual(['clock'])
  await engine.call('alarms.dismiss', { ids: [id] })
})

test('the running program tells once, also of what was missed while it did not run', async () => {
  at('2026-05-01T08:00Z')
  await add('missed', '2026-05-04T10:00')
  await add('to come', '2026-05-05T10:00')
  await due()
  await engine.close()
  at('2026-05-04T20:00Z')
  news = []
  engine = await open(true)
  await expect
    .poll(() => news.filter(({ fresh }) => fresh > 0))
    .toMatchObject([{ fresh: 1, notices: 'plain', title: null, nextMs: Date.parse('2026-05-05T07:45Z') }])
  expect(await titles()).toEqual(['missed'])
  await engine.close()
  news = []
  // Told before and not seen: it waits in the list and is not told again.
  engine = await open(true)
  await expect.poll(() => news.length).toBe(1)
  expect(news).toMatchObject([{ fresh: 0 }])
  expect(await titles()).toEqual(['missed'])
  await engine.call('settings.set', { alarmNotices: 'content' })
  at('2026-05-05T07:45Z')
  // Any change wakes it; without one it looks at the clock twice a minute.
  await add('wakes', '2026-05-20T10:00')
  await expect.poll(() => news.find(({ fresh }) => fresh > 0)).toMatchObject({ fresh: 1, title: 'to come' })
})
