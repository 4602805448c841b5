import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CalendarId, EventFields } from '../../../shared/features/calendar/model'
import { type DavServer, startRadicale } from '../../rig/dav-servers'
import { TestProfile } from '../../support/command-line'
import { type DavMachine, davClientOf, openDavMachine } from '../../support/dav-machine'

/** One person with two machines, on one real server. */
let server: DavServer
let machines: readonly DavMachine[] = []
const calendarUrl = () => new URL('alice%40rig.test/work/', server.url)
const name = 'alice@rig.test/Work'

/** A machine with what the tests do on it. */
function onMachine(at: number) {
  const machine = (): DavMachine => {
    const found = machines[at]
    if (!found) throw new Error('no machine')
    return found
  }
  const calendarId = async (): Promise<CalendarId> => {
    const all = await machine().engine.call('calendars.list', {})
    const found = all.find(({ accountId }) => accountId === machine().accountId)
    if (!found) throw new Error('no calendar')
    return found.id
  }
  const events = async () => {
    const span = { fromMs: Date.parse('2026-03-01'), toMs: Date.parse('2026-04-01'), zone: 'UTC' }
    const calendarIds = [await calendarId()]
    return (await machine().engine.call('events.between', { ...span, calendarIds })).events
  }
  const find = async (title: string) => {
    const found = (await events()).find(each => each.title === title)
    if (!found) throw new Error(`no event ${title}`)
    return found.id
  }
  return {
    events,
    call: ((...args) => machine().engine.call(...args)) as DavMachine['engine']['call'],
    calendarId,
    titles: async () => (await events()).map(({ title }) => title).sort(),
    sync: async () => {
      const { accountId, engine } = machine()
      const { calendars, notes, problems } = await engine.call('calendars.sync', { accountId })
      expect(problems).toEqual([])
      return { ...calendars[0], notes }
    },
    add: async (title: string, day: string) =>
      machine().engine.call('events.add', {
        calendarId: await calendarId(),
        fields: {
          title,
          start: { at: `${day}T09:00:00`, zone: 'Europe/Berlin' },
          duration: 'PT1H',
        },
      }),
    change: async (title: string, fields: EventFields) =>
      machine().engine.call('events.change', {
        eventId: await find(title),
        ...{ instance: null, scope: 'all', zone: 'UTC', fields },
      }),
    remove: async (title: string) =>
      machine().engine.call('events.remove', {
        eventId: await find(title),
        instance: null,
        scope: 'all',
        zone: 'UTC',
      }),
  }
}
const [here, there] = [onMachine(0), onMachine(1)]

beforeAll(async () => {
  server = await startRadicale()
  const { client, close } = davClientOf(server)
  await client.makeCollection(calendarUrl(), { kind: 'calendar', name: 'Work', colour: '#ff8800' })
  close()
  machines = await Promise.all([openDavMachine(server), openDavMachine(server)])
})
afterAll(async () => {
  await Promise.all(machines.map(each => each.close()))
  await server?.stop()
  await profile.remove()
})

test('what is written on one machine is on the other, changed and removed as well', async () => {
  await here.sync()
  await here.add('One', '2026-03-10')
  await here.add('Two', '2026-03-11')
  // So many that none of what follows is a third of them.
  for (const day of ['1', '2', '3', '4', '5']) await here.add(`Later ${day}`, `2026-05-0${day}`)
  expect(await here.sync()).toMatchObject({ sent: 7, waiting: 0, notes: [] })
  await there.sync()
  expect(await there.titles()).toEqual(['One', 'Two'])
  expect((await there.events())[0]?.startMs).toBe(Date.parse('2026-03-10T08:00:00Z'))
  await there.change('One', { title: 'First' })
  await there.remove('Two')
  expect(await there.sync()).toMatchObject({ sent: 2, waiting: 0 })
  expect(await here.sync()).toMatchObject({ removed: 1, waiting: 0, notes: [] })
  expect(await here.titles()).toEqual(['First'])
  // Nothing to do is nothing done.
  expect(await here.sync()).toMatchObject({ received: 0, sent: 0, removed: 0 })
})

test('different things that two machines changed are both in the event', async () => {
  await here.change('First', { location: 'Room 1' })
  await there.change('First', { title: 'Begin' })
  await here.sync()
  expect((await there.sync()).notes).toMatchObject([{ kind: 'merged' }])
  await here.sync()
  for (const one of [here, there])
    expect(await one.events()).toMatchObject([{ title: 'Begin', location: 'Room 1' }])
})

test('the same thing changed twice is kept twice, said, and never written over', async () => {
  await here.change('Begin', { title: 'From here' })
  await there.change('Begin', { title: 'From there' })
  await here.sync()
  expect((await there.sync()).notes).toMatchObject([{ kind: 'kept-both', second: expect.any(Number) }])
  await here.sync()
  for (const one of [here, there]) expect(await one.titles()).toEqual(['From here', 'From there'])
  expect(new Set((await here.events()).map(({ uid }) => uid)).size).toBe(2)
})

