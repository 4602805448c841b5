import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CalendarId } from '../../../../../shared/features/calendar/model'
import { openTestEngine, type TestEngine } from '../../../../support/engine-in-test'

const directory = mkdtempSync(join(tmpdir(), 'siegel-find-'))
const zone = 'Europe/Berlin'
let engine: TestEngine
let calendarId: CalendarId
beforeAll(async () => {
  engine = await openTestEngine(join(directory, 'profile'))
  calendarId = (await engine.call('calendars.list', {}))[0]!.id
  const [book] = await engine.call('contacts.books', {})
  const event = (title: string, at: string, more: object = {}) =>
    engine.call('events.add', {
      calendarId,
      fields: { title, start: { at, zone: at.includes('T') ? zone : null }, ...more },
    })
  const todo = (title: string, more: object = {}) =>
    engine.call('todos.add', { calendarId, fields: { title, ...more } })
  await event('Zahnarzttermin', '2026-03-12T14:30', { description: 'bei Frau Müller' })
  await event('Chor', '2026-01-08T19:00', { rule: 'FREQ=WEEKLY', location: 'Straße 5' })
  await event('Urlaub', '2026-03-30', { duration: 'P10D' })
  await todo('Zahnarzt anrufen', { due: { at: '2026-03-11', zone: null } })
  await todo('Mueller zurückrufen', { notes: 'wegen der Rechnung' })
  const { id: accountId } = await engine.call('accounts.add', {
    config: {
      ...{ address: 'me@example.org', displayName: '' },
      services: {
        xmpp: {
          ...{ userName: 'me@example.org', caPem: null },
          server: { host: 'chat.invalid', port: 5223, security: 'tls' },
        },
      },
    },
    password: 'x',
  })
  for (const [address, text] of [
    ['eva@example.org', 'Der Röntgenblick nach dem Segeln'],
    ['eva@example.org', 'Frau Müllers Roentgenbild 👍🏽'],
    ['joerg@example.org', 'segeln wir "heute"? NOT OR (x* NEAR'],
  ] as const) {
    const { conversationId } = await engine.call('chat.open', { accountId, address })
    await engine.call('chat.send', { conversationId, text, replyTo: null, inClear: false })
  }
  await engine.call('contacts.add', { bookId: book!.id, fields: { displayName: 'Jörg Müller' } })
})
afterAll(async () => {
  await engine.close()
  rmSync(directory, { recursive: true, force: true })
})

const find = async (text: string) => {
  const { events, contacts, todos } = await engine.call('find.query', { text, zone, limit: 20 })
  return [
    ...events.map(each => each.title),
    ...contacts.map(each => each.name),
    ...todos.map(each => each.title),
  ]
}

test.each<[string, readonly string[]]>([
  // A part of a compound, in all that is kept.
  ['arzt', ['Zahnarzttermin', 'Zahnarzt anrufen']],
  ['termin', ['Zahnarzttermin']],
  ['in:todos arzt', ['Zahnarzt anrufen']],
  ['in:calendar arzt', ['Zahnarzttermin']],
  // However umlauts and ß are written, there or here.
  ['Müller', ['Zahnarzttermin', 'Jörg Müller', 'Mueller zurückrufen']],
  ['mueller', ['Zahnarzttermin', 'Jörg Müller', 'Mueller zurückrufen']],
  ['strasse', ['Chor']],
  ['müller -zahn', ['Mueller zurückrufen']],
  ['in:contacts jorg', ['Jörg Müller']],
  ['"frau müller"', ['Zahnarzttermin']],
  ['arzt nobody', []],
  ['from:eva arzt', []],
  ['', []],
  ['-arzt', []],
])('%s', async (text, titles) => {
  expect(await find(text)).toEqual(titles)
})

test.each<[string, readonly string[]]>([
  ['when:2026-03-12', ['Chor', 'Zahnarzttermin']],
  ['when:2026-03-11', ['Zahnarzt anrufen']],
  ['when:2026-04-02 in:calendar', ['Urlaub', 'Chor']],
  ['when:2026-04-09 in:calendar', ['Chor']],
  ['chor when:2030-01', ['Chor']],
  ['arzt when:2026-03', ['Zahnarzttermin', 'Zahnarzt anrufen']],
  ['arzt when:2027', []],
])('%s', async (text, titles) => {
  expect([...(await find(text))].sort()).toEqual([...titles].sort())
})

const chats = async (text: string, limit = 20) =>
  (await engine.call('find.query', { text, zone, limit })).chats.map(each => each.text)

test.each<[string, readonly string[]]>([
  ['segel', ['segeln wir', 'Der Röntgenblick']],
  ['in:chat segel', ['segeln wir', 'Der Röntgenblick']],
  ['in:todos segel', []],
  // Written out or not, there or here, and across words.
  ['röntgen', ['Frau Müllers', 'Der Röntgenblick']],
  ['roentgen in:chat', ['Frau Müllers', 'Der Röntgenblick']],
  ['"frau mueller" in:chat', ['Frau Müllers']],
  ['"dem segel"', ['Der Röntgenblick']],
  ['"segeln der"', []],
  ['in:chat segel -nach', ['segeln wir']],
  ['segel -röntgenblick', ['segeln wir']],
  // Signs that are no words, and words of the index's own language.
  ['👍', ['Frau Müllers']],
  ['👍 -müller', []],
  ['in:chat segel -👍', ['segeln wir', 'Der Röntgenblick']],
  ['in:chat NOT', ['segeln wir']],
  ['in:chat "x* NEAR', ['segeln wir']],
  ['in:chat "', []],
  // Conversations by name or address.
  ['in:chat eva', ['eva@example.org']],
  ['joerg@', ['joerg@example.org']],
  // What was said on a day.
  ['in:chat when:today', ['segeln wir', 'Frau Müllers', 'Der Röntgenblick']],
  ['segel when:today', ['segeln wir', 'Der Röntgenblick']],
  ['segel when:2020', []],
])('chat: %s', async (text, found) => {
  const all = await chats(text)
  expect(all.map((each, at) => each.startsWith(found[at] ?? '–'))).toEqual(found.map(() => true))
})

test('a day alone asks for no chat unless it is named, and what is cut is said', async () => {
  expect(await chats('when:today')).toEqual([])
  const cut = await engine.call('find.query', { text: 'in:chat segel', zone, limit: 1 })
  expect(cut).toMatchObject({ isCut: true, chats: [{ name: 'joerg@example.org', author: '' }] })
})

test('mail is asked for what is meant for it, and for nothing where other places are named', async () => {
  await engine.call('accounts.addSample', {})
  const search = async (text: string) =>
    (await engine.call('search.query', { text, mailboxId: null, limit: 50 })).total
  expect(await search('Siegel')).toBeGreaterThan(0)
  expect(await search('in:mail Siegel')).toBe(await search('Siegel'))
  expect(await search('in:calendar Siegel')).toBe(0)
})
