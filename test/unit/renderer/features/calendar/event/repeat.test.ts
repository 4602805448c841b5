import { expect, test } from 'vitest'
import {
  nthOf,
  readEnd,
  readRepeat,
  repeats,
  ruleOf,
} from '../../../../../../renderer/features/calendar/event/repeat'
import { dayFromIso } from '../../../../../../renderer/features/calendar/time/day'

const day = (iso: string): number => dayFromIso(iso) as number
const noUntil = () => ''

test.each(['2026-03-10', '2026-03-31', '2026-02-28', '2024-02-29'])(
  'every way to repeat is read as what was chosen, from %s',
  iso => {
    for (const repeat of repeats) {
      const rule = ruleOf(repeat, { kind: 'count', count: 4 }, day(iso), false, noUntil)
      expect(readRepeat(rule, day(iso))).toBe(repeat)
      if (rule !== null) expect(readEnd(rule, () => 0)).toEqual({ kind: 'count', count: 4 })
    }
  },
)

test.each([
  ['FREQ=WEEKLY', 'weekly'],
  ['FREQ=WEEKLY;INTERVAL=1;WKST=MO', 'weekly'],
  ['FREQ=WEEKLY;WKST=SU;BYDAY=FR,MO,TU,WE,TH', 'weekdays'],
  ['freq=daily', 'daily'],
  ['FREQ=MONTHLY', 'monthly'],
  ['FREQ=MONTHLY;BYDAY=2TU', 'monthlyByWeekday'],
  ['FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=10', 'yearly'],
  ['FREQ=WEEKLY;BYDAY=WE', 'own'],
  ['FREQ=DAILY;INTERVAL=3', 'own'],
  ['FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1', 'own'],
  ['nonsense', 'own'],
] as const)('%s is %s for a Tuesday', (rule, repeat) => {
  expect(readRepeat(rule, day('2026-03-10'))).toBe(repeat)
})

test('a fifth weekday is the last of its month', () => {
  expect(['2026-03-03', '2026-03-10', '2026-03-24', '2026-03-31'].map(iso => nthOf(day(iso)))).toEqual([
    1, 2, 4, -1,
  ])
})

test.each([
  ['FREQ=DAILY;UNTIL=20260331', '2026-03-31'],
  ['FREQ=DAILY;UNTIL=20260331T235959', '2026-03-31'],
  ['FREQ=DAILY;UNTIL=20260331T220000Z', '2026-04-01'],
] as const)('%s ends on %s', (rule, iso) => {
  // Two hours ahead of UTC.
  const dayOfUntil = (ms: number) => Math.floor((ms + 7_200_000) / 86_400_000)
  expect(readEnd(rule, dayOfUntil)).toEqual({ kind: 'until', day: day(iso) })
})
