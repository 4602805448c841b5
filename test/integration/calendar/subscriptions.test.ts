import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer as createHttps, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CalendarId } from '../../../shared/features/calendar/model'
import { readCalendarAddress } from '../../../shared/features/calendar/subscriptions/address'
import { createTestAuthority, readCertificate } from '../../rig/certificates'
import { openTestEngine, type TestEngine } from '../../support/engine-in-test'
import { until } from '../../support/until'
import { granted, startSocksServer } from '../../wire/support/scripted-socks-server'

/** A calendar that is published on a real server of TLS on this machine, and the whole engine that reads it. */
const folder = mkdtempSync(join(tmpdir(), 'siegel-subscriptions-'))
type Answer = (request: IncomingMessage, response: ServerResponse) => void
let server: Server
let port: number
let other: Server
let otherPort: number
let caPem: string
let engine: TestEngine
let answer: Answer
let asked: IncomingMessage[] = []

const event = (uid: string, title: string, more = ''): string =>
  `BEGIN:VEVENT\r\nUID:${uid}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260310T090000Z\r\nDTEND:20260310T100000Z\r\nSUMMARY:${title}\r\n${more}END:VEVENT\r\n`
const calendar = (events: readonly string[], head = ''): string =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n${head}${events.join('')}END:VCALENDAR\r\n`
const gives =
  (text: string | Buffer, headers: Record<string, string> = {}, status = 200): Answer =>
  (_, response) => {
    response.writeHead(status, { 'Content-Type': 'text/calendar', ...headers })
    response.end(text)
  }

const listen = (made: Server): Promise<number> =>
  new Promise(resolve => made.listen(0, '127.0.0.1', () => resolve((made.address() as AddressInfo).port)))

beforeAll(async () => {
  const authority = await createTestAuthority(join(folder, 'ca'))
  const files = await readCertificate(await authority.certificate('server'))
  caPem = readFileSync(authority.caFile, 'utf8')
  server = createHttps(files, (request, response) => {
    asked.push(request)
    answer(request, response)
  })
  other = createHttps(files, (request, response) => {
    asked.push(request)
    gives(calendar([event('moved', 'Moved')]))(request, response)
  })
  ;[port, otherPort] = [await listen(server), await listen(other)]
  const isHere = (host: string) => ['localhost', '127.0.0.1', '::1'].includes(host)
  engine = await openTestEngine(join(folder, 'profile'), {
    tests: { remotePlaces: { isPublicHost: isHere, isPublicAddress: isHere, isPort: () => true } },
  })
})
beforeEach(() => {
  asked = []
})
afterAll(async () => {
  await engine?.close()
  for (const each of [server, other]) {
    each?.closeAllConnections()
    each?.close()
  }
  rmSync(folder, { recursive: true, force: true })
})

let count = 0
const address = (path = `/${++count}.ics`) => `webcal://localhost:${port}${path}`
const subscribe = (url: string, more: object = {}) =>
  engine.call('subscriptions.add', {
    ...{ url, follows: [], name: null, colour: null, intervalMinutes: null, caPem },
    route: { kind: 'direct' },
    ...more,
  })
const failure = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no failure',
    (error: Error & { code?: string }) => error.code ?? error.message,
  )
const told = async (id: CalendarId) =>
  (await engine.call('subscriptions.list', {})).find(each => each.calendarId === id)
const titles = async (id: CalendarId) =>
  (
    await engine.call('events.between', {
      ...{ fromMs: Date.UTC(2026, 2, 1), toMs: Date.UTC(2026, 3, 1), zone: 'UTC', calendarIds: [id] },
    })
  ).events.map(({ title }) => title)
const refresh = async (id: CalendarId) => (await engine.call('subscriptions.refresh', { calendarId: id }))[0]

