import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createDavClient, type DavClient } from '../../../electron/engine/dav/client'
import { createDavSession } from '../../../electron/engine/dav/session'
import type { CalendarId, EventFields, EventId } from '../../../shared/features/calendar/model'
import type { BookId, ContactId } from '../../../shared/features/contacts/model'
import type { AccountId } from '../../../shared/kit/ids'
import { type DavServerOnDisk, startRadicale } from '../../rig/dav-servers'
import { openTestEngine, type TestEngine } from '../../support/engine-in-test'
import { testGate } from '../../wire/gate/gate-places'
import { type PassingRequest, says, startRewritingDav } from '../../wire/support/rewriting-dav'

/** One account of a real server, with somebody between them who loses and lies. */
const root = mkdtempSync(join(tmpdir(), 'sly-'))
const made = testGate()
let server: DavServerOnDisk
let between: Awaited<ReturnType<typeof startRewritingDav>>
let client: DavClient
let engine: TestEngine
let calendarId: CalendarId
let count = 0

const work = () => new URL('alice%40rig.test/work/', server.url)
const event = (uid: string, ...more: string[]): Uint8Array =>
  Buffer.from(
    [
      ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//x//EN', 'BEGIN:VEVENT', `UID:${uid}`],
      ...['DTSTAMP:20260101T000000Z', 'DTSTART:20260301T100000Z', 'DTEND:20260301T110000Z'],
      ...[`SUMMARY:${uid}`, ...more, 'END:VEVENT', 'END:VCALENDAR', ''],
    ].join('\r\n'),
  )
/** Written there by another program. */
const write = (uid: string, ...more: string[]) =>
  client.put(new URL(`${uid}.ics`, work()), event(uid, ...more), {
    ...{ condition: { kind: 'none' }, contentType: 'text/calendar' },
  })
const remove = (uid: string) => client.remove(new URL(`${uid}.ics`, work()), { kind: 'none' })
const titleOf = (bytes: Uint8Array) =>
  /^SUMMARY:(.*)$/m.exec(Buffer.from(bytes).toString())?.[1]?.trim() ?? '?'
const there = async (): Promise<string[]> => {
  const { rows } = await client.propfind(work(), '1', ['{DAV:}getetag'])
  const paths = rows.map(({ href }) => href).filter(href => href.endsWith('.ics'))
  const files = await Promise.all(paths.map(path => client.get(new URL(path, work()))))
  return files.map(({ bytes }) => titleOf(bytes)).sort()
}
const events = async () => {
  const { events: found } = await engine.call('events.between', {
    fromMs: Date.UTC(2026, 1, 1),
    toMs: Date.UTC(2026, 4, 1),
    ...{ zone: 'UTC', calendarIds: null },
  })
  return found.sort((a, b) => (a.title < b.title ? -1 : 1))
}
const here = async () => (await events()).map(({ title }) => title)
const idOf = async (title: string): Promise<EventId> => {
  const found = (await events()).find(each => each.title === title)
  if (!found) throw new Error(`no event ${title}`)
  return found.id
}
const add = async (title: string, fields: EventFields = {}): Promise<EventId> => {
  const { eventIds } = await engine.call('events.add', {
    calendarId,
    fields: { title, start: { at: '2026-03-02T09:00', zone: 'Europe/Berlin' }, duration: 'PT1H', ...fields },
  })
  return eventIds[0] as EventId
}
const whole = { instance: null, scope: 'all', zone: 'UTC' } as const
const change = (eventId: EventId, fields: EventFields) =>
  engine.call('events.change', { eventId, ...whole, fields })
const sync = () => engine.call('calendars.sync', { accountId: null })
const step = async () => (await sync()).calendars[0]
const waits = () => engine.call('calendars.waits', {})
const answer = async (
  what: string,
  said: 'remove' | 'put-back' | 'keep' | 'try-again' | 'give-up' | 'seen',
) => {
  const wait = (await waits()).find(each => each.what === what)
  if (!wait) throw new Error(`nothing of ${what} waits`)
  await engine.call('calendars.answer', { waitId: wait.id, answer: said })
}
const isPut = ({ method }: PassingRequest) => method === 'PUT'
const puts = () => between.asked.filter(isPut).length

