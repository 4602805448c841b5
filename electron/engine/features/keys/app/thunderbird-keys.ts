import type { ThunderbirdDecision } from '../../../../../shared/features/keys/thunderbird'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'
import { contactView } from './contact-view'
import { importKeys } from './import-keys'

const pair = (address: string, fingerprint: string): string => `${address.toLowerCase()} ${fingerprint}`

/** Other people's keys of a Thunderbird profile, with what the user decided about them there. */
export function thunderbirdKeyUseCases(
  context: Needs<'clock' | 'thunderbird' | 'vault', 'openpgp' | 'transaction'>,
): Pick<UseCases, 'keys.readThunderbird' | 'keys.importThunderbirdPublic'> {
  const { store, thunderbird } = context
  return {
    'keys.readThunderbird': ({ keyDatabase, decisions }) => ({
      keyDatabase: keyDatabase && thunderbird.keyDatabase(keyDatabase),
      decisions: decisions ? [...thunderbird.decisions(decisions)] : [],
    }),
    'keys.importThunderbirdPublic': async ({ bytes, decisions }) => {
      const known = new Set(
        store.openpgp.contactKeys().map(({ address, facts }) => pair(address, facts.fingerprint)),
      )
      const accepted = new Set(
        decisions
          .filter(({ decision }) => decision === 'accepted')
          .flatMap(({ fingerprint, addresses }) => addresses.map(address => pair(address, fingerprint))),
      )
      const report = await importKeys(context, {
        blocks: [bytes],
        source: 'imported',
        detail: 'Thunderbird',
        only: null,
        // Thunderbird keeps every key it meets, and uses only those that the user accepted for an address.
        isWeakFor: (address, fingerprint) => !accepted.has(pair(address, fingerprint)),
      })
      const fresh = report.keys.filter(({ address, facts }) => !known.has(pair(address, facts.fingerprint)))
      reject(context, fresh, decisions)
      const keys = report.keys.map(({ address, facts }) => {
        const row = store.openpgp.keysFor(address).find(each => each.facts.fingerprint === facts.fingerprint)
        return row ? contactView(row) : []
      })
      return { ...report, keys: keys.flat() }
    },
  }
}

/** A key that was here already keeps what the user said of it here. */
function reject(
  { store }: Needs<never, 'openpgp' | 'transaction'>,
  fresh: Awaited<ReturnType<typeof importKeys>>['keys'],
  decisions: readonly ThunderbirdDecision[],
): void {
  const rejected = new Set(
    decisions.filter(({ decision }) => decision === 'rejected').map(each => each.fingerprint),
  )
  store.transaction(() => {
    for (const { address, facts } of fresh)
      if (rejected.has(facts.fingerprint)) store.openpgp.setRejected(address, facts.fingerprint, true)
  })
}
