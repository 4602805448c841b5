import { copyFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openConnection } from '../../../electron/engine/store/connection'
import type { ChatMessage, ConversationId } from '../../../shared/features/chat/model'
import type { AccountId } from '../../../shared/kit/ids'
import { type ProsodyServer, startProsody } from '../../rig/prosody-server'
import { openTestEngine, type TestEngine, testStoreKey } from '../../support/engine-in-test'
import { until } from '../../support/until'

let server: ProsodyServer
beforeAll(async () => {
  server = await startProsody()
})
afterAll(() => server.stop())

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

type Siegel = Readonly<{
  engine: TestEngine
  directory: string
  id: AccountId
  jid: string
  /** The conversation with this address. */
  with(address: string): Promise<ConversationId>
  send(address: string, text: string, inClear?: boolean): Promise<ChatMessage>
  messages(address: string): Promise<ChatMessage[]>
  texts(address: string): Promise<string[]>
  close(): Promise<void>
}>

/** A Siegel of its own on a new profile, or on one that is there. */
async function siegel(name: string, at?: string): Promise<Siegel> {
  const directory = at ?? mkdtempSync(join(tmpdir(), 'siegel-chat-'))
  const isHere = (host: string) => ['localhost', '127.0.0.1'].includes(host)
  const engine = await openTestEngine(directory, {
    background: true,
    tests: { remotePlaces: { isPublicHost: isHere, isPublicAddress: isHere, isPort: () => true } },
  })
  const found = await engine.call('accounts.list', {})
  const account =
    found[0] ??
    (await engine.call('accounts.add', {
      config: {
        address: `${name}@rig.test`,
        displayName: '',
        services: {
          xmpp: {
            userName: `${name}@rig.test`,
            caPem: server.ca,
            server: { host: 'localhost', port: server.tlsPort, security: 'tls' },
          },
        },
      },
      password: `${name}-pw`,
    }))
  const { id } = account
  await engine.call('chat.changeSettings', { accountId: id, settings: { undoSeconds: 0 } })
  let isClosed = false
  const close = async () => {
    if (isClosed) return
    isClosed = true
    await engine.close()
  }
  open.push(async () => {
    await close()
    if (at === undefined) rmSync(directory, { recursive: true, force: true })
  })
  const conversation = async (address: string) =>
    (await engine.call('chat.open', { accountId: id, address })).conversationId
  const messages = async (address: string) => {
    const page = await engine.call('chat.messages', {
      conversationId: await conversation(address),
      anchor: { at: 'end' },
      limit: 500,
    })
    return page.rows.filter((row): row is ChatMessage => row.kind === 'message')
  }
  return {
    ...{ engine, directory, id, jid: `${name}@rig.test`, with: conversation, messages, close },
    send: async (address, text, inClear = false) => {
      const conversationId = await conversation(address)
      const sent = await engine.call('chat.send', { conversationId, text, replyTo: null, inClear })
      return (await engine.call('chat.message', { id: sent.id })).message
    },
    texts: async address => (await messages(address)).map(({ text }) => text),
  }
}

const isOnline = async ({ engine }: Siegel) => {
  const { accounts } = await engine.call('chat.accounts', {})
  return accounts[0]?.state === 'online'
}
const online = async (...all: Siegel[]) => {
  for (const each of all) await until(() => isOnline(each), `${each.jid} is there`)
}
const heard = (by: Siegel, from: string, text: string) =>
  until(async () => (await by.texts(from)).includes(text), `${by.jid} has "${text}"`)