beforeAll(async () => {
  server = await startRadicale()
  between = await startRewritingDav(server)
  const login = { userName: server.userName, password: server.password }
  client = createDavClient(
    createDavSession({
      ...{ gate: made.gate, asker: { accountId: '0123456789abcdef0123456789abcdef' as AccountId } },
      ...{ caPem: server.ca, login },
    }),
  )
})
beforeEach(async () => {
  between.rewrite()
  await client.makeCollection(work(), { kind: 'calendar', name: 'Work' })
  for (const uid of ['a', 'b', 'c', 'd']) await write(uid)
  engine = await openTestEngine(join(root, String(++count)))
  const dav = { url: between.url, userName: server.userName, caPem: between.ca }
  await engine.call('accounts.add', {
    config: { address: 'alice@rig.test', displayName: '', services: { dav } },
    password: server.password,
  })
  await sync()
  calendarId = (await engine.call('calendars.list', {})).find(each => each.accountId !== null)
    ?.id as CalendarId
  expect(await here()).toEqual(['a', 'b', 'c', 'd'])
})
afterEach(async () => {
  await engine.close()
  between.rewrite()
  await client.remove(work(), { kind: 'none' }).catch(() => undefined)
})
afterAll(async () => {
  made.gate.closeAll(null)
  await between?.stop()
  await server?.stop()
  await rm(root, { recursive: true, force: true })
})

