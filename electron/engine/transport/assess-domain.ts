import type {
  TransportEvidence,
  TransportLevelName,
  TransportReason,
} from '../../../shared/features/network/transport'
import type { DnsAsker, DnsLookups, MtaStsPolicy } from '../ports/net/transport'
import type { FetchPolicy } from './fetch-policy'
import { namesServer, policyIdOf } from './mta-sts'
import { lookUpTlsa, type ServerTlsa, shown } from './server-tlsa'

/** Domains with more mail servers are not worth the questions; then it cannot be told. */
const MAXIMUM_SERVERS = 12

/** What look-ups say about a domain today, whatever was seen before. */
export type Assessment = Readonly<{
  level: TransportLevelName
  reasons: readonly TransportReason[]
  evidence: readonly TransportEvidence[]
  /** The domain's mail servers. */
  hosts: readonly string[]
  /** 0 when something failed. */
  ttlSeconds: number
  /** The MTA-STS policy that holds now; null when there is none. */
  policy: MtaStsPolicy | null
}>

type Part = Readonly<{
  reasons: readonly TransportReason[]
  evidence: readonly TransportEvidence[]
  ttlSeconds: number
}>
type Servers = Part &
  Readonly<{ hosts: readonly string[]; isSecure: boolean; verdict: 'servers' | 'none' | 'unknown' }>

/**
 * Works the level of a recipient's domain out: MX, then DANE for every server (RFC 7672) and MTA-STS (RFC 8461) side by
 * side. DANE counts when it is proved for all servers that may be used. Nothing but domain names is asked for. Never rejects.
 */
export async function assessDomain(
  deps: { dns: DnsLookups; fetchPolicy: FetchPolicy; nowMs: number },
  domain: string,
  remembered: MtaStsPolicy | null,
  asker: DnsAsker,
): Promise<Assessment> {
  const servers = await findServers(deps.dns, domain, asker)
  if (servers.verdict !== 'servers')
    return { ...servers, level: servers.verdict, policy: currentPolicy(remembered, deps.nowMs) }

  const [dane, sts] = await Promise.all([
    servers.isSecure ? assessDane(deps.dns, servers.hosts, asker) : null,
    assessSts(deps, domain, servers.hosts, remembered, asker),
  ])
  const parts = [servers, ...(dane ? [dane] : []), sts]
  const all = {
    evidence: parts.flatMap(part => part.evidence),
    hosts: servers.hosts,
    ttlSeconds: Math.min(...parts.map(part => part.ttlSeconds)),
    policy: sts.policy,
  }
  const reasons = parts.flatMap(part => part.reasons)
  if (dane?.verdict === 'none') return { ...all, level: 'none', reasons: dane.reasons }
  // Proved for all servers, whatever became of the other question.
  if (dane?.verdict === 'dane')
    return { ...all, level: 'dane', reasons: reasons.filter(reason => reason !== 'dnssec-bogus') }
  if (sts.verdict === 'none') return { ...all, level: 'none', reasons }
  if (sts.verdict === 'enforced') return { ...all, level: 'enforced', reasons }
  return { ...all, level: 'unknown', reasons: [...reasons, 'opportunistic'] }
}

async function findServers(dns: DnsLookups, domain: string, asker: DnsAsker): Promise<Servers> {
  const mx = await dns.mx(domain, asker)
  const listed = [...mx.records].sort((a, b) => a.preference - b.preference)
  const words = listed.map(({ preference, host }) => `${preference} ${host === '' ? '.' : host}`).join(', ')
  const evidence = [shown('mx', domain, mx, words === '' ? mx.outcome : words)]
  const end = (
    verdict: Servers['verdict'],
    reasons: TransportReason[],
    hosts: readonly string[] = [],
  ): Servers => ({
    verdict,
    reasons,
    hosts,
    evidence,
    isSecure: mx.status === 'secure',
    ttlSeconds: mx.ttlSeconds,
  })
  if (mx.status === 'bogus') return end('none', ['dnssec-bogus'])
  if (mx.outcome === 'failed' || mx.status === 'indeterminate') return end('unknown', ['lookup-failed'])
  if (mx.outcome === 'no-name') return end('none', ['no-such-domain'])
  const unsigned: TransportReason[] = mx.status === 'insecure' ? ['domain-unsigned'] : []
  // RFC 5321 §5.1: without MX the domain itself is the server.
  if (mx.outcome === 'no-data') return end('servers', unsigned, [domain])
  const hosts = [...new Set(listed.map(record => record.host))].filter(host => host !== '')
  // RFC 7505: the null MX.
  if (hosts.length === 0) return end('none', ['no-mail-here'])
  if (hosts.length > MAXIMUM_SERVERS) return { ...end('unknown', ['lookup-failed']), ttlSeconds: 0 }
  return end('servers', unsigned, hosts)
}