test('two Siegels write to each other, encrypted by default, and a second device has it too', async () => {
  const [alice, bob, phone] = [await siegel('alice'), await siegel('bob'), await siegel('alice')]
  await online(alice, bob, phone)
  for (const each of [alice, phone])
    await until(async () => {
      const { devices } = await each.engine.call('chat.devices', { accountId: each.id, address: null })
      return devices.filter(({ isActive, namespaces }) => isActive && namespaces.length === 2).length === 2
    }, 'the own devices know each other')
  const sent = await alice.send('bob@rig.test', 'hello Bob')
  expect(sent).toMatchObject({ state: 'queued', waits: 'undo', encryption: 'omemo' })
  await heard(bob, 'alice@rig.test', 'hello Bob')
  await heard(phone, 'bob@rig.test', 'hello Bob')
  await bob.send('alice@rig.test', 'hello Alice')
  await heard(alice, 'bob@rig.test', 'hello Alice')
  await heard(phone, 'bob@rig.test', 'hello Alice')
  for (const each of [alice, phone])
    expect(await each.texts('bob@rig.test')).toEqual(['hello Bob', 'hello Alice'])
  for (const message of [
    ...(await bob.messages('alice@rig.test')),
    ...(await phone.messages('bob@rig.test')),
  ])
    expect(message).toMatchObject({
      encryption: 'omemo2',
      undecryptable: null,
      trust: expect.not.stringMatching('none'),
    })
  expect(server.log()).not.toContain('hello')
  await until(
    async () => (await alice.messages('bob@rig.test'))[0]?.state === 'delivered',
    'the receipt came',
  )
})

test('what is written offline waits, leaves once when the line is there, and each has each message once and in order', async () => {
  const [alice, bob] = [await siegel('alice'), await siegel('bob')]
  await online(alice, bob)
  await alice.engine.call('settings.set', { offline: true })
  await until(async () => !(await isOnline(alice)), 'alice is offline')
  const texts = Array.from({ length: 8 }, (_, index) => `offline ${index}`)
  for (const text of texts) await alice.send('bob@rig.test', text)
  await alice.engine.call('chat.changeSettings', { accountId: alice.id, settings: { undoSeconds: 30 } })
  const taken = await alice.send('bob@rig.test', 'never sent')
  expect(await alice.engine.call('chat.unsend', { id: taken.id })).toEqual({ text: 'never sent' })
  // Killed and begun again in between: what waits is on the disk.
  const { directory } = alice
  await alice.close()
  const again = await siegel('alice', directory)
  await bob.send('alice@rig.test', 'from Bob meanwhile')
  await again.engine.call('settings.set', { offline: false })
  await online(again)
  await heard(bob, 'alice@rig.test', texts.at(-1) ?? '')
  await heard(again, 'bob@rig.test', 'from Bob meanwhile')
  expect((await bob.texts('alice@rig.test')).filter(text => text.startsWith('offline'))).toEqual(texts)
  expect(await bob.texts('alice@rig.test')).not.toContain('never sent')
  await until(
    async () => (await again.messages('bob@rig.test')).every(({ state }) => state !== 'queued'),
    'all were acknowledged',
  )
  const own = (await again.messages('bob@rig.test')).filter(({ author }) => author.isOwn)
  expect(own.map(({ text }) => text).filter(text => text.startsWith('offline'))).toEqual(texts)
  rmSync(directory, { recursive: true, force: true })
})

const ownDevice = async ({ engine, id }: Siegel) =>
  (await engine.call('chat.devices', { accountId: id, address: null })).devices.find(({ isThis }) => isThis)

