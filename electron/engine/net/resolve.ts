import { Resolver } from 'node:dns/promises'
import { SiegelError } from '../../../shared/kit/result'

/** Records kept of one answer; a real service has a handful. */
const MAXIMUM_RECORDS = 20

/** DNS questions of the direct way, to the system's servers. Names for connections are not asked here but by the system. */
export function createResolver() {
  return {
    /** SRV records of a name (RFC 2782), empty when there are none. Throws `name-unresolved` when nobody answered. */
    async srv(
      name: string,
    ): Promise<readonly { host: string; port: number; priority: number; weight: number }[]> {
      const resolver = new Resolver({ timeout: 3000, tries: 2 })
      try {
        const records = await resolver.resolveSrv(name)
        return records.slice(0, MAXIMUM_RECORDS).map(record => ({
          host: record.name,
          port: record.port,
          priority: record.priority,
          weight: record.weight,
        }))
      } catch (cause) {
        const code = String((cause as NodeJS.ErrnoException).code ?? '')
        if (code === 'ENODATA' || code === 'ENOTFOUND') return []
        throw new SiegelError('name-unresolved', { host: name, detail: code }, { cause })
      }
    },
  }
}
