import type { Fingerprint } from '../../../../../shared/features/keys/model'
import { SiegelError } from '../../../../../shared/kit/result'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'
import { compareKeys } from './compare-keys'
import { contactView } from './contact-view'

/** Other people's keys and what the user decides about them. */
export function trustUseCases(
  context: Needs<never, 'accounts' | 'openpgp' | 'transaction'>,
): Pick<
  UseCases,
  | 'keys.contacts'
  | 'keys.compare'
  | 'keys.setTrust'
  | 'keys.useKey'
  | 'keys.reject'
  | 'keys.remove'
  | 'keys.settings'
  | 'keys.setSettings'
> {
  const { store } = context
  const { openpgp } = store
  return {
    'keys.contacts': ({ address }) => {
      if (address === null)
        return { keys: openpgp.contactKeys().map(contactView), conflicts: [...openpgp.conflicts()] }
      const conflict = openpgp.conflict(address)
      return { keys: openpgp.keysFor(address).map(contactView), conflicts: conflict ? [conflict] : [] }
    },
    'keys.compare': ({ address, fingerprint, own }) => {
      if (!openpgp.keysFor(address).some(key => key.facts.fingerprint === fingerprint))
        throw new SiegelError('not-found', { what: 'key' })
      const mine = own ?? usualKey(context)
      if (mine === null || openpgp.ownKey(mine) === null) throw new SiegelError('no-key')
      return { own: mine, ...compareKeys(mine, fingerprint) }
    },
    'keys.setTrust': ({ address, fingerprint, trust }) => {
      openpgp.setTrust(address, fingerprint, trust)
      return {}
    },
    'keys.useKey': ({ address, fingerprint }) => {
      store.transaction(() => {
        openpgp.setInUse(address, fingerprint)
        openpgp.clearConflict(address)
      })
      return {}
    },
    'keys.reject': ({ address, fingerprint }) => {
      store.transaction(() => {
        openpgp.setRejected(address, fingerprint, true)
        settleConflict(context, address, fingerprint)
      })
      return {}
    },
    'keys.remove': ({ address, fingerprint }) => {
      store.transaction(() => {
        openpgp.removeContactKey(address, fingerprint)
        settleConflict(context, address, fingerprint)
      })
      return {}
    },
    'keys.settings': ({ accountId }) => openpgp.settings(accountId),
    'keys.setSettings': ({ accountId, change }) => {
      if (change.key && openpgp.ownKey(change.key) === null)
        throw new SiegelError('not-found', { what: 'key' })
      return openpgp.setSettings(accountId, change)
    },
  }
}

/**
 * With one side of a conflict gone the question is answered. The other side is not used by itself when it was the one
 * that turned up: that takes the user's own word.
 */
function settleConflict({ store }: Needs<never, 'openpgp'>, address: string, gone: Fingerprint): void {
  const conflict = store.openpgp.conflict(address)
  if (conflict && (conflict.found === gone || conflict.known === gone)) store.openpgp.clearConflict(address)
}

/** The key of the first account that has one. */
function usualKey({ store }: Needs<never, 'accounts' | 'openpgp'>): Fingerprint | null {
  for (const { id } of store.accounts.list()) {
    const { key } = store.openpgp.settings(id)
    if (key !== null && store.openpgp.ownKey(key) !== null) return key
  }
  return store.openpgp.ownKeys()[0]?.facts.fingerprint ?? null
}
