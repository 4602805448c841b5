import { createHash, timingSafeEqual } from 'node:crypto'
import { SiegelError } from '../../../../shared/kit/result'
import type { ChannelBindingType } from '../../ports/net/gate'
import type { Gs2, ScramHash } from './scram'

/** What a server offers for signing in, in one of the two profiles. */
export type Offer = Readonly<{
  profile: 'sasl' | 'sasl2'
  mechanisms: readonly string[]
  /** XEP-0440; null where the server says nothing of it. */
  bindingTypes: readonly string[] | null
}>

/** What is remembered of an account's server, so that nothing weaker is taken later. */
export type LoginPins = Readonly<{
  /** SCRAM was offered once: the password is never sent again. */
  scram: boolean
  /** XEP-0474 was seen once: a server that knows it does not forget it. */
  downgradeHash: boolean
}>

/** The way to sign in. `mechanism`: its name in the offer. */
export type Choice = Readonly<
  | { kind: 'scram'; mechanism: string; hash: ScramHash; gs2: Gs2; needsHash: boolean }
  | { kind: 'plain'; mechanism: 'PLAIN' }
>

/** The bytes that a type binds to on this connection; null where it has none. */
export type BindingOf = (type: ChannelBindingType) => Uint8Array | null

const scramNames: readonly (readonly [string, ScramHash])[] = [
  ['SCRAM-SHA-256', 'sha256'],
  ['SCRAM-SHA-1', 'sha1'],
]

/** Strongest first: what only this connection has, before what every connection to the server has. */
const bindingOrder: readonly ChannelBindingType[] = ['tls-exporter', 'tls-unique', 'tls-server-end-point']

/**
 * Chooses the strongest of what is offered. PLAIN only where it is permitted and SCRAM was never seen at this account. Throws
 * `login-downgraded` where somebody took something away, and `login-unsupported` where there is nothing in common.
 */
export function chooseMechanism(
  offer: Offer,
  pins: LoginPins,
  options: Readonly<{ binding: BindingOf; allowsPlain: boolean }>,
): Choice {
  const { mechanisms, bindingTypes, profile } = offer
  const hasPlus = mechanisms.some(each => each.endsWith('-PLUS'))
  // XEP-0440 §5: one of the two without the other was tampered with, where both belong to the profile.
  if (profile === 'sasl2' && hasPlus !== (bindingTypes ?? []).length > 0)
    throw new SiegelError('login-downgraded', { reason: 'bindings' })
  const binding = hasPlus ? bindingFor(bindingTypes, options.binding) : null
  for (const [name, hash] of scramNames) {
    if (binding && mechanisms.includes(`${name}-PLUS`))
      return { kind: 'scram', mechanism: `${name}-PLUS`, hash, gs2: binding, needsHash: pins.downgradeHash }
  }
  for (const [name, hash] of scramNames) {
    if (!mechanisms.includes(name)) continue
    // A server that has -PLUS refuses `y` (RFC 5802 §6), so `n` is true only where there is no type in common; then the list must be proved.
    return {
      ...{ kind: 'scram', mechanism: name, hash, gs2: { flag: hasPlus ? 'n' : 'y' } },
      needsHash: pins.downgradeHash || (hasPlus && binding === null),
    }
  }
  if (pins.scram) throw new SiegelError('login-downgraded', { reason: 'mechanism' })
  if (options.allowsPlain && mechanisms.includes('PLAIN')) return { kind: 'plain', mechanism: 'PLAIN' }
  throw new SiegelError('login-unsupported', { detail: mechanisms.join(' ').slice(0, 200) })
}

/** The strongest type that the server knows; where it does not say which, what belongs to this version of TLS (RFC 9266 §3, RFC 5929 §3). */
function bindingFor(types: readonly string[] | null, binding: BindingOf): Gs2 | null {
  for (const type of bindingOrder) {
    if (types !== null && !types.includes(type)) continue
    const data = binding(type)
    if (data) return { flag: 'p', type, data }
  }
  return null
}

/** XEP-0474 §5.1: what the server says it offered, hashed. */
export function downgradeHash({ mechanisms, bindingTypes }: Offer, hash: ScramHash): string {
  const sorted = (names: readonly string[]) =>
    names
      .map(name => Buffer.from(name, 'utf8'))
      .sort(Buffer.compare)
      .join('\x1e')
  const types = bindingTypes === null ? '' : `\x1f${sorted(bindingTypes)}`
  return createHash(hash)
    .update(`${sorted(mechanisms)}${types}`, 'utf8')
    .digest('base64')
}

/**
 * Compares what was read with what the server says it offered. Throws `login-downgraded` where they differ, or where it must be there
 * and is not. True where it was there.
 */
export function checkDowngradeHash(
  sent: string | null,
  offer: Offer,
  choice: Choice & { kind: 'scram' },
): boolean {
  if (sent === null) {
    if (choice.needsHash) throw new SiegelError('login-downgraded', { reason: 'hash-missing' })
    return false
  }
  const [one, other] = [Buffer.from(sent), Buffer.from(downgradeHash(offer, choice.hash))]
  if (one.length !== other.length || !timingSafeEqual(one, other))
    throw new SiegelError('login-downgraded', { reason: 'hash' })
  return true
}
