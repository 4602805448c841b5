import { SiegelError } from '../../../../shared/kit/result'
import {
  type AnyPacket,
  config,
  type DecryptedSessionKey,
  LiteralDataPacket,
  type Message,
  readMessage,
  type SessionKey,
} from '../library'
import './packet-guard'
import { type AnySignature, signaturesIn, unreadSignaturesIn } from '../messages/unread-signature'
import { maxPlaintextBytes, readingConfig } from '../policy'

/** What stood inside the encryption: the data and the signatures over it. */
export type Plaintext = Readonly<{ literal: LiteralDataPacket; signatures: readonly AnySignature[] }>

/** The exact bytes that were encrypted; the library's types hide the method. */
export const literalBytes = (literal: LiteralDataPacket): Uint8Array =>
  (literal as unknown as { getBytes(): Uint8Array }).getBytes()

const malformed = (detail: string) => new SiegelError('message-malformed', { detail })

/** The one literal data packet and all signatures; anything else is refused (RFC 9580 §10.3). */
export const plaintextOf = async (message: Message<Uint8Array>): Promise<Plaintext> => {
  const inside = message.unwrapCompressed()
  const literals: LiteralDataPacket[] = []
  for (const packet of inside.packets as Iterable<AnyPacket>)
    if (packet instanceof LiteralDataPacket) literals.push(packet)
  const [literal, ...more] = literals
  if (!literal || more.length > 0) throw malformed('not one piece of data')
  // Reads the packets after the data too; without keys nothing is verified here.
  const results = await inside.verify([], undefined, { ...config, ...readingConfig })
  const signatures: AnySignature[] = unreadSignaturesIn(inside.packets)
  for (const result of results) {
    result.verified.catch(() => undefined)
    signatures.push(...signaturesIn((await result.signature).packets))
  }
  return { literal, signatures }
}

/** The library's words, Node's (OpenSSL) and those of the Web Crypto API for data that is not what was encrypted. */
const tampered =
  /Modification detected|Authentication tag|not authenticated|unable to authenticate|operation-specific reason/i
/** The library's words for a version, a cipher or a mode that it does not have. */
const unknownMethod = /Version \d+ of the|Unsupported (?:AEAD|cipher)|Invalid enum value/i

/** An error and what caused it. */
const causes = (error: unknown): Error[] => {
  const found: Error[] = []
  for (let at: unknown = error; at instanceof Error && found.length < 5; at = at.cause) found.push(at)
  return found
}

/**
 * Opens a protected data packet with a session key. Answers null when the key does not fit its cipher, so that another
 * candidate may; throws `message-changed` when the ciphertext is not as it was made, `cipher-unsupported`, `too-large`,
 * `message-malformed`.
 */
export const openProtected = async (
  whole: Uint8Array,
  sessionKey: DecryptedSessionKey,
): Promise<Plaintext | null> => {
  try {
    const message = await readMessage({ binaryMessage: whole, config: readingConfig })
    const opened = await message.decrypt(undefined, undefined, [sessionKey as SessionKey], undefined, {
      ...config,
      ...readingConfig,
    })
    const plaintext = await plaintextOf(opened as Message<Uint8Array>)
    if (literalBytes(plaintext.literal).byteLength > maxPlaintextBytes)
      throw new SiegelError('too-large', { what: 'message' })
    return plaintext
  } catch (error) {
    const all = causes(error)
    const own = all.find(each => each instanceof SiegelError)
    if (own) throw own
    const words = all.map(({ message }) => message).join(' / ')
    if (/size exceeded/i.test(words)) throw new SiegelError('too-large', { what: 'message' })
    if (/Unexpected session key|Invalid session key/.test(words)) return null
    if (tampered.test(words)) throw new SiegelError('message-changed')
    if (unknownMethod.test(words)) throw new SiegelError('cipher-unsupported', { algorithm: 'unknown' })
    throw new SiegelError('message-malformed', { detail: 'what is inside cannot be read' })
  }
}
