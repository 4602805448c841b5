import { afterEach, expect, test } from 'vitest'
import { type EngineWithServers, openEngineWithServers } from '../../support/engine-with-servers'
import { testMessage } from '../../support/sync-profile'
import { until } from '../../support/until'
import { answersLikeTor, startSocksServer } from '../support/scripted-socks-server'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

/** A port on which a Tor may be started later. */
async function torToCome() {
  const place = await startSocksServer()
  await place.stop()
  return {
    port: place.port,
    async start() {
      const tor = await startSocksServer({ answer: answersLikeTor, target: ({ port }) => port }, place.port)
      open.unshift({ close: tor.stop })
      return tor
    },
  }
}
async function start(tests: Parameters<typeof openEngineWithServers>[0]) {
  const here = await openEngineWithServers({ background: true, ...tests })
  open.push(here)
  return here
}
const state = async (here: EngineWithServers) => (await here.call('sync.status', {}))[0]
/** The account and a message fail on the way, again and again, until neither is tried by the clock within half a minute. */
async function waitsLong(here: EngineWithServers) {
  const { id } = await here.send()
  const isFarOff = (atMs: number | null | undefined) => (atMs ?? 0) > Date.now() + 30_000
  await until(async () => {
    const account = await state(here)
    const item = await here.item(id)
    if (account?.state !== 'waiting' || item.state !== 'queued' || item.attempts === 0) return false
    if (isFarOff(account.nextAttemptAtMs) && isFarOff(item.nextAttemptAtMs)) return true
    await here.call('sync.now', { accountId: null })
    return false
  }, 'waiting')
  expect((await state(here))?.problem?.code).toBe('proxy-failed')
  return id
}

test('a Tor that is started is found, and the account and its outbox go at once', async () => {
  const tor = await torToCome()
  const here = await start({
    tests: { torPlaces: { addresses: [{ host: '127.0.0.1', port: tor.port }], controls: [] } },
  })
  here.imap.account.get('INBOX').add(testMessage(1))
  await here.call('tor.set', { mode: 'running' })
  await here.call('net.setRoute', { accountId: here.accountId, service: 'mail', route: { kind: 'tor' } })
  const id = await waitsLong(here)
  const dueAtMs = (await here.item(id)).nextAttemptAtMs ?? 0
  const proxy = await tor.start()
  await until(async () => (await here.call('net.status', {})).tor.state === 'ready', 'found')
  await until(async () => (await here.item(id)).state === 'sent', 'sent')
  await until(async () => (await state(here))?.state === 'watching', 'watching')
  // Not by the clock: the row did not become due by itself.
  expect((await here.item(id)).sentAtMs).toBeLessThan(dueAtMs)
  expect(proxy.asked.some(({ command }) => command === 1)).toBe(true)
})

test('one that goes and comes back is found again, by asking for it as well', async () => {
  const tor = await torToCome()
  const here = await start({
    tests: { torPlaces: { addresses: [{ host: '127.0.0.1', port: tor.port }], controls: [] } },
  })
  await here.call('tor.set', { mode: 'running' })
  const first = await tor.start()
  await here.call('net.setRoute', { accountId: here.accountId, service: 'mail', route: { kind: 'tor' } })
  await until(async () => (await state(here))?.state === 'watching', 'watching')
  await first.stop()
  const id = await waitsLong(here)
  await tor.start()
  await here.call('tor.look', {})
  await until(async () => (await here.item(id)).state === 'sent', 'sent')
  await until(async () => (await state(here))?.state === 'watching', 'watching')
})

test('an account on another way is left alone, and a Tor that may not be used wakes nobody', async () => {
  const tor = await torToCome()
  const here = await start({
    tests: { torPlaces: { addresses: [{ host: '127.0.0.1', port: tor.port }], controls: [] } },
  })
  await until(async () => (await state(here))?.state === 'watching', 'watching')
  const before = here.imap.connectionCount()
  await tor.start()
  await here.call('tor.look', {})
  await until(async () => (await here.call('net.status', {})).tor.state === 'ready', 'found')
  expect((await state(here))?.state).toBe('watching')
  expect(here.imap.connectionCount()).toBe(before)
  // Its exit cannot be pinned, so what was pinned may not go through it.
  await here.call('tor.set', {
    mode: 'running',
    exits: [{ host: 'mail.example.org', fingerprint: 'A'.repeat(40) }],
  })
  await here.call('tor.look', {})
  expect((await here.call('net.status', {})).tor.state).not.toBe('ready')
})
