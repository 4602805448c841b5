/** What OpenPGP data is, by its packets and never by the words of its armor: `PGP MESSAGE` also stands over what is only signed. */
import { armorBody } from './armor'

/** `readable`: signed, compressed or plain data, which anybody can read. `unknown`: no OpenPGP message. */
export type MessageKind = 'encrypted' | 'readable' | 'unknown'

/** Tags of RFC 9580 §5: session keys for a key or a passphrase, and the data that they open (20: GnuPG's own form). */
const sessionKeyTags: ReadonlySet<number> = new Set([1, 3])
const cipherTags: ReadonlySet<number> = new Set([9, 18, 20])
/** Signature, compressed data, one-pass signature, literal data. */
const readableTags: ReadonlySet<number> = new Set([2, 4, 8, 11])
/** Marker and padding, which say nothing. */
const silentTags: ReadonlySet<number> = new Set([10, 21])

type Header = Readonly<{ tag: number; next: number }>

/** Tag of the packet at `at` and where the next one begins; null when there is none. */
function packetAt(bytes: Buffer, at: number): Header | null {
  const first = bytes[at] ?? 0
  if ((first & 0x80) === 0) return null
  if ((first & 0x40) === 0) {
    const tag = (first >> 2) & 0x0f
    const kind = first & 3
    if (kind === 3) return { tag, next: bytes.length }
    const size = 1 << kind
    return at + 1 + size > bytes.length ? null : { tag, next: at + 1 + size + bytes.readUIntBE(at + 1, size) }
  }
  let next = at + 1
  for (;;) {
    const length = bytes[next]
    if (length === undefined) return null
    if (length >= 224 && length < 255) {
      next += 1 + 2 ** (length & 0x1f)
      continue
    }
    if (length < 192) return { tag: first & 0x3f, next: next + 1 + length }
    const size = length === 255 ? 4 : 1
    if (next + 1 + size > bytes.length) return null
    const value = bytes.readUIntBE(next + 1, size)
    return {
      tag: first & 0x3f,
      next: length === 255 ? next + 5 + value : next + 2 + (length - 192) * 256 + value + 192,
    }
  }
}

/** Packets that are looked at before something decides: recipients, and some to spare. */
const maxPackets = 4000

/** What a message begins as, armored or binary. The bytes may be cut off behind their beginning. */
export function messageKind(bytes: Buffer): MessageKind {
  const binary = (bytes[0] ?? 0) & 0x80 ? bytes : armorBody(bytes.subarray(0, 8192))?.beginning
  if (!binary) return 'unknown'
  for (let at = 0, count = 0; at < binary.length && count < maxPackets; count++) {
    const found = packetAt(binary, at)
    const tag = found?.tag ?? tagOf(binary[at])
    if (sessionKeyTags.has(tag) || cipherTags.has(tag)) return 'encrypted'
    if (readableTags.has(tag)) return 'readable'
    if (found === null || !silentTags.has(tag)) return 'unknown'
    at = found.next
  }
  return 'unknown'
}

/** Of a packet whose length is not here any more. */
const tagOf = (first = 0): number =>
  (first & 0x80) === 0 ? 0 : (first & 0x40) === 0 ? (first >> 2) & 0x0f : first & 0x3f

/**
 * Whether the bytes are one encrypted message and nothing that anybody can read: whole packets, session keys first, then
 * one encrypted data packet; with armor, one block with nothing around it, in it, or in its headers.
 */
export function isCiphertext(bytes: Buffer): boolean {
  const isBinary = ((bytes[0] ?? 0) & 0x80) !== 0
  const binary = isBinary ? bytes : armorBody(bytes)?.whole()
  if (!binary) return false
  let at = 0
  let isDataSeen = false
  for (let count = 0; at < binary.length; count++) {
    const found = packetAt(binary, at)
    if (found === null || found.next > binary.length || count >= maxPackets) return false
    const { tag, next } = found
    if (cipherTags.has(tag)) {
      if (isDataSeen) return false
      isDataSeen = true
    } else if (isDataSeen || !sessionKeyTags.has(tag)) {
      if (!silentTags.has(tag) || next - at > maxSilentBytes) return false
    }
    at = next
  }
  return isDataSeen
}

/** A marker has five bytes; padding of a mail can be long, but random bytes carry words as well as any. */
const maxSilentBytes = 100