test('a calendar comes with its name, colour and interval, and the request says nothing of who asks', async () => {
  answer = gives(
    calendar(
      [
        event('1', 'One', 'BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\n'),
        event('2', 'Two'),
      ],
      'NAME:Holidays\r\nX-APPLE-CALENDAR-COLOR:#FF8800FF\r\nREFRESH-INTERVAL;VALUE=DURATION:PT2H\r\n',
    ),
  )
  const { calendarId, outcome } = await subscribe(address('/a.ics?key=1#there'))
  expect(outcome).toBe('changed')
  expect(asked[0]?.rawHeaders).toEqual([
    ...['Host', `localhost:${port}`, 'Accept', 'text/calendar, */*;q=0.1'],
    ...['Accept-Encoding', 'gzip', 'Connection', 'close'],
  ])
  expect(asked[0]?.url).toBe('/a.ics?key=1')
  const made = (await engine.call('calendars.list', {})).find(({ id }) => id === calendarId)
  expect(made).toMatchObject({ name: 'Holidays', colour: '#ff8800', isReadOnly: true, isSubscribed: true })
  expect(await told(calendarId)).toMatchObject({ suggestedMinutes: 120, problem: null, leftOut: 0 })
  expect(await titles(calendarId)).toEqual(['One', 'Two'])
  const { events } = await engine.call('events.between', {
    ...{ fromMs: Date.UTC(2026, 2, 1), toMs: Date.UTC(2026, 3, 1), zone: 'UTC', calendarIds: [calendarId] },
  })
  expect(events.every(({ hasAlarm }) => !hasAlarm)).toBe(true)
  // It is read and never written.
  const change = { eventId: events[0]!.id, instance: null, scope: 'all' as const, zone: 'UTC' }
  expect(await failure(engine.call('events.change', { ...change, fields: { title: 'x' } }))).toBe(
    'calendar-read-only',
  )
  expect(await failure(engine.call('events.remove', change))).toBe('calendar-read-only')
  // Twice is once.
  expect(await failure(subscribe(`https://LOCALHOST:${port}/a.ics?key=1`))).toBe('subscription-there-already')
  // It is permitted, by its way, and its connection was listed.
  expect(await engine.call('net.policy', {})).toContainEqual({
    ...{ accountId: null, purpose: 'subscription', host: 'localhost', port, way: 'direct', onion: null },
  })
  const connections = await engine.call('net.connections', {})
  expect(connections.some(({ purpose }) => purpose === 'subscription')).toBe(true)
  await engine.call('calendars.remove', { calendarId })
  expect(await told(calendarId)).toBe(undefined)
  expect((await engine.call('net.policy', {})).some(({ purpose }) => purpose === 'subscription')).toBe(false)
})

test('what changed is changed, what is gone goes, and what says the same is not touched', async () => {
  answer = gives(calendar([event('1', 'One'), event('2', 'Two')]), { ETag: '"1"', 'Last-Modified': 'then' })
  const { calendarId } = await subscribe(address())
  const before = await engine.call('events.find', { text: 'One', zone: 'UTC', limit: 10 })
  const one = before.find(each => each.calendarId === calendarId)
  answer = (request, response) => {
    if (request.headers['if-none-match'] === '"1"') {
      response.writeHead(304)
      response.end()
    } else gives('no validators came')(request, response)
  }
  expect(await refresh(calendarId)).toMatchObject({ outcome: 'unchanged', problem: null })
  expect(asked.at(-1)?.headers).toMatchObject({ 'if-none-match': '"1"', 'if-modified-since': 'then' })
  // Another stamp is no change: many servers write it anew each time.
  answer = gives(
    calendar([event('1', 'One').replace('20260101T000000Z', '20260202T000000Z'), event('3', 'Three')]),
  )
  expect(await refresh(calendarId)).toMatchObject({ outcome: 'changed' })
  expect(await titles(calendarId)).toEqual(['One', 'Three'])
  const again = await engine.call('events.source', { eventId: one!.id })
  expect(again.text).toContain('20260101T000000Z')
})

