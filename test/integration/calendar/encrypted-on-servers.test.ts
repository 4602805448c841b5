import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CalendarId } from '../../../shared/features/calendar/model'
import { startCyrusDav } from '../../rig/cyrus-server'
import { type DavServer, startXandikos } from '../../rig/dav-servers'
import { type DavMachine, davClientOf, openDavMachine } from '../../support/dav-machine'
import { ownKeyOf, shareKey, verifyKey } from '../../support/sealing-person'

/** Servers other than Radicale: one that schedules and one that keeps files in git. */
const soon = new Date(Date.now() + 60_000).toISOString().replace(/[-:]|\.\d+/g, '')
/** To come: of what is over this Cyrus tells no guest. */
const day = { fromMs: Date.UTC(2030, 2, 1), toMs: Date.UTC(2030, 3, 1), zone: 'UTC', calendarIds: null }

const object = (uid: string, lines: readonly string[]): Uint8Array =>
  Buffer.from(
    [
      ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//x//EN'],
      ...[
        'BEGIN:VEVENT',
        `UID:${uid}`,
        'DTSTAMP:20260101T000000Z',
        ...lines,
        'END:VEVENT',
        'END:VCALENDAR',
        '',
      ],
    ].join('\r\n'),
  )
const long = (text: string): string => text.match(/.{1,70}/g)?.join('\r\n ') ?? ''
const written: Readonly<Record<string, Uint8Array>> = {
  plain: object('plain', [
    'DTSTART:20300302T100000Z',
    'DURATION:PT1H',
    'SUMMARY:Dentist',
    'LOCATION:Harbour Street',
  ]),
  long: object('long', [
    'DTSTART:20300303T100000Z',
    'DURATION:PT1H',
    'SUMMARY:Minutes',
    `DESCRIPTION:${long('word '.repeat(12_000))}`,
  ]),
  alarm: object('alarm', [
    ...[
      `DTSTART:${soon}`,
      'DURATION:PT1H',
      'SUMMARY:Ring now',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      'DESCRIPTION:x',
    ],
    ...['TRIGGER:-PT10M', 'END:VALARM'],
  ]),
}
const series = [
  ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//x//EN', 'BEGIN:VEVENT', 'UID:series'],
  ...[
    'DTSTAMP:20260101T000000Z',
    'DTSTART:20300304T100000Z',
    'DURATION:PT1H',
    'RRULE:FREQ=DAILY;COUNT=3',
    'SUMMARY:Choir',
  ],
  ...['END:VEVENT', 'BEGIN:VEVENT', 'UID:series', 'DTSTAMP:20260101T000000Z', 'SUMMARY:Choir moved'],
  ...[
    'RECURRENCE-ID:20300305T100000Z',
    'DTSTART:20300305T120000Z',
    'DURATION:PT1H',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ],
].join('\r\n')
const withGuest = (organizer: string, guest: string) =>
  object('guests', [
    ...[
      'DTSTART:20300306T100000Z',
      'DTEND:20300306T110000Z',
      'SUMMARY:Review',
      `ORGANIZER:mailto:${organizer}`,
    ],
    ...[`ATTENDEE;PARTSTAT=ACCEPTED:mailto:${organizer}`, `ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:${guest}`],
  ])

const calendarOf = async ({ engine }: DavMachine): Promise<CalendarId> => {
  const found = (await engine.call('calendars.list', {})).find(each => each.name === 'Work')
  if (!found) throw new Error('no calendar of that name')
  return found.id
}
const placeOf = async (machine: DavMachine) => ({
  ...{ kind: 'calendar' as const, collectionId: Number(await calendarOf(machine)) },
})
const sync = ({ engine }: DavMachine) => engine.call('calendars.sync', { accountId: null })
/** What a pass says of the calendar, and nothing that failed. */
const cleanSync = async (machine: DavMachine) => {
  const id = await calendarOf(machine)
  const { calendars, problems } = await sync(machine)
  expect(problems).toEqual([])
  const step = calendars.find(each => each.calendarId === id)
  expect(step).toMatchObject({ refused: [], waiting: 0 })
  return step
}
const titles = async ({ engine }: DavMachine) =>
  (await engine.call('events.between', day)).events.map(({ title }) => title).sort()
const all = ['Choir', 'Choir', 'Choir moved', 'Dentist', 'Minutes', 'Review']
const protection = async (machine: DavMachine) =>
  machine.engine.call('collections.protection', await placeOf(machine))
