import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CalendarId } from '../../../shared/features/calendar/model'
import { type DavServer, startRadicale } from '../../rig/dav-servers'
import { type FaultProxy, startFaultProxy } from '../../rig/fault-proxy'
import { type DavMachine, davClientOf, openDavMachine } from '../../support/dav-machine'
import { ownKeyOf } from '../../support/sealing-person'
import { type PassingRequest, says, startRewritingDav } from '../../wire/support/rewriting-dav'

/* A collection that changes its form at a server that loses, rewrites and refuses, and on a line that breaks. */
let server: DavServer
let between: Awaited<ReturnType<typeof startRewritingDav>>
let line: FaultProxy
let other: ReturnType<typeof davClientOf>
let here: DavMachine
const folder = (name = 'work') => new URL(`alice%40rig.test/${name}/`, server.url)
const all = ['Choir', 'Dentist', 'Lawyer', 'Minutes']
const day = { fromMs: Date.UTC(2026, 2, 1), toMs: Date.UTC(2026, 3, 1), zone: 'UTC', calendarIds: null }

const event = (title: string): Uint8Array =>
  Buffer.from(
    [
      ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//x//EN', 'BEGIN:VEVENT', `UID:${title}`],
      ...['DTSTAMP:20260101T000000Z', 'DTSTART:20260302T100000Z', 'DTEND:20260302T110000Z'],
      ...[`SUMMARY:${title}`, ...(title === 'Minutes' ? [`DESCRIPTION:${'word '.repeat(1400)}`] : [])],
      ...['END:VEVENT', 'END:VCALENDAR', ''],
    ].join('\r\n'),
  )
const texts = async (name = 'work'): Promise<string[]> => {
  const { rows } = await other.client.propfind(folder(name), '1', ['{DAV:}getetag'])
  const paths = rows.map(({ href }) => href).filter(href => href.endsWith('.ics'))
  const files = await Promise.all(paths.map(path => other.client.get(new URL(path, server.url))))
  return files.map(({ bytes }) => Buffer.from(bytes).toString('latin1'))
}
/** Titles that the server can read, each as often as it does. */
const readable = async (name = 'work'): Promise<string[]> =>
  (await texts(name)).flatMap(text => /^SUMMARY:(.*)$/m.exec(text)?.[1]?.trim() ?? []).sort()
const sealed = async (name = 'work'): Promise<number> =>
  (await texts(name)).filter(text => text.includes('X-ENCRYPTED-OBJECT')).length
const calendar = async (name: string): Promise<CalendarId> => {
  const found = (await here.engine.call('calendars.list', {})).find(each => each.name === name)
  if (!found) throw new Error(`no calendar ${name}`)
  return found.id
}
const place = async () => ({ kind: 'calendar' as const, collectionId: Number(await calendar('Work')) })
const protection = async () => here.engine.call('collections.protection', await place())
const encrypt = async () =>
  here.engine.call('collections.encrypt', { ...(await place()), showsBusy: false, join: false })
const decrypt = async () => here.engine.call('collections.decrypt', await place())
const sync = () => here.engine.call('calendars.sync', { accountId: null })
const codes = async () => (await sync()).problems.map(({ problem }) => problem.code)
const titles = async () =>
  (await here.engine.call('events.between', day)).events.map(({ title }) => title).sort()
/** Everything is here, and there once, in one form. */
const expectWhole = async (state: 'clear' | 'encrypted', when: string = state) => {
  expect(await titles(), when).toEqual(all)
  expect((await protection()).state, when).toBe(state)
  expect(await readable(), when).toEqual(state === 'clear' ? all : [])
  expect(await sealed(), when).toBe(state === 'clear' ? 0 : all.length)
}
const isObject = ({ method, path }: PassingRequest): boolean => method === 'PUT' && !path.includes('keys')
const rewritten = (asked: PassingRequest, change: (text: string) => string): PassingRequest => ({
  ...asked,
  body: Buffer.from(change(asked.body.toString('latin1')), 'latin1'),
})

