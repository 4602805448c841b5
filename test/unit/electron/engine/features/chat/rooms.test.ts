import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openStore, type WholeStore } from '../../../../../../electron/engine/compose/open-store'
import { Link, type RoomLink } from '../../../../../../electron/engine/features/chat/connection/link'
import {
  takeRoomNews,
  takeRoomPresence,
} from '../../../../../../electron/engine/features/chat/connection/rooms'
import { takeIn } from '../../../../../../electron/engine/features/chat/connection/take-in'
import { type Element, el } from '../../../../../../electron/engine/ports/chat/element'
import type { XmppSession } from '../../../../../../electron/engine/ports/chat/xmpp-session'
import { systemClock, systemRandom } from '../../../../../../electron/engine/system'
import type { ConversationId } from '../../../../../../shared/features/chat/model'
import type { AccountId } from '../../../../../../shared/kit/ids'
import { silentLog } from '../../../../../support/engine-in-test'
import { until } from '../../../../../support/until'

const client = 'jabber:client'
const mucUser = 'http://jabber.org/protocol/muc#user'
const [me, jid] = ['me@rig.test', 'plans@conference.rig.test']
const [eva, mallory] = ['eva@rig.test', 'mallory@evil.test']

let directory: string
let store: WholeStore
let accountId: AccountId
let link: Link
let id: ConversationId
let room: RoomLink
/** Features that the room says of itself when it is asked. */
let features: string[]

const parts = () => ({
  store,
  xmpp: {} as never,
  vault: { omemo: {} as never },
  ...{ clock: systemClock, random: systemRandom, log: silentLog, readXml: () => null },
  settingsOf: () => ({
    ...{ receipts: true, markers: true, typing: true, toStrangers: false },
    ...{ encryptByDefault: true, undoSeconds: 0 },
  }),
})
const closed = ['muc_membersonly', 'muc_nonanonymous', 'urn:xmpp:mam:2', 'urn:xmpp:occupant-id:0']

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'siegel-rooms-'))
  store = openStore({
    ...{ directory, key: randomBytes(32), clock: systemClock, random: systemRandom, log: silentLog },
  }).store
  const server = { host: 'localhost', port: 5223, security: 'tls' as const }
  accountId = store.accounts.add({
    config: {
      ...{ address: me, displayName: '' },
      services: { xmpp: { userName: me, caPem: null, server } },
    },
    ...{ sample: false, password: 'x' },
  }).id
  features = closed
  link = new Link({
    ...{ accountId, bareJid: me },
    tell: () => true,
    iq: async (payload: Element) =>
      el(
        'iq',
        client,
        {},
        el(
          'query',
          payload.namespace,
          {},
          ...features.map(each => el('feature', payload.namespace, { var: each })),
        ),
      ),
  } as unknown as XmppSession)
  link.bound = {
    ...{ resumed: false, jid: `${me}/here`, archiveEdge: null, maxStanzaBytes: 100_000 },
    offers: new Set(),
    features: { server: new Set(), account: new Set(['urn:xmpp:mam:2', 'urn:xmpp:sid:0']) },
  }
  const row = store.chat.conversations.ensure(accountId, jid, 'room', { isRequest: false, mode: 'encrypted' })
  id = row!.id
  keep({})
  room = { ...{ state: 'joined', reason: null, nick: 'me', occupants: new Map(), isCaughtUp: true } }
  link.rooms.set(jid, room)
})
afterEach(() => {
  store.close()
  rmSync(directory, { recursive: true, force: true })
})

const keep = (change: Partial<ReturnType<typeof store.chat.newRoom>>) =>
  store.chat.conversations.change(id, {
    room: {
      ...store.chat.newRoom('me'),
      ...{ isMembersOnly: true, showsAddresses: true, hasIds: true, hasOccupantIds: true, hasArchive: true },
      ...{ ownOccupant: 'occupant-me', members: [me, eva] },
      ...change,
    },
  })
const occupantId = (value: string) => el('occupant-id', 'urn:xmpp:occupant-id:0', { id: value })
const body = (text: string) => el('body', client, {}, text)
const stanzaId = (value: string, by = jid) => el('stanza-id', 'urn:xmpp:sid:0', { id: value, by })
const said = (nick: string | null, origin: string, ...children: Element[]) =>
  el(
    'message',
    client,
    { from: nick === null ? jid : `${jid}/${nick}`, to: `${me}/here`, type: 'groupchat', id: origin },
    ...children,
  )
const correct = (target: string) => el('replace', 'urn:xmpp:message-correct:0', { id: target })
const retract = (target: string) => el('retract', 'urn:xmpp:message-retract:1', { id: target })
const moderated = (target: string) =>
  el('retract', 'urn:xmpp:message-retract:1', { id: target }, el('moderated', 'urn:xmpp:message-moderate:1'))
