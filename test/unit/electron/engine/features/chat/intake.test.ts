import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openStore, type WholeStore } from '../../../../../../electron/engine/compose/open-store'
import { startTelling } from '../../../../../../electron/engine/features/chat/app/tell'
import { Link } from '../../../../../../electron/engine/features/chat/connection/link'
import { takeIn } from '../../../../../../electron/engine/features/chat/connection/take-in'
import { writeEncrypted } from '../../../../../../electron/engine/formats/omemo/stanza/encrypted'
import type { Element } from '../../../../../../electron/engine/ports/chat/element'
import { el } from '../../../../../../electron/engine/ports/chat/element'
import type { XmppSession } from '../../../../../../electron/engine/ports/chat/xmpp-session'
import { systemClock, systemRandom } from '../../../../../../electron/engine/system'
import type { ChatNews } from '../../../../../../shared/features/chat/model'
import type { AccountId } from '../../../../../../shared/kit/ids'
import { SeededRandom } from '../../../../../fixtures/mail-generator-random'
import { silentLog } from '../../../../../support/engine-in-test'

const client = 'jabber:client'
const [me, eva, mallory] = ['me@rig.test', 'eva@rig.test', 'mallory@evil.test']
const seed = Number(process.env['SIEGEL_CHAT_SEED'] ?? 20_261_128)

let directory: string
let store: WholeStore
let id: AccountId
let link: Link
let told: Element[]

const parts = () => ({
  store,
  xmpp: {} as never,
  vault: { omemo: {} as never },
  ...{ clock: systemClock, random: systemRandom, log: silentLog, readXml: () => null },
  settingsOf: () => ({
    ...{ receipts: true, markers: true, typing: true, toStrangers: false },
    ...{ encryptByDefault: false, undoSeconds: 0 },
  }),
})
const open = () => {
  directory = mkdtempSync(join(tmpdir(), 'siegel-intake-'))
  store = openStore({
    ...{ directory, key: randomBytes(32), clock: systemClock, random: systemRandom, log: silentLog },
  }).store
  const server = { host: 'localhost', port: 5223, security: 'tls' as const }
  id = store.accounts.add({
    config: {
      ...{ address: me, displayName: '' },
      services: { xmpp: { userName: me, caPem: null, server } },
    },
    ...{ sample: false, password: 'x' },
  }).id
  told = []
  link = new Link({
    ...{ accountId: id, bareJid: me },
    tell: (stanza: Element) => told.push(stanza) > 0,
  } as unknown as XmppSession)
  link.bound = {
    ...{ resumed: false, jid: `${me}/here`, archiveEdge: null, maxStanzaBytes: 100_000 },
    offers: new Set(),
    features: { server: new Set(), account: new Set(['urn:xmpp:mam:2', 'urn:xmpp:sid:0']) },
  }
  store.chat.conversations.setRoster(id, true, [{ jid: eva, name: 'Eva', subscription: 'both' }], null)
}
const close = () => {
  store.close()
  rmSync(directory, { recursive: true, force: true })
}
beforeEach(open)
afterEach(close)

const body = (text: string) => el('body', client, {}, text)
const stanzaId = (value: string, by = me) => el('stanza-id', 'urn:xmpp:sid:0', { id: value, by })
const message = (from: string, origin: string, ...children: Element[]) =>
  el('message', client, { from: `${from}/phone`, to: me, type: 'chat', id: origin }, ...children)
const correct = (target: string) => el('replace', 'urn:xmpp:message-correct:0', { id: target })
const retract = (target: string) => el('retract', 'urn:xmpp:message-retract:1', { id: target })
const react = (target: string, ...emoji: string[]) =>
  el(
    'reactions',
    'urn:xmpp:reactions:0',
    { id: target },
    ...emoji.map(each => el('reaction', 'urn:xmpp:reactions:0', {}, each)),
  )
const forwarded = (inner: Element, stamp: string) =>
  el('forwarded', 'urn:xmpp:forward:0', {}, el('delay', 'urn:xmpp:delay', { stamp }), inner)
const archived = (inner: Element, archiveId: string, stamp: string, from = me, query = 'q') =>
  el(
    'message',
    client,
    { from, to: `${me}/here` },
    el('result', 'urn:xmpp:mam:2', { queryid: query, id: archiveId }, forwarded(inner, stamp)),
  )
const carbon = (kind: 'sent' | 'received', inner: Element, from = me) =>
  el(
    'message',
    client,
    { from, to: `${me}/here` },
    el(kind, 'urn:xmpp:carbons:2', {}, forwarded(inner, '2026-11-01T10:00:00Z')),
  )

