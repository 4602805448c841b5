import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDavClient } from '../../../electron/engine/dav/client'
import { createDavSession } from '../../../electron/engine/dav/session'
import type { AccountId } from '../../../shared/kit/ids'
import { type DavServer, startRadicale } from '../../rig/dav-servers'
import { TestProfile } from '../../support/command-line'
import { testGate } from '../../wire/gate/gate-places'

/** One person with two machines and one key, and a server that can be anything. */
let server: DavServer
const [here, there] = [new TestProfile(), new TestProfile()]
const made = testGate()
const folder = () => new URL('alice%40rig.test/work/', server.url)
const client = () =>
  createDavClient(
    createDavSession({
      ...{ gate: made.gate, asker: { accountId: '0123456789abcdef0123456789abcdef' as AccountId } },
      caPem: server.ca,
      login: { userName: server.userName, password: server.password },
    }),
  )

type Event = { id: number; title: string; location: string }
type Synced = {
  received: number
  sent: number
  waiting: number
  calendars: { refused: { href: string; refusal: string }[] }[]
  problems: { problem: { code: string } }[]
}
type Protection = {
  state: string
  left: number
  converted: number
  members: { fingerprint: string; isOwn: boolean }[]
  refused: { href: string; refusal: string }[]
}
const name = 'alice@rig.test/Work'
const dir = 'alice@rig.test/Work'
const sync = (profile: TestProfile) => profile.json<Synced>('calendar', 'sync')
const events = (profile: TestProfile) =>
  profile.json<Event[]>(
    ...['calendar', 'events', '--from', '2026-03-01', '--to', '2026-04-01', '--calendar', name],
    ...['--zone', 'UTC'],
  )
const titles = async (profile: TestProfile) => (await events(profile)).map(({ title }) => title).sort()
const idOf = async (profile: TestProfile, title: string) =>
  String((await events(profile)).find(each => each.title === title)?.id)
const add = (profile: TestProfile, title: string, day: string) =>
  profile.json(
    ...['calendar', 'add', '--calendar', name, '--title', title, '--start', `${day}T09:00`],
    ...['--duration', 'PT1H', '--zone', 'Europe/Berlin'],
  )
const refusedIn = ({ calendars }: Synced) => calendars.flatMap(({ refused }) => refused)
/** What a pass tells, also where it tells of refusals and so fails. */
const syncAnyhow = async (profile: TestProfile): Promise<Synced> =>
  JSON.parse((await profile.run('calendar', 'sync', '--json')).stdout) as Synced

/** Every object of the server as it lies there, by its path. */
async function onServer(): Promise<Map<string, string>> {
  const { rows } = await client().propfind(folder(), '1', ['{DAV:}getetag'])
  const files = new Map<string, string>()
  for (const { href } of rows) {
    if (href.endsWith('/')) continue
    files.set(href, Buffer.from((await client().get(new URL(href, server.url))).bytes).toString('latin1'))
  }
  return files
}
const put = (href: string, text: string) =>
  client().put(new URL(href, server.url), Buffer.from(text, 'latin1'), {
    condition: { kind: 'none' },
    contentType: 'text/calendar; charset=utf-8',
  })
const remove = (href: string) => client().remove(new URL(href, server.url), { kind: 'none' })
const objectsIn = (files: ReadonlyMap<string, string>) =>
  [...files].filter(([, text]) => text.includes('X-ENCRYPTED-OBJECT'))

beforeAll(async () => {
  server = await startRadicale()
  await client().makeCollection(folder(), { kind: 'calendar', name: 'Work', colour: '#ff8800' })
  for (const profile of [here, there]) {
    await profile.create()
    await profile.json(
      ...['account', 'add-dav', '--name', 'Home', '--url', server.url, '--user', server.userName],
      ...['--password-file', profile.file('password', `${server.password}\n`)],
      ...['--ca', profile.file('ca.pem', server.ca)],
    )
  }
  await sync(here)
  for (const [title, day] of [
    ['Doctor', '2026-03-10'],
    ['Lawyer', '2026-03-11'],
    ['Choir', '2026-03-12'],
  ] as const)
    await add(here, title, day)
  await sync(here)
  await sync(there)
})
afterAll(async () => {
  made.gate.closeAll(null)
  await server?.stop()
  await Promise.all([here.remove(), there.remove()])
})

