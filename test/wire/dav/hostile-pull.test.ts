import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createDavClient } from '../../../electron/engine/dav/client'
import { createDavSession } from '../../../electron/engine/dav/session'
import { type PullOptions, pullCollection } from '../../../electron/engine/dav/sync/pull'
import type { AccountId } from '../../../shared/kit/ids'
import { type MemoryObjects, memoryObjects, uidOf } from '../../support/dav-store'
import { refusal, testGate } from '../gate/gate-places'
import {
  type DavAsked,
  type DavSays,
  eventOf,
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
  for (let index = 0; index < 6; index++) server.put(`${index}.ics`, eventOf(`u${index}`))
})
afterEach(async () => {
  made.gate.closeAll(null)
  await server.stop()
})

type More = Partial<Pick<PullOptions, 'isRemovalConfirmed' | 'putsBack' | 'progress' | 'signal'>>

function pull(store: MemoryObjects, more: More = {}) {
  const access = {
    gate: made.gate,
    asker: { accountId },
    caPem: server.ca,
    login: { userName: 'a', password: 'secret' },
  }
  const client = createDavClient(createDavSession(access))
  return pullCollection(
    { client, store, uidOf },
    { collection: server.collection, kind: 'calendar', ...more },
  )
}
async function pulled() {
  const store = memoryObjects()
  await pull(store)
  expect(store.rows.size).toBe(6)
  return store
}
const isSync = ({ body }: DavAsked) => body.includes('sync-collection')
const isMultiget = ({ body }: DavAsked) => body.includes('multiget')
const isListing = (asked: DavAsked) =>
  isSync(asked) || (asked.method === 'PROPFIND' && asked.headers['depth'] === '1')
/** Says it once, and is honest from then on. */
const once = (when: (asked: DavAsked) => boolean, say: DavSays) => {
  let isSaid = false
  server.script = asked => {
    if (isSaid || !when(asked)) return null
    isSaid = true
    return say
  }
}
const xml = (body: string): DavSays => ({ status: 207, headers: { 'Content-Type': 'application/xml' }, body })

describe('what is no listing is a failure, and nothing goes', () => {
  const page = '<!DOCTYPE html><html><body>Please sign in</body></html>'
  test.each<[string, DavSays]>([
    [
      'a page to sign in at, with status 200',
      { status: 200, headers: { 'Content-Type': 'text/html' }, body: page },
    ],
    ['the same page as 207', xml(page)],
    ['XHTML', xml('<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>')],
    ['nothing', xml('')],
    ['nothing with status 204', { status: 204 }],
    ['another root', xml('<d:error xmlns:d="DAV:"/>')],
    ['a root of another namespace', xml('<multistatus xmlns="urn:x"/>')],
    ['XML that is cut', xml('<d:multistatus xmlns:d="DAV:"><d:response><d:href>/cal/0.ics</d:href>')],
    ['XML with more behind its end', xml('<d:multistatus xmlns:d="DAV:"/><x/>')],
    [
      'entities',
      xml(
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><d:multistatus xmlns:d="DAV:">&b;</d:multistatus>',
      ),
    ],
    ['an entity nobody declared', xml('<d:multistatus xmlns:d="DAV:">&nbsp;</d:multistatus>')],
    ['200,000 nested elements', xml(`<d:multistatus xmlns:d="DAV:">${'<a>'.repeat(200_000)}`)],
    ['a body that is no XML', xml('{"error": "none"}')],
  ])('%s', async (_what, say) => {
    const store = await pulled()
    server.put('new.ics', eventOf('new'))
    server.script = asked => (isListing(asked) ? say : null)
    expect((await refusal(pull(store))).code).toBe('protocol-violation')
    expect(store.rows.size).toBe(6)
    // And when the server is itself again, everything is there.
    server.script = () => null
    expect(await pull(store)).toMatchObject({ outcome: 'done', received: 1 })
  })

  test.each([
    [401, 'login-unsupported'],
    [403, 'server-refused'],
    [429, 'server-unavailable'],
    [500, 'server-unavailable'],
    [503, 'server-unavailable'],
  ])('status %i', async (status, code) => {
    const store = await pulled()
    server.script = () => ({ status })
    expect((await refusal(pull(store))).code).toBe(code)
    expect(store.rows.size).toBe(6)
  })

  test.each([404, 410])('a collection that is gone from the server, said as %i', async status => {
    const store = await pulled()
    server.script = () => ({ status })
    expect(await pull(store)).toEqual({ outcome: 'gone', received: 0, removed: 0, concerned: [] })
    expect(store.rows.size).toBe(6)
    server.script = () => null
    server.put('new.ics', eventOf('new'))
    expect(await pull(store)).toMatchObject({ outcome: 'done', received: 1, removed: 0 })
  })

  test('a collection that the server does not speak of', async () => {
    const store = await pulled()
    server.script = asked => (asked.method === 'PROPFIND' ? multistatus() : null)
    expect((await refusal(pull(store))).code).toBe('protocol-violation')
    server.script = asked => (asked.method === 'PROPFIND' ? multistatus(row('/cal/', null, 404)) : null)
    expect((await refusal(pull(store))).code).toBe('protocol-violation')
  })

  test('a gigabyte ends at the limit', async () => {
    const store = await pulled()
    server.put('new.ics', eventOf('new'))
    server.script = (asked, response) => {
      if (!isListing(asked)) return null
      response.writeHead(207, { 'Content-Type': 'application/xml' })
      const piece = Buffer.alloc(1_000_000, ' ')
      const more = () => {
        while (!response.destroyed && response.write(piece));
      }
      response.on('drain', more)
      response.write('<d:multistatus xmlns:d="DAV:">')
      more()
      return 'answered'
    }
    expect((await refusal(pull(store))).code).toBe('too-large')
    expect(store.rows.size).toBe(6)
  })
})