describe('what is no calendar changes nothing, and says what it is', () => {
  let calendarId: CalendarId
  beforeAll(async () => {
    answer = gives(calendar([event('1', 'Kept')]))
    ;({ calendarId } = await subscribe(address('/kept.ics')))
  })
  const cases: readonly [string, () => Answer, string][] = [
    ['gone', () => gives('', {}, 404), 'subscription-gone'],
    ['gone for ever', () => gives('', {}, 410), 'subscription-gone'],
    ['a login', () => gives('', { 'WWW-Authenticate': 'Basic realm="x"' }, 401), 'subscription-login'],
    ['forbidden', () => gives('', {}, 403), 'subscription-login'],
    ['busy', () => gives('', { 'Retry-After': '10' }, 503), 'server-unavailable'],
    ['a 304 that nobody asked for', () => gives('', {}, 304), 'server-refused'],
    [
      'a page that calls itself a calendar',
      () => gives('\n <!doctype html><p>BEGIN:VCALENDAR'),
      'subscription-page',
    ],
    ['a page of XML with a mark', () => gives('\ufeff<?xml version="1.0"?>'), 'subscription-page'],
    ['nothing', () => gives(''), 'calendar-unreadable'],
    ['something else', () => gives('{"events":[]}'), 'calendar-unreadable'],
    [
      'a calendar without its end',
      () => gives(calendar([event('1', 'Cut')]).slice(0, -20)),
      'calendar-unreadable',
    ],
    [
      'an answer that is cut',
      () => (_, response) => {
        response.writeHead(200, { 'Content-Length': '100000' })
        response.write(calendar([event('1', 'Cut')]), () => response.destroy())
      },
      'connection-lost',
    ],
    [
      'a bomb of gzip',
      () => gives(gzipSync(Buffer.alloc(40_000_000, 65)), { 'Content-Encoding': 'gzip' }),
      'too-large',
    ],
    [
      'more events than anybody has',
      () =>
        gives(
          calendar(Array.from({ length: 20_001 }, (_, at) => `BEGIN:VEVENT\r\nUID:${at}\r\nEND:VEVENT\r\n`)),
        ),
      'too-large',
    ],
    [
      'a redirect to what is in clear',
      () => gives('', { Location: `http://localhost:${port}/x.ics` }, 302),
      'not-permitted',
    ],
    [
      'a redirect with a password in it',
      () => gives('', { Location: `https://me:you@localhost:${port}/x.ics` }, 302),
      'not-permitted',
    ],
    [
      'a redirect to another place',
      () => gives('', { Location: `https://localhost:${otherPort}/x` }, 301),
      'subscription-moved',
    ],
    [
      'a redirect into the network',
      () => gives('', { Location: 'https://192.168.1.1/x' }, 307),
      'subscription-moved',
    ],
    ['a redirect in circles', () => gives('', { Location: '/kept.ics' }, 302), 'server-refused'],
  ]
  test.each(cases)('%s', async (_, make, code) => {
    answer = make()
    expect((await refresh(calendarId))?.problem?.code).toBe(code)
    expect((await told(calendarId))?.problem?.code).toBe(code)
    expect(await titles(calendarId)).toEqual(['Kept'])
    expect(asked.every(({ socket }) => (socket.localPort ?? port) === port)).toBe(true)
    // Nobody is subscribed to what gives no calendar.
    const count = (await engine.call('calendars.list', {})).length
    expect(await failure(subscribe(address('/none.ics')))).toBe(code)
    expect((await engine.call('calendars.list', {})).length).toBe(count)
  })
  test('nothing where there was something is believed when it comes twice', async () => {
    answer = gives(calendar([]), { ETag: '"empty"' })
    expect(await refresh(calendarId)).toMatchObject({ outcome: 'unchanged', problem: null })
    expect(await titles(calendarId)).toEqual(['Kept'])
    expect(await refresh(calendarId)).toMatchObject({ outcome: 'changed' })
    expect(asked.at(-1)?.headers['if-none-match']).toBe(undefined)
    expect(await titles(calendarId)).toEqual([])
  })
})

test('hostile entries are left out or inert, and what was left out is counted', async () => {
  answer = gives(
    calendar([
      event('ok', 'Fine'),
      event('long', 'Long', `DESCRIPTION:${'x'.repeat(5_100_000)}\r\n`),
      'BEGIN:VEVENT\r\nUID:none\r\nSUMMARY:No time\r\nEND:VEVENT\r\n',
      'BEGIN:VEVENT\r\nDTSTART:20260311T090000Z\r\nSUMMARY:No name\r\nEND:VEVENT\r\n',
      event('ok', 'Fine again', 'RECURRENCE-ID:20300101T000000Z\r\n'),
      event('link', '<script>1</script>', 'URL:javascript:1\r\nATTACH:http://127.0.0.1/x\r\n'),
    ]),
  )
  const { calendarId } = await subscribe(address())
  expect(await titles(calendarId)).toEqual(['Fine again', 'Fine', '<script>1</script>', 'No name'])
  expect((await told(calendarId))?.leftOut).toBe(2)
  expect(await refresh(calendarId)).toMatchObject({ outcome: 'unchanged' })
})

