import { SiegelError } from '../../../shared/ipc/result'
import { unsupportedCipher } from './cipher-names'
import type { OuterPacket } from './outer-packets'
import { maxArgon2Blocks, maxArgon2Exponent, maxArgon2Lanes, maxPassphraseTrials } from './policy'

/** What the head of a packet with a session key under a passphrase says (RFC 9580 §5.3; version 5 as GnuPG writes it). */
type Head = Readonly<{
  cipher: number
  /** Version 4 has nothing that proves that the passphrase was right. */
  isProved: boolean
  derivation: Uint8Array
}>

const headOf = ({ head }: OuterPacket): Head | null => {
  const [version] = head
  const cipherAt = version === 6 ? 2 : 1
  const derivationAt = { 4: 2, 5: 3, 6: 5 }[version ?? 0]
  const cipher = head[cipherAt]
  if (derivationAt === undefined || cipher === undefined) return null
  return { cipher, isProved: version !== 4, derivation: head.subarray(derivationAt) }
}

/** String-to-key specifiers (RFC 9580 §3.7.1) that are taken. Those of GnuPG's own say that there is no secret at all. */
const derivations = { simple: 0, salted: 1, iterated: 3, argon2: 4 } as const
const taken: ReadonlySet<number | undefined> = new Set(Object.values(derivations))

/**
 * Refuses what would cost more than a person should wait for, or more memory than there is. Iterated hashing cannot: its
 * count ends at 65 million bytes. Argon2 may ask for 255 passes over two terabytes.
 */
const weigh = (derivation: Uint8Array): void => {
  if (derivation[0] !== derivations.argon2) return
  const [passes, lanes, exponent] = [derivation[17] ?? 0, derivation[18] ?? 0, derivation[19] ?? 0]
  const isWrong = passes === 0 || lanes === 0 || 2 ** exponent < 8 * lanes
  if (isWrong) throw new SiegelError('message-malformed', { detail: 'how the passphrase is used' })
  if (exponent > maxArgon2Exponent || lanes > maxArgon2Lanes || passes * 2 ** exponent > maxArgon2Blocks)
    throw new SiegelError('passphrase-too-costly')
}

const isTaken = ({ cipher, derivation }: Head): boolean =>
  unsupportedCipher(cipher) === null && taken.has(derivation[0])

export type PassphrasePacket = Readonly<{ packet: OuterPacket; isProved: boolean }>

/**
 * The packets that a passphrase may open. Throws `cipher-unsupported` when there are some and none is made in a way that is
 * known here, `passphrase-too-costly` for more than anybody writes or for work beyond measure.
 */
export const passphrasePackets = (packets: readonly OuterPacket[]): readonly PassphrasePacket[] => {
  const heads = packets.map(packet => ({ packet, head: headOf(packet) }))
  const usable = heads.flatMap(({ packet, head }) => (head && isTaken(head) ? [{ packet, head }] : []))
  if (packets.length > 0 && usable.length === 0) {
    const [known] = heads.flatMap(({ head }) => (head ? [unsupportedCipher(head.cipher)] : []))
    throw new SiegelError('cipher-unsupported', { algorithm: known ?? 'unknown' })
  }
  if (usable.length > maxPassphraseTrials) throw new SiegelError('passphrase-too-costly')
  for (const { head } of usable) weigh(head.derivation)
  return usable.map(({ packet, head }) => ({ packet, isProved: head.isProved }))
}