const live = (stanza: Element) => takeIn(parts(), link, stanza, { place: { kind: 'live' }, commit: null })
const shown = (jid = eva) => {
  const row = store.chat.conversations.byJid(id, jid)
  if (row === null) return []
  return store.chat.messages.page(row.id, { at: 'end' }, 500, 0).rows.map(each => ({
    text: each.text,
    origin: each.origin_id,
    retracted: each.retracted,
    own: each.is_own,
    edits: store.chat.messages.versions(each.id).length,
    reactions: store.chat.messages
      .reactions([each.id])
      .map(({ sender, emoji }) => `${sender} ${emoji}`)
      .sort(),
  }))
}

describe('a message that fails in this program again and again', () => {
  const locked = (origin: string) =>
    message(
      eva,
      origin,
      stanzaId(`s-${origin}`),
      writeEncrypted({
        ...{
          version: 'omemo2',
          deviceId: 815,
          iv: null,
          payload: Buffer.alloc(64, 1),
          sessions: [],
          failed: [],
        },
        keys: [{ jid: me, deviceId: 4711, isKeyExchange: false, data: Buffer.alloc(80, 2) }],
      }),
    )
  test('ends its stream three times, and then stands there as one that cannot be read and holds up nobody', async () => {
    // The vault of these tests answers nothing at all, as a mistake in this program would.
    store.chat.keys.setOwn(id, { deviceId: 4711, fingerprint: 'f', sealed: Buffer.from('sealed') })
    let committed = 0
    const take = (stanza: Element) =>
      takeIn(parts(), link, stanza, { place: { kind: 'live' }, commit: () => (committed += 1) })
    for (let times = 0; times < 3; times += 1) await expect(take(locked('bad'))).rejects.toThrow(TypeError)
    expect([committed, shown().length]).toEqual([0, 0])
    await take(locked('bad'))
    expect(committed).toBe(1)
    await take(message(eva, 'after', body('what comes after it')))
    const row = store.chat.conversations.byJid(id, eva)!
    const { rows } = store.chat.messages.page(row.id, { at: 'end' }, 10, 0)
    expect(rows.map(({ text, undecryptable }) => [text, undecryptable])).toEqual([
      ['', 'broken'],
      ['what comes after it', null],
    ])
  })
})

describe('an answer that a message could not be delivered', () => {
  const error = (origin: string, condition: string, from = eva, ...quoted: Element[]) =>
    el(
      'message',
      client,
      { from, to: me, type: 'error', id: origin },
      ...quoted,
      el('error', client, { type: 'cancel' }, el(condition, 'urn:ietf:params:xml:ns:xmpp-stanzas')),
    )
  /** Written here, and taken by the server. */
  const sent = (origin: string) => {
    const row = store.chat.conversations.ensure(id, eva, 'person', { isRequest: false, mode: 'clear' })!
    const message = store.chat.outgoing.write({
      ...{ conversation: row.id, own: me, stanza: origin, text: origin, inClear: true, isEncrypted: false },
      ...{ saying: { kind: 'text', text: origin, reply: null }, undoUntilMs: 0 },
    })
    store.chat.outgoing.acked(id, origin)
    return message
  }
  const stateOf = (message: ReturnType<typeof sent>) => {
    const { state, failure } = store.chat.messages.require(message)
    return [state, failure === null ? null : (JSON.parse(failure) as { cause: string }).cause]
  }
  test.each([
    ['item-not-found', 'unknown-address'],
    ['remote-server-not-found', 'unknown-address'],
    ['forbidden', 'refused'],
    ['something-new', 'refused'],
  ])('%s: %s', async (condition, cause) => {
    const message = sent('m1')
    const other = sent('m2')
    const bodyOfOther = el(
      'encrypted',
      'urn:xmpp:omemo:2',
      {},
      el('header', 'urn:xmpp:omemo:2', { sid: '1' }),
    )
    await live(error('m1', condition, eva, body('what it quotes'), bodyOfOther))
    expect([stateOf(message), stateOf(other)]).toEqual([
      ['failed', cause],
      ['sent', null],
    ])
    expect(shown().map(({ text }) => text)).toEqual(['m1', 'm2'])
  })
  test('of somebody else, about what is unknown, or too late: nothing', async () => {
    const message = sent('m1')
    await live(error('m1', 'forbidden', mallory))
    await live(error('m9', 'forbidden'))
    expect(stateOf(message)).toEqual(['sent', null])
    await live(
      el(
        'message',
        client,
        { from: `${eva}/phone`, to: me, id: 'r' },
        el('received', 'urn:xmpp:receipts', { id: 'm1' }),
      ),
    )
    await live(error('m1', 'forbidden'))
    expect(stateOf(message)).toEqual(['delivered', null])
  })
  test('the copy in the archive does not make it one that was delivered, and what is tried again leaves again', async () => {
    const message = sent('m1')
    await live(error('m1', 'remote-server-not-found'))
    link.queries.set('q', { archive: me, items: [] })
    const copy = archived(
      el('message', client, { from: `${me}/here`, to: eva, type: 'chat', id: 'm1' }, body('m1')),
      ...(['a1', '2026-11-01T10:00:00Z'] as const),
    )
    const read = () => takeIn(parts(), link, copy, { place: { kind: 'archive', place: 7 }, commit: null })
    await read()
    expect(stateOf(message)).toEqual(['failed', 'unknown-address'])
    store.chat.outgoing.again(message, { kind: 'text', text: 'm1', reply: null }, true)
    await read()
    expect(stateOf(message)[0]).toBe('queued')
    expect(store.chat.outgoing.waiting(id)).toHaveLength(1)
    expect(shown()).toHaveLength(1)
  })
})

