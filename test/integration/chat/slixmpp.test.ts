/** Talk with a whole client of other people: slixmpp and python-omemo, in each of the two versions of OMEMO. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ChatMessage, ConversationId } from '../../../shared/features/chat/model'
import type { AccountId } from '../../../shared/kit/ids'
import { type ProsodyServer, startProsody } from '../../rig/prosody-server'
import { openTestEngine, type TestEngine } from '../../support/engine-in-test'
import { startSlixmppPeer } from '../../support/slixmpp-peer'
import { until } from '../../support/until'

const root = mkdtempSync(join(tmpdir(), 'siegel-slixmpp-'))
let server: ProsodyServer
let alice: TestEngine
let accountId: AccountId
let peers: Record<'omemo' | 'omemo2', Awaited<ReturnType<typeof startSlixmppPeer>>>
beforeAll(async () => {
  server = await startProsody()
  const isHere = (host: string) => ['localhost', '127.0.0.1'].includes(host)
  alice = await openTestEngine(join(root, 'alice'), {
    background: true,
    tests: { remotePlaces: { isPublicHost: isHere, isPublicAddress: isHere, isPort: () => true } },
  })
  const place = { host: 'localhost', port: server.tlsPort, security: 'tls' as const }
  const account = await alice.call('accounts.add', {
    config: {
      ...{ address: 'alice@rig.test', displayName: '' },
      services: { xmpp: { userName: 'alice@rig.test', caPem: server.ca, server: place } },
    },
    password: 'alice-pw',
  })
  accountId = account.id
  await alice.call('chat.changeSettings', { accountId, settings: { undoSeconds: 0 } })
  const [omemo, omemo2] = await Promise.all([
    startSlixmppPeer(server, 'omemo', 'bob'),
    startSlixmppPeer(server, 'omemo2', 'carol'),
  ])
  peers = { omemo, omemo2 }
  await until(async () => {
    const { accounts } = await alice.call('chat.accounts', {})
    return accounts[0]?.state === 'online'
  }, 'alice is there')
})
afterAll(async () => {
  for (const peer of Object.values(peers ?? {})) await peer.close()
  await alice?.close()
  await server?.stop()
  rmSync(root, { recursive: true, force: true })
})

const messages = async (conversationId: ConversationId): Promise<ChatMessage[]> => {
  const page = await alice.call('chat.messages', { conversationId, anchor: { at: 'end' }, limit: 500 })
  return page.rows.filter((row): row is ChatMessage => row.kind === 'message')
}
const write = (conversationId: ConversationId, text: string) =>
  alice.call('chat.send', { conversationId, text, replyTo: null, inClear: false })
const hears = (conversationId: ConversationId, text: string) =>
  until(
    async () => (await messages(conversationId)).some(each => each.text === text && !each.author.isOwn),
    `alice has "${text}"`,
  )

test.each(['omemo', 'omemo2'] as const)(
  '%s: text goes both ways, locked, and a file can be opened',
  async version => {
    const peer = peers[version]
    const { conversationId } = await alice.call('chat.open', { accountId, address: peer.jid })
    await write(conversationId, 'Grüße 🔒 <&>')
    await peer.hears('Grüße 🔒 <&>')
    for (const text of ['back & forth', 'again', 'and again 👍🏽']) {
      await peer.send(['alice@rig.test'], text)
      await hears(conversationId, text)
      await write(conversationId, `${text}!`)
      await peer.hears(`${text}!`)
    }
    await alice.call('chat.sendFile', {
      ...{ conversationId, fileName: 'plan.txt', contentType: 'text/plain', inClear: false },
      bytes: Buffer.from('what is in the file'),
    })
    await until(() => peer.heard.some(({ text }) => text?.startsWith('aesgcm:') === true), 'the file is told')
    const told = peer.heard.find(({ text }) => text?.startsWith('aesgcm:') === true)
    expect(await peer.fetch(told?.text ?? '')).toBe('what is in the file')
    for (const each of await messages(conversationId))
      expect(each).toMatchObject({ encryption: version, undecryptable: null })
    expect(peer.heard.filter(({ event }) => event === 'refused')).toEqual([])
    expect(server.log()).not.toContain('back &amp; forth')
  },
)

test('a list that names a device without keys and one with a forged signature: both are told of, neither is written to, and talk goes on', async () => {
  const peer = peers.omemo
  const { conversationId } = await alice.call('chat.open', { accountId, address: peer.jid })
  const devices = async () =>
    (await alice.call('chat.devices', { accountId, address: peer.jid })).devices.filter(
      ({ isActive }) => isActive,
    )
  await peer.plant(71, 72)
  await until(
    async () => (await devices()).filter(({ deviceId, isNew }) => isNew && deviceId < 100).length === 2,
    'both are told of as new',
  )
  await write(conversationId, 'still you')
  await peer.hears('still you')
  for (const id of [71, 72])
    expect((await devices()).find(({ deviceId }) => deviceId === id)?.fingerprint).toBe('')
})

test('a private room of three programs with both versions: each reads what each writes', async () => {
  const { conversationId } = await alice.call('chat.createRoom', {
    ...{ accountId, name: 'Three', invite: [peers.omemo.jid, peers.omemo2.jid] },
  })
  const { address } = await alice.call('chat.conversation', { conversationId })
  for (const peer of Object.values(peers)) await peer.join(address)
  await write(conversationId, 'to all of you')
  for (const peer of Object.values(peers)) await peer.hears('to all of you')
  for (const [version, peer] of Object.entries(peers)) {
    await peer.send(['alice@rig.test'], `in ${version}`, address)
    await hears(conversationId, `in ${version}`)
  }
  for (const each of await messages(conversationId)) expect(each.undecryptable).toBeNull()
})
