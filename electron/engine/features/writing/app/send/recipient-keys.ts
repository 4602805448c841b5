import type { KeyFacts } from '../../../../../../shared/features/keys/model'
import type { Address } from '../../../../../../shared/features/mail/model'
import type { RecipientKeyState } from '../../../../../../shared/features/writing/protection'
import type { AccountId } from '../../../../../../shared/kit/ids'
import type { OwnKeyRow } from '../../../../ports/keys/openpgp'
import type { Needs } from '../../../../ports/parts'

/** A recipient with the key that would be used; null unless the state is `ready`. */
export type RecipientKey = Readonly<{ state: RecipientKeyState; key: Uint8Array | null }>

const canBeUsed = (facts: KeyFacts): boolean => facts.canEncrypt && facts.problems.length === 0

/** The key an account signs with and encrypts to for itself; null when it has none. */
export function ownKeyOf(context: Needs<never, 'openpgp'>, accountId: AccountId): OwnKeyRow | null {
  const { key } = context.store.openpgp.settings(accountId)
  return key === null ? null : context.store.openpgp.ownKey(key)
}

/** The user's own key for an address of theirs: a copy to another account is as readable as any. */
function ownKeyFor(context: Needs<never, 'accounts' | 'openpgp'>, address: string): OwnKeyRow | null {
  const account = context.store.accounts.list().find(({ config }) => config.address.toLowerCase() === address)
  return account ? ownKeyOf(context, account.id) : null
}

/** What stands between one recipient and an encrypted message (RecipientKeyState), from the store alone. */
function recipientKey(context: Needs<never, 'accounts' | 'openpgp'>, recipient: Address): RecipientKey {
  const { openpgp } = context.store
  const address = recipient.address.trim().toLowerCase()
  const preference = openpgp.preference(address)
  const base = {
    address: address.slice(0, 320),
    trust: 'none' as const,
    problems: [],
    conflict: null,
    prefersEncryption: preference?.prefersEncryption ?? null,
  }
  const own = ownKeyFor(context, address)
  if (own && canBeUsed(own.facts)) {
    const state = {
      ...base,
      state: 'ready' as const,
      fingerprint: own.facts.fingerprint,
      trust: 'verified' as const,
    }
    return { state, key: own.publicKey }
  }
  const conflict = openpgp.conflict(address)
  const known = openpgp.keysFor(address).filter(each => !each.rejected)
  const used = known.find(each => each.inUse)
  const met = used ?? known[0]
  if (!met) {
    const state = { ...base, conflict, state: conflict === null ? ('missing' as const) : ('decide' as const) }
    return { state: { ...state, fingerprint: null }, key: null }
  }
  const facts = {
    fingerprint: met.facts.fingerprint,
    trust: met.trust,
    problems: met.facts.problems,
    conflict,
  }
  if (conflict !== null) return { state: { ...base, ...facts, state: 'decide' }, key: null }
  if (!canBeUsed(met.facts)) return { state: { ...base, ...facts, state: 'missing' }, key: null }
  // A key that only others spoke of, or that was found and not taken into use, waits for a word.
  if (!used) return { state: { ...base, ...facts, state: 'decide' }, key: null }
  return { state: { ...base, ...facts, state: 'ready' }, key: used.publicKey }
}

/** Each address once, in the order of the fields. */
export function recipientKeys(
  context: Needs<never, 'accounts' | 'openpgp'>,
  recipients: readonly Address[],
): readonly RecipientKey[] {
  const seen = new Map<string, RecipientKey>()
  for (const recipient of recipients) {
    const found = recipientKey(context, recipient)
    if (!seen.has(found.state.address)) seen.set(found.state.address, found)
  }
  return [...seen.values()]
}
