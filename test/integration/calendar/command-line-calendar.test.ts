import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TestProfile } from '../../support/command-line'

/** The shapes of what the verbs of calendar and contacts answer, on one profile without any server. */
const profile = new TestProfile()
beforeAll(() => profile.create())
afterAll(() => profile.remove())

const json = <T>(...args: string[]) => profile.json<T>(...args)
const zone = ['--zone', 'Europe/Berlin']
type Changed = { id: number; ids: number[]; dropped: number; undoId: number | null }
type Listed = { id: number; title: string; start: string; recurrenceId: string | null; calendar: string }
const march = (...more: string[]) =>
  json<Listed[]>('calendar', 'events', '--from', '2026-03-01', '--to', '2026-04-01', ...zone, ...more)

test('a series: added, told, changed in each scope, moved, deleted, taken back', async () => {
  expect(await json('calendar', 'add-local', 'Work', '--colour', '#7b4fa3')).toEqual({
    ...{ id: expect.any(Number), name: 'Work', account: null, colour: '#7b4fa3' },
    ...{ readOnly: false, owner: '', visible: true, events: 0, subscribed: false },
  })
  const added = await json<Changed>(
    ...['calendar', 'add', '--calendar', 'Work', '--title', 'Jour fixe', '--start', '2026-03-16T09:00'],
    ...['--duration', 'PT45M', '--rrule', 'FREQ=WEEKLY;COUNT=3', '--location', 'Łódź', ...zone],
    ...['--attendee', 'Eva Koch <eva@example.org>', '--alarm', 'PT10M'],
  )
  expect(added).toMatchObject({
    id: added.ids[0],
    ids: [expect.any(Number)],
    dropped: 0,
    undoId: expect.any(Number),
  })
  const id = String(added.id)
  const events = await march('--calendar', 'Work')
  expect(events).toEqual(
    [
      ['2026-03-16T08:00:00Z', '2026-03-16T09:00:00+01:00', '2026-03-16T09:45:00+01:00'],
      ['2026-03-23T08:00:00Z', '2026-03-23T09:00:00+01:00', '2026-03-23T09:45:00+01:00'],
      ['2026-03-30T07:00:00Z', '2026-03-30T09:00:00+02:00', '2026-03-30T09:45:00+02:00'],
    ].map(([, start, end]) =>
      expect.objectContaining({
        ...{ id: added.id, uid: expect.any(String), recurrenceId: expect.any(String), title: 'Jour fixe' },
        ...{ start, end, allDay: false, zone: 'Europe/Berlin', location: 'Łódź', calendar: 'Work' },
        ...{ status: 'confirmed', attendees: [expect.objectContaining({ address: 'eva@example.org' })] },
      }),
    ),
  )
  const [, second] = events
  const place = ['--instance', second?.recurrenceId ?? '', ...zone]
  await json('calendar', 'change', id, ...place, '--scope', 'this', '--title', 'Einmal')
  const split = await json<Changed>(
    'calendar',
    'change',
    id,
    ...place,
    '--scope',
    'following',
    '--title',
    'Danach',
  )
  expect(split.ids).toHaveLength(2)
  await json('calendar', 'change', id, '--title', 'Alle', '--scope', 'all')
  expect((await march()).map(({ title }) => title)).toEqual(['Alle', expect.any(String), 'Danach'])
  const moved = await json<Changed>('calendar', 'move', id, '--into', 'Personal')
  expect(moved).toMatchObject({
    id: expect.any(Number),
    ids: [moved.id],
    dropped: 0,
    undoId: expect.any(Number),
  })
  expect((await march('--calendar', 'Personal')).map(({ title }) => title)).toEqual(['Alle'])
  expect(await json('calendar', 'delete', String(moved.id))).toMatchObject({ id: null, ids: [] })
  await json('undo')
  expect(await json('calendar', 'show', String(moved.id))).toMatchObject({
    ...{
      title: 'Alle',
      rrule: expect.stringContaining('FREQ=WEEKLY'),
      transparent: false,
      privacy: 'public',
    },
    ...{ alarms: [expect.objectContaining({ before: 'PT10M' })], organizer: null },
  })
  expect(await profile.failure('calendar', 'move', '999999', '--into', 'Work')).toMatchObject({
    code: 'not-found',
  })
})