describe('removal', () => {
  test('an empty listing once: each is asked for, and stays', async () => {
    const store = await pulled()
    server.put('0.ics', eventOf('u0', 'SUMMARY:new\r\n'))
    store.apply({
      copies: [],
      moved: [],
      removed: [],
      goneButEdited: [],
      state: { syncToken: null, ctag: null, isUnfinished: false },
    })
    once(isSync, multistatus('<d:sync-token>urn:t:7</d:sync-token>'))
    expect(await pull(store)).toMatchObject({ outcome: 'done', removed: 0 })
    expect(store.rows.size).toBe(6)
  })

  test('a third that is missing from a listing, and a window only', async () => {
    const store = await pulled()
    store.apply({
      copies: [],
      moved: [],
      removed: [],
      goneButEdited: [],
      state: { syncToken: null, ctag: null, isUnfinished: false },
    })
    once(
      isSync,
      multistatus(row('/cal/1.ics', '<d:getetag>"2"</d:getetag>'), '<d:sync-token>x</d:sync-token>'),
    )
    expect(await pull(store)).toMatchObject({ outcome: 'done', removed: 0, received: 0 })
    expect(store.rows.size).toBe(6)
  })

  test.each([1, 2, 3])('one object of %i that was removed goes: that is no mass', async count => {
    for (let index = count; index < 6; index++) server.remove(`${index}.ics`)
    const store = memoryObjects()
    await pull(store)
    server.remove('0.ics')
    expect(await pull(store)).toMatchObject({ outcome: 'done', removed: 1 })
    expect(store.rows.size).toBe(count - 1)
  })

  const of = async (count: number) => {
    for (let index = count; index < 6; index++) server.remove(`${index}.ics`)
    const store = memoryObjects()
    await pull(store)
    return store
  }
  const forgetsTokens = (asked: DavAsked): DavSays | null =>
    isSync(asked) && !/<\w:sync-token\s*\/>|<\w:sync-token><\/\w:sync-token>/.test(asked.body)
      ? { status: 403, body: '<d:error xmlns:d="DAV:"><d:valid-sync-token/></d:error>' }
      : null

  test.each([1, 2])('one object of %i that a server lost with its tokens is asked about', async count => {
    const [store, other] = [await of(count), await of(count)]
    server.script = forgetsTokens
    server.remove('0.ics')
    const asks = { outcome: 'asks-about-removal', removed: 0, concerned: ['/cal/0.ics'] }
    expect(await pull(store)).toMatchObject(asks)
    // Again, until it was answered.
    expect(await pull(store)).toMatchObject(asks)
    expect(store.rows.size).toBe(count)
    expect(await pull(store, { putsBack: true })).toMatchObject({ outcome: 'done', removed: 0 })
    expect(store.applied.at(-1)?.goneButEdited).toEqual(['/cal/0.ics'])
    expect(await pull(other, { isRemovalConfirmed: true })).toMatchObject({ outcome: 'done', removed: 1 })
    expect(other.rows.has('/cal/0.ics')).toBe(false)
  })

  test.each([
    ['without tokens', 2, 'asks-about-removal'],
    ['without tokens', 3, 'done'],
  ])('a server %s, one of %i: %s', async (_how, count, outcome) => {
    const hides = (asked: DavAsked): DavSays | null => {
      if (isSync(asked)) return { status: 403 }
      return null
    }
    server.script = hides
    const store = await of(count)
    server.remove('0.ics')
    expect(await pull(store)).toMatchObject({ outcome })
  })

  test.each([2, 3, 4])('two of %i by name are asked about', async count => {
    const store = await of(count)
    server.remove('0.ics')
    server.remove('1.ics')
    expect(await pull(store)).toMatchObject({ outcome: 'asks-about-removal', removed: 0 })
    expect(store.rows.size).toBe(count)
  })

  test('one of two that is named as removed and is there all the same stays', async () => {
    const store = await of(2)
    once(isSync, multistatus(row('/cal/0.ics', null, 404), '<d:sync-token>urn:t:9</d:sync-token>'))
    server.put('9.ics', eventOf('u9'))
    server.remove('9.ics')
    expect(await pull(store)).toMatchObject({ outcome: 'done', removed: 0 })
    expect(store.rows.size).toBe(2)
  })

  test('what is edited here does not count as what would go, and a no puts all of it back', async () => {
    const store = await pulled()
    for (const index of [0, 1]) store.edited.add(`/cal/${index}.ics`)
    for (const index of [0, 1, 2]) server.remove(`${index}.ics`)
    expect(await pull(store)).toMatchObject({ outcome: 'done', removed: 1 })
    for (const index of [3, 4]) server.remove(`${index}.ics`)
    expect(await pull(store)).toMatchObject({
      ...{ outcome: 'asks-about-removal', concerned: ['/cal/3.ics', '/cal/4.ics'] },
    })
    expect(await pull(store, { putsBack: true })).toMatchObject({ outcome: 'done', removed: 0 })
    expect(store.applied.at(-1)?.goneButEdited).toEqual(['/cal/3.ics', '/cal/4.ics'])
    // A yes and a no to nothing that was asked change nothing.
    server.remove('5.ics')
    expect(await pull(store, { putsBack: true })).toMatchObject({ outcome: 'done', removed: 1 })
  })

  test('what was really removed goes; more than a third is asked about first', async () => {
    const store = await pulled()
    server.remove('0.ics')
    server.remove('1.ics')
    expect(await pull(store)).toMatchObject({ outcome: 'done', removed: 2 })
    server.remove('2.ics')
    server.remove('3.ics')
    expect(await pull(store)).toMatchObject({ outcome: 'asks-about-removal', removed: 0 })
    expect(store.rows.size).toBe(4)
    // Asked again until it is answered, and what is new comes all the same.
    server.put('new.ics', eventOf('new'))
    expect(await pull(store)).toMatchObject({ outcome: 'asks-about-removal', received: 1 })
    expect(await pull(store, { isRemovalConfirmed: true })).toMatchObject({ outcome: 'done', removed: 2 })
    expect(store.rows.size).toBe(3)
  })

  test('what is edited here and gone there stays, and is said', async () => {
    const store = await pulled()
    store.edited.add('/cal/0.ics')
    server.remove('0.ics')
    await pull(store)
    expect(store.rows.has('/cal/0.ics')).toBe(true)
    expect(store.applied.flatMap(({ goneButEdited }) => goneButEdited)).toEqual(['/cal/0.ics'])
  })

  test('an object that moved keeps its state, and counts as no removal', async () => {
    const store = memoryObjects()
    for (let index = 1; index < 6; index++) server.remove(`${index}.ics`)
    await pull(store)
    server.remove('0.ics')
    server.put('renamed.ics', eventOf('u0'))
    expect(await pull(store)).toMatchObject({ outcome: 'done', removed: 0 })
    expect([...store.rows.keys()]).toEqual(['/cal/renamed.ics'])
    expect(store.applied.flatMap(({ moved }) => moved)).toMatchObject([{ from: '/cal/0.ics' }])
  })

  test('a row that says 404 of a stranger, of another server or of a place outside is passed over', async () => {
    const store = await pulled()
    server.put('new.ics', eventOf('new'))
    const lies = [
      '/cal/unknown.ics',
      '/other/0.ics',
      'https://evil.example/cal/0.ics',
      '/cal/../cal2/0.ics',
      '//evil/cal/0.ics',
      ' ',
    ]
    once(
      isSync,
      multistatus(...lies.map(href => row(href, null, 404)), '<d:sync-token>urn:t:7</d:sync-token>'),
    )
    expect(await pull(store)).toMatchObject({ outcome: 'done', removed: 0, received: 0 })
    expect(store.rows.size).toBe(6)
    expect(made.asked.every(({ host }) => host === 'localhost')).toBe(true)
  })
})

