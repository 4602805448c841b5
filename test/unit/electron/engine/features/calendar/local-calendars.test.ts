import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type {
  CalendarId,
  EventFields,
  EventId,
  EventScope,
} from '../../../../../../shared/features/calendar/model'
import { openTestEngine, type TestEngine } from '../../../../../support/engine-in-test'
import { calendar } from '../../formats/icalendar/support'

const directory = mkdtempSync(join(tmpdir(), 'siegel-calendar-'))
const told: { entity: string; ids: unknown }[] = []
let engine: TestEngine

beforeAll(async () => {
  engine = await openTestEngine(join(directory, 'profile'), {
    emit: (name, payload) => {
      if (name === 'changed' && 'entity' in payload) told.push(payload)
    },
  })
})
afterAll(async () => {
  await engine.close()
  rmSync(directory, { recursive: true, force: true })
})

const zone = 'Europe/Berlin'
const berlin = (at: string) => ({ at, zone })
let counter = 0
const fresh = async (): Promise<CalendarId> =>
  (await engine.call('calendars.addLocal', { name: `Test ${++counter}`, colour: null })).id
const between = (calendarId: CalendarId, from = '2026-01-01', to = '2027-01-01', reader = zone) =>
  engine
    .call('events.between', {
      fromMs: Date.parse(from),
      toMs: Date.parse(to),
      zone: reader,
      calendarIds: [calendarId],
    })
    .then(({ events }) => events)
const starts = async (calendarId: CalendarId) =>
  (await between(calendarId)).map(
    ({ startMs, title }) => `${new Date(startMs).toISOString().slice(5, 16)} ${title}`,
  )
const add = async (calendarId: CalendarId, fields: EventFields) =>
  engine.call('events.add', { calendarId, fields })
const at = (eventId: EventId, instance: string | null, scope: EventScope) => ({
  eventId,
  instance: instance === null ? null : Date.parse(instance),
  scope,
  zone,
})
const file = (name: string, text: string): string => {
  const path = join(directory, name)
  writeFileSync(path, text)
  return path
}
const weekly = { title: 'a', start: berlin('2026-03-16T09:00'), rule: 'FREQ=WEEKLY;COUNT=4' }

test('there is a calendar from the first start', async () => {
  const [first] = await engine.call('calendars.list', {})
  expect(first).toMatchObject({
    accountId: null,
    name: '',
    isVisible: true,
    isReadOnly: false,
    eventCount: 0,
  })
})

test('calendars are added, changed and removed with what is in them', async () => {
  const id = await fresh()
  await add(id, weekly)
  await engine.call('calendars.change', { calendarId: id, name: 'Arbeit', isVisible: false })
  const found = (await engine.call('calendars.list', {})).find(each => each.id === id)
  expect(found).toMatchObject({ name: 'Arbeit', isVisible: false, eventCount: 1 })
  await expect(engine.call('calendars.addLocal', { name: 'arbeit', colour: null })).rejects.toMatchObject({
    code: 'conflict',
  })
  const other = await fresh()
  const taken = engine.call('calendars.change', { calendarId: other, name: 'ARBEIT' })
  await expect(taken).rejects.toMatchObject({ code: 'conflict' })
  // Its own name in another spelling is nobody else's.
  await engine.call('calendars.change', { calendarId: id, name: 'ARBEIT' })
  await engine.call('calendars.remove', { calendarId: id })
  await expect(add(id, weekly)).rejects.toMatchObject({ code: 'not-found' })
  expect(await between(id)).toEqual([])
})

