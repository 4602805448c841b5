import { hostname, userInfo } from 'node:os'
import { describe, expect, test } from 'vitest'
import { calendarObjects } from '../../../../../../electron/engine/formats/icalendar/calendar-objects'
import { newUid } from '../../../../../../electron/engine/kit/objects/new-uid'
import type { EventFields } from '../../../../../../shared/features/calendar/model'
import { fakeRandom } from '../../store/support'

const facts = { nowMs: Date.UTC(2026, 2, 1, 9, 30), raisesSequence: true, organizer: null }
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8').replace(/\r\n /g, '')
const random = fakeRandom()
const create = (fields: EventFields) => text(calendarObjects.create(fields, newUid({ random }), facts))

/** What would tell the program, its machine or its user. */
const traces = [
  /siegel/i,
  /electron|node|linux|mozilla/i,
  new RegExp(`\\b${hostname()}\\b`, 'i'),
  new RegExp(`\\b${userInfo().username}\\b`),
]

describe('what is written into calendars says nothing of who wrote it', () => {
  const cases: readonly [string, EventFields][] = [
    ['a time in a zone', { title: 'A', start: { at: '2026-03-10T09:00', zone: 'America/New_York' } }],
    ['a day', { title: 'B', start: { at: '2026-03-10', zone: null } }],
    ['UTC', { title: 'C', start: { at: '2026-03-10T09:00', zone: 'UTC' }, alarms: ['PT5M'] }],
    [
      'a series with all there is',
      {
        ...{ title: 'D', start: { at: '2026-03-10T09:00', zone: 'Asia/Tokyo' }, rule: 'FREQ=WEEKLY' },
        ...{ location: 'L', description: 'T', url: 'https://x.example/', categories: ['C'], alarms: ['P1D'] },
      },
    ],
  ]
  test.each(cases)('%s', (_, fields) => {
    const own = process.env['TZ']
    for (const zone of ['Pacific/Chatham', 'America/Caracas']) {
      process.env['TZ'] = zone
      try {
        const made = create(fields)
        for (const trace of traces) expect(made).not.toMatch(trace)
        // Neither the zone of the machine nor its clock: stamps are UTC.
        expect(made).not.toMatch(/Chatham|Caracas/)
        expect(made).toMatch(/DTSTAMP:20260301T093000Z/)
        expect(made).toMatch(/UID:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\r\n/)
        // Alarms show something; none runs a program or sends mail.
        expect(made.match(/ACTION:(\w+)/g) ?? []).toEqual((made.match(/ACTION:DISPLAY/g) ?? []) as string[])
      } finally {
        if (own === undefined) delete process.env['TZ']
        else process.env['TZ'] = own
      }
    }
  })

  test('no two UIDs are alike', () => {
    expect(new Set(Array.from({ length: 500 }, () => newUid({ random }))).size).toBe(500)
  })
})