describe('tokens', () => {
  test.each([400, 403, 409, 410, 412, 415, 500])(
    'a token refused with %i: once with the empty one',
    async status => {
      const store = await pulled()
      server.put('0.ics', eventOf('u0', 'SUMMARY:new\r\n'))
      const before = server.asked.length
      server.script = asked => (isSync(asked) && !asked.body.includes('sync-token/>') ? { status } : null)
      expect(await pull(store)).toMatchObject({ outcome: 'done', received: 1, removed: 0 })
      expect(server.asked.slice(before).filter(isSync)).toHaveLength(2)
    },
  )

  test.each([403, 500, 501])(
    'both refused with %i: everything is compared by ETag, and no circle',
    async status => {
      const store = await pulled()
      server.put('0.ics', eventOf('u0', 'SUMMARY:new\r\n'))
      const before = server.asked.length
      server.script = asked => (isSync(asked) ? { status } : null)
      const result = pull(store)
      if (status === 501) expect((await refusal(result)).code).toBe('server-refused')
      else {
        expect(await result).toMatchObject({ outcome: 'done', received: 1 })
        expect(server.asked.slice(before).filter(isSync)).toHaveLength(2)
      }
    },
  )

  test('a first listing in pages: each is kept, a cut goes on where it was, and the end compares everything', async () => {
    const page = (from: number, hasMore: boolean) =>
      multistatus(
        row(`/cal/${from}.ics`, `<d:getetag>"${from + 1}"</d:getetag>`),
        row(`/cal/${from + 1}.ics`, `<d:getetag>"${from + 2}"</d:getetag>`),
        hasMore ? row('/cal/', null, 507) : '',
        `<d:sync-token>page-${from + 2}</d:sync-token>`,
      )
    const store = memoryObjects()
    server.script = asked => {
      if (!isSync(asked)) return null
      const [, from = '0'] = /page-(\d)/.exec(asked.body) ?? []
      return from === '4' ? { status: 503 } : page(Number(from), true)
    }
    expect((await refusal(pull(store))).code).toBe('server-unavailable')
    expect([store.rows.size, store.state()]).toEqual([
      4,
      { syncToken: 'page-4', ctag: null, isUnfinished: true },
    ])
    const before = server.asked.length
    server.script = asked => (isSync(asked) ? page(4, false) : null)
    expect(await pull(store)).toMatchObject({ outcome: 'done' })
    expect(store.rows.size).toBe(6)
    expect(store.state()).toMatchObject({ syncToken: 'page-6', isUnfinished: false })
    const asked = server.asked.slice(before)
    expect(asked.filter(isSync).every(({ body }) => body.includes('page-4'))).toBe(true)
    expect(asked.some(each => each.method === 'PROPFIND' && each.headers['depth'] === '1')).toBe(true)
  })

  test('pages that never end are a failure', async () => {
    server.script = asked =>
      isSync(asked) ? multistatus(row('/cal/', null, 507), '<d:sync-token>same</d:sync-token>') : null
    expect((await refusal(pull(memoryObjects()))).code).toBe('protocol-violation')
  })

  test('the ctag is the one from before the listing, and the token is stored after the rows', async () => {
    const store = memoryObjects()
    let isChanged = false
    server.script = asked => {
      if (isSync(asked) && !isChanged) {
        isChanged = true
        server.put('meanwhile.ics', eventOf('meanwhile'))
      }
      return null
    }
    await pull(store)
    expect(store.state().ctag).toBe('urn:t:6')
    expect(store.applied.at(-1)?.state).toBeDefined()
    expect(store.applied.slice(0, -1).every(({ state }) => state === undefined)).toBe(true)
    expect(await pull(store)).toMatchObject({ outcome: 'done' })
    expect((await pull(store)).outcome).toBe('unchanged')
  })
})