test('another place is asked only after a word, and never where it is in the network around this machine', async () => {
  answer = gives('', { Location: `https://localhost:${otherPort}/x.ics` }, 302)
  const url = address()
  expect(await failure(subscribe(url))).toBe('subscription-moved')
  const { calendarId } = await subscribe(url, { follows: [`localhost:${otherPort}`] })
  expect(await titles(calendarId)).toEqual(['Moved'])
  answer = gives('', { Location: 'https://192.168.1.1/x.ics' }, 302)
  await engine.call('subscriptions.change', { calendarId, follows: ['192.168.1.1:443'] })
  expect((await refresh(calendarId))?.problem).toMatchObject({
    code: 'not-permitted',
    params: { reason: 'private-address' },
  })
  expect(await titles(calendarId)).toEqual(['Moved'])
})

test('by SOCKS5 nothing goes another way, and a way that is gone is said', async () => {
  const proxy = await startSocksServer({ answer: () => granted, target: () => port })
  answer = gives(calendar([event('1', 'Through')]), { ETag: '"direct"' })
  const route = { kind: 'socks5' as const, host: '127.0.0.1', port: proxy.port, login: null }
  const { calendarId } = await subscribe(`https://rig.test:${port}/socks.ics`, { route })
  expect(await titles(calendarId)).toEqual(['Through'])
  await engine.call('subscriptions.change', { calendarId, route: { ...route, port: 1 } })
  asked = []
  expect((await refresh(calendarId))?.problem?.code).toBe('proxy-failed')
  expect(asked).toEqual([])
  await proxy.stop()
  // What the server gave to tell visits apart stayed behind with the way.
  await engine.call('subscriptions.change', { calendarId, url: address(), route: { kind: 'direct' } })
  expect(await refresh(calendarId)).toMatchObject({ problem: null })
  expect(asked[0]?.headers['if-none-match']).toBe(undefined)
})

test('offline it waits, and the end of that brings it, with the name that it gives itself', async () => {
  const background = await openTestEngine(join(folder, 'waiting'), { background: true })
  try {
    await background.call('settings.set', { offline: true })
    answer = gives(calendar([event('1', 'Later')], 'X-WR-CALNAME:Club\r\n'))
    const made = await background.call('subscriptions.add', {
      ...{ url: address(), follows: [], name: null, colour: null, intervalMinutes: 15, caPem },
      route: { kind: 'direct' },
    })
    expect(made.outcome).toBe('waits')
    expect(asked).toEqual([])
    const named = async () =>
      (await background.call('calendars.list', {})).find(({ id }) => id === made.calendarId)
    expect(await named()).toMatchObject({ name: 'localhost', eventCount: 0 })
    await background.call('settings.set', { offline: false })
    await until(async () => (await named())?.eventCount === 1, 'the calendar came')
    expect((await named())?.name).toBe('Club')
    const [row] = await background.call('subscriptions.list', {})
    const waitMinutes = (row!.nextAtMs - row!.checkedAtMs!) / 60_000
    expect(waitMinutes).toBeGreaterThan(13)
    expect(waitMinutes).toBeLessThan(17)
    // What changes how it is asked for asks at once.
    const before = asked.length
    await background.call('subscriptions.change', { calendarId: made.calendarId, intervalMinutes: 30 })
    await until(() => asked.length > before, 'it was asked again')
  } finally {
    await background.close()
  }
})

test.each([
  ['webcal://example.org/a.ics', 'https://example.org/a.ics'],
  ['WEBCALS://Example.ORG:8443/ä b', 'not-an-address'],
  ['webcals://Example.ORG:8443/ä', 'https://example.org:8443/%C3%A4'],
  ['example.org/cal?x=1', 'https://example.org/cal?x=1'],
  ['https://[::1]:8443/a', 'https://[::1]:8443/a'],
  ['https://example.org?x', 'https://example.org/?x'],
  ['http://example.org/a.ics', 'clear'],
  ['https://me:secret@example.org/a.ics', 'credentials'],
  ['https://me@example.org/a.ics', 'credentials'],
  ['file:///etc/passwd', 'not-an-address'],
  ['javascript:alert(1)', 'not-an-address'],
  ['calendar', 'not-an-address'],
  ['https://example.org:99999/', 'not-an-address'],
  ['https://example.org\\@evil.example/', 'credentials'],
  ['https://example.org\\evil.example/', 'not-an-address'],
  ['https://a\nb.example/', 'not-an-address'],
  ['', 'not-an-address'],
])('%s is read as %s', (text, wanted) => {
  const read = readCalendarAddress(text)
  expect('refused' in read ? read.refused : read.url).toBe(wanted)
})
