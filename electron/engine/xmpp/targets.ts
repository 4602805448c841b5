import type { XmppService } from '../../../shared/features/accounts/model'
import { domainOf } from '../../../shared/features/accounts/services'
import type { AccountId } from '../../../shared/kit/ids'
import { SiegelError } from '../../../shared/kit/result'
import type { Random } from '../ports/basics'
import type { NetworkGate, WayForSetUp } from '../ports/net/gate'

/** One place to try. */
export type Target = Readonly<{
  host: string
  port: number
  security: 'tls' | 'starttls'
  /** Who named it: the person, the domain itself, an answer of DNS, proved or not, or a server that sends us on. */
  by: 'person' | 'domain' | 'proved' | 'unproved' | 'server'
}>

type Record = Readonly<{ host: string; port: number; priority: number; weight: number; isProved?: true }>

/** More than any service has; each takes time to try. */
const mostTargets = 6

type Deps = Readonly<{ gate: Pick<NetworkGate, 'resolveSrv'>; random: Random }>

/**
 * Where an account may be connected, best first. A place that the person named is the only one; an onion domain is asked of nobody. Else
 * both SRV sets are one list (XEP-0368 §3), and only a domain that says nothing stands for itself. Throws `unsupported` for a domain
 * that says it has no chat, and `name-unresolved` where nobody could be asked and nothing is known from before (`lastGood`).
 */
export async function targetsFor(
  { gate, random }: Deps,
  { userName, server }: Pick<XmppService, 'userName' | 'server'>,
  asker: Readonly<{ accountId: AccountId | null; way: WayForSetUp; lastGood: Target | null }>,
): Promise<readonly Target[]> {
  if (server) return [{ host: server.host, port: server.port, security: server.security, by: 'person' }]
  const domain = domainOf(userName)
  const itself: Target = { host: domain, port: 5222, security: 'starttls', by: 'domain' }
  if (domain.endsWith('.onion') || /^[0-9.]+$|[:[]/.test(domain)) return [itself]
  const ask = (name: string) => gate.resolveSrv(`${name}._tcp.${domain}`, asker.accountId, asker.way)
  const answers = await Promise.allSettled([ask('_xmpps-client'), ask('_xmpp-client')])
  const [direct, upgraded] = answers.map(each => (each.status === 'fulfilled' ? each.value : null))
  const lost = answers.find(each => each.status === 'rejected')
  if (lost && !direct?.length && !upgraded?.length) {
    if (asker.lastGood) return [asker.lastGood]
    throw lost.reason
  }
  const found = [
    ...(direct ?? []).map(record => ({ record, security: 'tls' as const })),
    ...(upgraded ?? []).map(record => ({ record, security: 'starttls' as const })),
  ]
  // RFC 2782: a target of "." says that there is none; then the address of the domain is not asked instead.
  const offered = found.filter(({ record }) => record.host !== '' && record.host !== '.')
  if (found.length > 0 && offered.length === 0)
    throw new SiegelError('unsupported', { reason: `${domain} has no chat` })
  if (offered.length === 0) return [itself]
  return inOrder(offered, random)
    .slice(0, mostTargets)
    .map(({ record: { host, port, isProved }, security }) => ({
      ...{ host, port, security },
      by: isProved ? 'proved' : 'unproved',
    }))
}

/** By priority, TLS from the first byte on before STARTTLS, and by lot among what is left (RFC 2782). */
function inOrder<T extends { record: Record; security: 'tls' | 'starttls' }>(
  found: readonly T[],
  random: Random,
): T[] {
  const lots = new Map(
    found.map(each => [each, random.fraction() ** (1 / Math.max(each.record.weight, 0.1))]),
  )
  return [...found].sort(
    (one, other) =>
      one.record.priority - other.record.priority ||
      (one.security === other.security ? 0 : one.security === 'tls' ? -1 : 1) ||
      (lots.get(other) ?? 0) - (lots.get(one) ?? 0),
  )
}