describe('objects', () => {
  test('addresses are compared decoded, and a collection that is listed twice is stored once', async () => {
    server.put('a%40b.ics', eventOf('at'))
    const store = memoryObjects()
    server.script = asked => {
      if (!isSync(asked)) return null
      const rows = [...server.objects].map(([path, { etag }]) =>
        row(path.replace('%40', '@'), `<d:getetag>${etag}</d:getetag>`),
      )
      return multistatus(
        ...rows,
        ...rows,
        row(server.collection.href, null, 200),
        '<d:sync-token>t</d:sync-token>',
      )
    }
    // This server has it under its own spelling only.
    const honestly = server.script
    server.script = (asked, response) => {
      const said = honestly(asked, response)
      if (said || !isMultiget(asked)) return said
      expect(asked.body.match(/<\w:href/g)).toHaveLength(7)
      return null
    }
    server.objects.set('/cal/a@b.ics', server.objects.get('/cal/a%40b.ics') ?? { etag: '', data: '' })
    server.objects.delete('/cal/a%40b.ics')
    await pull(store)
    expect(store.rows.size).toBe(7)
    store.apply({
      copies: [],
      moved: [],
      removed: [],
      goneButEdited: [],
      state: { syncToken: null, ctag: null, isUnfinished: false },
    })
    server.script = asked =>
      isSync(asked)
        ? multistatus(
            ...[...server.objects].map(([path, { etag }]) =>
              row(path.replace('@', '%40'), `<d:getetag>${etag}</d:getetag>`),
            ),
            '<d:sync-token>t</d:sync-token>',
          )
        : null
    expect(await pull(store)).toMatchObject({ outcome: 'done', received: 0, removed: 0 })
    expect(store.rows.size).toBe(7)
  })

  const broken = (status: number) => (asked: DavAsked) => {
    if (asked.method === 'GET' && asked.path === '/cal/bad.ics') return { status, body: '<cut' }
    return isMultiget(asked) && asked.body.includes('bad.ics') ? { status: 207, body: '<cut' } : null
  }
  const askedForBad = () => server.asked.filter(({ path }) => path === '/cal/bad.ics').length

  test('an object that the server is out of order for is asked for three times, and holds the token no longer', async () => {
    server.put('bad.ics', eventOf('bad'))
    const store = memoryObjects()
    server.script = broken(500)
    for (const tokens of [null, null, 'urn:t:7']) {
      expect((await pull(store)).outcome).toBe('incomplete')
      expect([store.rows.size, store.state().syncToken]).toEqual([6, tokens])
    }
    const before = askedForBad()
    server.put('new.ics', eventOf('new'))
    expect(await pull(store)).toMatchObject({ outcome: 'done', received: 1 })
    expect(askedForBad()).toBe(before)
    // It is asked for again when it is another one, and when its time has come.
    server.put('bad.ics', eventOf('bad', 'SUMMARY:x\r\n'))
    expect(await pull(store)).toMatchObject({ outcome: 'incomplete', concerned: ['/cal/bad.ics'] })
    for (const [href, each] of store.unreadRows) store.unreadRows.set(href, { ...each, isDue: true })
    server.script = () => null
    expect(await pull(store)).toMatchObject({ outcome: 'done', received: 1 })
    expect([store.rows.has('/cal/bad.ics'), store.unreadRows.size]).toEqual([true, 0])
  })

  test.each([403, 406, 200])('one that is never said (%i) is asked for once', async status => {
    server.put('bad.ics', eventOf('bad'))
    const store = memoryObjects()
    server.script = asked => {
      const said = broken(status)(asked)
      return said && status === 200 && asked.method === 'GET'
        ? { status, headers: { 'Content-Type': 'text/html' }, body: '<html>' }
        : said
    }
    expect(await pull(store)).toMatchObject({ outcome: 'incomplete', received: 6 })
    expect(store.state().syncToken).toBe('urn:t:7')
    const before = askedForBad()
    // Also where everything is compared.
    store.apply({
      ...{ copies: [], moved: [], removed: [], goneButEdited: [] },
      state: { syncToken: null, ctag: null, isUnfinished: false },
    })
    expect(await pull(store)).toMatchObject({ outcome: 'done', received: 0, removed: 0 })
    expect(askedForBad()).toBe(before)
    server.remove('bad.ics')
    server.script = () => null
    for (const [href, each] of store.unreadRows) store.unreadRows.set(href, { ...each, isDue: true })
    expect(await pull(store)).toMatchObject({ outcome: 'done', removed: 0 })
    expect(store.unreadRows.size).toBe(0)
  })

  test('a server that is out of order for all objects is that, and not so many broken objects', async () => {
    for (let index = 6; index < 12; index++) server.put(`${index}.ics`, eventOf(`u${index}`))
    const store = memoryObjects()
    server.script = asked => (asked.method === 'GET' || isMultiget(asked) ? { status: 502 } : null)
    expect((await refusal(pull(store))).code).toBe('server-unavailable')
    expect([store.rows.size, store.unreadRows.size]).toEqual([0, 0])
  })

  test('one broken object hides no other, is said, and keeps the token', async () => {
    server.put('bad.ics', eventOf('bad'))
    const store = memoryObjects()
    const isBad = ({ path, body, method }: DavAsked) =>
      (method === 'GET' && path === '/cal/bad.ics') ||
      (isMultiget({ body } as DavAsked) && body.includes('bad.ics'))
    server.script = asked =>
      isBad(asked) ? { status: asked.method === 'GET' ? 500 : 207, body: '<cut' } : null
    expect(await pull(store)).toMatchObject({
      outcome: 'incomplete',
      received: 6,
      concerned: ['/cal/bad.ics'],
    })
    expect([store.rows.size, store.state().syncToken]).toEqual([6, null])
    server.script = () => null
    expect(await pull(store)).toMatchObject({ outcome: 'done', received: 1 })
  })

  test.each<[string, (href: string) => string]>([
    ['an object without data', href => row(href, '<d:getetag>"9"</d:getetag>')],
    ['an object with a status of its own', href => row(href, '<d:getetag/>', 403)],
    [
      'letters that are none',
      href => row(href, '<d:getetag>"9"</d:getetag><c:calendar-data>\ufffd</c:calendar-data>'),
    ],
  ])('%s is fetched alone', async (_what, rowOf) => {
    const store = memoryObjects()
    server.script = asked =>
      isMultiget(asked) ? multistatus(...[...server.objects.keys()].map(rowOf)) : null
    expect(await pull(store)).toMatchObject({ outcome: 'done', received: 6 })
    expect(Buffer.from(store.rows.get('/cal/0.ics')?.bytes ?? []).toString()).toBe(eventOf('u0'))
  })

  test('a weak or missing ETag is never kept as one, and its object is fetched each time', async () => {
    const store = memoryObjects()
    server.script = asked =>
      isSync(asked)
        ? multistatus(
            row('/cal/0.ics', '<d:getetag>W/"1"</d:getetag>'),
            row('/cal/1.ics', '<d:displayname/>'),
            '<d:sync-token>t</d:sync-token>',
          )
        : isMultiget(asked)
          ? multistatus(
              ...[...asked.body.matchAll(/<\w:href>(.*?)<\/\w:href>/g)].map(([, href = '']) =>
                row(href, `<d:getetag>W/"1"</d:getetag><c:calendar-data>${eventOf(href)}</c:calendar-data>`),
              ),
            )
          : null
    await pull(store)
    expect([...store.rows.values()].map(({ etag }) => etag)).toEqual([null, null])
  })

  test('line ends that XML took away are as they were', async () => {
    const store = memoryObjects()
    server.script = asked =>
      isMultiget(asked)
        ? multistatus(
            row(
              '/cal/0.ics',
              `<d:getetag>"1"</d:getetag><c:calendar-data>${eventOf('u0')}</c:calendar-data>`,
            ),
          )
        : null
    await pull(store)
    expect(Buffer.from(store.rows.get('/cal/0.ics')?.bytes ?? []).toString()).toBe(eventOf('u0'))
  })
})

