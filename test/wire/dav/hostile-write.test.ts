import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createDavClient } from '../../../electron/engine/dav/client'
import { createDavSession } from '../../../electron/engine/dav/session'
import { writeObject } from '../../../electron/engine/dav/sync/write'
import type { ServerCopy } from '../../../electron/engine/ports/dav/objects'
import type { ObjectWrite } from '../../../electron/engine/ports/dav/writes'
import type { AccountId } from '../../../shared/kit/ids'
import { refusal, testGate } from '../gate/gate-places'
import {
  type DavAsked,
  type DavSays,
  eventOf,
  multistatus,
  type ScriptedDavServer,
  startScriptedDavServer,
} from '../support/scripted-dav-server'

const accountId = '0123456789abcdef0123456789abcdef' as AccountId
let server: ScriptedDavServer
let made: ReturnType<typeof testGate>
beforeEach(async () => {
  server = await startScriptedDavServer()
  made = testGate()
  server.put('a.ics', eventOf('a'))
})
afterEach(async () => {
  made.gate.closeAll(null)
  await server.stop()
})

const bytes = (text: string) => Buffer.from(text)
const base = (): ServerCopy => ({
  href: '/cal/a.ics',
  etag: '"1"',
  scheduleTag: null,
  bytes: bytes(eventOf('a')),
})
function write(change: ObjectWrite) {
  const access = {
    gate: made.gate,
    asker: { accountId },
    caPem: server.ca,
    login: { userName: 'a', password: 'secret' },
  }
  const client = createDavClient(createDavSession(access))
  return writeObject({ client, collection: server.collection, kind: 'calendar' }, change)
}
const add = (uid = 'new') => write({ kind: 'add', href: `/cal/${uid}.ics`, bytes: bytes(eventOf(uid)) })
const change = (from = base()) =>
  write({ kind: 'change', base: from, bytes: bytes(eventOf('a', 'SUMMARY:ours\r\n')) })
const remove = (from = base()) => write({ kind: 'remove', base: from })
const said = (method: string) => server.asked.filter(asked => asked.method === method)
const refuse = (say: DavSays, method = 'PUT') => {
  server.script = (asked: DavAsked) => (asked.method === method ? say : null)
}
const error = (name: string, status = 403): DavSays => ({
  status,
  headers: { 'Content-Type': 'application/xml' },
  body: `<d:error xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><${name}/></d:error>`,
})

test('what was written is read back, whatever the ETag of the answer says', async () => {
  server.script = asked => {
    if (asked.method !== 'PUT') return null
    // Drops a line, as servers do, and says a strong ETag all the same.
    server.put('new.ics', eventOf('new'))
    return { status: 201, headers: { ETag: '"lie"' } }
  }
  const stored = await write({
    kind: 'add',
    href: '/cal/new.ics',
    bytes: bytes(eventOf('new', 'X-LOST:1\r\n')),
  })
  expect(stored).toMatchObject({ kind: 'stored', copy: { etag: '"2"', href: '/cal/new.ics' } })
  expect(said('PUT')[0]?.headers).toMatchObject({
    'if-none-match': '*',
    'content-length': expect.any(String),
  })
})

test('a server that puts it elsewhere is followed on its own host only', async () => {
  server.script = asked => {
    if (asked.method !== 'PUT') return null
    server.put('there.ics', eventOf('new'))
    return { status: 201, headers: { Location: '/cal/there.ics' } }
  }
  expect(await add()).toMatchObject({ kind: 'stored', copy: { href: '/cal/there.ics' } })
  refuse({ status: 201, headers: { Location: 'https://evil.example/x' } })
  expect(await add('x')).toEqual({ kind: 'stored-elsewhere' })
  expect(made.asked.every(({ host }) => host === 'localhost')).toBe(true)
})