const encrypt = async (machine: DavMachine, join = false) =>
  machine.engine.call('collections.encrypt', { ...(await placeOf(machine)), showsBusy: false, join })

for (const { name, start, home, schedules } of [
  { name: 'Cyrus', start: startCyrusDav, home: 'dav/calendars/user/alice%40rig.test/', schedules: true },
  { name: 'Xandikos', start: startXandikos, home: 'user/calendars/', schedules: false },
])
  describe(name, () => {
    let server: DavServer
    let other: ReturnType<typeof davClientOf>
    let here: DavMachine
    let there: DavMachine
    let fingerprint: string
    const folder = () => new URL(`${home}work/`, server.url)
    const textsIn = async (at: URL, by = other): Promise<string[]> => {
      const { rows } = await by.client.propfind(at, '1', ['{DAV:}getetag'])
      const paths = rows.map(({ href }) => href).filter(href => !href.endsWith('/'))
      const files = await Promise.all(paths.map(path => by.client.get(new URL(path, server.url))))
      return files.map(({ bytes }) => Buffer.from(bytes).toString('latin1'))
    }
    const bobs = 'dav/calendars/user/bob%40rig.test/'
    const asBob = async <T>(work: (bob: ReturnType<typeof davClientOf>) => Promise<T>): Promise<T> => {
      const bob = davClientOf({ ...server, userName: 'bob@rig.test', password: 'bob-pw' })
      try {
        return await work(bob)
      } finally {
        bob.close()
      }
    }
    const put = async (file: string, bytes: Uint8Array) =>
      other.client.put(new URL(file, folder()), bytes, {
        ...{ condition: { kind: 'none' }, contentType: 'text/calendar; charset=utf-8' },
      })

    beforeAll(async () => {
      server = await start()
      other = davClientOf(server)
      // His calendars are made when he first asks for them; before that nobody can invite him.
      if (schedules) await asBob(by => by.client.propfind(new URL(bobs, server.url), '1', ['{DAV:}getetag']))
      await other.client.makeCollection(folder(), { kind: 'calendar', name: 'Work' })
      for (const [uid, bytes] of Object.entries(written)) await put(`${uid}.ics`, bytes)
      await put('series.ics', Buffer.from(series))
      await put('guests.ics', withGuest('alice@rig.test', 'bob@rig.test'))
      here = await openDavMachine(server)
      there = await openDavMachine(server)
      fingerprint = await ownKeyOf(here.engine, 'alice@rig.test')
      await shareKey(here.engine, there.engine, fingerprint)
      await sync(here)
      await cleanSync(here)
      expect(await titles(here)).toEqual(all)
    }, 120_000)
    afterAll(async () => {
      await here?.close()
      await there?.close()
      other?.close()
      await server?.stop()
    })

    test('encrypted, it shows the server nothing but what guests have to see, and views, search and alarms are as before', async () => {
      const before = await textsIn(folder())
      await encrypt(here)
      expect(await cleanSync(here)).toMatchObject({ converted: schedules ? 4 : 5 })
      expect(await protection(here)).toMatchObject({
        ...{ state: 'encrypted', left: 0 },
        staysClear: schedules ? [{ title: 'Review' }] : [],
      })
      const files = await textsIn(folder())
      expect(files.filter(text => text.includes('X-ENCRYPTED-OBJECT'))).toHaveLength(schedules ? 4 : 5)
      expect(files.join('')).not.toMatch(/Dentist|Harbour|Choir|word word|Ring now/)
      expect(files.some(text => text.includes('Review'))).toBe(schedules)
      // To the byte as it lay there: nobody took it away and put it back.
      if (schedules) expect(before).toContain(files.find(text => text.includes('Review')))
      expect(await titles(here)).toEqual(all)
      const found = await here.engine.call('events.find', { text: 'harbour', zone: 'UTC', limit: 10 })
      expect(found.map(({ title }) => title)).toEqual(['Dentist'])
      const { alarms } = await here.engine.call('alarms.due', {})
      expect(alarms.map(({ title }) => title)).toContain('Ring now')
    })

    if (schedules)
      test('no guest is told that it is off', async () => {
        const bob = davClientOf({ ...server, userName: 'bob@rig.test', password: 'bob-pw' })
        try {
          const of = 'dav/calendars/user/bob%40rig.test/'
          const [theirs] = (await textsIn(new URL(`${of}Default/`, server.url), bob)).filter(text =>
            text.includes('SUMMARY:Review'),
          )
          expect(theirs).toBeDefined()
          expect(theirs).not.toMatch(/STATUS:CANCELLED/)
          expect((await textsIn(new URL(`${of}Inbox/`, server.url), bob)).join('')).not.toMatch(
            /METHOD:CANCEL/,
          )
        } finally {
          bob.close()
        }
      })

    test('a new machine with the same key sees it encrypted, joins, and both change things', async () => {
      await sync(there)
      expect(await protection(there)).toMatchObject({ state: 'joinable', madeBy: fingerprint })
      expect(await titles(there)).toEqual(schedules ? ['Review'] : [])
      await encrypt(there, true)
      await cleanSync(there)
      expect(await titles(there)).toEqual(all)
      const { events } = await there.engine.call('events.between', day)
      const dentist = events.find(({ title }) => title === 'Dentist')
      if (!dentist) throw new Error('no such event')
      await there.engine.call('events.change', {
        ...{ eventId: dentist.id, instance: null, scope: 'all', zone: 'UTC' },
        fields: { location: 'Market Square' },
      })
      await cleanSync(there)
      await cleanSync(here)
      const shown = await here.engine.call('events.find', { text: 'market', zone: 'UTC', limit: 10 })
      expect(shown.map(({ title }) => title)).toEqual(['Dentist'])
      expect((await textsIn(folder())).join('')).not.toMatch(/Market/)
    })

    if (!schedules)
      test('somebody else is let in by one object, writes too, and reads nothing more once taken out', async () => {
        const bob = await openDavMachine(server)
        try {
          const theirs = await ownKeyOf(bob.engine, 'bob@rig.test')
          await verifyKey(bob.engine, here.engine, 'alice@rig.test', fingerprint)
          await verifyKey(here.engine, bob.engine, 'bob@rig.test', theirs)
          expect((await sync(bob)).problems.map(({ problem }) => problem.code)).toEqual([
            'collection-not-a-member',
          ])
          // Not let in yet: the keys do not open, and nothing is written.
          expect(await titles(bob)).toEqual([])
          const before = new Set(await textsIn(folder()))
          await here.engine.call('collections.changeMembers', {
            ...(await placeOf(here)),
            ...{ add: [theirs as never], remove: [] },
          })
          expect((await textsIn(folder())).filter(text => !before.has(text))).toHaveLength(1)
          await sync(bob)
          expect(await protection(bob)).toMatchObject({ state: 'joinable', madeBy: fingerprint })
          await encrypt(bob, true)
          await cleanSync(bob)
          expect(await titles(bob)).toEqual(all)
          await bob.engine.call('events.add', {
            calendarId: await calendarOf(bob),
            fields: { title: 'By Bob', start: { at: '2030-03-09T09:00', zone: 'UTC' }, duration: 'PT1H' },
          })
          await cleanSync(bob)
          await cleanSync(here)
          expect(await titles(here)).toEqual([...all, 'By Bob'].sort())
          await here.engine.call('collections.changeMembers', {
            ...(await placeOf(here)),
            ...{ add: [], remove: [theirs as never] },
          })
          await cleanSync(here)
          await here.engine.call('events.add', {
            calendarId: await calendarOf(here),
            fields: {
              title: 'Without Bob',
              start: { at: '2030-03-10T09:00', zone: 'UTC' },
              duration: 'PT1H',
            },
          })
          await cleanSync(here)
          // What Bob still writes under the old secret is not believed, and what is new he does not read.
          const { problems } = await sync(bob)
          expect(problems.map(({ problem }) => problem.code)).toEqual(['collection-not-a-member'])
          expect(await titles(bob)).toEqual([...all, 'By Bob'].sort())
          await cleanSync(there)
          expect(await titles(there)).toEqual([...all, 'By Bob', 'Without Bob'].sort())
        } finally {
          await bob.close()
        }
      })

    test('decrypted, everything is there once and in clear', async () => {
      await here.engine.call('collections.decrypt', await placeOf(here))
      await cleanSync(here)
      expect(await protection(here)).toMatchObject({ state: 'clear' })
      const files = await textsIn(folder())
      expect(files.join('')).not.toMatch(/X-ENCRYPTED/)
      expect(files.filter(text => text.includes('SUMMARY:Dentist'))).toHaveLength(1)
      expect(files.filter(text => text.includes('SUMMARY:Review'))).toHaveLength(1)
      await sync(there)
      await sync(there)
      expect(await titles(there)).toEqual(await titles(here))
    })
  })