test('it is not switched on without a key and without a backup of it, and says so', async () => {
  expect(await here.failure('calendar', 'encrypt', name)).toMatchObject({ code: 'no-key' })
  const { facts } = await here.json<{ facts: { fingerprint: string } }>('keys', 'generate', 'alice@rig.test')
  expect(await here.failure('calendar', 'encrypt', name)).toMatchObject({ code: 'key-not-backed-up' })
  const passphrase = here.file('key-passphrase', 'correct horse battery staple 7\n')
  const out = ['--out', `${here.directory}/secret.asc`, '--key-passphrase-file', passphrase]
  await here.json('keys', 'export', facts.fingerprint, '--secret', ...out)
  await there.json(
    ...['keys', 'import', `${here.directory}/secret.asc`, '--secret', '--key-passphrase-file', passphrase],
  )
  expect(await here.failure('calendar', 'encrypt', 'Personal')).toMatchObject({ code: 'unsupported' })
  expect(objectsIn(await onServer())).toHaveLength(0)
})

test('encrypted, nothing of it can be read on the server, and all of it here as before', async () => {
  expect(await here.json<Protection>('calendar', 'encrypt', name)).toMatchObject({
    ...{ state: 'encrypted', left: 0, converted: 3, refused: [], members: [{ isOwn: true }] },
  })
  const files = await onServer()
  expect(files.size).toBe(4)
  expect(objectsIn(files)).toHaveLength(3)
  expect([...files.values()].join('')).not.toMatch(/Doctor|Lawyer|Choir|2026\d{4}|Berlin|Siegel/)
  expect(await titles(here)).toEqual(['Choir', 'Doctor', 'Lawyer'])
  expect(await sync(here)).toMatchObject({ received: 0, sent: 0, calendars: [{ refused: [] }] })
})

test('another machine says that it is encrypted, writes nothing in clear, and joins with the same key', async () => {
  await add(there, 'From there', '2026-03-13')
  expect((await there.failure('calendar', 'sync')).code).toBe('collection-encrypted')
  expect([...(await onServer()).values()].join('')).not.toContain('From there')
  const told = await there.json<Protection & { madeBy: string }>('calendar', 'members', name)
  expect(told).toMatchObject({ state: 'joinable', madeBy: told.members[0]?.fingerprint })
  expect(await there.failure('calendar', 'encrypt', name)).toMatchObject({ code: 'collection-encrypted' })
  expect(await there.json('calendar', 'encrypt', name, '--join')).toMatchObject({ state: 'encrypted' })
  await sync(there)
  expect([...(await onServer()).values()].join('')).not.toContain('From there')
  await sync(here)
  for (const profile of [here, there])
    expect(await titles(profile)).toEqual(['Choir', 'Doctor', 'From there', 'Lawyer'])
})

test('what two machines change is merged, and removed things go', async () => {
  await here.json('calendar', 'change', await idOf(here, 'Doctor'), '--location', 'Room 1')
  await there.json('calendar', 'change', await idOf(there, 'Doctor'), '--title', 'Dentist')
  await there.json('calendar', 'delete', await idOf(there, 'Choir'))
  await sync(here)
  await sync(there)
  expect(await sync(here)).toMatchObject({ calendars: [{ refused: [] }], waiting: 0 })
  for (const profile of [here, there]) {
    expect(await titles(profile)).toEqual(['Dentist', 'From there', 'Lawyer'])
    expect((await events(profile)).find(({ title }) => title === 'Dentist')?.location).toBe('Room 1')
  }
})

