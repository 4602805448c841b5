import type { Fingerprint } from '../../../../shared/features/keys/model'
import type { VaultCallOutput, VaultQuestion } from '../../../../shared/ipc/vault/vault-calls'
import { SiegelError } from '../../../../shared/kit/result'
import type { HeldKeys, SealPlace } from '../keys/held-keys'
import { onePublicKey } from '../keys/public-key'
import { type DecryptedSessionKey, enums } from '../library'
import { dearmor } from '../packets/armor'
import { literalBytes, openProtected, type Plaintext } from '../packets/inner-packets'
import { type OuterPacket, outerPackets, recipientKeyId, tags } from '../packets/outer-packets'
import { type PassphrasePacket, passphrasePackets } from '../packets/passphrase-packets'
import { maxOuterPackets } from '../policy'
import { MessageKeys } from './message-keys'
import { openByPassphrase } from './open-by-passphrase'
import { sessionKeys } from './session-key'
import { signatureFacts } from './signatures'

export type EncryptedParts = Readonly<{
  sessionKeyPackets: readonly OuterPacket[]
  /** With a session key under a passphrase. */
  passphrasePackets: readonly OuterPacket[]
  data: OuterPacket
}>

/** Takes an encrypted message apart by its packet headers. Throws `no-integrity`, `message-malformed`, `too-large`. */
export const encryptedParts = (bytes: Uint8Array): EncryptedParts => {
  const [block] = dearmor(bytes, ['MESSAGE'], 1)
  const packets = outerPackets(block ?? bytes, maxOuterPackets)
  const data = packets.filter(({ tag }) => tag === tags.protected || tag === tags.gnupgAead)
  if (packets.some(({ tag }) => tag === tags.withoutIntegrity))
    throw new SiegelError('no-integrity', { detail: 'encrypted without protection against changes' })
  const [only, ...more] = data
  if (!only || more.length > 0)
    throw new SiegelError('message-malformed', { detail: 'not one encrypted message' })
  const tagged = (wanted: number) => packets.filter(({ tag }) => tag === wanted)
  return {
    sessionKeyPackets: tagged(tags.publicKeySession),
    passphrasePackets: tagged(tags.symmetricKeySession),
    data: only,
  }
}

const cipherName = (algorithm: enums.symmetric | undefined): string =>
  algorithm === undefined ? '' : (enums.read(enums.symmetric, algorithm) ?? '')

/** The cipher of a version 2 data packet stands in it (RFC 9580 §5.13.2); otherwise it came with the session key. */
const cipherOf = (data: OuterPacket, algorithm: DecryptedSessionKey['algorithm']): string =>
  algorithm ?? cipherName(data.head[1])

const isAead = ({ tag, head }: OuterPacket): boolean => tag === tags.gnupgAead || head[0] === 2

type Opened = Readonly<{
  plaintext: Plaintext
  /** Null: a passphrase. */
  openedBy: Fingerprint | null
  algorithm: DecryptedSessionKey['algorithm']
}>

const openByKey = async (
  parts: EncryptedParts,
  byPassphrase: readonly PassphrasePacket[],
  held: HeldKeys,
  place: SealPlace,
): Promise<Opened> => {
  let failure: unknown = null
  const candidates = sessionKeys(parts.sessionKeyPackets, held, place, byPassphrase.length > 0)
  for (;;) {
    let candidate: Awaited<ReturnType<typeof candidates.next>>['value']
    try {
      candidate = (await candidates.next()).value
    } catch (error) {
      // What a fitting key found out says more than that no other key fits.
      throw failure ?? error
    }
    const { sessionKey, openedBy } = candidate
    try {
      const plaintext = await openProtected(parts.data.whole, sessionKey)
      if (plaintext) return { plaintext, openedBy, algorithm: sessionKey.algorithm }
      failure ??= new SiegelError('decrypt-failed', { detail: 'the session key does not fit' })
    } catch (error) {
      failure ??= error
    } finally {
      sessionKey.data.fill(0)
    }
  }
}

/** What a passphrase may open. Where a key may as well, packets that are made in an unknown way are passed over. */
const usablePassphrasePackets = (parts: EncryptedParts): readonly PassphrasePacket[] => {
  try {
    return passphrasePackets(parts.passphrasePackets)
  } catch (error) {
    if (parts.sessionKeyPackets.length === 0) throw error
    return []
  }
}

/** With what the message was opened before, with the passphrase that is given, or with a held key. */
const open = async (
  parts: EncryptedParts,
  takePassphrase: TakePassphrase,
  held: HeldKeys,
  place: SealPlace,
): Promise<Opened> => {
  const byPassphrase = usablePassphrasePackets(parts)
  if (byPassphrase.length === 0) return openByKey(parts, byPassphrase, held, place)
  const name = MessageKeys.nameOf([...parts.sessionKeyPackets, ...parts.passphrasePackets], parts.data)
  const known = held.messages.of(name)
  if (known)
    try {
      const plaintext = await openProtected(parts.data.whole, known)
      if (plaintext) return { plaintext, openedBy: null, algorithm: known.algorithm }
    } finally {
      known.data.fill(0)
    }
  const passphrase = takePassphrase()
  if (passphrase === null) return openByKey(parts, byPassphrase, held, place)
  const { plaintext, sessionKey } = await openByPassphrase(byPassphrase, parts.data, passphrase)
  held.messages.remember(name, sessionKey)
  sessionKey.data.fill(0)
  return { plaintext, openedBy: null, algorithm: sessionKey.algorithm }
}

/** The passphrase that a person gave for this message, once; null when there is none. */
export type TakePassphrase = () => string | null

/** Decrypts with whatever held key, or the given passphrase, opens the message and judges the signatures inside. */
export const decryptMessage = async (
  { data, verifyWith, nowMs }: VaultQuestion<'decrypt'>,
  held: HeldKeys,
  place: SealPlace,
  takePassphrase: TakePassphrase,
): Promise<VaultCallOutput<'decrypt'>> => {
  const parts = encryptedParts(data)
  const { plaintext, openedBy, algorithm } = await open(parts, takePassphrase, held, place)
  const keys = await Promise.all(verifyWith.map(onePublicKey))
  const signatures = await signatureFacts(plaintext.signatures, plaintext.literal, keys, {
    detached: false,
    nowMs,
    readers: openedBy === null ? held.fingerprints() : [openedBy],
  })
  return {
    bytes: literalBytes(plaintext.literal),
    signatures,
    recipientKeyIds: parts.sessionKeyPackets.map(recipientKeyId),
    openedBy,
    cipher: cipherOf(parts.data, algorithm),
    aead: isAead(parts.data),
  }
}
