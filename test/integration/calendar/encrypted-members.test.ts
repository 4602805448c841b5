import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDavClient, type DavClient } from '../../../electron/engine/dav/client'
import { createDavSession } from '../../../electron/engine/dav/session'
import { readOutside } from '../../../electron/engine/formats/encrypted-collections/outside'
import { envelopeHead } from '../../../electron/vault/openpgp/collections/envelope'
import type { Fingerprint } from '../../../shared/features/keys/model'
import type { AccountId } from '../../../shared/kit/ids'
import { type DavServerOnDisk, startRadicale } from '../../rig/dav-servers'
import { openTestEngine, type TestEngine } from '../../support/engine-in-test'
import { until } from '../../support/until'
import { testGate } from '../../wire/gate/gate-places'

const accountId = '0123456789abcdef0123456789abcdef' as AccountId
const profile = mkdtempSync(join(tmpdir(), 'sem-'))
let server: DavServerOnDisk
let client: DavClient
let engine: TestEngine
let first: Fingerprint
const made = testGate()
const folder = (name: string) => new URL(`alice%40rig.test/${name}/`, server.url)

const texts = async (name: string): Promise<string[]> => {
  const { rows } = await client.propfind(folder(name), '1', ['{DAV:}getetag'])
  const paths = rows.map(({ href }) => href).filter(href => !href.endsWith('/'))
  const files = await Promise.all(paths.map(path => client.get(new URL(path, server.url))))
  return files.map(({ bytes }) => Buffer.from(bytes).toString('latin1'))
}
const generations = async (): Promise<(number | undefined)[]> =>
  (await texts('work')).flatMap(text => {
    const carried = readOutside(Buffer.from(text, 'latin1'))
    return carried?.property === 'object' ? [envelopeHead(carried.content)?.generation] : []
  })
const put = (name: string, file: string, lines: readonly string[], contentType: string) =>
  client.put(new URL(file, folder(name)), Buffer.from([...lines, ''].join('\r\n')), {
    ...{ condition: { kind: 'none' }, contentType },
  })
const generate = async (address: string): Promise<Fingerprint> => {
  const { facts } = await engine.call('keys.generate', {
    ...{ name: 'Alice', address, accountId: null, version: 4, expiresAtMs: null },
  })
  await engine.call('keys.markBackedUp', { fingerprint: facts.fingerprint })
  return facts.fingerprint
}
const calendarPlace = async () => {
  const found = (await engine.call('calendars.list', {})).find(each => each.accountId !== null)
  return { kind: 'calendar', collectionId: found?.id ?? 0 } as const
}
const bookPlace = async () => {
  const found = (await engine.call('contacts.books', {})).find(each => each.accountId !== null)
  return { kind: 'contacts', collectionId: found?.id ?? 0 } as const
}
/** Waits for what lies in the address book; what is replaced while it is looked at counts as nothing. */
const lies = (isThere: (all: readonly string[]) => boolean, what: string) =>
  until(async () => isThere(await texts('people').catch(() => [])), what)
const syncCalendars = () => engine.call('calendars.sync', { accountId: null })
const syncContacts = () => engine.call('contacts.sync', { accountId: null })