describe('a server that keeps something else than it was sent', () => {
  const without = (line: RegExp) => ({
    request: (asked: PassingRequest) =>
      isPut(asked)
        ? { ...asked, body: Buffer.from(asked.body.toString('latin1').replace(line, ''), 'latin1') }
        : undefined,
  })

  test('what it left out is named, stays here, and is not sent again and again', async () => {
    between.rewrite(without(/^LOCATION:.*\r\n/m))
    const id = await add('new', { location: 'Room 1' })
    expect(await step()).toMatchObject({ sent: 1, waiting: 0 })
    expect(await waits()).toMatchObject([{ what: 'altered', eventId: id, title: 'new', lost: ['LOCATION'] }])
    const before = puts()
    expect(await step()).toMatchObject({ sent: 0, waiting: 0 })
    expect(puts()).toBe(before)
    expect((await events()).find(each => each.id === id)?.location).toBe('Room 1')
    // Another device changes what the server has: that comes, and what was left out stays.
    const [file] = (await client.propfind(work(), '1', ['{DAV:}getetag'])).rows.filter(
      ({ href }) => !/[abcd]\.ics$|work\/$/.test(href),
    )
    const url = new URL(file?.href ?? '', work())
    const { bytes } = await client.get(url)
    await client.put(
      url,
      Buffer.from(Buffer.from(bytes).toString().replace('SUMMARY:new', 'SUMMARY:newer')),
      {
        ...{ condition: { kind: 'none' }, contentType: 'text/calendar' },
      },
    )
    expect(await step()).toMatchObject({ sent: 0, waiting: 0 })
    expect(await events()).toContainEqual(expect.objectContaining({ title: 'newer', location: 'Room 1' }))
    await answer('altered', 'seen')
    expect(await waits()).toEqual([])
    // The next change that arrives whole has nothing to say either.
    between.rewrite()
    await change(id, { title: 'newest' })
    expect(await step()).toMatchObject({ sent: 1, waiting: 0 })
    expect(await waits()).toEqual([])
    expect(await there()).toContain('newest')
  })

  test('a changed instance that it loses is named and still shown', async () => {
    const id = await add('daily', { rule: 'FREQ=DAILY;COUNT=3' })
    await sync()
    const [first] = (await events()).filter(each => each.id === id)
    await engine.call('events.change', {
      ...{ eventId: id, instance: first?.instance ?? null, scope: 'this', zone: 'UTC' },
      fields: { title: 'daily moved' },
    })
    between.rewrite(
      without(
        /BEGIN:VEVENT\r\n(?:(?!END:VEVENT)[^\n]*\n)*RECURRENCE-ID[^\n]*\n(?:(?!END:VEVENT)[^\n]*\n)*END:VEVENT\r\n/,
      ),
    )
    expect(await step()).toMatchObject({ sent: 1, waiting: 0 })
    expect(await waits()).toMatchObject([
      { what: 'altered', lost: [expect.stringMatching(/^RECURRENCE-ID 2026/)] },
    ])
    expect(await here()).toContain('daily moved')
  })

  test('what it keeps with another value counts, and is named', async () => {
    between.rewrite({
      request: asked =>
        isPut(asked)
          ? { ...asked, body: Buffer.from(asked.body.toString().replace('SUMMARY:new', 'SUMMARY:NEW')) }
          : undefined,
    })
    await add('new')
    expect(await step()).toMatchObject({ sent: 1, waiting: 0 })
    expect(await waits()).toMatchObject([{ what: 'altered', changed: ['SUMMARY'], lost: [] }])
    expect(await here()).toContain('NEW')
  })

  test('cut off after it took a change that it keeps otherwise: once, and named all the same', async () => {
    await change(await idOf('a'), { title: 'a ours', location: 'Room 1' })
    await add('new', { location: 'Room 1' })
    let left = 2
    between.rewrite({
      request: asked =>
        isPut(asked)
          ? {
              ...asked,
              body: Buffer.from(
                asked.body
                  .toString()
                  .replace(/^LOCATION:.*\r\n/m, '')
                  .replace(/^SUMMARY:(.*?)\r$/m, 'SUMMARY:$1 !\r'),
              ),
            }
          : undefined,
      answer: (_answered, asked) => {
        if (isPut(asked) && left-- > 0) throw new Error('cut')
        return undefined
      },
    })
    for (let at = 0; at < 3; at++) await sync()
    expect(await step()).toMatchObject({ waiting: 0 })
    expect([await here(), await there()]).toEqual([
      ['a ours !', 'b', 'c', 'd', 'new !'],
      ['a ours !', 'b', 'c', 'd', 'new !'],
    ])
    expect(await waits()).toMatchObject([
      { what: 'altered', lost: ['LOCATION'], changed: ['SUMMARY'] },
      { what: 'altered', lost: ['LOCATION'], changed: ['SUMMARY'] },
    ])
  })

  test.each([false, true])(
    'another UID, at another address: %j. Once here and once there',
    async isElsewhere => {
      between.rewrite({
        request: asked => {
          if (!isPut(asked)) return undefined
          const body = Buffer.from(asked.body.toString().replace(/^UID:.*$/m, 'UID:of-the-server\r'))
          return {
            ...asked,
            body,
            path: isElsewhere ? '/alice%40rig.test/work/of-the-server.ics' : asked.path,
          }
        },
      })
      await add('new')
      await sync()
      await sync()
      expect(await step()).toMatchObject({ sent: 0, waiting: 0 })
      expect(await here()).toEqual(['a', 'b', 'c', 'd', 'new'])
      expect(await there()).toEqual(['a', 'b', 'c', 'd', 'new'])
    },
  )

  test('taken and never shown: it is not sent again by itself, and a person may have it so', async () => {
    between.rewrite({ request: asked => (isPut(asked) ? says(201) : undefined) })
    await add('new')
    await sync()
    expect(await step()).toMatchObject({ waiting: 1 })
    const before = puts()
    await sync()
    expect(puts()).toBe(before)
    expect(await waits()).toMatchObject([{ what: 'not-sent', problem: { code: 'change-not-shown' } }])
    between.rewrite()
    await answer('not-sent', 'try-again')
    expect(await step()).toMatchObject({ sent: 1, waiting: 0 })
    expect([await waits(), await there()]).toEqual([[], ['a', 'b', 'c', 'd', 'new']])
  })

  test('a listing with the ETag from before our change does not take it back', async () => {
    const before = Buffer.from((await client.get(new URL('a.ics', work()))).bytes).toString()
    await change(await idOf('a'), { title: 'a ours' })
    between.rewrite({
      answer: (answered, asked) =>
        asked.method === 'REPORT'
          ? {
              ...answered,
              body: Buffer.from(
                answered.body
                  .toString()
                  .replace(
                    /(a\.ics<\/href>\s*<propstat>\s*<prop>\s*<getetag>)[^<]*/,
                    '$1&quot;of-before&quot;',
                  )
                  .replace(
                    /BEGIN:VCALENDAR(?:(?!END:VCALENDAR)[\s\S])*SUMMARY:a ours(?:(?!END:VCALENDAR)[\s\S])*END:VCALENDAR/,
                    before.trim(),
                  ),
              ),
            }
          : undefined,
    })
    await sync()
    expect(await here()).toContain('a ours')
    between.rewrite()
    await sync()
    expect([await here(), await there()]).toEqual([
      ['a ours', 'b', 'c', 'd'],
      ['a ours', 'b', 'c', 'd'],
    ])
  })
})