beforeAll(async () => {
  server = await startRadicale()
  between = await startRewritingDav(server)
  line = await startFaultProxy(between.port)
  other = davClientOf(server)
  await other.client.makeCollection(folder(), { kind: 'calendar', name: 'Work' })
  await other.client.makeCollection(folder('open'), { kind: 'calendar', name: 'Open' })
  for (const title of all)
    await other.client.put(new URL(`${title}.ics`, folder()), event(title), {
      ...{ condition: { kind: 'none' }, contentType: 'text/calendar' },
    })
  here = await openDavMachine({
    ...server,
    ...{ port: line.port, url: `https://localhost:${line.port}/`, ca: between.ca },
  })
  await ownKeyOf(here.engine, 'alice@rig.test')
  await sync()
})
beforeEach(async () => {
  await expectWhole('clear')
})
afterEach(async () => {
  between.rewrite()
  line.heal()
  if ((await protection()).state !== 'clear') {
    await decrypt()
    await sync()
  }
})
afterAll(async () => {
  await here?.close()
  other?.close()
  await line?.stop()
  await between?.stop()
  await server?.stop()
})

describe('a server that does not keep what it is given', () => {
  const dropping = (name: string) => ({
    request: (asked: PassingRequest) =>
      asked.method === 'PUT'
        ? rewritten(asked, text => text.replace(new RegExp(`^${name}:.*(?:\\r\\n .*)*\\r\\n`, 'm'), ''))
        : undefined,
  })

  test('where it drops the keys nothing is begun, and it says so', async () => {
    between.rewrite(dropping('X-ENCRYPTED-KEYS'))
    await expect(encrypt()).rejects.toMatchObject({ code: 'collection-not-kept' })
    await expectWhole('clear')
  })

  test.each([
    ['drops what it does not know', dropping('X-ENCRYPTED-OBJECT')],
    [
      'cuts long lines',
      {
        request: (asked: PassingRequest) =>
          isObject(asked)
            ? rewritten(asked, text =>
                text.replace(/(X-ENCRYPTED-OBJECT:.{50})(?:.*)(?:\r\n .*)*\r\n/, '$1\r\n'),
              )
            : undefined,
      },
    ],
    [
      'gives UIDs of its own',
      {
        request: (asked: PassingRequest) =>
          isObject(asked)
            ? rewritten(asked, text => text.replace(/^UID:.*$/m, 'UID:of-the-server\r'))
            : undefined,
      },
    ],
  ])(
    'that %s: no clear object goes, it is said, and the way back leaves all as it was',
    async (_, rewriting) => {
      await encrypt()
      between.rewrite(rewriting)
      expect(await codes()).toContain('collection-not-kept')
      expect(await readable()).toEqual(expect.arrayContaining(all))
      expect(await titles()).toEqual(all)
      between.rewrite()
      await decrypt()
      expect(await codes()).toEqual([])
      await expectWhole('clear')
    },
  )

  test('one that orders, folds and adds as it likes does no harm', async () => {
    between.rewrite({
      request: asked =>
        asked.method === 'PUT'
          ? rewritten(asked, text =>
              text
                .replace(/\r\n /g, '')
                .replace(/^PRODID:.*$/m, 'PRODID:-//Sabre//Sabre VObject 4//EN\r')
                .replace(/^END:VEVENT/m, 'X-SERVER;X-A=1:added\r\nEND:VEVENT')
                .replace(/(.{60})(?=.)/g, '$1\r\n '),
            )
          : undefined,
      // It says no ETag where it changed something (RFC 4791 §5.3.4).
      answer: ({ status, headers: { etag: _, ...headers }, body }, { method }) =>
        method === 'PUT' ? { status, headers, body } : undefined,
    })
    await encrypt()
    expect(await codes()).toEqual([])
    await expectWhole('encrypted')
  })
})

