import { isIP } from 'node:net'
import { type ErrorCode, SiegelError } from '../../../../shared/kit/result'
import type { Clock, Random } from '../../ports/basics'
import type { GateRequest, NetworkGate } from '../../ports/net/gate'
import type { DnsAnswer, DnsAsker, DnsLookups, DnsServer } from '../../ports/net/transport'
import { createAnswerCache } from './answer-cache'
import { createHttpsChannel } from './https-channel'
import { type DnsMessage, decodeMessage, encodeQuery } from './message'
import { nameFromText, ROOT, textOf } from './names'
import { readMx, readSrv, readTlsa, readTxt } from './rdata'
import { recordType } from './record-types'
import { createTcpChannel, type DnsChannel } from './tcp-channel'
import { rootAnchors, type TrustAnchor } from './trust-anchor'
import { type Judged, lookUp } from './validator'

/** One exchange; a resolver that has to walk from the root itself needs a while. */
const EXCHANGE_TIMEOUT_MS = 5_000
/** A server that did not answer is left in peace for this long; blocked DNS must not slow every question down. */
const REST_MS = 30_000
/** Servers after the third are for the patient. */
const MAXIMUM_SERVERS = 3
const SERVER_FAILURES: ReadonlySet<number> = new Set([2, 4, 5])

export type DnsClientDeps = Readonly<{
  gate: Pick<NetworkGate, 'dialTls' | 'dialClear'>
  policy: { permitDuring<T>(requests: readonly GateRequest[], work: () => Promise<T>): Promise<T> }
  clock: Pick<Clock, 'now'>
  random: Pick<Random, 'bytes'>
  /** Which servers a question goes to; none means that nothing may be asked. */
  servers: (asker: DnsAsker) => readonly DnsServer[]
  anchors?: readonly TrustAnchor[]
}>

/**
 * A stub resolver (RFC 1034 §5.3.1) that proves every answer itself. Questions go only to the servers given, only
 * through the gate with purpose `dns`, only over TCP or HTTPS: no datagram ever leaves.
 */
