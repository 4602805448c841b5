import { afterEach, describe, expect, test } from 'vitest'
import { SyncProfile, testMessage } from '../../support/sync-profile'
import { turnsOfTheLoop, until } from '../../support/until'
import {
  poorCapabilities,
  richCapabilities,
  type ScriptedImapOptions,
  startScriptedImapServer,
} from '../support/scripted-imap-server'

const ended: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end()
})

async function start(options: ScriptedImapOptions = {}) {
  const server = await startScriptedImapServer(options)
  const profile = new SyncProfile({ port: server.port, ca: server.ca })
  ended.push(
    () => server.stop(),
    () => profile.remove(),
  )
  return { server, profile, inbox: server.account.get('INBOX') }
}

const without = (...names: string[]) => richCapabilities.filter(name => !names.includes(name))

/** Servers from the best to the poorest; each must give the same mail. */
const servers: [string, readonly string[]][] = [
  ['QRESYNC', richCapabilities],
  ['CONDSTORE only', without('QRESYNC', 'ENABLE')],
  ['no CONDSTORE', without('QRESYNC', 'CONDSTORE', 'ENABLE')],
  ['nothing but IMAP4rev1', poorCapabilities],
]

describe.each(servers)('a server with %s', (_name, capabilities) => {
  test('new mail, flags and removals arrive', async () => {
    const { profile, inbox } = await start({ capabilities })
    for (let at = 1; at <= 4; at++) inbox.add(testMessage(at))
    expect(await profile.pass()).toMatchObject({ new: 4 })
    inbox.setFlags(1, ['\\Seen', 'work'])
    inbox.expunge(2)
    inbox.add(testMessage(5), { flags: ['\\Flagged'] })
    expect(await profile.pass()).toMatchObject({ new: 1 })
    const flags = Object.fromEntries(
      profile.messages('INBOX').map(each => [each.subject, [...each.flags, ...each.keywords]]),
    )
    expect(flags).toEqual({
      'message 1': ['seen', 'work'],
      'message 3': [],
      'message 4': [],
      'message 5': ['flagged'],
    })
    expect(profile.messages('INBOX').every(each => each.bodyState === 'whole')).toBe(true)
    inbox.setFlags(1, [])
    await profile.pass()
    expect(profile.messages('INBOX').find(each => each.subject === 'message 1')?.flags).toEqual([])
  })

  test('a move made here happens there once, and never by a plain EXPUNGE', async () => {
    const { server, profile, inbox } = await start({ capabilities })
    for (let at = 1; at <= 3; at++) inbox.add(testMessage(at))
    // Another client has marked this one: it is not ours to remove.
    inbox.setFlags(3, ['\\Deleted'])
    await profile.pass()
    const { store, accountId } = profile
    const one = profile.messages('INBOX').find(each => each.subject === 'message 1')!.id
    const archive = profile.mailbox('Archive').id
    store.transaction(() => {
      const items = store.messages.moveLocally([one], archive)
      store.tasks.add(accountId, { kind: 'move', items, toMailboxId: archive })
    })
    await profile.pass()
    await profile.pass()
    expect(store.tasks.countOpen(accountId)).toBe(0)
    expect(profile.subjects('Archive')).toEqual(['message 1'])
    expect(profile.subjects('INBOX')).toEqual(['message 2', 'message 3'])
    expect(server.account.get('Archive').messages).toHaveLength(1)
    expect(server.sent('EXPUNGE')).toEqual([])
    expect(server.sent('CLOSE')).toEqual([])
    expect(inbox.messages.some(each => each.uid === 3)).toBe(true)
    const left = inbox.messages.find(each => each.uid === 1)
    if (capabilities.includes('MOVE') || capabilities.includes('UIDPLUS')) expect(left).toBeUndefined()
    else expect([...(left?.flags ?? [])]).toEqual(['\\Deleted'])
  })
})

