import { hasMailServer } from '../../../../../../shared/features/accounts/services'
import type { Fingerprint } from '../../../../../../shared/features/keys/model'
import type { AccountId } from '../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../shared/kit/result'
import type { Needs } from '../../../../ports/parts'
import type { UseCases } from '../../../../ports/use-cases'
import { holdKeys } from './hold-keys'
import { ownKey, ownKeyRow, ownKeys } from './own-key-view'

/** The user's own keys: made, taken in, changed and removed. The secret part only ever comes sealed from the vault. */
export function ownKeyUseCases(
  context: Needs<'clock' | 'vault', 'accounts' | 'openpgp' | 'transaction'>,
): Pick<
  UseCases,
  | 'keys.list'
  | 'keys.generate'
  | 'keys.change'
  | 'keys.adopt'
  | 'keys.markBackedUp'
  | 'keys.revocation'
  | 'keys.forgetOwn'
> {
  const { store, vault, clock } = context
  return {
    'keys.list': () => ownKeys(context),
    'keys.generate': async ({ name, address, accountId, version, expiresAtMs }) => {
      const nowMs = clock.now()
      if (expiresAtMs !== null && expiresAtMs <= nowMs)
        throw new SiegelError('bad-request', { field: 'expiresAtMs' })
      // Asked before, so that a key is not made for an account that is not there.
      if (accountId !== null) store.openpgp.settings(accountId)
      const made = await vault.generate({ userIds: [{ name, address }], version, expiresAtMs, nowMs })
      const { facts, bytes, sealed, protection, revocation } = made
      store.transaction(() => {
        store.openpgp.saveOwnKey({ facts, publicKey: bytes, sealed, protection, revocation })
        if (accountId !== null) store.openpgp.setSettings(accountId, { key: facts.fingerprint })
      })
      await holdKeys(context)
      return ownKey(context, facts.fingerprint)
    },
    'keys.change': async ({ fingerprint, change }) => {
      ownKeyRow(context, fingerprint)
      const { facts, bytes, sealed, protection } = await vault.change(fingerprint, change, clock.now())
      // Still there: the user may have removed it while the vault worked.
      ownKeyRow(context, fingerprint)
      store.openpgp.saveOwnKey({ facts, publicKey: bytes, sealed, protection, revocation: null })
      await holdKeys(context)
      return ownKey(context, fingerprint)
    },
    'keys.adopt': async ({ keys, accountId, backedUp }) => {
      const fresh = keys.filter(({ facts, sealed }) => {
        const known = store.openpgp.ownKey(facts.fingerprint)
        // The same key with another seal is a key whose passphrase was set or taken away.
        return known === null || !Buffer.from(known.sealed).equals(Buffer.from(sealed))
      })
      store.transaction(() => {
        for (const key of fresh) {
          const { fingerprint, userIds } = key.facts
          const isNew = store.openpgp.ownKey(fingerprint) === null
          store.openpgp.saveOwnKey(key)
          // A key that was here has its accounts already, or was taken away from them on purpose.
          const named = isNew ? accountsFor(context, userIds) : []
          for (const account of accountId === null ? named : [accountId])
            store.openpgp.setSettings(account, { key: fingerprint })
        }
        if (backedUp) for (const { facts } of keys) store.openpgp.markBackedUp(facts.fingerprint)
      })
      await holdKeys(context)
      const adopted = new Set(keys.map(({ facts }) => facts.fingerprint))
      return (await ownKeys(context)).filter(({ facts }) => adopted.has(facts.fingerprint))
    },
    'keys.markBackedUp': ({ fingerprint }) => {
      store.openpgp.markBackedUp(fingerprint)
      return {}
    },
    'keys.revocation': ({ fingerprint }) => {
      const { revocation } = ownKeyRow(context, fingerprint)
      if (revocation === null) throw new SiegelError('not-found', { what: 'revocation' })
      return { armored: revocation }
    },
    'keys.forgetOwn': async ({ fingerprint }) => {
      store.transaction(() => {
        for (const account of accountsUsing(context, fingerprint))
          store.openpgp.setSettings(account, { key: null })
        store.openpgp.removeOwnKey(fingerprint)
      })
      await holdKeys(context)
      return {}
    },
  }
}

/** Accounts without a key whose address the key names. */
function accountsFor(
  { store }: Needs<never, 'accounts' | 'openpgp'>,
  userIds: readonly { address: string; valid: boolean }[],
) {
  const named = new Set(userIds.filter(({ valid }) => valid).map(({ address }) => address.toLowerCase()))
  return store.accounts
    .list()
    .filter(account => hasMailServer(account) && named.has(account.config.address.toLowerCase()))
    .map(({ id }) => id)
    .filter(id => store.openpgp.settings(id).key === null)
}

const accountsUsing = (
  { store }: Needs<never, 'accounts' | 'openpgp'>,
  fingerprint: Fingerprint,
): AccountId[] =>
  store.accounts
    .list()
    .map(({ id }) => id)
    .filter(id => store.openpgp.settings(id).key === fingerprint)