export function createDnsClient(deps: DnsClientDeps): DnsLookups & { close(): void } {
  const { gate, policy, clock, random, anchors = rootAnchors } = deps
  const cache = createAnswerCache(() => clock.now())
  const channels = new Map<string, DnsChannel>()
  const restingUntilMs = new Map<string, number>()

  const channelTo = (server: DnsServer, asker: DnsAsker): DnsChannel => {
    const key = JSON.stringify([wayKey(asker), server])
    const known = channels.get(key)
    if (known) return known
    const request = requestOf(server, asker)
    const made =
      server.kind === 'tcp'
        ? createTcpChannel(
            async timeoutMs =>
              (await policy.permitDuring([request], () => gate.dialClear(request, { timeoutMs }))).stream,
          )
        : createHttpsChannel(server, async timeoutMs => {
            const trust = { serverName: server.host, caPem: null, alpn: ['h2'] }
            return (await policy.permitDuring([request], () => gate.dialTls(request, trust, { timeoutMs })))
              .stream
          })
    channels.set(key, made)
    return made
  }

  const exchange = async (
    server: DnsServer,
    asker: DnsAsker,
    name: string,
    type: number,
  ): Promise<DnsMessage> => {
    // RFC 8484 §4.1: with HTTPS the id is always 0; otherwise it cannot be foreseen.
    const id = server.kind === 'https' ? 0 : Buffer.from(random.bytes(2)).readUInt16BE(0)
    const channel = channelTo(server, asker)
    const answer = await channel.exchange(encodeQuery(id, name, type), EXCHANGE_TIMEOUT_MS)
    const message = decodeMessage(answer)
    const { question } = message
    if (message.id !== id || question?.name !== name || question.type !== type)
      throw new SiegelError('protocol-violation', {
        host: server.host,
        detail: 'DNS: answer to something else',
      })
    return message
  }

  const ask = (asker: DnsAsker, name: string, type: number): Promise<DnsMessage> =>
    cache.get(`${wayKey(asker)} ${name} ${type}`, name, async () => {
      const servers = deps.servers(asker).slice(0, MAXIMUM_SERVERS)
      let failure: unknown = new SiegelError('name-unresolved', { host: textOf(name), detail: 'no-resolver' })
      let refused: DnsMessage | null = null
      for (const server of servers) {
        if (asker.signal?.aborted) throw new SiegelError('cancelled')
        const key = JSON.stringify([wayKey(asker), server])
        if ((restingUntilMs.get(key) ?? 0) > clock.now()) {
          failure = new SiegelError('name-unresolved', {
            host: textOf(name),
            detail: 'no answer a moment ago',
          })
          continue
        }
        try {
          const message = await exchange(server, asker, name, type)
          if (!SERVER_FAILURES.has(message.rcode)) return message
          refused = message
        } catch (error) {
          failure = error
          if (isSilence(error)) restingUntilMs.set(key, clock.now() + REST_MS)
        }
      }
      if (refused) return refused
      throw failure
    })

  const look = async <T>(
    text: string,
    type: number,
    asker: DnsAsker,
    read: (rdata: Buffer) => T,
  ): Promise<DnsAnswer<T>> => {
    const name = nameFromText(text)
    if (name === null || isIP(text) !== 0) return unusable(text, 'not a domain name')
    // RFC 7686 §2: onion names never reach a resolver.
    if (/(^|\.)onion\.$/.test(name)) return unusable(text, 'an onion name is never looked up')
    const judged = await lookUp(
      { ask: (each, eachType) => ask(asker, each, eachType), anchors, nowMs: clock.now() },
      name,
      type,
    )
    return inWords(judged, read)
  }

  return {
    mx: (domain, asker) =>
      look(domain, recordType.MX, asker, rdata => {
        const { preference, exchange: host } = readMx(rdata)
        return { preference, host: host === ROOT ? '' : textOf(host) }
      }),
    srv: (name, asker) =>
      look(name, recordType.SRV, asker, rdata => {
        const { target, ...record } = readSrv(rdata)
        return { ...record, host: target === ROOT ? '' : textOf(target) }
      }),
    txt: (name, asker) => look(name, recordType.TXT, asker, readTxt),
    tlsa: (name, asker) => look(name, recordType.TLSA, asker, readTlsa),
    async address(host, asker) {
      const hex = (rdata: Buffer) => rdata.toString('hex')
      const four = await look(host, recordType.A, asker, hex)
      return four.outcome === 'no-data' ? look(host, recordType.AAAA, asker, hex) : four
    },
    close() {
      for (const channel of channels.values()) channel.close()
      channels.clear()
    },
  }
}

const silence: ReadonlySet<ErrorCode> = new Set([
  'connection-timeout',
  'connection-refused',
  'connection-lost',
  'tls-failed',
])
const isSilence = (error: unknown) => error instanceof SiegelError && silence.has(error.code)

/** Connections and answers are shared by what goes the same way, and by nothing else. */
const wayKey = ({ accountId, overTor, likeAccount, service }: DnsAsker) =>
  `${accountId ?? ''}${overTor ? ' over Tor' : ''} ${likeAccount ?? ''} ${service ?? ''}`

function requestOf(server: DnsServer, { accountId, overTor, likeAccount, service }: DnsAsker): GateRequest {
  const { host, port } = server
  return {
    ...{ accountId, purpose: 'dns', host, port },
    ...(overTor ? { overTor } : {}),
    ...(likeAccount ? { likeAccount } : {}),
    ...(service ? { service } : {}),
  }
}

/** A record that cannot be read makes the answer unusable, not the program. */
function inWords<T>(judged: Judged, read: (rdata: Buffer) => T): DnsAnswer<T> {
  try {
    const records = judged.records.map(record => read(record.rdata))
    return { ...judged, name: textOf(judged.name), records }
  } catch {
    return unusable(textOf(judged.name), 'a record cannot be read')
  }
}

const unusable = (name: string, why: string): DnsAnswer<never> => ({
  status: 'indeterminate',
  outcome: 'failed',
  name,
  records: [],
  ttlSeconds: 0,
  evidence: [why],
})