describe('a server that keeps something else of a card than it was sent', () => {
  const people = () => new URL('alice%40rig.test/people/', server.url)
  const value = (text: string, label = '') => ({ value: text, types: [], label, preferred: false })
  const dropping = (...lines: RegExp[]) => ({
    request: (asked: PassingRequest) =>
      isPut(asked)
        ? {
            ...asked,
            body: Buffer.from(
              lines.reduce((text, line) => text.replace(line, ''), asked.body.toString('latin1')),
              'latin1',
            ),
          }
        : undefined,
  })
  const syncBook = () => engine.call('contacts.sync', { accountId: null })
  const bookWaits = () => engine.call('contacts.waits', {})
  const fieldsOf = async (id: ContactId) => (await engine.call('contacts.show', { id })).fields
  const addContact = async (displayName: string): Promise<ContactId> => {
    const bookId = (await engine.call('contacts.books', {})).find(each => each.accountId !== null)
      ?.id as BookId
    const fields = { displayName, note: 'met at the fair', phones: [value('1'), value('2', 'boat')] }
    return (await engine.call('contacts.add', { bookId, fields })).id
  }
  const names = async () => {
    const { rows } = await client.propfind(people(), '1', ['{DAV:}getetag'])
    return rows.filter(({ href }) => href.endsWith('.vcf')).map(({ href }) => new URL(href, people()))
  }

  beforeEach(async () => {
    await client.makeCollection(people(), { kind: 'contacts', name: 'People' })
    await syncBook()
  })
  afterEach(() => client.remove(people(), { kind: 'none' }).catch(() => undefined))

  test('what it left out is named, stays here also beside a change from there, and is not sent again by itself', async () => {
    between.rewrite(dropping(/^NOTE:.*\r\n/m, /^item\d\.X-ABLabel:.*\r\n/m))
    const contactId = await addContact('Ida')
    expect(await syncBook()).toMatchObject({ books: [{ sent: 1, waiting: 0 }] })
    expect(await bookWaits()).toMatchObject([
      { what: 'altered', contactId, name: 'Ida', lost: ['NOTE', 'X-ABLABEL'], changed: [] },
    ])
    const before = puts()
    expect(await syncBook()).toMatchObject({ books: [{ sent: 0, waiting: 0 }] })
    expect(puts()).toBe(before)
    const [url] = await names()
    if (!url) throw new Error('no card there')
    const text = Buffer.from((await client.get(url)).bytes).toString()
    expect(text).not.toContain('met at the fair')
    await client.put(url, Buffer.from(text.replace('END:VCARD', 'ORG:Choir\r\nEND:VCARD')), {
      ...{ condition: { kind: 'none' }, contentType: 'text/vcard' },
    })
    expect(await syncBook()).toMatchObject({ books: [{ sent: 0, waiting: 0 }] })
    expect(await fieldsOf(contactId)).toMatchObject({
      ...{ note: 'met at the fair', organisation: 'Choir' },
      phones: [{ value: '1' }, { value: '2', label: 'boat' }],
    })
    // The next change that arrives whole has nothing to say.
    between.rewrite()
    await engine.call('contacts.change', { id: contactId, change: { title: 'Dr' } })
    expect(await syncBook()).toMatchObject({ books: [{ sent: 1, waiting: 0 }] })
    expect(await bookWaits()).toEqual([])
    expect(Buffer.from((await client.get(url)).bytes).toString()).toContain('met at the fair')
  })

  test('cut off after it took a card that it keeps otherwise: once, and named all the same', async () => {
    const contactId = await addContact('Ida')
    let left = 1
    between.rewrite({
      ...dropping(/^NOTE:.*\r\n/m),
      answer: (_answered, asked) => {
        if (isPut(asked) && left-- > 0) throw new Error('cut')
        return undefined
      },
    })
    for (let at = 0; at < 3; at++) await syncBook()
    expect(await bookWaits()).toMatchObject([{ what: 'altered', contactId, lost: ['NOTE'] }])
    expect(await names()).toHaveLength(1)
    expect(await fieldsOf(contactId)).toMatchObject({ note: 'met at the fair' })
    // The same for a change of one that is there.
    left = 1
    await engine.call('contacts.change', { id: contactId, change: { title: 'Dr', note: 'met again' } })
    for (let at = 0; at < 3; at++) await syncBook()
    expect(await bookWaits()).toMatchObject([{ what: 'altered', contactId, lost: ['NOTE'] }])
    expect(await fieldsOf(contactId)).toMatchObject({ note: 'met again', title: 'Dr' })
    expect(await names()).toHaveLength(1)
  })
})

