import type { KeyLookup, KeyLookupAnswer } from '../ports/keys/openpgp'
import { fetchKey, type KeyLookupDeps } from './fetch-key'
import { wkdPlaces } from './wkd-places'

/** A key server that confirms addresses by mail before it hands a key out for them, and so has a path of its own. */
const confirmingServer = 'keys.openpgp.org'

/** Looks for keys outside. Who is asked, and whether at all, is decided by the use case. */
export function createKeyLookup(deps: KeyLookupDeps): KeyLookup {
  return {
    async wkd(address, accountId, signal) {
      const answers: KeyLookupAnswer[] = []
      for (const place of wkdPlaces(address)) {
        const { unreachable, ...answer } = await fetchKey(
          deps,
          { ...place, accountId, follows: true },
          signal,
        )
        answers.push(answer)
        // §3.1: the direct way only where the host of the advanced way does not exist.
        if (!unreachable) break
      }
      return answers
    },
    async keyserver(host, address, accountId, signal) {
      const path =
        host.toLowerCase() === confirmingServer
          ? `/vks/v1/by-email/${encodeURIComponent(address)}`
          : // draft-gallagher-openpgp-hkp §3.1
            `/pks/lookup?op=get&options=mr&search=${encodeURIComponent(address)}`
      const place = { source: 'keyserver', host, path, accountId, follows: false } as const
      const { unreachable: _, ...answer } = await fetchKey(deps, place, signal)
      return answer
    },
  }
}