test('removed on one side and changed on the other stays, whichever was first', async () => {
  await here.remove('From here')
  await there.change('From here', { title: 'Still wanted' })
  await here.sync()
  expect((await there.sync()).notes).toMatchObject([{ kind: 'kept-ours' }])
  await here.sync()
  expect(await here.titles()).toEqual(['From there', 'Still wanted'])
  await here.change('From there', { title: 'Wanted too' })
  await there.remove('From there')
  await here.sync()
  expect((await there.sync()).notes).toMatchObject([{ kind: 'kept-theirs' }])
  for (const one of [here, there]) expect(await one.titles()).toEqual(['Still wanted', 'Wanted too'])
})

test('a wrong password is named with what most often is behind it, and nothing comes', async () => {
  const wrong = await openDavMachine(server, { password: 'that for mail' })
  try {
    const { accountId, engine } = wrong
    const { problems } = await engine.call('calendars.sync', { accountId })
    const refused = {
      code: 'login-refused',
      params: { detail: expect.stringMatching(/password of their own/) },
    }
    expect(problems).toMatchObject([{ calendarId: null, problem: refused }])
    await expect(engine.call('accounts.testDav', { accountId })).rejects.toMatchObject({
      code: 'login-refused',
    })
  } finally {
    await wrong.close()
  }
})

/** What the command line says, on one profile. */
const profile = new TestProfile()
const sync = () => profile.json('calendar', 'sync')

test('an account of DAV alone is listed, tried and finds its calendar', async () => {
  await profile.create()
  await profile.json(
    ...['account', 'add-dav', '--name', 'Home', '--url', server.url, '--user', server.userName],
    ...['--password-file', profile.file('password', `${server.password}\n`)],
    ...['--ca', profile.file('ca.pem', server.ca)],
  )
  expect(await profile.json('account', 'list')).toMatchObject([
    { address: 'alice@rig.test', name: 'Home', kind: 'dav', services: ['dav'] },
  ])
  expect(await profile.json('account', 'service', 'list')).toMatchObject([
    { kind: 'dav', url: server.url, servers: [{ purpose: 'dav', host: 'localhost', port: server.port }] },
  ])
  const report = await profile.json<{ collections: object[]; steps: object[] }>(
    ...['account', 'service', 'test', '--account', 'Home', '--kind', 'dav'],
  )
  expect(report.collections).toMatchObject([{ kind: 'calendar', name: 'Work', colour: '#ff8800' }])
  expect(report.steps.length).toBeGreaterThan(1)
  expect(await sync()).toMatchObject({ calendars: [{ calendar: name, outcome: 'done' }] })
  expect(await profile.json('calendar', 'list')).toMatchObject([
    { account: null },
    { name, colour: '#ff8800', readOnly: false },
  ])
  // No mail is looked for there.
  await profile.json('sync')
})

test('a service that is off waits, and one with waiting changes is not taken away unasked', async () => {
  const dav = ['--account', 'Home', '--kind', 'dav']
  await profile.json('account', 'service', 'off', ...dav)
  await profile.json(
    ...['calendar', 'add', '--calendar', name, '--title', 'Waits', '--start', '2026-03-20T09:00'],
    ...['--duration', 'PT1H', '--zone', 'Europe/Berlin'],
  )
  expect((await profile.failure('calendar', 'sync', '--account', 'Home')).code).toBe('service-off')
  expect((await profile.failure('account', 'service', 'remove', ...dav)).code).toBe('last-service')
  await profile.json('account', 'service', 'on', ...dav)
  expect(await sync()).toMatchObject({ sent: 1 })
})

test('an account of mail gets it beside, with a way and a password of its own, and loses it again', async () => {
  const password = profile.file('bob', 'bob-pw\n')
  const servers = ['--imap', 'tls://127.0.0.1:9', '--smtp', 'tls://127.0.0.1:9', '--direct']
  await profile.json('account', 'add', '--address', 'bob@rig.test', ...servers, '--password-file', password)
  const bob = ['--account', 'bob@rig.test', '--kind', 'dav']
  const dav = ['--url', server.url, '--password-file', password]
  expect(
    (await profile.run('account', 'service', 'add', ...bob, ...dav, '--url', 'http://localhost/')).exitCode,
  ).toBe(2)
  await profile.json('account', 'service', 'add', ...bob, ...dav, '--tor')
  expect(await profile.json('account', 'service', 'list', '--account', 'bob@rig.test')).toMatchObject([
    { kind: 'mail', way: 'direct' },
    { kind: 'dav', way: 'tor', user: 'bob@rig.test', url: server.url },
  ])
  expect((await profile.failure('account', 'service', 'add', ...bob, ...dav)).code).toBe('already-there')
  await profile.json('account', 'service', 'remove', ...bob)
  expect(await profile.json('account', 'service', 'list', '--account', 'bob@rig.test')).toMatchObject([
    { kind: 'mail' },
  ])
  expect((await profile.failure('account', 'service', 'remove', ...bob)).code).toBe('not-found')
})
