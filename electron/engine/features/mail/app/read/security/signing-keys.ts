import type { SignatureFacts } from '../../../../../ports/keys/openpgp'
import type { Needs } from '../../../../../ports/parts'

/** A message names few signers; one that names hundreds wants to cost time. */
const maxKeys = 20

type Key = Readonly<{ facts: { fingerprint: string }; publicKey: Uint8Array }>

/**
 * Runs a check with the keys of the addresses it claims to be from, and once more with the keys that its signatures
 * name, where those are known and were not among the first.
 */
export async function withSigningKeys<T>(
  { store }: Needs<never, 'openpgp'>,
  addresses: readonly string[],
  check: (verifyWith: readonly Uint8Array[]) => Promise<T>,
  signaturesOf: (result: T) => readonly SignatureFacts[],
): Promise<T> {
  const { openpgp } = store
  const own = openpgp
    .ownKeys()
    .filter(({ facts }) => facts.userIds.some(userId => addresses.includes(userId.address)))
  const first: readonly Key[] = [...addresses.flatMap(address => openpgp.keysFor(address)), ...own]
  const keys = new Map(first.map(key => [key.facts.fingerprint, key.publicKey] as const))
  const given = [...keys.values()].slice(0, maxKeys)
  const result = await check(given)
  const before = keys.size
  for (const { state, keyId } of signaturesOf(result).slice(0, maxKeys)) {
    if (state !== 'unknown-key') continue
    for (const key of openpgp.byKeyId(keyId)) keys.set(key.facts.fingerprint, key.publicKey)
  }
  return keys.size === before ? result : check([...keys.values()].slice(-2 * maxKeys))
}
