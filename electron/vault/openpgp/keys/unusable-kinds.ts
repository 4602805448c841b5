/**
 * What keys and signatures are of whose kind the library reads nothing: other versions, other algorithms, other curves. They
 * are no damage, and whoever meets one shall learn what it is. The words are names, the same in every language.
 */

import { enums } from '../library'
import { type OuterPacket, outerPackets } from '../packets/outer-packets'
import { maxKeyringPackets } from '../policy'

const keyTags: ReadonlySet<number> = new Set([
  enums.packet.publicKey,
  enums.packet.secretKey,
  enums.packet.publicSubkey,
  enums.packet.secretSubkey,
])
const knownAlgorithms: ReadonlySet<number> = new Set(
  Object.values(enums.publicKey).filter(each => typeof each === 'number'),
)
/** Reserved in RFC 9580 §9.1; the library counts them with what it knows and reads neither. */
const reserved: ReadonlySet<number> = new Set([enums.publicKey.aedh, enums.publicKey.aedsa])

/** Algorithms of RFC 9980; 8 is what GnuPG 2.5 makes. */
const names: Readonly<Record<number, string>> = {
  8: 'Kyber (post-quantum)',
  21: 'Diffie-Hellman (X9.42)',
  23: 'AEDH',
  24: 'AEDSA',
  30: 'ML-DSA-65+Ed25519 (post-quantum)',
  31: 'ML-DSA-87+Ed448 (post-quantum)',
  32: 'SLH-DSA-SHAKE-128s (post-quantum)',
  33: 'SLH-DSA-SHAKE-128f (post-quantum)',
  34: 'SLH-DSA-SHAKE-256s (post-quantum)',
  35: 'ML-KEM-768+X25519 (post-quantum)',
  36: 'ML-KEM-1024+X448 (post-quantum)',
}

/** Private and experimental ones end here (RFC 9580 §9.1); a larger number is a changed byte. */
const lastAlgorithm = 110
const newestVersion = 10

/** Of an algorithm that is not known here; null for a known one, and for a number that is none. */
const algorithmKind = (algorithm: number | undefined): string | null => {
  if (algorithm === undefined || algorithm === 0 || algorithm > lastAlgorithm) return null
  if (knownAlgorithms.has(algorithm) && !reserved.has(algorithm)) return null
  return names[algorithm] ?? `OpenPGP algorithm ${algorithm}`
}

const versionKind = (version: number | undefined): string | null =>
  version === undefined || version < 2 || version > newestVersion || version === 4 || version === 6
    ? null
    : `OpenPGP v${version}`

const onCurves: ReadonlySet<number> = new Set([
  enums.publicKey.ecdh,
  enums.publicKey.ecdsa,
  enums.publicKey.eddsaLegacy,
])
/** Object identifiers of RFC 9580 §9.2 and of secp256k1, in hex. */
const knownCurves: ReadonlySet<string> = new Set([
  '2a8648ce3d030107',
  '2b81040022',
  '2b81040023',
  '2b8104000a',
  '2b2403030208010107',
  '2b240303020801010b',
  '2b240303020801010d',
  '2b06010401da470f01',
  '2b060104019755010501',
])

/** `1.2.840.10045` for the bytes of an object identifier (X.690 §8.19). */
const dotted = (bytes: Uint8Array): string => {
  const [first = 0, ...rest] = bytes
  const arcs = [Math.min(Math.floor(first / 40), 2)]
  arcs.push(first - (arcs[0] ?? 0) * 40)
  let arc = 0
  for (const byte of rest) {
    arc = arc * 128 + (byte & 127)
    if (byte < 128) {
      arcs.push(arc)
      arc = 0
    }
  }
  return arcs.join('.')
}

/** Of the head of a key packet (RFC 9580 §5.5.2): what makes it unreadable here, or null. */
const keyKind = ({ head }: OuterPacket): string | null => {
  const version = versionKind(head[0])
  if (version !== null) return version
  const algorithm = head[5]
  const kind = algorithmKind(algorithm)
  if (kind !== null || algorithm === undefined || !onCurves.has(algorithm)) return kind
  const at = head[0] === 6 ? 10 : 6
  const length = head[at] ?? 0
  const curve = head.subarray(at + 1, at + 1 + length)
  // Every curve is registered under 1.2 or 1.3, and the last byte of an identifier is a small one; else it is damage.
  const isIdentifier = (curve[0] === 0x2a || curve[0] === 0x2b) && (curve.at(-1) ?? 128) < 128
  if (length > 20 || curve.byteLength < length || !isIdentifier) return null
  return knownCurves.has(Buffer.from(curve).toString('hex')) ? null : `OID ${dotted(curve)}`
}

/** The kind of a whole key, from its primary key packet; null when the library should have read it. */
export const kindOfKey = (packets: Uint8Array): string | null => {
  try {
    const primary = outerPackets(packets, maxKeyringPackets).find(({ tag }) => keyTags.has(tag))
    return primary === undefined ? null : keyKind(primary)
  } catch {
    return null
  }
}

const subkeyTags: ReadonlySet<number> = new Set([enums.packet.publicSubkey, enums.packet.secretSubkey])

/**
 * What became of the subkeys of one key of which `kept` could be taken: a word for each that is missing, its kind where it is
 * one that the library does not read, else empty (damaged, or not bound by the key).
 */
export const kindsOfLostSubkeys = (packets: Uint8Array, kept: number): string[] => {
  const subkeys = outerPackets(packets, maxKeyringPackets).filter(({ tag }) => subkeyTags.has(tag))
  const lost = Math.max(0, subkeys.length - kept)
  const kinds = subkeys.map(keyKind).filter(kind => kind !== null)
  return [...kinds, ...Array.from<string>({ length: lost }).fill('')].slice(0, lost)
}

/** The kind of a signature from its body (RFC 9580 §5.2.2, §5.2.3); empty when nothing is to be said. */
export const kindOfSignature = (body: Uint8Array): string =>
  versionKind(body[0]) ?? algorithmKind(body[2]) ?? ''