describe('an event', () => {
  test('is shown as it was written, and its change is told', async () => {
    const id = await fresh()
    told.length = 0
    const { eventIds } = await add(id, {
      title: 'Zahnarzt',
      start: berlin('2026-03-27T14:30'),
      duration: 'PT1H',
      location: 'Köln',
      attendees: [{ address: 'eva@example.org', name: 'Eva' }],
      alarms: ['PT15M'],
      description: 'x'.repeat(3000),
    })
    // What was noted before it may make of it one record of "many".
    await expect
      .poll(() =>
        told.some(
          ({ entity, ids }) => entity === 'event' && (ids === null || [ids].flat().includes(eventIds[0])),
        ),
      )
      .toBe(true)
    const detail = await engine.call('events.get', { eventId: eventIds[0]!, instance: null, zone })
    expect(detail).toMatchObject({
      calendarId: id,
      instance: null,
      title: 'Zahnarzt',
      startMs: Date.parse('2026-03-27T13:30Z'),
      endMs: Date.parse('2026-03-27T14:30Z'),
      days: null,
      zone,
      location: 'Köln',
      status: 'confirmed',
      hasAlarm: true,
      alarms: [{ action: 'DISPLAY', before: 'PT15M', fromEnd: false, atMs: null }],
      attendees: [
        { address: 'eva@example.org', name: 'Eva', status: 'NEEDS-ACTION', role: 'REQ-PARTICIPANT' },
      ],
      isCut: false,
    })
    const { text } = await engine.call('events.source', { eventId: eventIds[0]! })
    expect(text).toMatch(/\r\nUID:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\r\n/)
    expect(text).toContain('\r\nPRODID:-//calendar//EN\r\n')
  })

  test('all day is a day for every reader', async () => {
    const id = await fresh()
    await add(id, {
      title: 'b',
      start: { at: '2026-03-12', zone: null },
      end: { at: '2026-03-15', zone: null },
    })
    for (const reader of ['Europe/Berlin', 'Pacific/Apia', 'America/St_Johns'])
      expect((await between(id, '2026-01-01', '2027-01-01', reader))[0]).toMatchObject({
        days: { from: '2026-03-12', to: '2026-03-15' },
        zone: null,
      })
    // Its days touch the window of the reader, not those of UTC.
    expect(await between(id, '2026-03-14T23:00Z', '2026-03-15T23:00Z')).toEqual([])
    expect(await between(id, '2026-03-14T22:59Z', '2026-03-15T23:00Z')).toHaveLength(1)
  })

  test('is found by its words, however they are written', async () => {
    const id = await fresh()
    await add(id, { title: 'Besprechung Müller', start: berlin('2026-03-12T09:00'), location: 'Straße 5' })
    await add(id, {
      title: 'Besprechung',
      start: berlin('2026-03-12T09:00'),
      rule: 'FREQ=DAILY',
      description: 'Größe',
    })
    const find = async (text: string) =>
      (await engine.call('events.find', { text, zone, limit: 10 })).map(({ title }) => title)
    expect(await find('besprechung muller strasse')).toEqual(['Besprechung Müller'])
    expect(await find('GROSSE')).toEqual(['Besprechung'])
    expect(await find('besprechung')).toHaveLength(2)
    expect(await find('  ')).toEqual([])
    expect(await find('100% _')).toEqual([])
  })

  test.each([
    [{ title: 'x' }, 'bad-request'],
    [{ title: 'x', start: berlin('2026-02-30T09:00') }, 'event-date-impossible'],
    [{ title: 'x', start: berlin('2026-03-12T09:00'), rule: 'FREQ=SOMETIMES' }, 'event-rule-impossible'],
    [{ title: 'x', start: { at: '2026-03-12T09:00', zone: 'Mars' } }, 'event-zone-unknown'],
    [{ title: 'x', start: berlin('2026-03-12T09:00'), alarms: ['soon'] }, 'event-length-impossible'],
  ] satisfies [EventFields, string][])('%j is refused: %s, and nothing is there', async (fields, code) => {
    const id = await fresh()
    await expect(add(id, fields)).rejects.toMatchObject({ code })
    expect(await between(id)).toEqual([])
  })
})