test('files go in and out, and what is there already is told', async () => {
  const file = profile.file(
    'in.ics',
    'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART;VALUE=DATE:20260310\r\nSUMMARY:Ganztags\r\nX-KEPT:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
  )
  const imported = { added: 1, changed: 0, unchanged: 0, imported: 1, notTaken: [], notTakenCount: 0 }
  expect(await json('calendar', 'import', file, '--into', 'Personal')).toMatchObject(imported)
  expect(await json('calendar', 'import', file, '--into', 'Personal')).toMatchObject({
    added: 0,
    unchanged: 1,
  })
  expect(await json('calendar', 'find', 'ganztags', ...zone)).toMatchObject([
    { allDay: true, start: '2026-03-10' },
  ])
  const out = join(profile.file('x', ''), '..', 'out.ics')
  expect(await json('calendar', 'export', 'Personal', out)).toMatchObject({ exported: 2 })
  expect(readFileSync(out, 'utf8')).toContain('X-KEPT:1\r\n')
  expect(await profile.failure('calendar', 'export', 'Personal', out)).toMatchObject({
    code: expect.any(String),
  })
  const quick = await json<{ fields?: object }>(
    'calendar',
    'quick',
    'Zahnarzt morgen 14:30 1h',
    '--dry-run',
    ...zone,
  )
  expect(JSON.stringify(quick)).toContain('Zahnarzt')
})

test('contacts: added, found, given a picture, merged, deleted, taken back, in and out of files', async () => {
  type Added = { id: number; undoId: number }
  const picture = profile.file(
    'a.png',
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
  )
  const ida = await json<Added>(
    ...['contacts', 'add', '--given', 'Ida', '--family', 'Łoś', '--email', 'work=ida@example.org'],
    ...['--city', 'Łódź', '--photo', picture],
  )
  expect(ida).toEqual({ id: expect.any(Number), undoId: expect.any(Number) })
  const other = await json<Added>(
    'contacts',
    'add',
    '--name',
    'Ida',
    '--email',
    'IDA@example.org',
    '--phone',
    '123456',
  )
  expect(await json('contacts', 'find', 'ida', 'lodz')).toEqual([
    {
      ...{
        id: ida.id,
        bookId: expect.any(Number),
        uid: expect.any(String),
        kind: 'individual',
        name: 'Ida Łoś',
      },
      ...{ organisation: '', emails: ['ida@example.org'], phones: [], categories: [] },
    },
  ])
  expect(await json('contacts', 'duplicates')).toEqual([{ ids: [ida.id, other.id], by: 'address' }])
  expect(await json('contacts', 'merge', String(ida.id), String(other.id))).toEqual({
    ...{ id: ida.id, undoId: expect.any(Number) },
    conflicts: expect.any(Array),
  })
  expect(await json('contacts', 'show', String(ida.id))).toMatchObject({
    ...{ name: 'Ida Łoś', phones: ['123456'], photo: { type: 'image/png' }, hasRemotePhoto: false },
    fields: { addresses: [{ city: 'Łódź' }] },
  })
  await json('undo')
  expect(await json('contacts', 'change', String(ida.id), '--no-photo')).toMatchObject({
    id: ida.id,
    changed: true,
  })
  expect(await json('contacts', 'delete', String(other.id))).toEqual({
    deleted: 1,
    undoId: expect.any(Number),
  })
  const table = profile.file('a.csv', 'Name,Email,Boat\nOla,ola@example.org,Brig\n')
  const map = ['--map', 'Boat=note']
  expect(await json('contacts', 'import', table, '--preview', ...map)).toMatchObject({
    ...{ format: 'csv', contacts: 1, problems: [], first: ['Ola'] },
    columns: [{ field: 'displayName' }, { field: 'email' }, { name: 'Boat', field: 'note', sample: 'Brig' }],
  })
  expect(await json('contacts', 'import', table, ...map)).toMatchObject({
    ...{ added: 1, merged: 0, unchanged: 0, conflicts: 0, problemCount: 0, undoId: expect.any(Number) },
  })
  const out = join(table, '..', 'out.vcf')
  expect(await json('contacts', 'export', 'Personal', out)).toEqual({ exported: 2, path: out })
  expect(readFileSync(out, 'utf8')).toMatch(/NOTE:Brig/)
  const bad = profile.file('b.png', 'no picture')
  expect(await profile.failure('contacts', 'change', String(ida.id), '--photo', bad)).toMatchObject({
    code: 'picture-unreadable',
  })
})