test('an object that the server rolls back, swaps, changes, brings back or puts in clear is named and never shown', async () => {
  const before = objectsIn(await onServer())
  await here.json('calendar', 'change', await idOf(here, 'Lawyer'), '--title', 'Notary')
  await here.json('calendar', 'delete', await idOf(here, 'From there'))
  await sync(here)
  const after = new Map(await onServer())
  const rolled = before.find(([href, text]) => after.has(href) && after.get(href) !== text)
  const gone = before.find(([href]) => !after.has(href))
  const [left] = objectsIn(after).filter(([href]) => href !== rolled?.[0])
  if (!rolled || !gone || !left) throw new Error('not what was to be')
  const swapped = left[1].replace(/(X-ENCRYPTED-OBJECT:)[\s\S]*?(?=\r?\n\S)/, `$1${payloadOf(rolled[1])}`)
  await put(rolled[0], rolled[1])
  await put(gone[0], gone[1])
  await put(left[0], swapped)
  await put(`/${dir.replace('@', '%40').replace('Work', 'work')}/clear.ics`, clear('Planted'))
  const told = await syncAnyhow(here)
  expect(
    Object.fromEntries(refusedIn(told).map(({ href, refusal }) => [decodeURIComponent(href), refusal])),
  ).toEqual({
    [decodeURIComponent(rolled[0])]: 'rolled-back',
    [decodeURIComponent(gone[0])]: 'brought-back',
    [decodeURIComponent(left[0])]: 'changed',
    '/alice@rig.test/work/clear.ics': 'clear',
  })
  expect(await titles(here)).toEqual(['Dentist', 'Notary'])
  const said = await here.run('calendar', 'sync')
  expect([said.exitCode, said.stderr]).toEqual([1, expect.stringMatching(/older version[\s\S]*not shown/)])
})

test('encrypted once more, what was here is put back and what was planted is taken in, sealed', async () => {
  await here.run('calendar', 'encrypt', name)
  expect(refusedIn(await syncAnyhow(here))).toEqual([])
  await sync(there)
  for (const profile of [here, there]) expect(await titles(profile)).toEqual(['Dentist', 'Notary', 'Planted'])
  expect([...(await onServer()).values()].join('')).not.toMatch(/Planted/)
})

test('older keys, keys of another collection and no keys stop everything, and nothing is lost', async () => {
  const files = await onServer()
  const [keyHref, keys] = [...files].find(([, text]) => text.includes('X-ENCRYPTED-KEYS')) ?? []
  if (!keyHref || !keys) throw new Error('no keys')
  await here.run('calendar', 'encrypt', name, '--busy')
  await sync(there)
  await put(keyHref, keys)
  await add(there, 'Later', '2026-03-20')
  expect((await there.failure('calendar', 'sync')).code).toBe('collection-keys-refused')
  await remove(keyHref)
  expect((await there.failure('calendar', 'sync')).code).toBe('collection-keys-refused')
  expect([...(await onServer()).values()].join('')).not.toMatch(/Later/)
  // Whoever knows better puts them back.
  await there.run('calendar', 'encrypt', name, '--busy')
  expect(await syncAnyhow(there)).toMatchObject({ problems: [], calendars: [{ refused: [] }] })
  await sync(here)
  expect(await titles(here)).toEqual(['Dentist', 'Later', 'Notary', 'Planted'])
})

test('with its times shown the server sees when, and no more', async () => {
  const text = [...(await onServer()).values()].join('')
  expect(text).toMatch(/DTSTART;TZID=Europe\/Berlin:20260310T090000/)
  expect(text).toMatch(/SUMMARY:Busy/)
  expect(text).not.toMatch(/Dentist|Notary|Planted|Later|Room 1|Siegel/)
})

test('decrypted, it lies there as it was, and the keys are gone; the other machine follows', async () => {
  expect(await here.json('calendar', 'decrypt', name)).toMatchObject({ state: 'clear', left: 0, refused: [] })
  const files = await onServer()
  expect(files.size).toBe(4)
  expect([...files.values()].join('')).toMatch(/Dentist/)
  expect([...files.values()].join('')).not.toMatch(/X-ENCRYPTED/)
  for (const profile of [here, there]) {
    await profile.run('calendar', 'sync')
    await profile.run('calendar', 'sync')
    expect(await titles(profile)).toEqual(['Dentist', 'Later', 'Notary', 'Planted'])
  }
})

const payloadOf = (text: string): string => {
  const unfolded = text.replace(/\r?\n[ \t]/g, '')
  return /X-ENCRYPTED-OBJECT:(\S+)/.exec(unfolded)?.[1]?.replace(/(.{60})/g, '$1\r\n ') ?? ''
}
const clear = (title: string) =>
  [
    ...[
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//x//x//EN',
      'BEGIN:VEVENT',
      'UID:planted',
      'DTSTAMP:20260101T000000Z',
    ],
    ...['DTSTART:20260315T100000Z', `SUMMARY:${title}`, 'END:VEVENT', 'END:VCALENDAR', ''],
  ].join('\r\n')