test('a restored and a copied profile are new devices that keep the history and talk, beside the one they come from', async () => {
  const [alice, bob] = [await siegel('alice'), await siegel('bob')]
  await online(alice, bob)
  await alice.send('bob@rig.test', 'before the backup')
  await heard(bob, 'alice@rig.test', 'before the backup')
  await bob.send('alice@rig.test', 'an answer before it')
  await heard(alice, 'bob@rig.test', 'an answer before it')
  const made = mkdtempSync(join(tmpdir(), 'siegel-chat-'))
  const [backup, restored, copied] = ['backup', 'restored', 'copied'].map(name => join(made, name)) as [
    string,
    string,
    string,
  ]
  open.push(async () => rmSync(made, { recursive: true, force: true }))
  await alice.engine.call('store.backup', { path: backup })
  const file = openConnection(backup, testStoreKey(), { mustExist: true })
  const count = (table: string) => file.prepare(`SELECT count(*) FROM ${table}`).pluck().get()
  for (const table of ['chat_own_device', 'chat_sessions', 'chat_streams', 'chat_unacked'])
    expect(count(table), table).toBe(0)
  expect(count('chat_messages')).toBe((await alice.messages('bob@rig.test')).length)
  file.close()
  const device = await ownDevice(alice)
  await alice.send('bob@rig.test', 'after the backup')
  await heard(bob, 'alice@rig.test', 'after the backup')
  const { directory } = alice
  await alice.close()
  cpSync(directory, copied, { recursive: true })
  // As restoring puts it there.
  cpSync(directory, restored, { recursive: true, filter: path => !path.includes('store.') })
  copyFileSync(backup, join(restored, 'store.db'))
  writeFileSync(join(restored, 'store.restored'), '')

  const known = new Set([device?.deviceId])
  for (const [at, name] of [
    [restored, 'restored'],
    [copied, 'copied'],
    [directory, 'original'],
  ] as const) {
    const one = await siegel('alice', at)
    await online(one)
    const { deviceId } = (await ownDevice(one))!
    expect(known.has(deviceId), name).toBe(name === 'original')
    known.add(deviceId)
    expect(await one.texts('bob@rig.test')).toEqual(
      expect.arrayContaining(['before the backup', 'an answer before it']),
    )
    await one.send('bob@rig.test', `from the ${name} one`)
    await heard(bob, 'alice@rig.test', `from the ${name} one`)
    await bob.send('alice@rig.test', `to the ${name} one`)
    await heard(one, 'bob@rig.test', `to the ${name} one`)
    await one.close()
  }
  const said = (await bob.messages('alice@rig.test')).filter(({ text }) => / the \w+ one$/.test(text))
  expect(said).toHaveLength(6)
  for (const message of said) expect(message).toMatchObject({ encryption: 'omemo2', undecryptable: null })
  rmSync(directory, { recursive: true, force: true })
})

/** What somebody with the disk does to a closed profile. */
const inStore = <T>(directory: string, work: (store: ReturnType<typeof openConnection>) => T): T => {
  const store = openConnection(join(directory, 'store.db'), testStoreKey(), { mustExist: true })
  try {
    return work(store)
  } finally {
    store.close()
  }
}

test.each([
  ['damaged', "UPDATE chat_sessions SET sealed = x'00112233445566778899'"],
  ['own keys damaged', "UPDATE chat_own_device SET sealed = x'00112233445566778899'"],
])(
  'keys that are %s: what came is said to be unreadable, one healing is sent, and talk goes on both ways',
  async (kind, spoil) => {
    const [alice, before] = [await siegel('alice'), await siegel('bob')]
    await online(alice, before)
    await alice.send('bob@rig.test', 'well')
    await heard(before, 'alice@rig.test', 'well')
    await before.send('alice@rig.test', 'well too')
    await heard(alice, 'bob@rig.test', 'well too')
    const device = await ownDevice(before)
    const { directory } = before
    const old = new Set((await before.messages('alice@rig.test')).map(({ id }) => id))
    await before.close()
    for (const text of ['one', 'two', 'three']) await alice.send('bob@rig.test', text)
    await until(
      async () => (await alice.messages('bob@rig.test')).every(({ state }) => state !== 'queued'),
      'all left',
    )
    inStore(directory, store => store.exec(spoil))
    const bob = await siegel('bob', directory)
    await online(bob)
    // What other tests wrote is older than these keys.
    const unread = async () =>
      (await bob.messages('alice@rig.test')).filter(
        ({ id, undecryptable }) => undecryptable !== null && !old.has(id),
      )
    await until(async () => (await unread()).length === 3, 'three cannot be read, and are shown')
    await bob.engine.call('chat.sync', { accountId: bob.id })
    // Alice's side took the new session, or the new device, in: what she writes now can be read.
    await bob.send('alice@rig.test', 'are you there?')
    await heard(alice, 'bob@rig.test', 'are you there?')
    await alice.send('bob@rig.test', 'yes')
    await heard(bob, 'alice@rig.test', 'yes')
    expect((await unread()).map(({ undecryptable }) => undecryptable)).toEqual(
      Array.from({ length: 3 }, () => (kind === 'own keys damaged' ? expect.any(String) : 'no-session')),
    )
    expect((await ownDevice(bob))?.deviceId === device?.deviceId).toBe(kind !== 'own keys damaged')
    await bob.close()
    // Whoever writes first over what is damaged: nothing came that would have healed it.
    inStore(directory, store => store.exec(spoil))
    const again = await siegel('bob', directory)
    await online(again)
    await again.send('alice@rig.test', `written first: ${kind}`)
    await heard(alice, 'bob@rig.test', `written first: ${kind}`)
    await again.close()
    rmSync(directory, { recursive: true, force: true })
  },
)

