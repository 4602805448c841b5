import type { VaultCallOutput, VaultQuestion } from '../../../../shared/ipc/vault/vault-calls'
import { SiegelError } from '../../../../shared/kit/result'
import type { HeldKeys, SealPlace } from '../keys/held-keys'
import { fingerprintOf, heedRevocations, keyFactsOf, momentOf } from '../keys/key-facts'
import { onePublicKey } from '../keys/public-key'
import { selfCheck } from '../keys/self-check'
import {
  armor,
  config,
  createMessage,
  encrypt,
  encryptSessionKey,
  enums,
  generateSessionKey,
  type Key,
  type PrivateKey,
  type SessionKey,
} from '../library'
import { withCrlf } from '../packets/armor'
import { legacyKeyConfig, strictConfig } from '../policy'

type Recipient = Readonly<{ key: Key; keyId: string; hidden: boolean; date: Date }>

const full = { ...config, ...legacyKeyConfig }

/** Throws `key-unusable`: one recipient without a usable key stops the whole message. */
const recipientOf = async (
  { key: bytes, hidden }: { key: Uint8Array; hidden: boolean },
  nowMs: number,
): Promise<Recipient> => {
  const key = await onePublicKey(bytes)
  try {
    const date = momentOf(key, nowMs)
    const part = await key.getEncryptionKey(undefined, date, undefined, full)
    return { key, keyId: part.getKeyID().toHex(), hidden, date }
  } catch {
    const { problems } = await keyFactsOf(key, nowMs)
    throw new SiegelError('key-unusable', { fingerprint: fingerprintOf(key), reason: problems.join(' ') })
  }
}

/**
 * Named ones first: the place of a hidden one shall not tell where its address stood. A key that is wanted twice gets
 * one packet, named when either was.
 */
const recipientsOf = async (
  wanted: VaultQuestion<'encrypt'>['recipients'],
  nowMs: number,
): Promise<readonly Recipient[]> => {
  const found = new Map<string, Recipient>()
  for (const each of [...wanted.filter(({ hidden }) => !hidden), ...wanted.filter(({ hidden }) => hidden)]) {
    const recipient = await recipientOf(each, nowMs)
    const fingerprint = fingerprintOf(recipient.key)
    if (!found.has(fingerprint)) found.set(fingerprint, recipient)
  }
  return [...found.values()]
}

/** The held key that signs. Throws `no-key`, `key-locked`, `key-unusable`. */
export const signingKey = async (
  fingerprint: VaultQuestion<'sign'>['fingerprint'],
  nowMs: number,
  held: HeldKeys,
  place: SealPlace,
): Promise<PrivateKey> => {
  const key = await held.open(fingerprint, place)
  heedRevocations(key, nowMs)
  try {
    await key.getSigningKey(undefined, new Date(nowMs), undefined, { ...config, ...strictConfig })
    return key
  } catch {
    const { problems } = await keyFactsOf(key, nowMs)
    throw new SiegelError('key-unusable', { fingerprint, reason: problems.join(' ') })
  }
}

/** The session key packet of one recipient, in binary. */
const sessionKeyPacket = ({ key, hidden, date }: Recipient, sessionKey: SessionKey): Promise<Uint8Array> =>
  encryptSessionKey({
    ...sessionKey,
    encryptionKeys: key,
    wildcard: hidden,
    date,
    format: 'binary',
    config: legacyKeyConfig,
  })

/** RFC 9580 §6.1: version 2 data goes without CRC; for version 1 old programs may look for it. */
const armoredMessage = (bytes: Uint8Array, withChecksum: boolean): string =>
  withCrlf(armor(enums.armor.message, bytes, undefined, undefined, undefined, withChecksum, full))

/**
 * Encrypts to every recipient, or to nobody: with SEIPDv2 when all of their keys read it, otherwise SEIPDv1. Hidden
 * recipients get the wildcard key ID, the others keep theirs. Nothing is compressed.
 */
export const encryptMessage = async (
  { data, recipients: wanted, signWith, nowMs }: VaultQuestion<'encrypt'>,
  held: HeldKeys,
  place: SealPlace,
): Promise<VaultCallOutput<'encrypt'>> => {
  const date = new Date(nowMs)
  const recipients = await recipientsOf(wanted, nowMs)
  const signer = signWith === null ? null : await signingKey(signWith, nowMs, held, place)
  const sessionKey = await generateSessionKey({
    encryptionKeys: recipients.map(({ key }) => key),
    date: new Date(Math.max(...recipients.map(each => each.date.getTime()))),
    config: legacyKeyConfig,
  })
  try {
    const body = await encrypt({
      message: await createMessage({ binary: data, date }),
      sessionKey,
      ...(signer ? { signingKeys: signer } : {}),
      date,
      format: 'binary',
      config: strictConfig,
    })
    const packets: Uint8Array[] = []
    for (const recipient of recipients) packets.push(await sessionKeyPacket(recipient, sessionKey))
    const bytes = Buffer.concat([...packets, body])
    const armored = armoredMessage(bytes, sessionKey.aeadAlgorithm === undefined)
    await selfCheck({
      armored,
      data,
      sessionKey,
      named: recipients.filter(({ hidden }) => !hidden).map(({ keyId }) => keyId),
      hiddenCount: recipients.filter(({ hidden }) => hidden).length,
      signer: signer?.toPublic() ?? null,
      nowMs,
    })
    return {
      armored,
      recipientKeyIds: recipients.map(({ keyId, hidden }) => (hidden ? '0'.repeat(16) : keyId)),
    }
  } finally {
    sessionKey.data.fill(0)
  }
}