describe('a server that refuses', () => {
  const precondition = (name: string): string =>
    `<?xml version="1.0"?><error xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><${name}/></error>`
  const hidden = (path: string) =>
    `<?xml version="1.0"?><multistatus xmlns="DAV:"><response><href>${path}</href><status>HTTP/1.1 409 Conflict</status></response></multistatus>`

  test.each<[string, (asked: PassingRequest) => ReturnType<typeof says>]>([
    [
      '403 with a precondition',
      () => says(403, precondition('C:max-resource-size'), { 'Content-Type': 'application/xml' }),
    ],
    ['403 in words', () => says(403, 'No.')],
    ['400, as for an instance without its series', () => says(400, 'Bad Request')],
    ['500, for this one alone', () => says(500)],
    ['507', () => says(507)],
    [
      'a 207 that hides a refusal',
      asked => says(207, hidden(asked.path), { 'Content-Type': 'application/xml' }),
    ],
    ['a redirect to a stranger', () => says(302, '', { Location: 'https://evil.example/' })],
  ])('%s: the change waits, is named with what may be done, and holds no other', async (what, say) => {
    await add('poison')
    await add('good')
    between.rewrite({
      request: asked => (isPut(asked) && asked.body.includes('SUMMARY:poison') ? say(asked) : undefined),
    })
    const { calendars, problems } = await sync()
    // Without room there is none for the others either.
    const isFull = what === '507'
    expect(calendars).toMatchObject([{ waiting: isFull ? 2 : 1 }])
    expect(problems).toHaveLength(1)
    expect(await there()).toEqual(isFull ? ['a', 'b', 'c', 'd'] : ['a', 'b', 'c', 'd', 'good'])
    expect(await waits()).toMatchObject([
      {
        what: 'not-sent',
        title: 'poison',
        answers: ['try-again', 'give-up'],
        problem: { code: expect.any(String) },
      },
    ])
    expect(made.asked.every(({ host }) => host === 'localhost')).toBe(true)
    // It ends by itself where the server changes its mind.
    between.rewrite()
    expect(await step()).toMatchObject({ waiting: 0 })
    expect([await waits(), await there()]).toEqual([[], ['a', 'b', 'c', 'd', 'good', 'poison']])
  })

  test('given up: what the server has counts again, and what it never had goes', async () => {
    await change(await idOf('a'), { title: 'a ours' })
    await add('new')
    between.rewrite({ request: asked => (isPut(asked) ? says(403, 'No.') : undefined) })
    await sync()
    await answer('not-sent', 'give-up')
    await answer('not-sent', 'give-up')
    between.rewrite()
    expect(await step()).toMatchObject({ sent: 0, waiting: 0 })
    expect([await here(), await waits()]).toEqual([['a', 'b', 'c', 'd'], []])
    expect(await there()).toEqual(['a', 'b', 'c', 'd'])
  })

  test('a calendar that may only be read now: changes wait, are told, and go when they may or are given up', async () => {
    await change(await idOf('a'), { title: 'a ours' })
    const readOnly = {
      answer: (
        answered: { status: number; headers: Readonly<Record<string, string>>; body: Buffer },
        asked: PassingRequest,
      ) =>
        asked.method === 'PROPFIND'
          ? {
              ...answered,
              body: Buffer.from(
                answered.body
                  .toString()
                  .replace(
                    /<current-user-privilege-set>.*?<\/current-user-privilege-set>/gs,
                    '<current-user-privilege-set><privilege><read /></privilege></current-user-privilege-set>',
                  ),
              ),
            }
          : undefined,
    }
    between.rewrite(readOnly)
    const before = puts()
    expect(await step()).toMatchObject({ sent: 0, waiting: 1 })
    expect(puts()).toBe(before)
    expect(await waits()).toMatchObject([{ what: 'read-only', count: 1, answers: ['give-up'] }])
    await expect(change(await idOf('b'), { title: 'x' })).rejects.toMatchObject({
      code: 'calendar-read-only',
    })
    between.rewrite()
    expect(await step()).toMatchObject({ sent: 1, waiting: 0 })
    expect(await waits()).toEqual([])
    await change(await idOf('b'), { title: 'b ours' })
    between.rewrite(readOnly)
    await sync()
    await answer('read-only', 'give-up')
    expect(await step()).toMatchObject({ waiting: 0 })
    expect(await here()).toEqual(['a ours', 'b', 'c', 'd'])
  })
})