test('clocks that go backwards, stand still or are years off sort nothing: the archive does', async () => {
  // As a stream begins.
  store.chat.conversations.leaveRoom(id)
  link.queries.set('q', { archive: me, items: [] })
  const stamps = ['2026-11-01', '2031-01-01', '1999-12-31', '2026-11-01', '2026-10-31']
  for (const [at, day] of stamps.entries())
    await takeIn(
      ...([parts(), link] as const),
      archived(message(eva, `c${at}`, body(`said ${at}`)), `c${at}`, `${day}T10:00:00Z`),
      { place: { kind: 'archive', place: at + 1 }, commit: null },
    )
  await live(message(eva, 'live', body('said last'), stanzaId('live')))
  expect(shown().map(({ text }) => text)).toEqual([...stamps.map((_, at) => `said ${at}`), 'said last'])
})

describe('what is said by somebody who may not say it', () => {
  const cases: readonly [string, () => Element][] = [
    ['a carbon of somebody else', () => carbon('sent', message(me, 'x', body('forged')), mallory)],
    [
      'a carbon of an own device as sender',
      () => carbon('received', message(eva, 'x', body('forged')), `${me}/other`),
    ],
    ['a carbon of what others sent', () => carbon('sent', message(eva, 'x', body('forged')))],
    [
      'an archive nobody asked',
      () => archived(message(eva, 'x', body('forged')), 'a', '2026-11-01T10:00:00Z'),
    ],
    [
      'an archive of somebody else',
      () => archived(message(eva, 'x', body('forged')), 'a', '2026-11-01T10:00:00Z', mallory),
    ],
    [
      'a room that was never joined',
      () =>
        el(
          'message',
          client,
          { from: 'room@conference.rig.test/eva', to: me, type: 'groupchat' },
          body('forged'),
        ),
    ],
    [
      'a message for somebody else',
      () => el('message', client, { from: `${eva}/x`, to: 'other@rig.test', type: 'chat' }, body('forged')),
    ],
  ]
  test.each(cases)('%s is not taken in', async (_name, stanza) => {
    await live(stanza())
    for (const which of ['conversations', 'requests'] as const)
      expect(store.chat.conversations.list(which)).toEqual([])
  })

  test('an archive answers for the account that was asked and no other', async () => {
    link.queries.set('q', { archive: me, items: [] })
    await live(archived(message(eva, 'x', body('hello')), 'a', '2026-11-01T10:00:00Z', mallory))
    expect(shown()).toEqual([])
    await live(archived(message(eva, 'x', body('hello')), 'a', '2026-11-01T10:00:00Z'))
    expect(shown().map(({ text }) => text)).toEqual(['hello'])
  })

  test('corrections, retractions and reactions by another change nothing', async () => {
    await live(message(eva, 'm1', body('mine')))
    await live(message(mallory, 'c1', body('changed'), correct('m1')))
    await live(message(mallory, 'r1', retract('m1')))
    await live(message(mallory, 'e1', react('m1', '💩')))
    expect(shown()).toEqual([
      { text: 'mine', origin: 'm1', retracted: null, own: 0, edits: 0, reactions: [] },
    ])
  })

  test('the other one in the conversation cannot change what I said', async () => {
    const mine = el('message', client, { from: `${me}/phone`, to: eva, type: 'chat', id: 'o1' }, body('mine'))
    await live(carbon('sent', mine))
    await live(message(eva, 'c1', body('changed'), correct('o1')))
    await live(message(eva, 'r1', retract('o1')))
    expect(shown().find(({ origin }) => origin === 'o1')).toMatchObject({
      text: 'mine',
      retracted: null,
      edits: 0,
    })
  })

  test('ids by others than the own server, or two of them, are not believed', async () => {
    await live(message(eva, 'm1', body('one'), stanzaId('same', eva)))
    await live(message(eva, 'm2', body('two'), stanzaId('same', eva)))
    await live(message(eva, 'm3', body('three'), stanzaId('a'), stanzaId('b')))
    expect(shown().map(({ text }) => text)).toEqual(['one', 'two', 'three'])
    const row = store.chat.conversations.byJid(id, eva)
    expect(store.chat.messages.byStanza(row!.id, 'same')).toBeNull()
    expect(store.chat.messages.byStanza(row!.id, 'a')).toBeNull()
  })

  test.each(['1970-01-01T00:00:00Z', '2099-01-01T00:00:00Z', 'yesterday'])(
    'a stamp of %s is not believed',
    async stamp => {
      const before = Date.now()
      await live(
        message(eva, 'm1', body('hello'), el('delay', 'urn:xmpp:delay', { stamp, from: 'rig.test' })),
      )
      const row = store.chat.conversations.byJid(id, eva)
      expect(store.chat.messages.last(row!.id)!.at).toBeGreaterThanOrEqual(before)
    },
  )

  test('an error that quotes a text says nothing but of the own message that it names', async () => {
    await live(message(eva, 'm1', body('hello')))
    const error = (origin: string) =>
      el(
        'message',
        client,
        { from: eva, to: me, type: 'error', id: origin },
        body('forged'),
        el(
          'error',
          client,
          { type: 'cancel' },
          el('service-unavailable', 'urn:ietf:params:xml:ns:xmpp-stanzas'),
        ),
      )
    await live(error('m1'))
    await live(error('nothing'))
    expect(shown()).toMatchObject([{ text: 'hello', retracted: null }])
  })
})