const react = (target: string, emoji: string) =>
  el('reactions', 'urn:xmpp:reactions:0', { id: target }, el('reaction', 'urn:xmpp:reactions:0', {}, emoji))
const item = (attributes: Record<string, string>) => el('item', mucUser, attributes)
const status = (code: string) => el('status', mucUser, { code })
const presence = (
  nick: string,
  x: Element[],
  attributes: Record<string, string> = {},
  more: Element[] = [],
) =>
  el(
    'presence',
    client,
    { from: `${jid}/${nick}`, to: `${me}/here`, ...attributes },
    ...more,
    el('x', mucUser, {}, ...x),
  )
const live = (stanza: Element) => takeIn(parts(), link, stanza, { place: { kind: 'live' }, commit: null })
const arrive = (stanza: Element) => takeRoomPresence(parts(), link, stanza)
const shown = (conversation = id) =>
  store.chat.messages.page(conversation, { at: 'end' }, 500, 0).rows.map(each => ({
    text: each.text,
    own: each.is_own,
    name: each.sender_name,
    retracted: each.retracted,
    state: each.state,
    reactions: store.chat.messages.reactions([each.id]).map(({ sender, emoji }) => `${sender} ${emoji}`),
  }))
const kept = () => store.chat.roomOf(store.chat.conversations.require(id))!

describe('somebody who takes the nick of another', () => {
  const takeOver = async (target: string) => {
    arrive(
      presence('eva', [item({ affiliation: 'member', role: 'none', jid: `${eva}/x` })], {
        type: 'unavailable',
      }),
    )
    arrive(presence('eva', [item({ affiliation: 'none', role: 'participant', jid: `${mallory}/x` })]))
    const who = target === 'm1' ? occupantId('occupant-mallory') : body('')
    await live(said('eva', 'c1', body('changed'), correct('m1'), who, stanzaId('s2')))
    await live(said('eva', 'r1', retract('s1'), who, stanzaId('s3')))
  }

  test('changes nothing that the other said, where the room tells occupants apart', async () => {
    arrive(presence('eva', [item({ affiliation: 'member', role: 'participant', jid: `${eva}/x` })]))
    await live(said('eva', 'm1', body('mine'), occupantId('occupant-eva'), stanzaId('s1')))
    await takeOver('m1')
    expect(shown()[0]).toMatchObject({ text: 'mine', retracted: null })
    // What is no correction of anything is a message of its own.
    expect(shown().map(({ text }) => text)).toEqual(['mine', 'changed'])
  })

  test('changes nothing that the other said, where the room does not tell occupants apart', async () => {
    keep({ hasOccupantIds: false, ownOccupant: null })
    arrive(presence('eva', [item({ affiliation: 'member', role: 'participant', jid: `${eva}/x` })]))
    await live(said('eva', 'm1', body('mine'), stanzaId('s1')))
    await live(said('eva', 'c0', body('mine, corrected'), correct('m1'), stanzaId('s9')))
    expect(shown().map(({ text }) => text)).toEqual(['mine, corrected'])
    await takeOver('none')
    expect(shown()[0]).toMatchObject({ text: 'mine, corrected', retracted: null })
  })

  test('writes nothing as me, with my nick and ids that I never had', async () => {
    await live(said('me', 'x1', body('forged'), occupantId('occupant-mallory'), stanzaId('s1')))
    await live(
      said(
        'me',
        'x2',
        body('forged too'),
        occupantId('occupant-me'),
        occupantId('occupant-mallory'),
        stanzaId('s2'),
      ),
    )
    expect(shown()[0]).toMatchObject({ own: 0, text: 'forged' })
  })
})

describe('ids that somebody else chose', () => {
  test('of a message of mine that waits do not make it sent', async () => {
    store.chat.outgoing.write({
      ...{
        conversation: id,
        own: me,
        stanza: 'o1',
        text: 'mine',
        inClear: true,
        undoUntilMs: 0,
        isEncrypted: false,
      },
      saying: { kind: 'text', text: 'mine', reply: null },
    })
    await live(said('mallory', 'o1', body('forged'), occupantId('occupant-mallory'), stanzaId('s1')))
    expect(shown().find(({ own }) => own === 1)).toMatchObject({ text: 'mine', state: 'queued' })
    await live(said('me', 'o1', body('mine'), occupantId('occupant-me'), stanzaId('s2')))
    expect(shown().filter(({ own }) => own === 1)).toMatchObject([{ text: 'mine', state: 'sent' }])
    expect(shown().filter(({ own }) => own === 0)).toMatchObject([{ text: 'forged', name: 'mallory' }])
  })

  test.each([
    ['by the account', () => stanzaId('s1', me)],
    ['by an occupant', () => stanzaId('s1', `${jid}/mallory`)],
    ['by another room', () => stanzaId('s1', 'other@conference.rig.test')],
  ])('of the archive, given %s, are not believed', async (_by, element) => {
    await live(said('mallory', 'm1', body('one'), occupantId('occupant-mallory'), element()))
    expect(store.chat.messages.byStanza(id, 's1')).toBeNull()
  })
})