describe('redirects', () => {
  test.each([
    'https://evil.example/cal/',
    'http://localhost/cal/',
    'https://a:b@localhost/cal/',
    'ftp://localhost/',
    '//evil.example/',
  ])('to %s: nobody is asked there, and the password goes nowhere', async location => {
    const store = await pulled()
    const before = made.asked.length
    server.script = () => ({ status: 301, headers: { Location: location } })
    expect(await refusal(pull(store))).toMatchObject({
      code: 'not-permitted',
      params: { reason: 'redirect' },
    })
    expect(
      made.asked.slice(before).every(({ host, port }) => host === 'localhost' && port === server.port),
    ).toBe(true)
    expect(store.rows.size).toBe(6)
  })

  test('on the same host it is followed with method, body and Depth', async () => {
    server.script = asked => (asked.path === '/cal/' ? { status: 308, headers: { Location: '/dav/' } } : null)
    await refusal(pull(memoryObjects()))
    const [first, second] = server.asked
    expect([second?.path, second?.method, second?.body, second?.headers['depth']]).toEqual([
      '/dav/',
      'PROPFIND',
      first?.body,
      '0',
    ])
  })

  test('a collection that lies elsewhere now is said, and nothing of it is taken for new or for gone', async () => {
    const store = await pulled()
    server.script = asked => {
      if (asked.path === '/cal/') return { status: 301, headers: { Location: '/moved/' } }
      if (asked.path !== '/moved/' || asked.method !== 'PROPFIND') return null
      return multistatus(row('/moved/', '<d:resourcetype><d:collection/></d:resourcetype>'))
    }
    expect(await refusal(pull(store))).toMatchObject({
      code: 'not-permitted',
      params: { target: new URL('/moved/', server.collection).href },
    })
    expect(store.rows.size).toBe(6)
  })

  test('in a circle it ends', async () => {
    server.script = () => ({ status: 302, headers: { Location: '/cal/' } })
    expect((await refusal(pull(memoryObjects()))).code).toBe('server-refused')
    expect(server.asked).toHaveLength(6)
  })
})