describe('a poor server', () => {
  test('without MOVE: COPY, mark, UID EXPUNGE of just these', async () => {
    const { server, profile, inbox } = await start({ capabilities: without('MOVE') })
    for (let at = 1; at <= 3; at++) inbox.add(testMessage(at))
    const session = await profile.connect()
    await session.open('INBOX', { readOnly: false })
    const { uidMap } = await session.move([1, 3], 'Trash')
    expect([...(uidMap ?? [])]).toEqual([
      [1, 1],
      [3, 2],
    ])
    expect(server.transcript.map(entry => entry.name).slice(-3)).toEqual([
      'UID COPY',
      'UID STORE',
      'UID EXPUNGE',
    ])
    expect(server.sent('UID EXPUNGE')).toEqual(['UID EXPUNGE 1,3'])
    await session.logout()
  })

  test('without UIDPLUS nothing can be removed for good, and the task says so', async () => {
    const { server, profile, inbox } = await start({ capabilities: poorCapabilities })
    inbox.add(testMessage(1))
    await profile.pass()
    const { store, accountId } = profile
    const ids = profile.messages('INBOX').map(each => each.id)
    store.tasks.add(accountId, { kind: 'expunge', items: store.messages.removeLocally(ids) })
    await profile.pass()
    expect(store.tasks.list()).toMatchObject([
      { kind: 'expunge', state: 'failed', problem: { code: 'capability-missing' } },
    ])
    expect(inbox.messages).toHaveLength(1)
    expect(inbox.messages[0]?.flags.size).toBe(0)
    expect(server.sent('EXPUNGE')).toEqual([])
    // It stays removed here, and does not come back with the next pass.
    await profile.pass()
    expect(profile.messages('INBOX')).toEqual([])
  })

  test('a refused change is shown with the words of the server, and does not stop the others', async () => {
    const { server, profile, inbox } = await start()
    for (let at = 1; at <= 2; at++) inbox.add(testMessage(at))
    await profile.pass()
    const { store, accountId } = profile
    const [one, two] = ['message 1', 'message 2'].map(
      subject => profile.messages('INBOX').find(each => each.subject === subject)!.id,
    )
    for (const id of [one!, two!]) {
      store.messages.changeFlags([id], { add: ['\\Flagged'], remove: [] })
      store.tasks.add(accountId, { kind: 'set-flags', messageIds: [id], add: ['\\Flagged'], remove: [] })
    }
    server.overrideOnce('UID STORE', () => 'NO [NOPERM] read-only for you')
    await profile.pass()
    expect(store.tasks.list()).toMatchObject([
      {
        state: 'failed',
        problem: { code: 'server-refused', detail: expect.stringContaining('read-only for you') },
      },
    ])
    expect(inbox.messages.map(each => each.flags.has('\\Flagged'))).toEqual([false, true])
    // The local change stays on top until the user decides.
    expect(profile.messages('INBOX').every(each => each.flags.includes('flagged'))).toBe(true)
  })

  test.each([
    ['with', richCapabilities],
    ['without', poorCapabilities],
  ] as const)('closing a mailbox removes nothing, %s UNSELECT', async (_name, capabilities) => {
    const { server, profile, inbox } = await start({ capabilities })
    inbox.add(testMessage(1), { flags: ['\\Deleted'] })
    const session = await profile.connect()
    for (const readOnly of [false, true]) {
      await session.open('INBOX', { readOnly })
      await session.close()
    }
    await session.logout()
    expect(inbox.messages).toHaveLength(1)
    // CLOSE removes what is marked, unless the mailbox was opened read-only (RFC 3501 section 6.4.2).
    expect(server.sent('CLOSE')).toHaveLength(capabilities === richCapabilities ? 0 : 1)
  })

  test('without IDLE new mail still comes, by asking', async () => {
    const { server, profile, inbox } = await start({ capabilities: poorCapabilities })
    const session = await profile.connect()
    await session.open('INBOX', { readOnly: true })
    const news = session.waitForChange(new AbortController().signal, 300)
    inbox.add(testMessage(1))
    expect(await news).toBe('changed')
    expect(server.sent('NOOP').length).toBeGreaterThan(0)
    await session.logout()
  })

  test('IDLE tells of new mail at once, and DONE is never sent early', async () => {
    const { server, profile, inbox } = await start()
    const session = await profile.connect()
    await session.open('INBOX', { readOnly: true })
    const news = session.waitForChange(new AbortController().signal, 20_000)
    await until(() => server.idlingSessions() === 1, 'idling')
    inbox.add(testMessage(1))
    expect(await news).toBe('changed')
    // Known until the mailbox is opened again.
    expect(await session.waitForChange(new AbortController().signal, 20_000)).toBe('changed')
    const status = await session.open('INBOX', { readOnly: true })
    expect(status.exists).toBe(1)
    const controller = new AbortController()
    const written = () => profile.gate.connections()[0]?.bytesOut
    server.overrideOnce('IDLE', async ({ honest }) => {
      const before = written()
      controller.abort()
      await turnsOfTheLoop(100)
      // Not before the "+" (RFC 2177 section 3).
      expect(written()).toBe(before)
      return honest()
    })
    const quiet = session.waitForChange(controller.signal, 20_000)
    expect(await quiet).toBe('aborted')
    expect(await session.searchUids({})).toEqual([1])
    await session.logout()
  })
})
