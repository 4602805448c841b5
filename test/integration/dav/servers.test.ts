import { createDAVClient, type DAVCalendar } from 'tsdav'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDavClient } from '../../../electron/engine/dav/client'
import { findDavCollections } from '../../../electron/engine/dav/discovery/find-collections'
import { createDavSession, type DavAccess } from '../../../electron/engine/dav/session'
import { pullCollection } from '../../../electron/engine/dav/sync/pull'
import { writeObject } from '../../../electron/engine/dav/sync/write'
import type { AccountId } from '../../../shared/kit/ids'
import { startCyrusDav } from '../../rig/cyrus-server'
import { type DavServer, startRadicale, startXandikos } from '../../rig/dav-servers'
import { memoryObjects, uidOf } from '../../support/dav-store'
import { testGate } from '../../wire/gate/gate-places'

const accountId = '0123456789abcdef0123456789abcdef' as AccountId
const event = (uid: string, more = ''): Uint8Array =>
  Buffer.from(
    [
      ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//x//EN', 'BEGIN:VEVENT', `UID:${uid}`],
      ...['DTSTAMP:20260101T000000Z', 'DTSTART:20260301T100000Z', 'DTEND:20260301T110000Z', `SUMMARY:${uid}`],
      ...['X-OTHER-PROGRAM;X-P=1:kept ümlaut', more, 'END:VEVENT', 'END:VCALENDAR', ''],
    ]
      .filter((line, index, all) => line !== '' || index === all.length - 1)
      .join('\r\n'),
  )
const card = (uid: string): Uint8Array =>
  Buffer.from(`BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${uid}\r\nFN:Eva ${uid}\r\nN:${uid};Eva;;;\r\nEND:VCARD\r\n`)

