import { randomInt } from 'node:crypto'
import type { OmemoBundle, RecipientProblem } from '../../../shared/ipc/vault/omemo-calls'
import { signatureBytes } from './curve/edwards'
import { isUsableKey } from './curve/x25519'
import { agreementKeyOf, isPreKeySigned } from './ratchet/exchange'
import { bundleOf, type Device } from './state/device'
import { variantOf } from './wire/variant'

/** By which people know an identity key: its X25519 form in hex. */
export const fingerprintOf = (agreementKey: Uint8Array): string => Buffer.from(agreementKey).toString('hex')

type BundleProblem = Exclude<RecipientProblem, 'no-session' | 'state-damaged'>

/** A bundle that a session can be built from, or what is wrong with it. Never throws. */
export type LookedAtBundle =
  | Readonly<{ ok: true; fingerprint: string }>
  | Readonly<{ ok: false; problem: BundleProblem; fingerprint: string | null }>

/** `known`: the fingerprint that the device is known by. Its prekeys are looked at when one is taken. */
export function lookAtBundle(bundle: OmemoBundle, known: string | null): LookedAtBundle {
  const variant = variantOf(bundle.version)
  const { identityKey, signedPreKey, preKeys } = bundle
  if (identityKey.byteLength !== 32 || signedPreKey.signature.byteLength !== signatureBytes)
    return { ok: false, problem: 'malformed', fingerprint: null }
  const identity = agreementKeyOf(variant, identityKey)
  if (identity === null || !isUsableKey(identity))
    return { ok: false, problem: 'weak-key', fingerprint: null }
  const fingerprint = fingerprintOf(identity)
  const refused = (problem: BundleProblem) => ({ ok: false, problem, fingerprint }) as const
  if (known !== null && known !== fingerprint) return refused('other-identity')
  if (!isUsableKey(signedPreKey.key)) return refused('weak-key')
  if (!isPreKeySigned(variant, identityKey, signedPreKey.key, signedPreKey.signature))
    return refused('bad-signature')
  return preKeys.length === 0 ? refused('no-prekeys') : { ok: true, fingerprint }
}

/** One of the prekeys, by chance, so that two who build at once hardly take the same; null where none can be used. */
export function takePreKey({ preKeys }: OmemoBundle): OmemoBundle['preKeys'][number] | null {
  const left = [...preKeys]
  while (left.length > 0) {
    const [taken] = left.splice(randomInt(left.length), 1)
    if (taken && isUsableKey(taken.key)) return taken
  }
  return null
}

/** What the server's copy of the own bundle says of this state; see `PublishedState` of the port. */
export function judgePublished(
  device: Device,
  published: OmemoBundle,
): 'current' | 'older' | 'ahead' | 'foreign' {
  const own = bundleOf(device, published.version)
  const keys = device.keys[published.version]
  const same = (one: Uint8Array, other: Uint8Array) => Buffer.from(one).equals(other)
  if (!same(own.identityKey, published.identityKey)) return 'foreign'
  const isLater =
    published.signedPreKey.id >= keys.nextSignedId ||
    published.preKeys.some(({ id }) => id >= keys.nextPreKeyId)
  if (isLater) return 'ahead'
  const ownKeys = new Map(own.preKeys.map(({ id, key }) => [id, key]))
  // A key of another making under an id of ours: a copy of the profile went on by itself.
  const isOther = (id: number, key: Uint8Array, ours: Uint8Array | undefined) =>
    ours !== undefined && !same(ours, key) && id > 0
  const isSigned = published.signedPreKey.id === own.signedPreKey.id
  if (isSigned && !same(published.signedPreKey.key, own.signedPreKey.key)) return 'ahead'
  if (published.preKeys.some(({ id, key }) => isOther(id, key, ownKeys.get(id)))) return 'ahead'
  const isWhole =
    isSigned &&
    same(published.signedPreKey.signature, own.signedPreKey.signature) &&
    published.preKeys.length === ownKeys.size &&
    published.preKeys.every(({ id }) => ownKeys.has(id))
  return isWhole ? 'current' : 'older'
}
