import type { TransportEvidence } from '../../../shared/features/network/transport'
import type { DnsAnswer, DnsAsker, DnsLookups, DnssecStatus, TlsaRecord } from '../ports/net/transport'
import { isUsableTlsa } from './check-dane'

/** What TLSA look-ups say about one server. */
export type ServerTlsa = Readonly<{
  /**
   * `dane`: proved, with usable records. `unusable`: proved, but no record can be used. `missing`: proved to have none.
   * `insecure`: its zone is unsigned. `no-address`: the server is not there. `failed`: could not be told.
   */
  outcome: 'dane' | 'unusable' | 'missing' | 'insecure' | 'no-address' | 'bogus' | 'failed'
  records: readonly TlsaRecord[]
  /** The names that a certificate may carry under DANE-TA (RFC 7672 §3.2.2). */
  names: readonly string[]
  ttlSeconds: number
  evidence: readonly TransportEvidence[]
}>

/**
 * Looks the TLSA records of a server up in the order of RFC 7672 §2.2.2 (and RFC 7673 §3.2): its address first, because
 * a host in an unsigned zone has no DANE; then at the name its aliases lead to, then at its own.
 */
export async function lookUpTlsa(
  dns: DnsLookups,
  host: string,
  port: number,
  asker: DnsAsker,
): Promise<ServerTlsa> {
  const evidence: TransportEvidence[] = []
  const address = await dns.address(host, asker)
  let ttlSeconds = address.ttlSeconds
  const target = address.name === host ? '' : `, alias of ${address.name}`
  evidence.push(shown('address', host, address, `${address.outcome}${target}`))
  const end = (outcome: ServerTlsa['outcome'], records: readonly TlsaRecord[] = []): ServerTlsa => ({
    outcome,
    records,
    names: address.name === host ? [host] : [host, address.name],
    ttlSeconds,
    evidence,
  })
  if (address.status === 'bogus') return end('bogus')
  if (address.outcome === 'failed') return end('failed')
  if (address.outcome !== 'found') return end('no-address')
  if (address.status !== 'secure') return end('insecure')

  for (const base of address.name === host ? [host] : [address.name, host]) {
    const name = `_${port}._tcp.${base}`
    const answer = await dns.tlsa(name, asker)
    ttlSeconds = Math.min(ttlSeconds, answer.ttlSeconds)
    const words = answer.records.map(
      ({ usage, selector, matchingType }) => `${usage} ${selector} ${matchingType}`,
    )
    evidence.push(shown('tlsa', name, answer, words.length > 0 ? words.join(', ') : answer.outcome))
    if (answer.status === 'bogus') return end('bogus')
    if (answer.outcome === 'failed') return end('failed')
    if (answer.status !== 'secure' || answer.outcome !== 'found') continue
    const usable = answer.records.filter(isUsableTlsa)
    return usable.length > 0 ? end('dane', usable) : end('unusable')
  }
  return end('missing')
}

/** One line of evidence about a DNS answer; where it failed, why. */
export function shown(
  step: TransportEvidence['step'],
  subject: string,
  answer: DnsAnswer<unknown>,
  finding: string,
): TransportEvidence {
  const dnssec: DnssecStatus = answer.status
  const why = answer.outcome === 'failed' ? `: ${answer.evidence.at(-1) ?? ''}` : ''
  return { step, subject: subject.slice(0, 300), dnssec, finding: `${finding}${why}`.slice(0, 500) }
}