describe('a server that shows what was there before our change', () => {
  const stale = (times: number) => {
    let left = times
    server.script = ({ method }) =>
      method === 'GET' && left-- > 0
        ? { status: 200, headers: { ETag: '"1"', 'Content-Type': 'text/calendar' }, body: eventOf('a') }
        : null
  }
  test('once: it is asked again', async () => {
    stale(1)
    expect(await change()).toMatchObject({ kind: 'stored', copy: { etag: '"2"' } })
  })

  test('for a while: the change is not taken for done, and arrives later without being sent twice', async () => {
    stale(2)
    expect(await change()).toEqual({ kind: 'later', afterMs: null, status: 0 })
    expect(await change()).toMatchObject({
      ...{ kind: 'theirs', copy: { etag: '"2"', bytes: bytes(eventOf('a', 'SUMMARY:ours\r\n')) } },
    })
    expect(server.objects.size).toBe(1)
  })

  test('a change that changes nothing is no such case', async () => {
    expect(await write({ kind: 'change', base: base(), bytes: bytes(eventOf('a')) })).toMatchObject({
      kind: 'stored',
    })
  })
})

describe('somebody was faster', () => {
  test('a change of theirs is brought and never written over', async () => {
    server.put('a.ics', eventOf('a', 'SUMMARY:theirs\r\n'))
    expect(await change()).toMatchObject({ kind: 'theirs', copy: { etag: '"2"' } })
    expect(server.objects.get('/cal/a.ics')?.data).toContain('theirs')
    expect(await remove()).toMatchObject({ kind: 'theirs' })
    expect(server.objects.has('/cal/a.ics')).toBe(true)
  })

  test.each([404, 410, 412])('gone there, said as %i: asked about, and a removal is done', async status => {
    server.remove('a.ics')
    server.script = ({ method }) => (method === 'PUT' || method === 'DELETE' ? { status } : null)
    expect(await change()).toEqual({ kind: 'gone' })
    expect(await remove()).toEqual({ kind: 'removed', wasGone: true })
  })

  test('gone with the whole calendar: nothing is concluded of the object', async () => {
    server.script = () => ({ status: 404 })
    expect(await change()).toEqual({ kind: 'later', afterMs: null, status: 404 })
    expect(await remove()).toEqual({ kind: 'later', afterMs: null, status: 404 })
  })

  test('a new object that was written before a cut is found again', async () => {
    server.put('new.ics', eventOf('new'))
    expect(await add()).toMatchObject({ kind: 'theirs', copy: { bytes: bytes(eventOf('new')) } })
  })

  test('a server that says an object is there which is not is asked again later', async () => {
    refuse({ status: 412 })
    expect(await add()).toMatchObject({ kind: 'later' })
  })
})

describe('without a strong ETag', () => {
  test.each([null, 'W/"1"', '"1"\r\nX: y'])(
    '%j never stands in If-Match: the object is compared first',
    async etag => {
      expect(await change({ ...base(), etag })).toMatchObject({ kind: 'stored' })
      expect(said('PUT')[0]?.headers['if-match']).toBe('"1"')
      server.asked.length = 0
      expect(await change({ ...base(), etag })).toMatchObject({ kind: 'theirs' })
      expect(said('PUT')).toHaveLength(0)
    },
  )

  test('an object that differs is not removed', async () => {
    server.put('a.ics', eventOf('a', 'SUMMARY:theirs\r\n'))
    expect(await remove({ ...base(), etag: null })).toMatchObject({ kind: 'theirs' })
    expect(server.objects.has('/cal/a.ics')).toBe(true)
  })

  test('a schedule tag stands for it where the server has those', async () => {
    server.script = ({ method }) => (method === 'PUT' ? { status: 204 } : null)
    await change({ ...base(), etag: null, scheduleTag: '"s1"' })
    expect(said('PUT')[0]?.headers['if-schedule-tag-match']).toBe('"s1"')
  })
})