async function assessDane(
  dns: DnsLookups,
  hosts: readonly string[],
  asker: DnsAsker,
): Promise<Part & { verdict: 'dane' | 'none' | 'other' }> {
  const found = await Promise.all(hosts.map(host => lookUpTlsa(dns, host, 25, asker)))
  const isAny = (outcome: ServerTlsa['outcome']) => found.some(server => server.outcome === outcome)
  const evidence = found.flatMap(server => server.evidence)
  const ttlSeconds = isAny('failed') ? 0 : Math.min(...found.map(server => server.ttlSeconds))
  const end = (verdict: 'dane' | 'none' | 'other', reasons: TransportReason[]) => ({
    verdict,
    reasons,
    evidence,
    ttlSeconds,
  })
  // A server that is not there receives nothing, and one with forged answers must be passed over (RFC 7672 §2.1.1, §2.2):
  // the others decide. Where none is left, nobody may deliver.
  const there = found.filter(({ outcome }) => outcome !== 'no-address' && outcome !== 'bogus')
  if (there.length === 0) return end('none', [isAny('bogus') ? 'dnssec-bogus' : 'no-mail-here'])
  const passedOver: TransportReason[] = isAny('bogus') ? ['server-bogus'] : []
  if (there.every(server => server.outcome === 'dane')) return end('dane', ['dane-published', ...passedOver])
  const reasons: TransportReason[] = [...passedOver]
  if (isAny('failed')) reasons.push('lookup-failed')
  if (isAny('dane')) reasons.push('dane-partial')
  if (isAny('unusable')) reasons.push('dane-unusable')
  return end('other', reasons)
}

async function assessSts(
  deps: { dns: DnsLookups; fetchPolicy: FetchPolicy; nowMs: number },
  domain: string,
  hosts: readonly string[],
  remembered: MtaStsPolicy | null,
  asker: DnsAsker,
): Promise<Part & { verdict: 'enforced' | 'none' | 'other'; policy: MtaStsPolicy | null }> {
  const name = `_mta-sts.${domain}`
  const kept = currentPolicy(remembered, deps.nowMs)
  const evidence: TransportEvidence[] = []
  const reasons: TransportReason[] = []
  const txt = await deps.dns.txt(name, asker)
  const id = txt.outcome === 'found' ? policyIdOf(txt.records) : null
  evidence.push(
    shown(
      'mta-sts',
      name,
      txt,
      id === null ? (txt.outcome === 'found' ? 'no policy' : txt.outcome) : `id ${id}`,
    ),
  )
  let policy = kept
  let isFailed = txt.outcome === 'failed'
  if (id !== null && id !== kept?.id) {
    const { policy: document, finding } = await deps.fetchPolicy(domain, asker)
    const subject = `https://mta-sts.${domain}/.well-known/mta-sts.txt`
    evidence.push({
      step: 'mta-sts',
      subject: subject.slice(0, 300),
      dnssec: null,
      finding: finding.slice(0, 500),
    })
    if (document) policy = { ...document, id, fetchedAtMs: deps.nowMs }
    else {
      isFailed = true
      if (!kept) reasons.push('sts-unusable')
    }
  }
  // §5.1: a policy that cannot be seen any more holds until its age is over, or hiding it would be enough to end it.
  if (policy && policy.id !== id) reasons.push('sts-remembered')
  // Should be signed and is not, or wrongly: that is no word of the domain about having no policy.
  if (txt.status === 'bogus' && !policy) {
    const parts = { policy, evidence, reasons: ['dnssec-bogus' as const], ttlSeconds: 0 }
    return { ...parts, verdict: 'none' }
  }
  const end = (verdict: 'enforced' | 'none' | 'other', more: TransportReason[] = []) => ({
    verdict,
    policy,
    evidence,
    reasons: [...reasons, ...more],
    ttlSeconds: isFailed ? 0 : txt.ttlSeconds,
  })
  if (!policy || policy.mode === 'none') return end('other')
  if (policy.mode === 'testing') return end('other', ['sts-testing'])
  const { mx } = policy
  const named = hosts.filter(host => namesServer(mx, host))
  if (named.length < hosts.length)
    evidence.push({
      step: 'mta-sts',
      subject: domain,
      dnssec: null,
      finding: `not named by the policy: ${hosts.filter(host => !named.includes(host)).join(' ')}`.slice(
        0,
        500,
      ),
    })
  return named.length === 0 ? end('none', ['sts-mx-mismatch']) : end('enforced', ['sts-enforce'])
}

function currentPolicy(policy: MtaStsPolicy | null, nowMs: number): MtaStsPolicy | null {
  return policy && policy.fetchedAtMs + policy.maxAgeSeconds * 1000 > nowMs ? policy : null
}
