import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore, type WholeStore } from '../../../../../../electron/engine/compose/open-store'
import { type ChatParts, Link } from '../../../../../../electron/engine/features/chat/connection/link'
import { readRoster, takeRoster } from '../../../../../../electron/engine/features/chat/connection/roster'
import { type Element, el } from '../../../../../../electron/engine/ports/chat/element'
import type { XmppSession } from '../../../../../../electron/engine/ports/chat/xmpp-session'
import { systemClock, systemRandom } from '../../../../../../electron/engine/system'
import type { AccountId } from '../../../../../../shared/kit/ids'
import { silentLog } from '../../../../../support/engine-in-test'

const rosterNamespace = 'jabber:iq:roster'
const me = 'me@rig.test'

let directory: string
let store: WholeStore
let accountId: AccountId
let parts: ChatParts
/** Versions that were asked with; undefined where none was. */
let asked: (string | undefined)[]

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'siegel-roster-'))
  store = openStore({
    ...{ directory, key: randomBytes(32), clock: systemClock, random: systemRandom, log: silentLog },
  }).store
  const server = { host: 'localhost', port: 5223, security: 'tls' as const }
  const services = { xmpp: { userName: me, caPem: null, server } }
  accountId = store.accounts.add({
    ...{ config: { address: me, displayName: '', services }, sample: false, password: 'x' },
  }).id
  parts = { store } as unknown as ChatParts
  asked = []
})
afterEach(() => {
  store.close()
  rmSync(directory, { recursive: true, force: true })
})

const item = (jid: string, subscription = 'both') =>
  el('item', rosterNamespace, { jid, name: jid, subscription })
const roster = (ver: string | undefined, ...items: Element[]) =>
  el('query', rosterNamespace, { ver }, ...items)
/** A stream of its own each time, as after a start; `answer`: null for an empty one. */
const link = (answer: Element | null, knowsVersions = true): Link => {
  const made = new Link({
    ...{ accountId, bareJid: me },
    iq: async (payload: Element) => {
      asked.push(payload.attributes.get('ver'))
      return el('iq', 'jabber:client', {}, ...(answer === null ? [] : [answer]))
    },
  } as unknown as XmppSession)
  made.bound = {
    ...{ resumed: false, jid: `${me}/here`, archiveEdge: null, maxStanzaBytes: 100_000 },
    offers: new Set(knowsVersions ? ['urn:xmpp:features:rosterver'] : []),
    features: { server: new Set(), account: new Set() },
  }
  return made
}
const known = (...jids: string[]) =>
  jids.map(jid => store.chat.conversations.rosterName(accountId, jid) !== null)

test('the roster is asked for once; after that its version is named, and an empty answer leaves it as it is', async () => {
  await readRoster(parts, link(roster('v1', item('eva@rig.test'))))
  await readRoster(parts, link(null))
  expect([asked, known('eva@rig.test')]).toEqual([['', 'v1'], [true]])
})

test('what is pushed counts into the version', async () => {
  await readRoster(parts, link(roster('v1', item('eva@rig.test'))))
  takeRoster(parts, link(null), roster('v2', item('eva@rig.test', 'remove'), item('tom@rig.test')), false)
  await readRoster(parts, link(null))
  expect([asked, known('eva@rig.test', 'tom@rig.test')]).toEqual([
    ['', 'v2'],
    [false, true],
  ])
})

test('a whole roster takes the place of the one before', async () => {
  await readRoster(parts, link(roster('v1', item('eva@rig.test'))))
  await readRoster(parts, link(roster('v9', item('tom@rig.test'))))
  expect([asked, known('eva@rig.test', 'tom@rig.test')]).toEqual([
    ['', 'v1'],
    [false, true],
  ])
})

test('a server without versions is told none, and one that forgets to say it, or says too much, is asked for all the next time', async () => {
  await readRoster(parts, link(roster('v1', item('eva@rig.test')), false))
  takeRoster(parts, link(null), roster(undefined, item('tom@rig.test')), false)
  await readRoster(parts, link(roster('x'.repeat(2_000), item('eva@rig.test'))))
  await readRoster(parts, link(roster('v2', item('eva@rig.test'))))
  expect(asked).toEqual([undefined, '', ''])
})
