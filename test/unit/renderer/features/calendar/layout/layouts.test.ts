import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countDays, layAgenda } from '../../../../../../renderer/features/calendar/layout/agenda'
import { layColumns, leastMinutes } from '../../../../../../renderer/features/calendar/layout/columns'
import { hoursElsewhere, nowLine } from '../../../../../../renderer/features/calendar/layout/hours'
import { fitLanes, layLanes } from '../../../../../../renderer/features/calendar/layout/lanes'
import { isAboveHours, type Placeable } from '../../../../../../renderer/features/calendar/layout/placed'
import { dayFromIso } from '../../../../../../renderer/features/calendar/time/day'
import { ZoneClock } from '../../../../../../renderer/features/calendar/time/zone-clock'

const clock = new ZoneClock('Europe/Berlin')
const day = (iso: string): number => dayFromIso(iso) as number
const monday = day('2026-03-23')
const week = Array.from({ length: 7 }, (_, at) => monday + at)

const whole = (key: string, first: number, last = first): Placeable => ({
  key,
  title: key,
  span: { allDay: true, first: monday + first, last: monday + last },
})
const timed = (key: string, dayAt: number, from: number, to: number): Placeable => ({
  key,
  title: key,
  span: { allDay: false, startMs: clock.at(monday + dayAt, from), endMs: clock.at(monday + dayAt, to) },
})
const lanesOf = (events: readonly Placeable[]) =>
  layLanes(events, week, clock).bars.map(
    ({ event, column, span, lane }) => `${event.key} ${column}+${span}@${lane}`,
  )

test('bars keep one lane over their days; the earlier and the longer come first', () => {
  expect(lanesOf([whole('c', 2), whole('b', 1, 3), whole('a', -2, 1), timed('d', 4, 540, 600)])).toEqual([
    'a 0+2@0',
    'b 1+3@1',
    'c 2+1@0',
    'd 4+1@0',
  ])
  const [bar] = layLanes([whole('a', -2, 12)], week, clock).bars
  expect(bar).toMatchObject({ column: 0, span: 7, fromBefore: true, goesOn: true })
})

test('an event that ends at midnight or in the night is not on the next day, whole days stay what they are when the clock changes', () => {
  const night = timed('night', 0, 22 * 60, 24 * 60)
  expect(lanesOf([night])).toEqual(['night 0+1@0'])
  expect(lanesOf([whole('sunday', 6)])).toEqual(['sunday 6+1@0'])
  expect(lanesOf([timed('over midnight', 5, 23 * 60, 26 * 60)])).toEqual(['over midnight 5+1@0'])
})

test('what has no room is counted on each of its days', () => {
  const five = ['a', 'b', 'c', 'd', 'e'].map(key => whole(key, 1))
  const lanes = layLanes([whole('long', 0, 2), ...five], week, clock)
  const { bars, more } = fitLanes(lanes, 7, 3)
  expect(bars.map(({ event }) => event.key)).toEqual(['long', 'a'])
  expect(more).toEqual([0, 4, 0, 0, 0, 0, 0])
  expect(fitLanes(lanes, 7, 6).more).toEqual([0, 0, 0, 0, 0, 0, 0])
  expect(fitLanes(lanes, 7, 1)).toMatchObject({ bars: [], more: [1, 6, 1, 0, 0, 0, 0] })
})

const anyEvents = fc.array(
  fc.record({ first: fc.integer({ min: -3, max: 8 }), days: fc.integer({ min: 0, max: 5 }) }),
  { maxLength: 40 },
)
test('no two bars lie over each other, and shown and counted are together all', () => {
  fc.assert(
    fc.property(anyEvents, fc.integer({ min: 1, max: 6 }), (spans, lines) => {
      const events = spans.map(({ first, days }, at) => whole(`e${at}`, first, first + days))
      const lanes = layLanes(events, week, clock)
      const fitted = fitLanes(lanes, 7, lines)
      const cells = new Set<string>()
      for (const { column, span, lane } of fitted.bars)
        for (let at = column; at < column + span; at += 1) {
          expect(lane).toBeLessThan(fitted.more[at] === 0 ? lines : lines - 1)
          expect(cells.has(`${at} ${lane}`)).toBe(false)
          cells.add(`${at} ${lane}`)
        }
      week.forEach((each, at) => {
        const all = events.filter(({ span }) => span.allDay && span.first <= each && span.last >= each).length
        const shown = fitted.bars.filter(({ column, span }) => at >= column && at < column + span).length
        expect(shown + (fitted.more[at] ?? 0)).toBe(all)
      })
    }),
  )
})

const columnsOf = (events: readonly Placeable[], at = 0) =>
  layColumns(events, monday + at, clock).map(
    ({ event, start, end, left, width }) =>
      `${event.key} ${start}-${end} ${left.toFixed(2)}+${width.toFixed(2)}`,
  )

test('events that overlap stand beside each other, the longer first, as wide as there is room', () => {
  expect(
    columnsOf([
      timed('short', 0, 540, 600),
      timed('long', 0, 540, 720),
      timed('later', 0, 630, 700),
      timed('alone', 0, 800, 860),
    ]),
  ).toEqual([
    'long 540-720 0.00+0.50',
    'short 540-600 0.50+0.50',
    'later 630-700 0.50+0.50',
    'alone 800-860 0.00+1.00',
  ])
  expect(
    columnsOf([
      timed('a', 0, 540, 660),
      timed('b', 0, 540, 600),
      timed('c', 0, 540, 590),
      timed('d', 0, 600, 660),
    ]),
  ).toEqual(['a 540-660 0.00+0.33', 'b 540-600 0.33+0.33', 'c 540-590 0.67+0.33', 'd 600-660 0.33+0.67'])
})