test('what is too large for the server in its sealed form stays clear and is named; all else is sealed', async () => {
  const limit = 9_000
  between.rewrite({
    request: asked =>
      isObject(asked) && asked.body.length > limit
        ? says(
            403,
            '<?xml version="1.0"?><error xmlns="DAV:"><max-resource-size xmlns="urn:ietf:params:xml:ns:caldav"/></error>',
            { 'content-type': 'application/xml' },
          )
        : undefined,
  })
  await encrypt()
  const { problems } = await sync()
  expect(problems.map(({ problem }) => problem)).toMatchObject([
    { code: 'server-refused', params: { detail: expect.stringContaining('max-resource-size') } },
  ])
  expect(await protection()).toMatchObject({ state: 'encrypting', left: 1 })
  expect(await readable()).toEqual(['Minutes'])
  expect(await here.engine.call('calendars.waits', {})).toMatchObject([
    { what: 'not-sent', title: 'Minutes' },
  ])
  expect(await titles()).toEqual(all)
  // Turned back, nothing of it waits any more.
  await decrypt()
  expect(await codes()).toEqual([])
  expect(await here.engine.call('calendars.waits', {})).toEqual([])
})

test('the line breaks before and after many a request of the way there and back: all of it is there once', async () => {
  for (const [at, isAnswered] of [
    [2, false],
    [5, true],
    [6, false],
    [12, true],
  ] as const)
    for (const way of ['encrypted', 'clear'] as const) {
      await (way === 'encrypted' ? encrypt() : decrypt())
      let seen = 0
      const breaks = () => {
        if (++seen === at) line.reset()
        return undefined
      }
      between.rewrite(isAnswered ? { answer: breaks } : { request: breaks })
      await sync()
      between.rewrite()
      expect(seen).toBeGreaterThanOrEqual(at)
      await sync()
      await sync()
      await expectWhole(way, `${way}, broken ${isAnswered ? 'after' : 'before'} request ${at}`)
    }
})

describe('an event moves between a clear and an encrypted calendar', () => {
  const move = async (title: string, to: string) => {
    const found = (await here.engine.call('events.between', day)).events.find(each => each.title === title)
    if (!found) throw new Error(`no event ${title}`)
    await here.engine.call('events.move', { eventId: found.id, calendarId: await calendar(to) })
  }

  test('it is put there, read back, and only then taken away; never moved by the server', async () => {
    await encrypt()
    await sync()
    const begin = between.asked.length
    await move('Dentist', 'Open')
    expect(await codes()).toEqual([])
    expect(await readable('open')).toEqual(['Dentist'])
    expect(await sealed()).toBe(all.length - 1)
    await move('Dentist', 'Work')
    expect(await codes()).toEqual([])
    expect(await readable('open')).toEqual([])
    await expectWhole('encrypted')
    const steps = between.asked
      .slice(begin)
      .filter(({ method }) => ['PUT', 'MOVE', 'DELETE'].includes(method))
      .map(({ method, path }) => `${method} ${path.includes('/open/') ? 'open' : 'work'}`)
    expect(steps).toEqual(['PUT open', 'DELETE work', 'PUT work', 'DELETE open'])
  })

  test('where the server says that it took it and has not, it stays where it was', async () => {
    await encrypt()
    await sync()
    between.rewrite({
      request: asked => (asked.method === 'PUT' && asked.path.includes('/open/') ? says(201) : undefined),
    })
    await move('Lawyer', 'Open')
    await sync()
    await sync()
    expect(await sealed()).toBe(all.length)
    expect(await titles()).toEqual(all)
    between.rewrite()
    for (const wait of await here.engine.call('calendars.waits', {}))
      if (wait.what === 'not-sent')
        await here.engine.call('calendars.answer', { waitId: wait.id, answer: 'try-again' })
    await sync()
    await sync()
    expect(await readable('open')).toEqual(['Lawyer'])
    expect(await sealed()).toBe(all.length - 1)
    await move('Lawyer', 'Work')
    await sync()
    await expectWhole('encrypted')
  })
})