describe('refusals are told apart', () => {
  test.each<[string, DavSays, object]>([
    ['no right', error('d:need-privileges'), { kind: 'read-only' }],
    [
      'no right, in words',
      { status: 403, body: 'Access to the requested resource forbidden.' },
      { kind: 'read-only' },
    ],
    ['an empty 403', { status: 403 }, { kind: 'later', afterMs: null, status: 403 }],
    ['a UID that is there', error('c:no-uid-conflict', 409), { kind: 'uid-elsewhere', href: null }],
    [
      'a UID in another calendar',
      error('c:unique-scheduling-object-resource'),
      { kind: 'uid-elsewhere', href: null },
    ],
    [
      'too large',
      error('c:max-resource-size'),
      { kind: 'refused', status: 403, reason: 'max-resource-size', words: '' },
    ],
    [
      'data it does not want',
      error('c:valid-calendar-data', 403),
      { kind: 'refused', status: 403, reason: 'valid-calendar-data', words: '' },
    ],
    [
      'a kind it does not take',
      error('c:supported-calendar-component'),
      { kind: 'refused', reason: 'supported-calendar-component', status: 403, words: '' },
    ],
    [
      'an override without its master',
      { status: 400, body: 'Bad <b>request</b>' },
      { kind: 'refused', status: 400, reason: 'HTTP 400', words: 'Bad request' },
    ],
    ['no parent', { status: 409 }, { kind: 'refused', status: 409, reason: 'HTTP 409', words: '' }],
    ['locked', { status: 423 }, { kind: 'later', afterMs: null, status: 423 }],
    [
      'too many requests',
      { status: 429, headers: { 'Retry-After': '30' } },
      { kind: 'later', afterMs: 30_000, status: 429 },
    ],
    [
      'Retry-After of a century',
      { status: 503, headers: { 'Retry-After': '3153600000' } },
      { kind: 'later', afterMs: 3_600_000, status: 503 },
    ],
    [
      'Retry-After of yesterday',
      { status: 503, headers: { 'Retry-After': 'Wed, 21 Oct 2015 07:28:00 GMT' } },
      { kind: 'later', afterMs: 0, status: 503 },
    ],
    [
      'Retry-After that is none',
      { status: 503, headers: { 'Retry-After': 'soon' } },
      { kind: 'later', afterMs: null, status: 503 },
    ],
    ['no room', error('d:quota-not-exceeded', 507), { kind: 'later', afterMs: null, status: 507 }],
    ['a fault', { status: 500, body: '<html>oops' }, { kind: 'later', afterMs: null, status: 500 }],
    [
      'a UID that is there, inside a 207',
      multistatus(
        '<d:response><d:href>/cal/new.ics</d:href><d:status>HTTP/1.1 409 Conflict</d:status><d:error><c:no-uid-conflict/></d:error></d:response>',
      ),
      { kind: 'uid-elsewhere', href: null },
    ],
    [
      'a refusal in the properties of a 207',
      multistatus(
        '<d:response><d:href>/cal/new.ics</d:href><d:propstat><d:prop/><d:status>HTTP/1.1 403 No</d:status><d:error><d:need-privileges/></d:error></d:propstat></d:response>',
      ),
      { kind: 'read-only' },
    ],
  ])('%s', async (_what, say, outcome) => {
    refuse(say)
    expect(await add()).toEqual(outcome)
    expect(server.objects.has('/cal/new.ics')).toBe(false)
  })

  test('a 207 that is none and a page to sign in at are failures', async () => {
    refuse({ status: 207, body: '<html></html>' })
    expect((await refusal(add())).code).toBe('protocol-violation')
    server.script = asked =>
      asked.method === 'GET'
        ? { status: 200, headers: { 'Content-Type': 'text/html' }, body: '<html>' }
        : null
    expect(await add()).toMatchObject({ kind: 'later' })
  })

  test('a wrong password is thrown, and never taken for a refusal of the change', async () => {
    server.script = () => ({ status: 401, headers: { 'WWW-Authenticate': 'Basic realm="x"' } })
    for (const act of [add, change, remove]) expect((await refusal(act())).code).toBe('login-refused')
  })
})

describe('moving', () => {
  const move = () => write({ kind: 'move', base: base(), to: '/cal/b.ics' })

  test('is one MOVE, never a removal, and may be said again', async () => {
    expect(await move()).toMatchObject({ kind: 'stored', copy: { href: '/cal/b.ics' } })
    expect(said('MOVE')[0]?.headers).toMatchObject({
      overwrite: 'F',
      'if-match': '"1"',
      destination: new URL('/cal/b.ics', server.collection).href,
    })
    expect(await move()).toMatchObject({ kind: 'stored' })
    expect(said('DELETE')).toHaveLength(0)
  })

  test('to a place that is taken is refused, and so is a server without it; neither loses the object', async () => {
    for (const status of [412, 501]) {
      refuse({ status }, 'MOVE')
      expect(await move()).toMatchObject({ kind: 'refused', status })
      expect(server.objects.has('/cal/a.ics')).toBe(true)
    }
  })

  test('to another server is refused here', async () => {
    expect(
      (await refusal(write({ kind: 'move', base: base(), to: 'https://evil.example/b.ics' }))).code,
    ).toBe('not-permitted')
  })
})