describe.each([
  ['Radicale', startRadicale, 'alice%40rig.test/'],
  ['Xandikos', startXandikos, 'user/'],
  ['Cyrus', startCyrusDav, 'dav/'],
] as const)('%s', (name, startServer, home) => {
  let server: DavServer
  const made = testGate()
  let access: DavAccess
  beforeAll(async () => {
    server = await startServer()
    const login = { userName: server.userName, password: server.password }
    access = { gate: made.gate, asker: { accountId }, caPem: server.ca, login }
  })
  afterAll(async () => {
    made.gate.closeAll(null)
    await server.stop()
  })
  const client = () => createDavClient(createDavSession(access))
  const at = (path: string) => new URL(`${home}${path}`, server.url)
  const own = 'user/alice%40rig.test/'
  const calendarHome = { Radicale: '', Xandikos: 'calendars/', Cyrus: `calendars/${own}` }[name]
  const contactsHome = { Radicale: '', Xandikos: 'contacts/', Cyrus: `addressbooks/${own}` }[name]
  const calendar = (path = '') => at(`${calendarHome}work/${path}`)
  const contacts = (path = '') => at(`${contactsHome}people/${path}`)
  const place = (collection = calendar()) => ({ client: client(), collection, kind: 'calendar' as const })
  const add = (file: string, bytes: Uint8Array) =>
    writeObject(place(), { kind: 'add', href: calendar(file).pathname, bytes })
  const pull = (
    store: ReturnType<typeof memoryObjects>,
    collection = calendar(),
    isRemovalConfirmed = false,
  ) =>
    pullCollection(
      { client: client(), store, uidOf },
      { collection, kind: collection.href === contacts().href ? 'contacts' : 'calendar', isRemovalConfirmed },
    )

  test('a calendar and an address book are made, found, named and coloured', async () => {
    await client().makeCollection(calendar(), {
      kind: 'calendar',
      name: 'Work & Ünion',
      colour: '#ff8800',
      components: ['VEVENT', 'VTODO'],
    })
    await client().makeCollection(contacts(), { kind: 'contacts', name: 'People' })
    const { rows } = await client().change(calendar(), { name: 'Büro <1>', colour: '#0088ff' })
    expect(rows[0]?.failedStatus).toBeNull()
    const report = await findDavCollections(access, server.url)
    const principal = name === 'Cyrus' ? at('principals/user/alice%40rig.test/') : at('')
    expect(spelled(report.principal ?? '')).toBe(spelled(principal.href))
    const found = (url: URL) => report.collections.find(each => spelled(each.url) === spelled(url.href))
    expect(found(calendar())).toMatchObject({
      ...{ kind: 'calendar', name: 'Büro <1>', colour: '#0088ff', owner: null, isReadOnly: false },
      ...{ schedules: name === 'Cyrus' },
    })
    expect(found(contacts())).toMatchObject({ kind: 'contacts', name: 'People', isReadOnly: false })
    const alone = await findDavCollections(access, calendar().href)
    expect(alone.collections.map(({ url }) => spelled(url))).toContain(spelled(calendar().href))
  })

  test('objects are written under conditions, read back, changed, moved and removed', async () => {
    const stored = await add('a%40b.ics', event('one'))
    if (stored.kind !== 'stored') throw new Error(JSON.stringify(stored))
    expect(uidOf(stored.copy.bytes)).toBe('one')
    expect(Buffer.from(stored.copy.bytes).toString()).toMatch(/X-OTHER-PROGRAM/i)
    expect(stored.copy.etag).toMatch(/^"/)
    expect(await add('a%40b.ics', event('one'))).toMatchObject({ kind: 'theirs' })
    const changed = await writeObject(place(), {
      kind: 'change',
      base: stored.copy,
      bytes: event('one', 'LOCATION:here'),
    })
    if (changed.kind !== 'stored') throw new Error(JSON.stringify(changed))
    expect(Buffer.from(changed.copy.bytes).toString()).toContain('LOCATION:here')
    expect(
      await writeObject(place(), {
        kind: 'change',
        base: stored.copy,
        bytes: event('one', 'LOCATION:there'),
      }),
    ).toMatchObject({
      kind: 'theirs',
      copy: { etag: changed.copy.etag },
    })
    expect(await writeObject(place(), { kind: 'remove', base: stored.copy })).toMatchObject({
      kind: 'theirs',
    })
    expect(await writeObject(place(), { kind: 'remove', base: changed.copy })).toEqual({ kind: 'removed' })
    expect(await writeObject(place(), { kind: 'remove', base: changed.copy })).toEqual({
      ...{ kind: 'removed', wasGone: true },
    })
    expect(await writeObject(place(), { kind: 'change', base: changed.copy, bytes: event('one') })).toEqual({
      kind: 'gone',
    })
  })

  test('a UID that lies at another address already is told so, and nothing is written', async () => {
    await add('first.ics', event('same'))
    const second = await add('second.ics', event('same'))
    expect(second.kind).toBe('uid-elsewhere')
    const store = memoryObjects()
    await pull(store)
    expect([...store.rows.values()].filter(({ bytes }) => uidOf(bytes) === 'same')).toHaveLength(1)
  })

  test('a pull brings everything, then changes only, and what was removed elsewhere goes', async () => {
    const uids = Array.from({ length: name === 'Radicale' ? 55 : 12 }, (_, index) => `n${index}`)
    for (const uid of uids) await add(`${uid}.ics`, event(uid))
    const store = memoryObjects()
    expect(await pull(store)).toMatchObject({ outcome: 'done', removed: 0 })
    expect(uids.every(uid => [...store.rows.values()].some(({ bytes }) => uidOf(bytes) === uid))).toBe(true)
    expect((await pull(store)).outcome).toBe('unchanged')
    const size = store.rows.size
    const [base] = [...store.rows.values()].filter(({ bytes }) => uidOf(bytes) === 'n1')
    if (!base) throw new Error('not there')
    await writeObject(place(), { kind: 'remove', base })
    await add('later.ics', event('later'))
    expect(await pull(store)).toMatchObject({ outcome: 'done', received: 1, removed: 1 })
    expect(store.rows.size).toBe(size)
  })

  test('a token that the server does not know ends in a full comparison, and nothing goes', async () => {
    const store = memoryObjects()
    await pull(store)
    const size = store.rows.size
    for (const syncToken of ['http://radicale.org/ns/sync/forgotten', 'nonsense']) {
      store.apply({
        copies: [],
        moved: [],
        removed: [],
        goneButEdited: [],
        state: { syncToken, ctag: 'old', isUnfinished: false },
      })
      expect(await pull(store)).toMatchObject({ outcome: 'done', received: 0, removed: 0 })
    }
    expect(store.rows.size).toBe(size)
    expect(store.state().syncToken).not.toBe('nonsense')
  })

  test('contacts go the same way', async () => {
    const people = { client: client(), collection: contacts(), kind: 'contacts' as const }
    const eva = await writeObject(people, {
      kind: 'add',
      href: contacts('e.vcf').pathname,
      bytes: card('eva'),
    })
    expect(eva.kind).toBe('stored')
    const store = memoryObjects()
    expect(await pull(store, contacts())).toMatchObject({ outcome: 'done', received: 1 })
    expect([...store.rows.values()].map(({ bytes }) => uidOf(bytes))).toEqual(['eva'])
  })

  test('another program (tsdav) and this one edit the same objects', async () => {
    const other = await createDAVClient({
      serverUrl: server.url,
      credentials: { username: server.userName, password: server.password },
      authMethod: 'Basic',
      defaultAccountType: 'caldav',
      fetch: fetchOf(made.gate, server),
    })
    const url = calendar().href
    const theirs: DAVCalendar = { url }
    await other.createCalendarObject({
      calendar: theirs,
      filename: 'other.ics',
      iCalString: Buffer.from(event('other')).toString(),
    })
    const store = memoryObjects()
    await pull(store)
    const base = [...store.rows.values()].find(({ bytes }) => uidOf(bytes) === 'other')
    if (!base) throw new Error('not pulled')
    const objects = await other.fetchCalendarObjects({
      calendar: theirs,
      objectUrls: [calendar('other.ics').pathname],
    })
    const [object] = objects
    if (!object) throw new Error('tsdav does not see it')
    await other.updateCalendarObject({
      calendarObject: { ...object, data: Buffer.from(event('other', 'LOCATION:theirs')).toString() },
    })
    const ours = await writeObject(place(), { kind: 'change', base, bytes: event('other', 'LOCATION:ours') })
    if (ours.kind !== 'theirs') throw new Error(JSON.stringify(ours))
    expect(Buffer.from(ours.copy.bytes).toString()).toContain('LOCATION:theirs')
    const merged = await writeObject(place(), {
      kind: 'change',
      base: ours.copy,
      bytes: event('other', 'LOCATION:both'),
    })
    expect(merged.kind).toBe('stored')
    const again = await other.fetchCalendarObjects({
      calendar: theirs,
      objectUrls: [calendar('other.ics').pathname],
    })
    expect(String(again[0]?.data)).toContain('LOCATION:both')
  })

  test('a calendar emptied elsewhere is asked about before it is emptied here', async () => {
    const store = memoryObjects()
    await pull(store)
    const size = store.rows.size
    for (const base of [...store.rows.values()]) await writeObject(place(), { kind: 'remove', base })
    expect(await pull(store)).toMatchObject({ outcome: 'asks-about-removal', removed: 0 })
    expect(store.rows.size).toBe(size)
    expect(await pull(store, calendar(), true)).toMatchObject({ outcome: 'done', removed: size })
    expect(store.rows.size).toBe(0)
  })
})

/** Servers write `@` and `%40`. */
const spelled = (url: string) => decodeURIComponent(url)

/** The face of `fetch` over the gate, for the second client. */
function fetchOf(gate: ReturnType<typeof testGate>['gate'], server: DavServer): typeof fetch {
  return async (input, init) => {
    const url = new URL(typeof input === 'string' || input instanceof URL ? input : input.url)
    const body = init?.body
    const answer = await gate.http(
      {
        ...{ accountId, purpose: 'dav', host: url.hostname, port: Number(url.port) },
        ...{ method: init?.method ?? 'GET', path: url.pathname + url.search },
        headers: Object.fromEntries(
          [...new Headers(init?.headers)].filter(
            ([key]) => !['content-length', 'host', 'connection'].includes(key),
          ),
        ),
        ...(typeof body === 'string' ? { body: Buffer.from(body) } : {}),
      },
      { timeoutMs: 30_000, maxBytes: 10_000_000, caPem: server.ca },
    )
    const bytes = await answer.read()
    const hasBody = ![204, 304].includes(answer.status)
    return new Response(hasBody ? new Uint8Array(bytes) : null, {
      status: answer.status,
      headers: [...answer.headers],
    })
  }
}