describe('a series', () => {
  test('is changed in three scopes, and each change can be taken back', async () => {
    const id = await fresh()
    const [eventId] = (await add(id, weekly)).eventIds
    const before = await starts(id)
    expect(before).toEqual(['03-16T08:00 a', '03-23T08:00 a', '03-30T07:00 a', '04-06T07:00 a'])

    const one = await engine.call('events.change', {
      ...at(eventId!, '2026-03-23T08:00Z', 'this'),
      fields: { title: 'b' },
    })
    expect(await starts(id)).toEqual(['03-16T08:00 a', '03-23T08:00 b', '03-30T07:00 a', '04-06T07:00 a'])
    expect(await engine.call('undo.last', { undoId: one.undoId })).toEqual({ what: 'event', count: 1 })
    expect(await starts(id)).toEqual(before)

    const two = await engine.call('events.change', {
      ...at(eventId!, '2026-03-30T07:00Z', 'following'),
      fields: { start: berlin('2026-03-30T11:00') },
    })
    expect(two.eventIds).toHaveLength(2)
    expect(await starts(id)).toEqual(['03-16T08:00 a', '03-23T08:00 a', '03-30T09:00 a', '04-06T09:00 a'])
    await engine.call('undo.last', { undoId: two.undoId })
    expect(await starts(id)).toEqual(before)

    const all = await engine.call('events.remove', at(eventId!, '2026-03-30T07:00Z', 'all'))
    expect(await starts(id)).toEqual([])
    await engine.call('undo.last', { undoId: all.undoId })
    expect(await starts(id)).toEqual(before)
    const { text } = await engine.call('events.source', { eventId: eventId! })
    expect(text).not.toContain('SEQUENCE')
  })

  test('says which of its events is the first that is left, whatever was moved or taken out', async () => {
    const id = await fresh()
    const [eventId] = (await add(id, weekly)).eventIds
    const isFirst = async (instance: string) =>
      (
        await engine.call('events.get', {
          eventId: eventId as EventId,
          instance: Date.parse(instance),
          zone,
        })
      ).isFirst
    const [one, two, three] = ['2026-03-16T08:00Z', '2026-03-23T08:00Z', '2026-03-30T07:00Z'] as const
    expect([await isFirst(one), await isFirst(two)]).toEqual([true, false])
    // Moved behind all others it is still the first of its series.
    const moved = { ...at(eventId as EventId, one, 'this'), fields: { start: berlin('2026-04-20T09:00') } }
    await engine.call('events.change', moved)
    expect([await isFirst(one), await isFirst(two)]).toEqual([true, false])
    await engine.call('events.remove', at(eventId as EventId, one, 'this'))
    expect([await isFirst(two), await isFirst(three)]).toEqual([true, false])
  })

  test('what was changed again in the meantime is not taken back', async () => {
    const id = await fresh()
    const [eventId] = (await add(id, weekly)).eventIds
    const first = await engine.call('events.change', { ...at(eventId!, null, 'all'), fields: { title: 'b' } })
    await engine.call('events.change', { ...at(eventId!, null, 'all'), fields: { title: 'c' } })
    await expect(engine.call('undo.last', { undoId: first.undoId })).rejects.toMatchObject({
      code: 'changed-since',
    })
    expect((await starts(id))[0]).toBe('03-16T08:00 c')
  })

  test('a series moves into another calendar whole, and back; a calendar that has it keeps its own', async () => {
    const [from, to] = [await fresh(), await fresh()]
    const [eventId] = (await add(from, weekly)).eventIds
    await engine.call('events.change', {
      ...at(eventId!, '2026-03-23T08:00Z', 'this'),
      fields: { title: 'b' },
    })
    const before = await starts(from)
    const { text } = await engine.call('events.source', { eventId: eventId! })
    const done = await engine.call('events.move', { eventId: eventId!, calendarId: to })
    expect([await starts(from), await starts(to)]).toEqual([[], before])
    expect((await engine.call('events.source', { eventId: done.eventIds[0]! })).text).toBe(text)
    await engine.call('undo.last', { undoId: done.undoId })
    expect([await starts(from), await starts(to)]).toEqual([before, []])
    await engine.call('calendars.import', { calendarId: to, path: file('same.ics', text) })
    const again = engine.call('events.move', { eventId: eventId!, calendarId: to })
    await expect(again).rejects.toMatchObject({ code: 'event-there-already' })
    expect([await starts(from), await starts(to)]).toEqual([before, before])
    // Nowhere else to go: nothing to take back.
    const { undoId } = await engine.call('events.move', { eventId: eventId!, calendarId: from })
    expect(undoId).toBe(null)
  })

  test('an instance that is not there is refused by name', async () => {
    const id = await fresh()
    const [eventId] = (await add(id, weekly)).eventIds
    await expect(
      engine.call('events.remove', at(eventId!, '2026-03-24T08:00Z', 'this')),
    ).rejects.toMatchObject({
      code: 'event-instance-missing',
    })
    await expect(engine.call('events.get', { eventId: eventId!, instance: 5, zone })).rejects.toMatchObject({
      code: 'event-instance-missing',
    })
    await expect(engine.call('events.source', { eventId: 999_999 as EventId })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  test("another's invitation keeps its SEQUENCE", async () => {
    const id = await fresh()
    const text = calendar(
      'DTSTART:20260601T090000Z\nSEQUENCE:3\nORGANIZER:mailto:boss@example.net\nATTENDEE:mailto:me@example.org',
    )
    await engine.call('calendars.import', { calendarId: id, path: file('invitation.ics', text) })
    const [event] = await between(id)
    await engine.call('events.change', { ...at(event!.id, null, 'all'), fields: { alarms: ['PT5M'] } })
    expect((await engine.call('events.source', { eventId: event!.id })).text).toContain('\r\nSEQUENCE:3\r\n')
  })
})

describe('files', () => {
  const zoneText =
    'BEGIN:VTIMEZONE\nTZID:Customized Time Zone\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0545\nTZOFFSETTO:+0545\nEND:STANDARD\nEND:VTIMEZONE'
  const text = calendar(
    zoneText,
    'BEGIN:VEVENT\nUID:a\nDTSTAMP:20260101T000000Z\nDTSTART;TZID=Customized Time Zone:20260601T090000\nRRULE:FREQ=DAILY;COUNT=2\nX-Odd;X-P="a:b":kept\nEND:VEVENT',
    'BEGIN:VEVENT\nUID:b\nDTSTAMP:20260101T000000Z\nDTSTART;VALUE=DATE:20260603\nSUMMARY:Tag\nEND:VEVENT',
    'BEGIN:VEVENT\nUID:c\nDTSTAMP:20260101T000000Z\nDTSTART:20261399T000000\nSUMMARY:never\nEND:VEVENT',
    'BEGIN:VTODO\nUID:d\nDTSTAMP:20260101T000000Z\nSUMMARY:todo\nEND:VTODO',
    'BEGIN:VFREEBUSY\nUID:e\nDTSTAMP:20260101T000000Z\nEND:VFREEBUSY',
  )

  test('go in, come out with every component byte for byte, and in again as equal objects', async () => {
    const id = await fresh()
    const path = file('in.ics', text)
    const first = await engine.call('calendars.import', { calendarId: id, path })
    expect(first).toMatchObject({
      added: 3,
      changed: 0,
      unchanged: 0,
      notTaken: [
        { title: 'never', reason: 'no-start' },
        { title: '', reason: 'other-kind' },
      ],
    })
    expect((await between(id)).map(({ startMs, zone }) => [new Date(startMs).toISOString(), zone])).toEqual([
      ['2026-06-01T03:15:00.000Z', 'Asia/Kathmandu'],
      ['2026-06-02T03:15:00.000Z', 'Asia/Kathmandu'],
      ['2026-06-02T22:00:00.000Z', null],
    ])
    const out = join(directory, 'out.ics')
    await engine.call('calendars.export', { calendarId: id, path: out })
    const exported = readFileSync(out, 'utf8')
    for (const component of text
      .match(/BEGIN:V(EVENT|TODO|TIMEZONE)[\s\S]*?END:V\1\r\n/g)!
      .filter(each => !each.includes('never')))
      expect(exported).toContain(component)
    await expect(engine.call('calendars.export', { calendarId: id, path: out })).rejects.toMatchObject({
      code: 'file-exists',
    })
    expect(await engine.call('calendars.import', { calendarId: id, path })).toMatchObject({
      added: 0,
      unchanged: 3,
    })
    const other = await fresh()
    await engine.call('calendars.import', { calendarId: other, path: out })
    const without = (events: Awaited<ReturnType<typeof between>>) =>
      events.map(({ id: _id, calendarId: _calendar, ...event }) => event)
    expect(without(await between(other))).toEqual(without(await between(id)))
  })

  test('an import over what is there changes it, and is taken back as one', async () => {
    const id = await fresh()
    await engine.call('calendars.import', { calendarId: id, path: file('in.ics', text) })
    const before = await between(id)
    const changed = await engine.call('calendars.import', {
      calendarId: id,
      path: file('changed.ics', text.replace('SUMMARY:Tag', 'SUMMARY:Anders').replace('UID:d', 'UID:z')),
    })
    expect(changed).toMatchObject({ added: 1, changed: 1, unchanged: 1 })
    expect((await between(id)).at(-1)!.title).toBe('Anders')
    await engine.call('undo.last', { undoId: changed.undoId })
    expect(await between(id)).toEqual(before)
  })

  test('what is too large is left out and named, the rest is taken', async () => {
    const id = await fresh()
    const large = text.replace('SUMMARY:Tag', `SUMMARY:Riese\r\nDESCRIPTION:${'x'.repeat(10_000_000)}`)
    expect(
      await engine.call('calendars.import', { calendarId: id, path: file('large.ics', large) }),
    ).toMatchObject({
      added: 2,
      notTaken: [
        { title: 'Riese', reason: 'too-large' },
        { title: 'never', reason: 'no-start' },
        { title: '', reason: 'other-kind' },
      ],
    })
  })

  test.each(['', '<html>', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n'])(
    'what is no calendar is refused, and nothing changes: %j',
    async content => {
      const id = await fresh()
      await expect(
        engine.call('calendars.import', { calendarId: id, path: file('bad.ics', content) }),
      ).rejects.toMatchObject({ code: 'calendar-unreadable' })
      expect(await between(id)).toEqual([])
    },
  )

  test('hostile events are bounded and said', async () => {
    const id = await fresh()
    const hostile = calendar(
      'BEGIN:VEVENT\nUID:1\nDTSTART:20260601T000000Z\nRRULE:FREQ=SECONDLY\nEND:VEVENT',
      'BEGIN:VEVENT\nUID:2\nDTSTART:20260601T000000Z\nRRULE:FREQ=DAILY;INTERVAL=0\nEND:VEVENT',
      'BEGIN:VEVENT\nUID:3\nDTSTART:20260601T000000Z\nDURATION:-P10D\nEND:VEVENT',
      'BEGIN:VEVENT\nUID:4\nDTSTART:99991231T000000Z\nRRULE:FREQ=YEARLY\nEND:VEVENT',
      `BEGIN:VEVENT\nUID:5\nDTSTART:20260601T000000Z\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:${'20260602T000000Z,'.repeat(200_000)}20260602T000000Z\nEND:VEVENT`,
      'BEGIN:VEVENT\nUID:6\nDTSTART:20260601T000000Z\nSUMMARY:<script>alert(1)</script>\nURL:javascript:alert(1)\nEND:VEVENT',
    )
    await engine.call('calendars.import', { calendarId: id, path: file('hostile.ics', hostile) })
    const { events, isCut } = await engine.call('events.between', {
      fromMs: Date.parse('2026-06-01'),
      toMs: Date.parse('2026-07-01'),
      zone,
      calendarIds: [id],
    })
    expect(isCut).toBe(true)
    const count = (uid: string) => events.filter(each => each.uid === uid).length
    expect([count('1'), count('2'), count('3'), count('4'), count('5'), count('6')]).toEqual([
      2000, 1, 1, 0, 2, 1,
    ])
    expect(events.find(each => each.uid === '2')!.notes).toEqual(['bad-rule'])
  })
})

test('all is there again after the engine was closed', async () => {
  const id = await fresh()
  await add(id, weekly)
  const before = await between(id)
  await engine.close()
  engine = await openTestEngine(join(directory, 'profile'))
  expect(await between(id)).toEqual(before)
})

test('of my own addresses my calendars say when I am busy, with the way there, and others leave me out of it', async () => {
  const account = await engine.call('accounts.add', {
    config: {
      ...{ address: 'me@example.org', displayName: '' },
      services: {
        mail: {
          userName: 'me',
          imap: { host: 'imap.example.org', port: 993, security: 'tls' },
          smtp: { host: 'smtp.example.org', port: 465, security: 'tls' },
          caPem: null,
        },
      },
    },
    password: 'x',
  })
  const calendarId = await fresh()
  const day = (hour: string) => berlin(`1995-05-06T${hour}:00`)
  await add(calendarId, { title: 'Far', start: day('10'), end: day('11'), travel: 'PT30M' })
  await add(calendarId, { title: 'Free', start: day('12'), end: day('13'), isTransparent: true })
  await add(calendarId, { title: 'Off', start: day('14'), end: day('15'), status: 'cancelled' })
  await add(calendarId, { title: 'Perhaps', start: day('16'), end: day('17'), status: 'tentative' })
  const asked = {
    ...{ accountId: null, fromMs: Date.UTC(1995, 4, 6), toMs: Date.UTC(1995, 4, 7), zone },
  }
  const [mine] = await engine.call('calendars.freeBusy', { ...asked, addresses: ['ME@example.org'] })
  const told = mine?.busy.map(({ startMs, endMs, kind }) =>
    [new Date(startMs).toISOString().slice(11, 16), new Date(endMs).toISOString().slice(11, 16), kind].join(
      ' ',
    ),
  )
  expect(told).toEqual(['07:30 09:00 busy', '14:00 15:00 tentative'])
  const [far] = await between(calendarId, '1995-05-06', '1995-05-07')
  const without = await engine.call('calendars.freeBusy', {
    ...{ ...asked, addresses: ['me@example.org'], exceptUid: far?.uid ?? '' },
  })
  expect(without[0]?.busy).toHaveLength(1)
  // Nobody here can be asked about others, and that is said.
  await expect(engine.call('calendars.freeBusy', { ...asked, addresses: ['x@example.org'] })).rejects.toThrow(
    expect.objectContaining({ code: 'not-found' }),
  )
  await engine.call('accounts.remove', { accountId: account.id })
})