test('corrections, retractions, reactions, replies, drafts and what was read are in step', async () => {
  const [alice, bob, phone] = [await siegel('alice'), await siegel('bob'), await siegel('alice')]
  await online(alice, bob, phone)
  for (const each of [alice, phone])
    await until(async () => {
      const { devices } = await each.engine.call('chat.devices', { accountId: each.id, address: null })
      return devices.some(({ isThis, isActive }) => isActive && !isThis)
    }, 'the own devices know each other')
  const first = await alice.send('bob@rig.test', 'a frist text')
  await heard(bob, 'alice@rig.test', 'a frist text')
  await until(
    async () => (await alice.engine.call('chat.message', { id: first.id })).message.state !== 'queued',
    'it left',
  )
  await alice.engine.call('chat.correct', { id: first.id, text: 'a first text', inClear: false })
  await heard(bob, 'alice@rig.test', 'a first text')
  await heard(phone, 'bob@rig.test', 'a first text')
  const [corrected] = (await bob.messages('alice@rig.test')).filter(({ text }) => text === 'a first text')
  expect(corrected).toMatchObject({ edits: 1, isEditUnlocked: false })
  const detail = await bob.engine.call('chat.message', { id: corrected!.id })
  expect(detail.earlier.map(({ text }) => text)).toEqual(['a frist text'])

  await bob.engine.call('chat.react', { id: corrected!.id, emoji: ['👍'] })
  const reacted = (by: Siegel, at: string) => async () =>
    (await by.messages(at)).some(({ reactions }) => reactions.some(({ emoji }) => emoji === '👍'))
  await until(reacted(alice, 'bob@rig.test'), 'alice sees the reaction')
  await until(reacted(phone, 'bob@rig.test'), 'her phone too')

  const conversationId = await bob.with('alice@rig.test')
  await bob.engine.call('chat.send', {
    ...{ conversationId, text: 'an answer', replyTo: corrected!.id, inClear: false },
  })
  await heard(alice, 'bob@rig.test', 'an answer')
  const answer = (await alice.messages('bob@rig.test')).find(({ text }) => text === 'an answer')
  expect(answer?.replyTo).toMatchObject({ id: first.id, text: 'a first text' })

  const [, there] = [await alice.with('bob@rig.test'), await phone.with('bob@rig.test')]
  const unread = async () => (await phone.engine.call('chat.conversation', { conversationId: there })).unread
  await until(async () => (await unread()) === 1, 'it is unread on the phone')
  await alice.engine.call('chat.seen', {
    ...{ conversationId: await alice.with('bob@rig.test'), upTo: answer!.id },
  })
  await until(async () => (await unread()) === 0, 'read on one device is read on the other')
  await until(
    async () =>
      (await bob.messages('alice@rig.test')).find(({ text }) => text === 'an answer')?.state === 'read',
    'Bob is told',
  )

  await alice.engine.call('chat.retract', { id: first.id, reason: '' })
  const isGone = (by: Siegel, at: string) => async () =>
    (await by.messages(at)).some(({ retracted, text }) => retracted?.by === 'author' && text === '')
  await until(isGone(bob, 'alice@rig.test'), 'it is retracted for Bob')
  await until(isGone(phone, 'bob@rig.test'), 'and on the phone')
  expect(
    (await bob.engine.call('chat.search', { text: 'first', conversationId: null, limit: 10 })).messages,
  ).toEqual([])
  const found = await bob.engine.call('chat.search', { text: 'answ', conversationId: null, limit: 10 })
  expect(found.messages.map(({ text }) => text)).toEqual(['an answer'])
})

