import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findDavCollections } from '../../../electron/engine/dav/discovery/find-collections'
import { findDavPlaces } from '../../../electron/engine/dav/discovery/find-places'
import type { GateRequest } from '../../../electron/engine/ports/net/gate'
import type { HttpRequest } from '../../../electron/engine/ports/net/http'
import type { AccountId } from '../../../shared/kit/ids'
import { refusal, testGate } from '../gate/gate-places'
import {
  type DavSays,
  multistatus,
  row,
  type ScriptedDavServer,
  startScriptedDavServer,
} from '../support/scripted-dav-server'

const accountId = '0123456789abcdef0123456789abcdef' as AccountId
let server: ScriptedDavServer
let made: ReturnType<typeof testGate>
beforeEach(async () => {
  server = await startScriptedDavServer()
  made = testGate()
})
afterEach(async () => {
  made.gate.closeAll(null)
  await server.stop()
})

/** The answers of a network in which only these names exist. Every HTTP request is remembered and answered by `web`. */
function network(facts: {
  srv?: Record<string, { host: string; port: number; priority: number; weight: number }[]>
  txt?: Record<string, string[]>
  web?: (request: HttpRequest) => DavSays
}) {
  const requests: HttpRequest[] = []
  const names: unknown[] = []
  const permitted: GateRequest[] = []
  return {
    ...{ requests, names, permitted },
    deps: {
      way: { overTor: true } as const,
      gate: {
        async resolveSrv(name: string, _account: unknown, way: unknown) {
          names.push([name, way])
          return facts.srv?.[name] ?? []
        },
        async http(request: HttpRequest) {
          requests.push(request)
          const { status, headers, body } = facts.web?.(request) ?? { status: 404 }
          const bytes = Buffer.from(body ?? '')
          return {
            ...{
              status,
              headers: new Map(
                Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
              ),
            },
            body: (async function* () {
              yield bytes
            })(),
            read: async () => bytes,
            discard: () => undefined,
          }
        },
      },
      async txt(name: string, way: unknown) {
        names.push([name, way])
        return facts.txt?.[name] ?? []
      },
      permitDuring<T>(asked: readonly GateRequest[], work: () => Promise<T>) {
        permitted.push(...asked)
        return work()
      },
    },
  }
}