describe('what an occupant may not say', () => {
  beforeEach(() => live(said('eva', 'm1', body('hello'), occupantId('occupant-eva'), stanzaId('s1'))))

  test('moderation is the room’s own word', async () => {
    await live(said('mallory', 'x1', moderated('s1'), occupantId('occupant-mallory'), stanzaId('s2')))
    expect(shown()[0]).toMatchObject({ text: 'hello', retracted: null })
    await live(said(null, 'x2', moderated('s1'), stanzaId('s3')))
    expect(shown()[0]).toMatchObject({ text: '', retracted: 'moderator' })
  })

  test('moderation that came before its message holds only where the room said it', async () => {
    await live(said('mallory', 'x1', moderated('s8'), occupantId('occupant-mallory'), stanzaId('s2')))
    await live(said(null, 'x2', moderated('s9'), stanzaId('s3')))
    await live(said('eva', 'm8', body('stays'), occupantId('occupant-eva'), stanzaId('s8')))
    await live(said('eva', 'm9', body('goes'), occupantId('occupant-eva'), stanzaId('s9')))
    expect(shown().map(({ text, retracted }) => [text, retracted])).toEqual([
      ['hello', null],
      ['stays', null],
      ['', 'moderator'],
    ])
  })

  test('reactions are one’s own, and name a message as the room named it', async () => {
    await live(said('eva', 'e1', react('s1', '👍'), occupantId('occupant-eva'), stanzaId('s2')))
    await live(said('mallory', 'e2', react('s1', '💩'), occupantId('occupant-mallory'), stanzaId('s3')))
    await live(said('mallory', 'e3', react('m1', '😈'), occupantId('occupant-mallory'), stanzaId('s4')))
    expect(shown()[0]?.reactions).toEqual(['occupant-eva ["👍"]', 'occupant-mallory ["💩"]'])
  })

  test.each([
    [
      'that somebody is a member',
      (nick: string | null) =>
        said(nick, 'x', el('x', mucUser, {}, item({ affiliation: 'member', jid: mallory }))),
    ],
    [
      'that somebody is none any more',
      (nick: string | null) => said(nick, 'x', el('x', mucUser, {}, item({ affiliation: 'none', jid: eva }))),
    ],
    [
      'that the room is another now',
      (nick: string | null) => said(nick, 'x', el('x', mucUser, {}, status('172'))),
    ],
  ])('%s is believed of the room alone', async (_what, news) => {
    features = ['muc_open']
    const before = kept()
    takeRoomNews(parts(), link, news('mallory'))
    expect(kept()).toEqual(before)
    takeRoomNews(parts(), link, news(null))
    expect(kept()).not.toEqual(before)
  })

  test('its own membership, or the word of the server that it is me, in words of its own beside the room’s', () => {
    room.state = 'joining'
    const forged = el(
      'x',
      mucUser,
      {},
      status('110'),
      item({ affiliation: 'owner', role: 'moderator', jid: `${eva}/x` }),
    )
    arrive(
      presence('mallory', [item({ affiliation: 'none', role: 'participant', jid: `${mallory}/x` })], {}, [
        forged,
      ]),
    )
    expect(room.state).toBe('joining')
    expect(room.occupants.get('mallory')?.affiliation ?? 'none').toBe('none')
    expect(kept().members).toEqual([me, eva])
  })
})

describe('a word of an occupant to me alone', () => {
  test.each([eva, 'eva', 'Eva Lindqvist'])(
    'from the nick %s stands in a conversation of its own',
    async nick => {
      store.chat.conversations.setRoster(
        accountId,
        true,
        [{ jid: eva, name: 'Eva', subscription: 'both' }],
        null,
      )
      store.chat.conversations.ensure(accountId, eva, 'person', { isRequest: false, mode: 'encrypted' })
      for (const more of [[], [el('x', mucUser)]])
        await live(
          el(
            'message',
            client,
            { from: `${jid}/${nick}`, to: `${me}/here`, type: 'chat', id: 'p1' },
            body('send me the key'),
            ...more,
          ),
        )
      expect(shown(store.chat.conversations.byJid(accountId, eva)!.id)).toEqual([])
      expect(shown()).toEqual([])
      const own = store.chat.conversations.byJid(accountId, `${jid}/${nick}`)!
      expect(shown(own.id)).toMatchObject([{ text: 'send me the key', name: nick }])
    },
  )
})