test('requests say no program and carry account and purpose to the gate', async () => {
  await pull(memoryObjects())
  expect(made.asked.every(request => request.accountId === accountId && request.purpose === 'dav')).toBe(true)
  for (const { headers } of server.asked) {
    expect(headers['user-agent']).toBe('Mozilla/5.0')
    expect(Object.keys(headers).sort()).toEqual(
      expect.not.arrayContaining(['cookie', 'referer', 'accept-language', 'transfer-encoding']),
    )
  }
})

test('a first pull tells how far it is, is stopped between two batches, and the next one asks for the rest alone', async () => {
  for (let index = 6; index < 400; index++) server.put(`${index}.ics`, eventOf(`u${index}`))
  const store = memoryObjects()
  const stop = new AbortController()
  const told: [number, number][] = []
  const progress = (done: number, total: number) => {
    told.push([done, total])
    if (told.length === 2) stop.abort()
  }
  await expect(pull(store, { progress, signal: stop.signal })).rejects.toMatchObject({ code: 'cancelled' })
  expect(told).toEqual([
    [50, 400],
    [100, 400],
  ])
  expect(store.rows.size).toBe(100)
  expect(store.state().syncToken).toBeNull()
  await expect(pull(store, { progress })).resolves.toMatchObject({ outcome: 'done', received: 300 })
  expect(told.at(-1)).toEqual([300, 300])
  expect(store.rows.size).toBe(400)
})