beforeAll(async () => {
  server = await startRadicale()
  const login = { userName: server.userName, password: server.password }
  client = createDavClient(
    createDavSession({ gate: made.gate, asker: { accountId }, caPem: server.ca, login }),
  )
  await client.makeCollection(folder('work'), { kind: 'calendar', name: 'Work' })
  await client.makeCollection(folder('people'), { kind: 'contacts', name: 'People' })
  for (const title of ['Doctor', 'Lawyer'])
    await put(
      ...(['work', `${title}.ics`] as const),
      [
        ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//x//EN', 'BEGIN:VEVENT', `UID:${title}`],
        ...['DTSTAMP:20260101T000000Z', 'DTSTART:20260301T100000Z', `SUMMARY:${title}`, 'END:VEVENT'],
        'END:VCALENDAR',
      ],
      'text/calendar',
    )
  await put(
    ...(['people', 'eva.vcf'] as const),
    [
      ...['BEGIN:VCARD', 'VERSION:3.0', 'UID:eva', 'FN:Eva Example', 'N:Example;Eva;;;'],
      ...['EMAIL:eva@example.org', 'X-OTHER;X-P=1:kept', 'END:VCARD'],
    ],
    'text/vcard',
  )
  engine = await openTestEngine(profile)
  await engine.call('accounts.add', {
    config: {
      ...{ address: 'alice@rig.test', displayName: 'Home' },
      services: { dav: { url: server.url, userName: server.userName, caPem: server.ca } },
    },
    password: server.password,
  })
  await syncCalendars()
  await syncContacts()
  first = await generate('alice@rig.test')
})
afterAll(async () => {
  made.gate.closeAll(null)
  await engine?.close()
  await server?.stop()
  await rm(profile, { recursive: true, force: true })
})

test('somebody who is let in costs one object; somebody who is taken out costs a new secret for all of them', async () => {
  const place = await calendarPlace()
  await engine.call('collections.encrypt', { ...place, showsBusy: false, join: false })
  await syncCalendars()
  expect(await generations()).toEqual([1, 1])
  const before = new Set(await texts('work'))
  const second = await generate('alice@second.test')
  await engine.call('collections.changeMembers', { ...place, add: [second], remove: [] })
  await syncCalendars()
  expect((await texts('work')).filter(text => !before.has(text))).toHaveLength(1)
  const { members } = await engine.call('collections.changeMembers', { ...place, add: [], remove: [second] })
  expect(members.map(({ fingerprint }) => fingerprint)).toEqual([first])
  expect((await syncCalendars()).calendars).toMatchObject([{ converted: 2, refused: [] }])
  expect(await generations()).toEqual([2, 2])
  expect(await syncCalendars()).toMatchObject({
    problems: [],
    calendars: [{ received: 0, converted: 0 }],
  })
})

test('nobody is let in whose key is not verified, and the last own key stays', async () => {
  const place = await calendarPlace()
  const stranger = 'ab'.repeat(20) as Fingerprint
  for (const [change, code] of [
    [{ add: [stranger], remove: [] }, 'no-key'],
    [{ add: [], remove: [stranger] }, 'no-key'],
    [{ add: [], remove: [first] }, 'conflict'],
  ] as const)
    await expect(
      engine.call('collections.changeMembers', {
        ...place,
        add: [...change.add],
        remove: [...change.remove],
      }),
    ).rejects.toMatchObject({ code })
  expect(await generations()).toEqual([2, 2])
})

test('an address book goes the same way, and comes back byte for byte', async () => {
  const place = await bookPlace()
  // Of several own keys the account's is taken.
  await engine.call('keys.setSettings', {
    accountId: (await engine.call('accounts.list', {}))[0]?.id ?? accountId,
    change: { key: first },
  })
  await engine.call('collections.encrypt', { ...place, showsBusy: false, join: false })
  // Asking for it rings for a pass of its own, which may do it before this one.
  expect(await syncContacts()).toMatchObject({ problems: [], books: [{ refused: [] }] })
  // With the colon, dot and hyphen, which Base64 never has: three letters alone come up in it by chance.
  await lies(all => all.length === 2 && !all.join('').includes('FN:Eva'), 'the book is sealed')
  const sealed = await texts('people')
  expect(sealed.join('')).not.toMatch(/Eva Example|example\.org|X-OTHER/i)
  expect(await engine.call('contacts.list', { bookId: null })).toMatchObject([{ name: 'Eva Example' }])
  expect(await engine.call('collections.encrypted', {})).toHaveLength(2)
  await engine.call('collections.decrypt', place)
  expect(await syncContacts()).toMatchObject({ problems: [], books: [{ refused: [] }] })
  await lies(all => all.length === 1, 'the book is clear')
  const [card] = await texts('people')
  expect(card).toMatch(/FN:Eva Example[\s\S]*X-OTHER;X-P=1:kept/)
})
