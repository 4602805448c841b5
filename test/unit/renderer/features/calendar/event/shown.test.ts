import { expect, test } from 'vitest'
import { toShown } from '../../../../../../renderer/features/calendar/event/shown'
import { isoOf } from '../../../../../../renderer/features/calendar/time/day'
import type { EventInstance } from '../../../../../../shared/features/calendar/model'

const instance = (change: Partial<EventInstance>): EventInstance =>
  ({
    id: 7,
    calendarId: 1,
    instance: null,
    title: '',
    startMs: 10,
    endMs: 20,
    days: null,
    status: 'confirmed',
    attendees: [],
    ...change,
  }) as unknown as EventInstance
const own = new Set(['me@example.org'])
const shown = (change: Partial<EventInstance>) => toShown(instance(change), new Map(), own)
const guest = (address: string, status: string) => ({ address, status, name: '', role: '' })

test.each([
  [{ status: 'tentative' as const }, 'tentative'],
  [{ status: 'cancelled' as const, attendees: [guest('me@example.org', 'DECLINED')] }, 'cancelled'],
  [{ attendees: [guest('Me@Example.org', 'declined')] }, 'declined'],
  [{ attendees: [guest('me@example.org', 'NEEDS-ACTION')] }, 'unanswered'],
  [{ attendees: [guest('me@example.org', 'ACCEPTED')] }, 'normal'],
  [{ attendees: [guest('you@example.org', 'DECLINED')] }, 'normal'],
  [{}, 'normal'],
])('%j is %s', (change, standing) => {
  expect(shown(change).standing).toBe(standing)
})

test('whole days end with the day before the first that no longer belongs to them; a bad end is one day', () => {
  const days = (from: string, to: string) => {
    const { span } = shown({ days: { from, to } })
    return span.allDay ? [isoOf(span.first), isoOf(span.last)] : null
  }
  expect(days('2026-03-10', '2026-03-13')).toEqual(['2026-03-10', '2026-03-12'])
  expect(days('2026-03-10', '2026-03-10')).toEqual(['2026-03-10', '2026-03-10'])
  expect(days('2026-03-10', 'nonsense')).toBeNull()
})

test('an end before its start is one without a length, and instances of one series are told apart', () => {
  expect(shown({ startMs: 20, endMs: 10 }).span).toMatchObject({ startMs: 20, endMs: 20 })
  expect([shown({}).key, shown({ instance: 1 }).key, shown({ instance: 2 }).key]).toEqual(['7', '7 1', '7 2'])
})
