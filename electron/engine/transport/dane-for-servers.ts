import type { Clock } from '../ports/basics'
import type { DaneForServers, DanePolicy, DnsAsker, DnsLookups, TransportStore } from '../ports/net/transport'
import { checkDane } from './check-dane'
import { lookUpTlsa } from './server-tlsa'

/** What is not told by then counts as not told: the connection does not wait for it. */
const PATIENCE_MS = 4_000

/**
 * DANE for the user's own servers. Records seen once with proof are remembered: they hold when later nobody answers
 * or the zone is suddenly unsigned, so that blocking DNS takes nothing away. Only the zone itself can end it, with a
 * signed proof that the records are gone.
 */
export function createDaneForServers(deps: {
  dns: DnsLookups
  canAsk: (asker: DnsAsker) => boolean
  store: TransportStore
  lookupsOn: () => boolean
  clock: Clock
}): DaneForServers {
  const { dns, store, clock } = deps
  return {
    check: checkDane,
    async policyFor(typedHost, port, asker) {
      const host = typedHost.toLowerCase().replace(/\.$/, '')
      if (!isLookedUp(host)) return { verdict: 'none', why: 'address' }
      if (!deps.lookupsOn()) return { verdict: 'none', why: 'lookups-off' }
      const remembered = (why: 'insecure' | 'unknown'): DanePolicy => {
        const seen = store.tlsa(host, port)
        return seen
          ? { verdict: 'require', records: seen.records, names: [host], from: 'remembered' }
          : { verdict: 'none', why }
      }
      if (!deps.canAsk(asker)) return remembered('unknown')
      const patience = new AbortController()
      const found = await Promise.race([
        lookUpTlsa(dns, host, port, asker),
        clock.sleep(PATIENCE_MS, patience.signal).catch(() => undefined),
      ])
      patience.abort()
      if (!found) return remembered('unknown')
      switch (found.outcome) {
        case 'dane':
          store.saveTlsa({ host, port, records: found.records, seenAtMs: clock.now() })
          return { verdict: 'require', records: found.records, names: found.names, from: 'dns' }
        case 'missing':
          store.forgetTlsa(host, port)
          return { verdict: 'none', why: 'no-records' }
        case 'unusable':
          store.forgetTlsa(host, port)
          return { verdict: 'none', why: 'unusable' }
        case 'insecure':
          return remembered('insecure')
        case 'no-address':
        case 'failed':
          return remembered('unknown')
        case 'bogus':
          return { verdict: 'refuse', why: 'bogus' }
      }
    },
  }
}

/** Addresses, names of this machine and onion services have no TLSA records. */
function isLookedUp(host: string): boolean {
  return (
    host.includes('.') &&
    !host.includes(':') &&
    !/(^|\.)(localhost|onion|local)$/.test(host) &&
    !/\.\d+$/.test(host)
  )
}