test('a private room is encrypted for its members, files go sealed, and who comes back reads what was said', async () => {
  const [alice, bob] = [await siegel('alice'), await siegel('bob')]
  await online(alice, bob)
  const { conversationId } = await alice.engine.call('chat.createRoom', {
    ...{ accountId: alice.id, name: 'Plans', invite: ['bob@rig.test'] },
  })
  const room = await alice.engine.call('chat.conversation', { conversationId })
  expect(room).toMatchObject({ kind: 'room', mode: 'encrypted', name: 'Plans' })
  expect(room.room).toMatchObject({ state: 'joined', isMembersOnly: true, showsAddresses: true })
  const invitation = async () =>
    (await bob.engine.call('chat.rooms', { accountId: bob.id })).rooms.find(
      each => each.address === room.address,
    )
  await until(async () => (await invitation()) !== undefined, 'Bob is invited')
  await bob.engine.call('chat.answerRequest', {
    ...{ conversationId: (await invitation())!.id, answer: 'accept' },
  })
  const inRoom = async (by: Siegel) => {
    const { rooms } = await by.engine.call('chat.rooms', { accountId: by.id })
    const id = rooms.find(each => each.address === room.address)!.id
    const page = await by.engine.call('chat.messages', {
      conversationId: id,
      anchor: { at: 'end' },
      limit: 100,
    })
    return { id, messages: page.rows.filter((row): row is ChatMessage => row.kind === 'message') }
  }
  const write = async (by: Siegel, text: string) =>
    by.engine.call('chat.send', {
      ...{ conversationId: (await inRoom(by)).id, text, replyTo: null, inClear: false },
    })
  await write(alice, 'secret plans')
  await until(
    async () => (await inRoom(bob)).messages.some(({ text }) => text === 'secret plans'),
    'Bob reads it',
  )
  await write(bob, 'good plans')
  await until(
    async () => (await inRoom(alice)).messages.some(({ text }) => text === 'good plans'),
    'Alice reads it',
  )
  const content = Buffer.from('what is in the file')
  await alice.engine.call('chat.sendFile', {
    ...{ conversationId, fileName: 'plan.txt', contentType: 'text/plain', bytes: content, inClear: false },
  })
  const hasFile = async () => (await inRoom(bob)).messages.find(({ attachments }) => attachments.length > 0)
  await until(async () => (await hasFile()) !== undefined, 'the file is told')
  const withFile = (await hasFile())!
  expect(withFile.attachments[0]).toMatchObject({ state: 'there', isEncrypted: true })
  const got = await bob.engine.call('chat.fetchFile', { id: withFile.id, index: 0 })
  expect(Buffer.from(got.bytes).toString()).toBe('what is in the file')

  // Away while something is said, and back on the same profile.
  const { directory } = bob
  await bob.close()
  await write(alice, 'while Bob was away')
  const back = await siegel('bob', directory)
  await until(
    async () => (await inRoom(back)).messages.some(({ text }) => text === 'while Bob was away'),
    'he reads it when he is back',
  )
  const texts = (await inRoom(back)).messages.filter(({ attachments }) => attachments.length === 0)
  expect(texts.map(({ text }) => text)).toEqual(['secret plans', 'good plans', 'while Bob was away'])
  const lines = (await inRoom(alice)).messages.filter(({ attachments }) => attachments.length === 0)
  expect(lines.map(({ text, encryption }) => [text, encryption])).toEqual(
    ['secret plans', 'good plans', 'while Bob was away'].map(text => [text, 'omemo2']),
  )
  // What the room says back of own words is the same message, with a lock and without, and has the room's id from then on.
  await alice.engine.call('chat.encrypt', { conversationId, mode: 'clear' })
  await write(alice, 'open plans')
  const named = async () =>
    (await inRoom(alice)).messages.filter(({ stanzaId, author }) => author.isOwn && stanzaId !== null)
  await until(
    async () => (await named()).some(({ text }) => text === 'open plans'),
    'the room has named what was said in clear',
  )
  const openLines = (await inRoom(alice)).messages.filter(({ text }) => text === 'open plans')
  expect(openLines.map(({ encryption, state }) => [encryption, state])).toEqual([['none', 'sent']])
  const secret = (await named()).find(({ text }) => text === 'secret plans')!
  const asBack = (await inRoom(back)).messages.find(({ text }) => text === 'secret plans')!
  await back.engine.call('chat.react', { id: asBack.id, emoji: ['👍'] })
  const reaction = async () =>
    (await inRoom(alice)).messages.find(({ id }) => id === secret.id)?.reactions[0]?.emoji
  await until(async () => (await reaction()) === '👍', 'a reaction finds what was said with a lock')
  rmSync(directory, { recursive: true, force: true })
})