describe('a server that loses', () => {
  test.each([404, 410])(
    'a calendar that is gone (%i) stays here with its changes, and comes back',
    async status => {
      await change(await idOf('a'), { title: 'a ours' })
      await engine.call('events.remove', { eventId: await idOf('b'), ...whole })
      const lost = {
        request: (asked: PassingRequest) => (asked.path.includes('/work/') ? says(status) : undefined),
      }
      between.rewrite(lost)
      expect(await step()).toMatchObject({ outcome: 'gone', removed: 0, waiting: 2 })
      expect([await here(), await waits()]).toMatchObject([
        ['a ours', 'c', 'd'],
        [{ what: 'gone', count: 4, answers: ['keep', 'remove'] }],
      ])
      between.rewrite()
      expect(await step()).toMatchObject({ outcome: 'done', sent: 2, waiting: 0 })
      expect([await waits(), await there()]).toEqual([[], ['a ours', 'c', 'd']])
    },
  )

  test('a calendar that is gone can be kept on this machine, or go', async () => {
    await client.remove(work(), { kind: 'none' })
    await sync()
    await answer('gone', 'keep')
    const kept = (await engine.call('calendars.list', {})).find(({ name }) => name === 'Work')
    expect(kept).toMatchObject({ accountId: null, isReadOnly: false, eventCount: 4 })
    expect([await here(), await waits()]).toEqual([['a', 'b', 'c', 'd'], []])
    await client.makeCollection(work(), { kind: 'calendar', name: 'Work' })
    await write('e')
    await sync()
    expect(await here()).toEqual(['a', 'b', 'c', 'd', 'e'])
    await client.remove(work(), { kind: 'none' })
    await sync()
    await answer('gone', 'remove')
    expect([await here(), await waits()]).toEqual([['a', 'b', 'c', 'd'], []])
    expect(await engine.call('calendars.list', {})).toHaveLength(2)
  })

  test('an empty list of calendars, once: all stays, and nothing is asked', async () => {
    between.rewrite({
      answer: (answered, asked) =>
        asked.method === 'PROPFIND' && asked.headers['depth'] === '1'
          ? {
              ...answered,
              body: Buffer.from('<?xml version="1.0"?><multistatus xmlns="DAV:"></multistatus>'),
            }
          : undefined,
    })
    expect(await step()).toMatchObject({ outcome: 'unchanged' })
    expect([await here(), await waits()]).toEqual([['a', 'b', 'c', 'd'], []])
  })

  test('a calendar that is listed twice, in two spellings, is one', async () => {
    between.rewrite({
      answer: (answered, asked) =>
        asked.method === 'PROPFIND' && asked.headers['depth'] === '1'
          ? {
              ...answered,
              body: Buffer.from(
                answered.body
                  .toString()
                  .replace(
                    /<response><href>[^<]*work\/<\/href>.*?<\/response>/s,
                    row => `${row}${row}${row.replace('work/', 'work')}`,
                  ),
              ),
            }
          : undefined,
    })
    await sync()
    expect((await engine.call('calendars.list', {})).filter(each => each.accountId !== null)).toHaveLength(1)
    expect(await here()).toEqual(['a', 'b', 'c', 'd'])
  })

  test('many that are gone are asked about: yes, and no', async () => {
    for (const uid of ['a', 'b']) await remove(uid)
    expect(await step()).toMatchObject({ outcome: 'asks-about-removal', removed: 0 })
    expect(await waits()).toMatchObject([{ what: 'asks-removal', count: 2, answers: ['remove', 'put-back'] }])
    await answer('asks-removal', 'put-back')
    expect(await waits()).toMatchObject([{ what: 'asks-removal', answer: 'put-back' }])
    expect(await step()).toMatchObject({ outcome: 'done', removed: 0, sent: 2, waiting: 0 })
    expect(await there()).toEqual(['a', 'b', 'c', 'd'])
    const names = (await waits()).map(({ what }) => what)
    expect(names).toEqual(['kept-ours', 'kept-ours'])
    for (const what of names) await answer(what, 'seen')
    const { rows } = await client.propfind(work(), '1', ['{DAV:}getetag'])
    for (const { href } of rows.filter(each => each.href.endsWith('.ics')).slice(0, 2))
      await client.remove(new URL(href, work()), { kind: 'none' })
    await sync()
    await answer('asks-removal', 'remove')
    expect(await step()).toMatchObject({ outcome: 'done', removed: 2 })
    expect([(await here()).length, await waits()]).toEqual([2, []])
  })

  test('what another program takes away right after it was sent is seen gone, also where the collection is then as it was', async () => {
    await add('just sent')
    let isSent = false
    let isTaken = false
    between.rewrite({
      request: async asked => {
        isSent ||= isPut(asked)
        if (!isSent || isTaken || asked.method !== 'PROPFIND') return undefined
        isTaken = true
        const { rows } = await client.propfind(work(), '1', ['{DAV:}getetag'])
        for (const { href } of rows)
          if (href.endsWith('.ics') && !/\/[abcd]\.ics$/.test(href))
            await client.remove(new URL(href, work()), { kind: 'none' })
        return undefined
      },
    })
    await sync()
    await sync()
    expect(isTaken).toBe(true)
    expect(await here()).toEqual(['a', 'b', 'c', 'd'])
  })

  test('many that are gone and come back are not asked about any more', async () => {
    for (const uid of ['a', 'b']) await remove(uid)
    await sync()
    for (const uid of ['a', 'b']) await write(uid)
    expect(await step()).toMatchObject({ removed: 0 })
    expect([await here(), await waits()]).toEqual([['a', 'b', 'c', 'd'], []])
  })

  test('an object that cannot be read is named, asked for once, and again by a word', async () => {
    between.rewrite({
      request: asked => (asked.path.endsWith('/bad.ics') && asked.method === 'GET' ? says(403) : undefined),
      answer: (answered, asked) =>
        asked.method === 'REPORT' && answered.body.includes('SUMMARY:bad')
          ? {
              ...answered,
              body: Buffer.from(
                answered.body.toString().replace(/BEGIN:VCALENDAR.*?SUMMARY:bad.*?END:VCALENDAR/s, ''),
              ),
            }
          : undefined,
    })
    await write('bad')
    expect(await step()).toMatchObject({ outcome: 'incomplete', concerned: 1 })
    expect(await waits()).toMatchObject([{ what: 'unread', href: expect.stringContaining('bad.ics') }])
    const asked = () => between.asked.filter(({ path }) => path.endsWith('/bad.ics')).length
    const before = asked()
    await write('e')
    expect(await step()).toMatchObject({ outcome: 'done', received: 1 })
    expect(asked()).toBe(before)
    await answer('unread', 'try-again')
    expect(await step()).toMatchObject({ outcome: 'incomplete' })
    expect(asked()).toBe(before + 1)
    between.rewrite()
    await answer('unread', 'try-again')
    await sync()
    expect([await here(), await waits()]).toEqual([['a', 'b', 'bad', 'c', 'd', 'e'], []])
  })

  test.each([403, 500])(
    'a token that is refused with %i: all is compared, and nothing goes',
    async status => {
      await write('e')
      await remove('a')
      between.rewrite({
        request: asked =>
          asked.method === 'REPORT' && /sync-token>[^<]/.test(asked.body.toString())
            ? says(status)
            : undefined,
      })
      expect(await step()).toMatchObject({ outcome: 'done', received: 1, removed: 1 })
      expect(await here()).toEqual(['b', 'c', 'd', 'e'])
    },
  )
})