describe('a room that changes', () => {
  test('from private to open holds what is to be encrypted until a person decides', async () => {
    features = ['muc_open', 'muc_nonanonymous']
    takeRoomNews(parts(), link, said(null, 'x', el('x', mucUser, {}, status('104'))))
    // Before the room has answered nothing leaves either.
    expect(kept()).toMatchObject({ isMembersOnly: false, showsAddresses: false })
    await until(() => store.chat.conversations.require(id).hold !== null, 'it is held')
    expect(store.chat.conversations.require(id).hold).toBe('room-changed')
    features = closed
    takeRoomNews(parts(), link, said(null, 'y', el('x', mucUser, {}, status('104'))))
    await until(() => kept().isMembersOnly, 'it is closed again')
    // Its closing again is no decision of a person.
    expect(store.chat.conversations.require(id).hold).toBe('room-changed')
  })

  test.each([
    ['307', 'kicked'],
    ['301', 'banned'],
    ['321', 'members-only'],
    ['322', 'members-only'],
    ['332', 'gone'],
  ])('puts me out with %s, and that is said; of others it only takes them away', (code, reason) => {
    arrive(presence('eva', [item({ affiliation: 'member', role: 'participant', jid: `${eva}/x` })]))
    arrive(
      presence('eva', [item({ affiliation: 'member', role: 'none' }), status(code)], { type: 'unavailable' }),
    )
    expect(room.state).toBe('joined')
    expect(room.occupants.has('eva')).toBe(false)
    arrive(
      presence('me', [item({ affiliation: 'none', role: 'none' }), status('110'), status(code)], {
        type: 'unavailable',
      }),
    )
    expect(room).toMatchObject({ state: 'left', reason })
  })

  test.each([
    ['registration-required', 'members-only'],
    ['forbidden', 'banned'],
    ['not-authorized', 'password'],
    ['conflict', 'nick-taken'],
    ['gone', 'gone'],
    ['service-unavailable', 'service-unavailable'],
  ])('refuses with %s while it is joined, and an error of later puts nobody out', (condition, reason) => {
    const error = presence('me', [], { type: 'error' }, [
      el('error', client, { type: 'cancel' }, el(condition, 'urn:ietf:params:xml:ns:xmpp-stanzas')),
    ])
    arrive(error)
    expect(room.state).toBe('joined')
    room.state = 'joining'
    arrive(error)
    expect(room).toMatchObject({ state: 'failed', reason })
  })
})

test('a flood of occupants fills no memory, and those who are known stay known', () => {
  for (let at = 0; at < 10_050; at += 1)
    room.occupants.set(`n${at}`, {
      nick: `n${at}`,
      jid: '',
      occupantId: null,
      role: 'visitor',
      affiliation: 'none',
      sinceMs: 0,
    })
  const size = room.occupants.size
  arrive(presence('one more', [item({ affiliation: 'none', role: 'visitor' })]))
  expect(room.occupants.size).toBe(size)
  arrive(presence('n7', [item({ affiliation: 'none', role: 'moderator' })]))
  expect(room.occupants.get('n7')?.role).toBe('moderator')
})

test('presence of a room that nobody joined, and of people who are no room, is no occupant', () => {
  const x = el('x', mucUser, {}, item({ affiliation: 'owner', role: 'moderator' }))
  for (const from of ['other@conference.rig.test/eva', `${eva}/phone`, 'not an address'])
    expect(arrive(el('presence', client, { from, to: me }, x))).toBe(false)
  expect(room.occupants.size).toBe(0)
})

describe('an invitation', () => {
  const invite = (by: string, to: string) =>
    el(
      'message',
      client,
      { from: `${by}/x`, to: me, id: 'i1' },
      el('x', 'jabber:x:conference', { jid: to, reason: 'come' }),
    )

  test('joins nothing by itself, and waits as a request', async () => {
    await live(invite(mallory, 'trap@conference.evil.test'))
    const row = store.chat.conversations.byJid(accountId, 'trap@conference.evil.test')!
    expect(row).toMatchObject({ kind: 'room', is_request: 1 })
    expect(store.chat.roomOf(row)?.isAutojoined).toBe(false)
    expect(link.rooms.has('trap@conference.evil.test')).toBe(false)
  })

  test('makes no room of a person, and changes no room that is known', async () => {
    store.chat.conversations.ensure(accountId, eva, 'person', { isRequest: false, mode: 'encrypted' })
    const before = store.chat.conversations.require(id)
    await live(invite(mallory, eva))
    await live(invite(mallory, jid))
    expect(store.chat.conversations.byJid(accountId, eva)?.kind).toBe('person')
    expect(store.chat.conversations.require(id)).toEqual(before)
  })

  test('comes in floods, and those are capped', async () => {
    for (let at = 0; at < 230; at += 1) await live(invite(`m${at}@evil.test`, `r${at}@conference.evil.test`))
    expect(store.chat.conversations.list('requests').length).toBe(200)
  })
})