test('five at once lie over each other, each seen a step to the side', () => {
  const blocks = layColumns(
    ['a', 'b', 'c', 'd', 'e'].map(key => timed(key, 0, 540, 600)),
    monday,
    clock,
  )
  expect(blocks.map(({ isStacked }) => isStacked)).toEqual([true, true, true, true, true])
  expect(blocks.at(-1)).toMatchObject({ left: 0.6, width: 0.4 })
  expect(new Set(blocks.map(({ left }) => left)).size).toBe(5)
})

test('the shortest are high enough to read, also at the end of the day and where the clock goes back', () => {
  expect(columnsOf([timed('a', 0, 540, 541)])).toEqual(['a 540-560 0.00+1.00'])
  expect(columnsOf([timed('a', 0, 1435, 1440)])).toEqual(['a 1420-1440 0.00+1.00'])
  expect(columnsOf([timed('none', 0, 0, 0)])).toEqual(['none 0-20 0.00+1.00'])
  const back: Placeable = {
    key: 'back',
    title: '',
    // 02:45 to 02:15 on the clock, half an hour later.
    span: { allDay: false, startMs: Date.parse('2026-10-25T00:45Z'), endMs: Date.parse('2026-10-25T01:15Z') },
  }
  expect(layColumns([back], day('2026-10-25'), clock)[0]).toMatchObject({ start: 165, end: 185 })
})

test('what goes over midnight is on both days, what takes a day or more belongs above the hours', () => {
  const night = timed('night', 0, 23 * 60, 25 * 60)
  expect(columnsOf([night])).toEqual(['night 1380-1440 0.00+1.00'])
  expect(columnsOf([night], 1)).toEqual(['night 0-60 0.00+1.00'])
  expect(columnsOf([night], 2)).toEqual([])
  const trip = timed('trip', 0, 600, 600 + 1440)
  expect([isAboveHours(trip.span), isAboveHours(night.span)]).toEqual([true, false])
  expect(columnsOf([trip])).toEqual([])
})

test('events of the day when the clock goes forward stand at their time, none is lost', () => {
  const sunday = 6
  expect(columnsOf([timed('early', sunday, 60, 110), timed('late', sunday, 180, 240)], sunday)).toEqual([
    'early 60-110 0.00+1.00',
    'late 180-240 0.00+1.00',
  ])
})

const anyTimes = fc.array(
  fc.record({ from: fc.integer({ min: 0, max: 1439 }), length: fc.integer({ min: 0, max: 400 }) }),
  { maxLength: 40 },
)
test('no two events of a day cover each other unless they are stacked', () => {
  fc.assert(
    fc.property(anyTimes, times => {
      const events = times.map(({ from, length }, at) =>
        timed(`e${at}`, 0, from, Math.min(1440, from + length)),
      )
      const blocks = layColumns(events, monday, clock)
      expect(blocks.length).toBe(events.length)
      for (const [at, a] of blocks.entries()) {
        expect(a.left + a.width).toBeLessThanOrEqual(1.0001)
        expect(a.end - a.start).toBeGreaterThanOrEqual(leastMinutes)
        for (const b of blocks.slice(at + 1)) {
          const inTime = a.start < b.end && b.start < a.end
          const inWidth = a.left < b.left + b.width - 1e-9 && b.left < a.left + a.width - 1e-9
          expect(inTime && inWidth && !a.isStacked && !b.isStacked).toBe(false)
        }
      }
    }),
  )
})

test('the agenda names every day of an event, and days are counted', () => {
  const range = { first: monday, end: monday + 3 }
  const events = [whole('trip', -1, 1), timed('call', 1, 540, 600)]
  expect(
    layAgenda(events, range, clock).map(({ day: each, lines }) => [
      each - monday,
      lines.map(({ event, at, of }) => `${event.key} ${at}/${of}`),
    ]),
  ).toEqual([
    [0, ['trip 2/3']],
    [1, ['trip 3/3', 'call 1/1']],
  ])
  expect([...countDays(events, range, clock)]).toEqual([
    [monday, 1],
    [monday + 1, 2],
  ])
})

test('what began the evening before the first day of the agenda and is not over stands on it', () => {
  const night = timed('night', -1, 22 * 60, 26 * 60)
  const over = timed('over', -1, 20 * 60, 22 * 60)
  const found = layAgenda([night, over], { first: monday, end: monday + 3 }, clock)
  expect(found.map(({ day: each, lines }) => [each - monday, lines.map(({ event }) => event.key)])).toEqual([
    [0, ['night']],
  ])
})

test('a second zone is read off at each hour, also on a day whose clock changes', () => {
  const newYork = new ZoneClock('America/New_York')
  expect(hoursElsewhere(monday, clock, newYork).slice(8, 10)).toEqual([180, 240])
  // New York is behind by six hours again from the 29th on, from three o'clock.
  expect(hoursElsewhere(monday + 6, clock, newYork).slice(0, 5)).toEqual([1140, 1200, 1260, 1260, 1320])
})

test('the line of now lies on its day alone', () => {
  expect(nowLine(monday, clock.at(monday, 720), clock)).toBe(0.5)
  expect(nowLine(monday + 1, clock.at(monday, 720), clock)).toBeNull()
})
