import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDavClient } from '../../../electron/engine/dav/client'
import { createDavSession } from '../../../electron/engine/dav/session'
import type { AccountId } from '../../../shared/kit/ids'
import { type DavServer, startRadicale } from '../../rig/dav-servers'
import { TestProfile } from '../../support/command-line'
import { testGate } from '../../wire/gate/gate-places'

/** One person with two machines, on one real server. */
let server: DavServer
const [here, there] = [new TestProfile(), new TestProfile()]
const made = testGate()
const calendar = () => new URL('alice%40rig.test/work/', server.url)
const client = () =>
  createDavClient(
    createDavSession({
      ...{ gate: made.gate, asker: { accountId: '0123456789abcdef0123456789abcdef' as AccountId } },
      caPem: server.ca,
      login: { userName: server.userName, password: server.password },
    }),
  )

type Event = { id: number; uid: string; title: string; start: string; location: string; calendar: string }
type Synced = {
  received: number
  sent: number
  removed: number
  waiting: number
  calendars: { calendar: string; outcome: string }[]
  notes: { kind: string; eventId: number; second: number | null }[]
}
const name = 'alice@rig.test/Work'
const sync = (profile: TestProfile) => profile.json<Synced>('calendar', 'sync')
const events = (profile: TestProfile) =>
  profile.json<Event[]>(
    ...['calendar', 'events', '--from', '2026-03-01', '--to', '2026-04-01', '--calendar', name],
    ...['--zone', 'UTC'],
  )
const titles = async (profile: TestProfile) => (await events(profile)).map(({ title }) => title).sort()
const idOf = async (profile: TestProfile, title: string) => {
  const found = (await events(profile)).find(each => each.title === title)
  if (!found) throw new Error(`no event ${title}`)
  return String(found.id)
}
const add = (profile: TestProfile, title: string, day: string) =>
  profile.json(
    ...['calendar', 'add', '--calendar', name, '--title', title, '--start', `${day}T09:00`],
    ...['--duration', 'PT1H', '--zone', 'Europe/Berlin'],
  )
const change = (profile: TestProfile, id: string, ...more: string[]) =>
  profile.json('calendar', 'change', id, ...more)

beforeAll(async () => {
  server = await startRadicale()
  await client().makeCollection(calendar(), { kind: 'calendar', name: 'Work', colour: '#ff8800' })
  for (const profile of [here, there]) {
    await profile.create()
    await profile.json(
      ...['account', 'add-dav', '--name', 'Home', '--url', server.url, '--user', server.userName],
      ...['--password-file', profile.file('password', `${server.password}\n`)],
      ...['--ca', profile.file('ca.pem', server.ca)],
    )
  }
})
afterAll(async () => {
  made.gate.closeAll(null)
  await server?.stop()
  await Promise.all([here.remove(), there.remove()])
})

test('an account of DAV alone is listed, tried and finds its calendar', async () => {
  expect(await here.json('account', 'list')).toMatchObject([
    { address: 'alice@rig.test', name: 'Home', kind: 'dav', services: ['dav'] },
  ])
  expect(await here.json('account', 'service', 'list')).toMatchObject([
    { kind: 'dav', url: server.url, servers: [{ purpose: 'dav', host: 'localhost', port: server.port }] },
  ])
  const report = await here.json<{ collections: object[]; steps: object[] }>(
    ...['account', 'service', 'test', '--account', 'Home', '--kind', 'dav'],
  )
  expect(report.collections).toMatchObject([{ kind: 'calendar', name: 'Work', colour: '#ff8800' }])
  expect(report.steps.length).toBeGreaterThan(1)
  expect((await sync(here)).calendars).toMatchObject([{ calendar: name, outcome: 'done' }])
  expect(await here.json('calendar', 'list')).toMatchObject([
    { account: null },
    { name, colour: '#ff8800', readOnly: false },
  ])
  // No mail is looked for there.
  await here.json('sync')
})

test('a wrong password is named with what most often is behind it, and nothing comes', async () => {
  const wrong = new TestProfile()
  try {
    await wrong.create()
    await wrong.json(
      ...['account', 'add-dav', '--url', server.url, '--user', server.userName],
      ...['--password-file', wrong.file('password', 'that for mail\n')],
      ...['--ca', wrong.file('ca.pem', server.ca)],
    )
    for (const verb of [
      ['account', 'service', 'test', '--account', 'alice@rig.test', '--kind', 'dav'],
      ['calendar', 'sync'],
    ])
      expect(await wrong.failure(...verb)).toEqual({
        code: 'login-refused',
        message: expect.stringMatching(/localhost .*password of their own/),
      })
  } finally {
    await wrong.remove()
  }
})

