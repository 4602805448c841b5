import { Resolver } from 'node:dns/promises'
import { afterEach, expect, test, vi } from 'vitest'
import { createDnsClient } from '../../../electron/engine/net/dns/dns-client'
import { createSrvLookup } from '../../../electron/engine/net/dns/srv-records'
import type { DnsAnswer, SrvRecord } from '../../../electron/engine/ports/net/transport'
import { clearPlace, refusal, testGate } from './gate-places'

const record: SrvRecord = { host: 'mail.example.test', port: 993, priority: 0, weight: 1 }
const answerOf = (change: Partial<DnsAnswer<SrvRecord>>): DnsAnswer<SrvRecord> => ({
  status: 'insecure',
  outcome: 'found',
  name: '_imaps._tcp.example.test',
  records: [record],
  ttlSeconds: 60,
  evidence: ['as it was found'],
  ...change,
})
const failed = answerOf({ status: 'indeterminate', outcome: 'failed', records: [] })
const system = () => vi.fn(async () => [{ ...record, host: 'by-the-system.test' }])
const nobody = { accountId: null }

function lookup(answer: DnsAnswer<SrvRecord>, hasChosenServers = false) {
  const srv = createSrvLookup({ dns: { srv: async () => answer }, hasChosenServers: () => hasChosenServers })
  return (askSystem: ReturnType<typeof system> | null) => srv('_imaps._tcp.example.test', nobody, askSystem)
}

afterEach(() => void vi.restoreAllMocks())

test('an answer, also an empty one, leaves the system unasked', async () => {
  const asked = system()
  expect(await lookup(answerOf({}))(asked)).toEqual([record])
  expect(await lookup(answerOf({ outcome: 'no-name', records: [] }))(asked)).toEqual([])
  expect(asked).not.toHaveBeenCalled()
})

test('a router that answers no TCP does not end the search on the direct way', async () => {
  expect(await lookup(failed)(system())).toMatchObject([{ host: 'by-the-system.test' }])
})

test.each([
  ['on a way through Tor or a proxy', failed, false, null],
  ['where the user chose the servers', failed, true, system()],
  ['after a forged answer', answerOf({ status: 'bogus', outcome: 'failed', records: [] }), false, system()],
])('%s the system is never asked', async (_where, answer, hasChosen, askSystem) => {
  const error = await refusal(lookup(answer, hasChosen)(askSystem))
  expect(error).toMatchObject({ code: 'name-unresolved', params: { host: '_imaps._tcp.example.test' } })
  if (askSystem) expect(askSystem).not.toHaveBeenCalled()
})

test('what is asked over Tor shares no connection with what is asked directly', async () => {
  const place = await clearPlace(socket => void socket.on('data', () => socket.destroy()))
  const { gate, asked } = testGate()
  const dns = createDnsClient({
    gate,
    policy: { permitDuring: (_requests, work) => work() },
    clock: { now: () => 0 },
    random: { bytes: count => crypto.getRandomValues(new Uint8Array(count)) },
    servers: () => [{ kind: 'tcp', host: '127.0.0.1', port: place.port }],
  })
  const spy = vi.spyOn(Resolver.prototype, 'resolveSrv')
  await dns.srv('_imaps._tcp.example.test', nobody)
  await dns.srv('_imaps._tcp.example.test', { accountId: null, overTor: true })
  const ways = new Set(asked.map(request => request.overTor ?? false))
  expect([...ways]).toEqual([false, true])
  expect(spy).not.toHaveBeenCalled()
  dns.close()
  await place.stop()
})
