import { afterEach, expect, test } from 'vitest'
import { generateMessage } from '../../fixtures/mail-generator'
import { SyncProfile, testMessage } from '../../support/sync-profile'
import { until } from '../../support/until'
import { poorCapabilities, richCapabilities, startScriptedImapServer } from '../support/scripted-imap-server'

const ended: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end()
})

test.each([
  ['a rich', richCapabilities],
  ['a poor', poorCapabilities],
] as const)(
  '%s server whose connections break at any byte: nothing lost, nothing twice, nothing cut',
  async (_name, capabilities) => {
    const server = await startScriptedImapServer({ capabilities })
    ended.push(() => server.stop())
    const inbox = server.account.get('INBOX')
    const raws = Array.from({ length: 12 }, (_, at) => Buffer.from(generateMessage(at, 7, 12).raw))
    for (const raw of raws) inbox.add(raw)
    const total = raws.reduce((sum, raw) => sum + raw.length, 0)
    const profile = new SyncProfile({ port: server.port, ca: server.ca })
    ended.push(() => profile.remove())
    // Each connection lives a little longer than the one before; the program ends in between.
    for (let bytes = 400; bytes < total * 1.5; bytes = Math.ceil(bytes * 1.35)) {
      server.cutAfterOutputBytes(bytes)
      await profile.sync.runOnce(profile.accountId, null)
      await profile.reopen()
      for (const each of profile.store.mailboxes.byPath(profile.accountId, 'INBOX')
        ? profile.messages('INBOX')
        : []) {
        const raw = profile.store.messages.raw(each.id)
        if (each.bodyState === 'whole') expect(raws.some(one => raw && one.equals(raw))).toBe(true)
        else expect(raw).toBeNull()
      }
    }
    server.cutAfterOutputBytes(undefined)
    await profile.pass()
    const here = profile
      .messages('INBOX')
      .map(each => Buffer.from(profile.store.messages.raw(each.id) ?? []).toString('latin1'))
    expect(here.sort()).toEqual(raws.map(raw => raw.toString('latin1')).sort())
  },
  60_000,
)

test('a watched account survives resets, sees what came meanwhile, and says why it waits', async () => {
  const server = await startScriptedImapServer()
  const profile = new SyncProfile({ port: server.port, ca: server.ca })
  ended.push(
    () => server.stop(),
    () => profile.remove(),
  )
  const inbox = server.account.get('INBOX')
  inbox.add(testMessage(1))
  profile.sync.start(profile.accountId)
  const state = () => profile.board.all()[0]?.state
  await until(() => state() === 'watching' && server.idlingSessions() === 1, 'watching')
  inbox.add(testMessage(2))
  await until(() => profile.messages('INBOX').length === 2, 'mail by IDLE')
  await until(() => server.idlingSessions() === 1, 'watching')
  server.disconnectAll()
  await until(() => state() === 'waiting', 'waiting')
  expect(profile.board.all()[0]).toMatchObject({ problem: { code: 'connection-lost', retryable: true } })
  inbox.add(testMessage(3))
  profile.sync.syncNow(null)
  await until(() => profile.messages('INBOX').length === 3, 'mail after the reset')
  await until(() => state() === 'watching' && server.idlingSessions() === 1, 'watching')
  expect(profile.board.all()[0]?.problem).toBeNull()
  // A change made here goes out at once, beside the watching.
  const { store, accountId } = profile
  const id = profile.messages('INBOX')[0]!.id
  store.messages.changeFlags([id], { add: ['\\Flagged'], remove: [] })
  store.tasks.add(accountId, { kind: 'set-flags', messageIds: [id], add: ['\\Flagged'], remove: [] })
  profile.sync.taskAdded(accountId)
  await until(() => inbox.messages.some(each => each.flags.has('\\Flagged')), 'the flag on the server')
  await until(() => store.tasks.countOpen(accountId) === 0, 'done')
  // Offline: nothing is open, nothing is dialled, and it says so.
  store.settings.set({ offline: true })
  profile.gate.setOffline(true)
  profile.gate.closeAll(null)
  await until(() => state() === 'offline', 'offline')
  const before = server.connectionCount()
  const told = profile.statuses.length
  profile.sync.syncNow(null)
  await until(() => profile.statuses.length > told && state() === 'offline', 'tried, and offline again')
  expect([state(), server.connectionCount()]).toEqual(['offline', before])
  store.settings.set({ offline: false })
  profile.gate.setOffline(false)
  profile.sync.wake()
  await until(() => state() === 'watching', 'watching again')
  await profile.sync.stopAll()
  expect(profile.board.all()).toEqual([])
}, 120_000)

test('waking drops every connection and makes new ones at once', async () => {
  const server = await startScriptedImapServer()
  const profile = new SyncProfile({ port: server.port, ca: server.ca })
  ended.push(
    () => server.stop(),
    () => profile.remove(),
  )
  profile.sync.start(profile.accountId)
  await until(() => server.idlingSessions() === 1, 'watching')
  const before = server.connectionCount()
  profile.sync.wake()
  await until(() => server.connectionCount() > before && server.idlingSessions() === 1, 'a new connection')
  expect(profile.statuses.some(each => each.state === 'waiting')).toBe(false)
})

test('a stop in the middle of a pass leaves nobody at work on the store', async () => {
  const server = await startScriptedImapServer()
  const profile = new SyncProfile({ port: server.port, ca: server.ca })
  ended.push(
    () => server.stop(),
    () => profile.remove(),
  )
  for (let at = 1; at <= 300; at++) server.account.get('INBOX').add(testMessage(at))
  const failures: unknown[] = []
  const note = (error: unknown) => void failures.push(error)
  process.on('unhandledRejection', note)
  try {
    for (let round = 0; round < 6; round++) {
      const running = profile.sync.runOnce(profile.accountId, null)
      const from = server.transcript.length
      let isOver = false
      void running.finally(() => {
        isOver = true
      })
      await until(() => isOver || server.transcript.length >= from + 2 + round * 3, 'some commands of a pass')
      // Stops sync and closes the store, as the lock does.
      await profile.reopen()
      const { problems } = await running
      expect(problems.map(each => each.problem.code).filter(code => code !== 'cancelled')).toEqual([])
    }
  } finally {
    process.off('unhandledRejection', note)
  }
  expect(failures).toEqual([])
  await profile.pass()
  expect(profile.messages('INBOX')).toHaveLength(300)
  expect(profile.messages('INBOX').every(each => each.bodyState === 'whole')).toBe(true)
})