test('a stranger is held as a request, and is told nothing', async () => {
  await live(message(mallory, 'm1', body('buy this'), el('request', 'urn:xmpp:receipts')))
  expect(store.chat.conversations.list('conversations')).toEqual([])
  expect(store.chat.conversations.list('requests').map(({ jid }) => jid)).toEqual([mallory])
  expect(told).toEqual([])
  await live(message(eva, 'm2', body('hello'), el('request', 'urn:xmpp:receipts')))
  expect(told.length).toBe(1)
})

test('a flood of requests is capped', async () => {
  for (let index = 0; index < 230; index += 1)
    await live(message(`s${index}@evil.test`, `m${index}`, body('hi')))
  expect(store.chat.conversations.list('requests').length).toBe(200)
})

/** One history of what two people said, as a stream brings it. */
const history = (): Element[] => [
  message(eva, 'm1', body('first'), stanzaId('a1')),
  message(eva, 'm2', body('secnd'), stanzaId('a2')),
  message(eva, 'c2', body('second'), correct('m2'), stanzaId('a3')),
  carbon(
    'sent',
    el(
      'message',
      client,
      { from: `${me}/phone`, to: eva, type: 'chat', id: 'o1' },
      body('mine'),
      stanzaId('a4'),
    ),
  ),
  message(eva, 'e1', react('o1', '👍', '🎉'), stanzaId('a5')),
  message(eva, 'm3', body('regretted'), stanzaId('a6')),
  message(eva, 'r3', retract('m3'), stanzaId('a7')),
  message(eva, 'c1', body('the first'), correct('m1'), stanzaId('a8')),
]
const plain = (rows: ReturnType<typeof shown>) =>
  [...rows].sort((one, other) => one.origin.localeCompare(other.origin))

test('any order and any number of copies leads to the same messages, each once', async () => {
  for (const stanza of history()) await live(stanza)
  const expected = plain(shown())
  expect(expected.map(({ text }) => text).sort()).toEqual(['', 'mine', 'second', 'the first'])
  expect(expected.find(({ origin }) => origin === 'o1')?.reactions).toEqual([`${eva} ["👍","🎉"]`])
  const random = new SeededRandom(seed)
  for (let round = 0; round < 12; round += 1) {
    close()
    open()
    const given = [...history(), ...history().filter(() => random.uint32() / 2 ** 32 < 0.5)]
    for (let at = given.length - 1; at > 0; at -= 1) {
      const other = Math.floor((random.uint32() / 2 ** 32) * (at + 1))
      ;[given[at], given[other]] = [given[other]!, given[at]!]
    }
    // What was taken in first began the conversation; before that nothing can wait for a message of it.
    await live(message(eva, 'm0', body('zero'), stanzaId('a0')))
    for (const stanza of given) await live(stanza)
    expect(
      plain(shown()).filter(({ origin }) => origin !== 'm0'),
      `seed ${seed}, round ${round}`,
    ).toEqual(expected)
  }
})