describe('places, before anybody is named', () => {
  test('SRV and TXT lead the way, the better record first, by the way of the account alone', async () => {
    const { deps, names, requests } = network({
      srv: {
        '_caldavs._tcp.example.org': [
          { host: 'second.example.org.', port: 443, priority: 20, weight: 0 },
          { host: 'dav.example.org.', port: 8443, priority: 10, weight: 0 },
        ],
        '_carddavs._tcp.example.org': [{ host: '.', port: 0, priority: 0, weight: 0 }],
      },
      txt: { '_caldavs._tcp.example.org': ['path=/dav'] },
    })
    const { places, steps } = await findDavPlaces(deps, 'eva@example.org')
    expect(places).toEqual([
      { url: 'https://dav.example.org:8443/dav', source: 'srv', evidence: '_caldavs._tcp.example.org' },
      { url: 'https://second.example.org/dav', source: 'srv', evidence: '_caldavs._tcp.example.org' },
    ])
    expect(names.every(each => JSON.stringify(each).includes('"overTor":true'))).toBe(true)
    expect(requests.every(({ overTor, accountId: of }) => overTor === true && of === null)).toBe(true)
    expect(steps.map(({ target, outcome }) => [target, outcome])).toEqual([
      ['_caldavs._tcp.example.org', 'found'],
      ['_carddavs._tcp.example.org', 'nothing'],
      ['https://example.org/.well-known/carddav', 'nothing'],
    ])
  })

  test('without records the well-known address is asked, without a name, and followed within the domain', async () => {
    const { deps, requests, permitted } = network({
      web: ({ host, path }) =>
        host === 'example.org'
          ? { status: 301, headers: { Location: 'https://dav.example.org/remote.php/dav/' } }
          : path === '/remote.php/dav/'
            ? { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="x"' } }
            : { status: 404 },
    })
    const { places } = await findDavPlaces(deps, 'eva@example.org')
    expect(places).toEqual([
      {
        url: 'https://dav.example.org/remote.php/dav/',
        source: 'well-known',
        evidence: 'https://example.org/.well-known/caldav',
      },
    ])
    expect(JSON.stringify([requests, permitted])).not.toMatch(/eva|authorization/i)
    expect(permitted.map(({ host }) => host)).toContain('dav.example.org')
  })

  test.each([
    ['https://dav.evil.example/', 'not-permitted'],
    ['http://example.org/dav/', 'not-permitted'],
  ])('a redirect to %s is told and not followed', async (location, code) => {
    const { deps, requests } = network({ web: () => ({ status: 302, headers: { Location: location } }) })
    const { places, steps } = await findDavPlaces(deps, 'eva@example.org')
    expect(places).toEqual([])
    expect(steps.at(-1)).toMatchObject({ outcome: 'failed', detail: expect.stringContaining(code) })
    expect(steps.at(-1)?.detail).toContain(location)
    expect(new Set(requests.map(({ host }) => host))).toEqual(new Set(['example.org']))
  })

  test('a name that cannot be asked is a step that failed, and the rest goes on', async () => {
    const { deps } = network({ web: () => multistatus(row('/.well-known/caldav', '<d:resourcetype/>')) })
    const failing = { ...deps, gate: { ...deps.gate, resolveSrv: () => Promise.reject(new Error('no')) } }
    const { places, steps } = await findDavPlaces(failing, 'eva@bücher.example')
    expect(steps[0]).toMatchObject({ outcome: 'failed', target: '_caldavs._tcp.xn--bcher-kva.example' })
    expect(places[0]?.source).toBe('well-known')
  })

  test.each([
    'eva',
    '',
    'eva@',
    'eva@localhost',
    'eva@a.example/x',
    'https://eva:pw@example.org/',
    'https://',
    'a b@example.org',
  ])('%j is no address', async typed => {
    const { deps, requests } = network({})
    expect((await refusal(findDavPlaces(deps, typed))).code).toBe('bad-address')
    expect(requests).toEqual([])
  })

  test('what was pasted is taken by TLS, and nobody is asked yet', async () => {
    const { deps, requests } = network({})
    const { places, steps } = await findDavPlaces(deps, ' http://cloud.example.org/dav#x ')
    expect(places).toMatchObject([{ url: 'https://cloud.example.org/dav', source: 'pasted' }])
    expect(steps[0]?.detail).toContain('https')
    expect(requests).toEqual([])
  })
})

describe('collections, signed in', () => {
  const find = (path = '/') =>
    findDavCollections(
      { gate: made.gate, asker: { accountId }, caPem: server.ca, login: { userName: 'eva', password: 'pw' } },
      new URL(path, server.collection).href,
    )
  const principal = '<d:current-user-principal><d:href>/p/eva/</d:href></d:current-user-principal>'
  const homes = (calendars: string) =>
    row(
      '/p/eva/',
      `<c:calendar-home-set><d:href>${calendars}</d:href></c:calendar-home-set>
      <a:addressbook-home-set xmlns:a="urn:ietf:params:xml:ns:carddav"><d:href>/books/</d:href></a:addressbook-home-set>
      <c:calendar-user-address-set><d:href>mailto:Eva@Example.org</d:href><d:href>/p/eva/</d:href></c:calendar-user-address-set>`,
    )
  const may = (...rights: string[]) =>
    `<d:current-user-privilege-set>${rights.map(right => `<d:privilege><d:${right}/></d:privilege>`).join('')}</d:current-user-privilege-set>`
  const calendar = (href: string, more: string) =>
    row(href, `<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>${more}`)
  const answers = (byPath: Record<string, DavSays>) => {
    server.script = ({ method, path }) =>
      method === 'OPTIONS'
        ? {
            status: 200,
            headers: { DAV: ['1, 2, access-control', 'calendar-access, calendar-auto-schedule'] },
          }
        : (byPath[path] ?? { status: 404 })
  }

  test('all of them, with name, colour, owner, rights and kinds; inboxes and doubles are left out', async () => {
    answers({
      '/': multistatus(row('/', principal)),
      '/p/eva/': multistatus(homes('/cals/')),
      '/cals/': multistatus(
        row('/cals/', '<d:resourcetype><d:collection/></d:resourcetype>'),
        calendar(
          '/cals/work/',
          `<d:displayname>Büro &amp; mehr</d:displayname><i:calendar-color xmlns:i="http://apple.com/ns/ical/">#FF8800FF</i:calendar-color>
           <c:supported-calendar-component-set><c:comp name="VEVENT"/><c:comp name="VTODO"/></c:supported-calendar-component-set>
           ${may('read', 'write')}<d:owner><d:href>/p/eva/</d:href></d:owner>`,
        ),
        calendar('/cals/work/', '<d:displayname>twice</d:displayname>'),
        calendar('/cals/team%20x/', `${may('read')}<d:owner><d:href>/p/bob/</d:href></d:owner>`),
        row('/cals/inbox/', '<d:resourcetype><d:collection/><c:schedule-inbox/></d:resourcetype>'),
        calendar('https://evil.example/cals/x/', ''),
      ),
      '/books/': multistatus(
        row(
          '/books/people/',
          '<d:resourcetype><d:collection/><a:addressbook xmlns:a="urn:ietf:params:xml:ns:carddav"/></d:resourcetype>',
        ),
      ),
    })
    const report = await find()
    expect(report.addresses).toEqual(['eva@example.org'])
    expect(report.collections.map(({ url, ...rest }) => ({ path: new URL(url).pathname, ...rest }))).toEqual([
      {
        ...{ path: '/cals/work/', kind: 'calendar', name: 'Büro & mehr', colour: '#ff8800', owner: null },
        ...{
          isReadOnly: false,
          components: ['VEVENT', 'VTODO'],
          schedules: true,
        },
      },
      {
        ...{
          path: '/cals/team%20x/',
          kind: 'calendar',
          name: 'team x',
          colour: null,
          isReadOnly: true,
          schedules: true,
        },
        ...{
          owner: new URL('/p/bob/', server.collection).href,
          components: null,
        },
      },
      {
        ...{
          path: '/books/people/',
          kind: 'contacts',
          name: 'people',
          colour: null,
          owner: null,
          isReadOnly: false,
        },
        ...{ components: null, schedules: true },
      },
    ])
  })

  test('a home on another domain is not asked, and the password does not go there', async () => {
    answers({
      '/': multistatus(row('/', principal)),
      '/p/eva/': multistatus(homes('https://evil.example/cals/')),
    })
    const report = await find()
    expect(report.collections).toEqual([])
    expect(made.asked.every(({ host }) => host === 'localhost')).toBe(true)
  })

  test('one home that fails hides no other, and is said', async () => {
    answers({
      '/': multistatus(row('/', principal)),
      '/p/eva/': multistatus(homes('/cals/')),
      '/cals/': { status: 500 },
      '/books/': multistatus(
        row(
          '/books/people/',
          '<d:resourcetype><a:addressbook xmlns:a="urn:ietf:params:xml:ns:carddav"/></d:resourcetype>',
        ),
      ),
    })
    const report = await find()
    expect(report.collections.map(({ kind }) => kind)).toEqual(['contacts'])
    expect(report.steps).toContainEqual(
      expect.objectContaining({ target: new URL('/cals/', server.collection).href, outcome: 'failed' }),
    )
  })

  test('the address of one calendar is enough, also without a principal', async () => {
    answers({ '/cals/work/': multistatus(calendar('/cals/work/', '<d:displayname>Work</d:displayname>')) })
    expect((await find('/cals/work/')).collections).toMatchObject([{ name: 'Work' }])
  })

  test('a wrong password, a page to sign in at and an empty answer are failures, not an account without calendars', async () => {
    server.script = () => ({ status: 401, headers: { 'WWW-Authenticate': 'Basic realm="x"' } })
    expect((await refusal(find())).code).toBe('login-refused')
    for (const body of ['<html></html>', '']) {
      server.script = () => ({ status: 200, body })
      expect((await refusal(find())).code).toBe('protocol-violation')
    }
    server.script = () => multistatus()
    expect((await refusal(find())).code).toBe('protocol-violation')
  })

  test('a server that takes everybody for a stranger gets the name unasked', async () => {
    server.script = ({ path, headers }) => {
      if (path !== '/') return { status: 404 }
      return headers.authorization
        ? multistatus(row('/', principal))
        : multistatus(row('/', '<d:current-user-principal><d:unauthenticated/></d:current-user-principal>'))
    }
    expect((await find()).principal).toBe(new URL('/p/eva/', server.collection).href)
  })
})
