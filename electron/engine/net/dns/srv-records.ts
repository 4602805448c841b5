import { SiegelError } from '../../../../shared/kit/result'
import type { DnsAsker, DnsLookups, SrvRecord } from '../../ports/net/transport'

/** Records kept of one answer; a real service has a handful. */
const MAXIMUM_RECORDS = 20

/** The system's resolver. Rejects with `name-unresolved`. */
type AskSystem = () => Promise<readonly SrvRecord[]>

/**
 * SRV records of a name (RFC 2782), empty when there are none. `askSystem` is null on every way but the direct one.
 * Rejects with `name-unresolved`.
 */
export type SrvLookup = (
  name: string,
  asker: DnsAsker,
  askSystem: AskSystem | null,
) => Promise<readonly SrvRecord[]>

/**
 * Asks by the DNS client, so by the way of the asker. Where that has no answer the system's resolver may be asked, for
 * routers that answer no TCP or strip signatures; never where the user chose other servers, and never after a forged answer.
 */
export function createSrvLookup(deps: {
  dns: Pick<DnsLookups, 'srv'>
  /** Whether the user chose whom to ask; an unreadable choice is one too. */
  hasChosenServers: () => boolean
}): SrvLookup {
  return async (name, asker, askSystem) => {
    const answer = await deps.dns.srv(name, asker)
    if (answer.outcome !== 'failed')
      return answer.records
        .slice(0, MAXIMUM_RECORDS)
        .map(record => (answer.status === 'secure' ? { ...record, isProved: true } : record))
    if (answer.status !== 'bogus' && askSystem !== null && !deps.hasChosenServers()) return askSystem()
    const detail = `${answer.status}: ${answer.evidence.at(-1) ?? ''}`.slice(0, 200)
    throw new SiegelError('name-unresolved', { host: name.slice(0, 253), detail })
  }
}