test('the archive decides the order, and what came live is found in it again', async () => {
  await live(message(eva, 'm2', body('two')))
  await live(message(eva, 'm3', body('three')))
  link.queries.set('q', { archive: me, items: [] })
  const rows = ['one', 'two', 'between', 'three', 'four']
  const ids = ['m1', 'm2', 'm25', 'm3', 'm4']
  for (const [index, text] of rows.entries())
    await takeIn(
      ...([parts(), link] as const),
      archived(message(eva, ids[index] ?? '', body(text)), `a${index}`, `2026-11-01T10:0${9 - index}:00Z`),
      { place: { kind: 'archive', place: index + 1 }, commit: null },
    )
  // Clocks went backwards; the order is the archive's all the same.
  expect(shown().map(({ text }) => text)).toEqual(rows)
})

test('a hidden text keeps the words before it, cleaned and cut, and one without words is hidden too', async () => {
  const spoiler = (...hint: string[]) => el('spoiler', 'urn:xmpp:spoiler:0', {}, ...hint)
  await live(message(eva, '1', body('one'), spoiler('The\u0007 end')))
  await live(message(eva, '2', body('two'), spoiler()))
  await live(message(eva, '3', body('three'), spoiler('x'.repeat(5000))))
  await live(message(eva, '4', body('four')))
  const row = store.chat.conversations.byJid(id, eva)!
  const rows = store.chat.messages.page(row.id, { at: 'end' }, 10, 0).rows
  expect(rows.map(each => each.spoiler)).toEqual(['The end', '', 'x'.repeat(200), null])
})

describe('what the desktop is told of', () => {
  const told: ChatNews[] = []
  const marker = 987_654
  /** Everything of one rest together, as it would be told. */
  const toldAfter = async (...stanzas: readonly Element[]): Promise<ChatNews[]> => {
    told.length = 0
    const rests: (() => void)[] = []
    const stop = startTelling({
      ...{ store, chat: {} as never },
      clock: {
        now: systemClock.now,
        sleep: (_ms, signal) =>
          new Promise<void>((resolve, reject) => {
            rests.push(resolve)
            signal?.addEventListener('abort', () => reject(new Error('stopped')))
          }),
      },
      emit: (_name, news) => void told.push(news as ChatNews),
      log: silentLog,
    })
    for (const stanza of stanzas) await live(stanza)
    // What changed is said a moment later, in its order: this is the last of it.
    await new Promise<void>(resolve => {
      const stopHearing = store.onChange((_entity, ids) => {
        if (ids?.includes(marker) !== true) return
        stopHearing()
        resolve()
      })
      store.chat.noteTyping([marker])
    })
    for (const end of rests) end()
    await new Promise(resolve => setImmediate(resolve))
    await stop()
    return [...told]
  }
  const change = (jid: string, what: Parameters<typeof store.chat.conversations.change>[1]) =>
    store.chat.conversations.change(store.chat.conversations.byJid(id, jid)!.id, what)

  test('are messages of others that nobody saw, together and without their text', async () => {
    expect(await toldAfter(message(eva, '1', body('one')), message(eva, '2', body('two')))).toEqual([
      { fresh: 2, notices: 'plain', quietHours: null, title: null },
    ])
    store.settings.set({ alarmNotices: 'content' })
    expect(await toldAfter(message(eva, '3', body('three')))).toEqual([
      { fresh: 1, notices: 'content', quietHours: null, title: 'Eva' },
    ])
  })

  test('are neither requests of strangers, nor muted or blocked conversations, nor what an own device wrote or saw', async () => {
    await live(message(eva, '1', body('one')))
    expect(await toldAfter(message(mallory, '2', body('buy')))).toEqual([])
    expect(await toldAfter(carbon('sent', message(me, '3', body('own'))))).toEqual([])
    change(eva, { isMuted: true })
    expect(await toldAfter(message(eva, '4', body('muted')))).toEqual([])
    change(eva, { isMuted: false })
    expect(await toldAfter(message(eva, '5', correct('4'), body('corrected')))).toEqual([])
    expect(await toldAfter(message(eva, '6', body('again')))).toHaveLength(1)
    store.chat.conversations.setBlocked(id, [eva], [])
    expect(await toldAfter(message(eva, '7', body('blocked')))).toEqual([])
  })
})