test('what is written on one machine is on the other, changed and removed as well', async () => {
  await add(here, 'One', '2026-03-10')
  await add(here, 'Two', '2026-03-11')
  // So many that none of what follows is a third of them.
  const later = ['1', '2', '3', '4', '5'].flatMap(day => [
    ...['BEGIN:VEVENT', `UID:later-${day}`, 'DTSTAMP:20260101T000000Z', `DTSTART:2026050${day}T100000Z`],
    ...[`SUMMARY:Later ${day}`, 'END:VEVENT'],
  ])
  const file = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//x//EN', ...later, 'END:VCALENDAR', '']
  await here.json('calendar', 'import', here.file('later.ics', file.join('\r\n')), '--into', name)
  expect(await sync(here)).toMatchObject({ sent: 7, waiting: 0, notes: [] })
  await sync(there)
  expect(await titles(there)).toEqual(['One', 'Two'])
  expect((await events(there))[0]?.start).toBe('2026-03-10T08:00:00Z')
  await change(there, await idOf(there, 'One'), '--title', 'First')
  await there.json('calendar', 'delete', await idOf(there, 'Two'))
  expect(await sync(there)).toMatchObject({ sent: 2, waiting: 0 })
  expect(await sync(here)).toMatchObject({ removed: 1, waiting: 0, notes: [] })
  expect(await titles(here)).toEqual(['First'])
  // Nothing to do is nothing done.
  expect(await sync(here)).toMatchObject({ received: 0, sent: 0, removed: 0 })
})

test('different things that two machines changed are both in the event', async () => {
  await change(here, await idOf(here, 'First'), '--location', 'Room 1')
  await change(there, await idOf(there, 'First'), '--title', 'Begin')
  await sync(here)
  expect((await sync(there)).notes).toMatchObject([{ kind: 'merged' }])
  await sync(here)
  for (const profile of [here, there])
    expect(await events(profile)).toMatchObject([{ title: 'Begin', location: 'Room 1' }])
})

test('the same thing changed twice is kept twice, said, and never written over', async () => {
  await change(here, await idOf(here, 'Begin'), '--title', 'From here')
  await change(there, await idOf(there, 'Begin'), '--title', 'From there')
  await sync(here)
  const { notes } = await sync(there)
  expect(notes).toMatchObject([{ kind: 'kept-both', second: expect.any(Number) }])
  await sync(here)
  for (const profile of [here, there]) expect(await titles(profile)).toEqual(['From here', 'From there'])
  const uids = (await events(here)).map(({ uid }) => uid)
  expect(new Set(uids).size).toBe(2)
})

test('removed on one side and changed on the other stays, whichever was first', async () => {
  await here.json('calendar', 'delete', await idOf(here, 'From here'))
  await change(there, await idOf(there, 'From here'), '--title', 'Still wanted')
  await sync(here)
  expect((await sync(there)).notes).toMatchObject([{ kind: 'kept-ours' }])
  await sync(here)
  expect(await titles(here)).toEqual(['From there', 'Still wanted'])
  await change(here, await idOf(here, 'From there'), '--title', 'Wanted too')
  await there.json('calendar', 'delete', await idOf(there, 'From there'))
  await sync(here)
  expect((await sync(there)).notes).toMatchObject([{ kind: 'kept-theirs' }])
  for (const profile of [here, there]) expect(await titles(profile)).toEqual(['Still wanted', 'Wanted too'])
})

test('a service that is off waits, and one with waiting changes is not taken away unasked', async () => {
  const dav = ['--account', 'Home', '--kind', 'dav']
  await here.json('account', 'service', 'off', ...dav)
  await add(here, 'Waits', '2026-03-20')
  expect((await here.failure('calendar', 'sync', '--account', 'Home')).code).toBe('service-off')
  expect((await here.failure('account', 'service', 'remove', ...dav)).code).toBe('last-service')
  await here.json('account', 'service', 'on', ...dav)
  expect(await sync(here)).toMatchObject({ sent: 1 })
})

test('an account of mail gets it beside, with a way and a password of its own, and loses it again', async () => {
  const password = there.file('bob', 'bob-pw\n')
  const servers = ['--imap', 'tls://127.0.0.1:9', '--smtp', 'tls://127.0.0.1:9', '--direct']
  await there.json('account', 'add', '--address', 'bob@rig.test', ...servers, '--password-file', password)
  const bob = ['--account', 'bob@rig.test', '--kind', 'dav']
  const dav = ['--url', server.url, '--password-file', password]
  expect(
    (await there.run('account', 'service', 'add', ...bob, ...dav, '--url', 'http://localhost/')).exitCode,
  ).toBe(2)
  await there.json('account', 'service', 'add', ...bob, ...dav, '--tor')
  expect(await there.json('account', 'service', 'list', '--account', 'bob@rig.test')).toMatchObject([
    { kind: 'mail', way: 'direct' },
    { kind: 'dav', way: 'tor', user: 'bob@rig.test', url: server.url },
  ])
  expect((await there.failure('account', 'service', 'add', ...bob, ...dav)).code).toBe('already-there')
  await there.json('account', 'service', 'remove', ...bob)
  expect(await there.json('account', 'service', 'list', '--account', 'bob@rig.test')).toMatchObject([
    { kind: 'mail' },
  ])
  expect((await there.failure('account', 'service', 'remove', ...bob)).code).toBe('not-found')
})
