import {
  type AnyPacket,
  type BasePacket,
  config,
  type DecryptedSessionKey,
  LiteralDataPacket,
  type Message,
  OnePassSignaturePacket,
  readMessage,
  type SessionKey,
  SignaturePacket,
} from 'openpgp'
import { SiegelError } from '../../../shared/ipc/result'
import { maxInnerPackets, maxPlaintextBytes, readingConfig } from './policy'

/** First tag that a reader ignores when it does not know it (RFC 9580 §4.3). */
const firstIgnored = 40
const lastTag = 63

/**
 * The library's packets for what is inside an encryption, made to count themselves: it builds an object for every
 * packet, and a message of many millions of tiny ones would take all memory. Packets given to the library this way are
 * let off its grammar, so the order is held here too: one piece of data, and no signature begins after it.
 */
const countedPackets = (): { new (): BasePacket; tag: number }[] => {
  let count = 0
  let hasData = false
  const countOne = () => {
    count += 1
    if (count > maxInnerPackets) throw new Error('too large: packets')
  }
  class CountedSignature extends SignaturePacket {
    constructor() {
      super()
      countOne()
    }
  }
  class CountedOnePass extends OnePassSignaturePacket {
    constructor() {
      super()
      countOne()
      if (hasData) throw new Error('a signature begins after the data')
    }
  }
  class OnlyData extends LiteralDataPacket {
    constructor() {
      super()
      if (hasData) throw new Error('a second piece of data')
      hasData = true
    }
  }
  const ignored = Array.from({ length: lastTag - firstIgnored + 1 }, (_, index) => {
    class IgnoredPacket {
      static readonly tag = firstIgnored + index
      constructor() {
        countOne()
      }
      read(): void {}
      write(): Uint8Array {
        return new Uint8Array()
      }
    }
    return IgnoredPacket
  })
  return [CountedSignature, CountedOnePass, OnlyData, ...ignored] as unknown as {
    new (): BasePacket
    tag: number
  }[]
}

/** What stood inside the encryption: the data and the signatures over it. */
export type Plaintext = Readonly<{ literal: LiteralDataPacket; signatures: readonly SignaturePacket[] }>

/** The exact bytes that were encrypted; the library's types hide the method. */
export const literalBytes = (literal: LiteralDataPacket): Uint8Array =>
  (literal as unknown as { getBytes(): Uint8Array }).getBytes()

const malformed = (detail: string) => new SiegelError('message-malformed', { detail })

/** The one literal data packet and all signatures; anything else is refused (RFC 9580 §10.3). */
export const plaintextOf = async (message: Message<Uint8Array>): Promise<Plaintext> => {
  const inside = message.unwrapCompressed()
  const literals: LiteralDataPacket[] = []
  for (const packet of inside.packets as Iterable<AnyPacket>) {
    if (packet instanceof LiteralDataPacket) literals.push(packet)
  }
  const [literal, ...more] = literals
  if (!literal || more.length > 0) throw malformed('not one piece of data')
  // Reads the packets after the data too; without keys nothing is verified here.
  const results = await inside.verify([], undefined, { ...config, ...readingConfig })
  const signatures: SignaturePacket[] = []
  for (const result of results) {
    result.verified.catch(() => undefined)
    const { packets } = await result.signature
    for (const packet of packets as Iterable<AnyPacket>)
      if (packet instanceof SignaturePacket) signatures.push(packet)
  }
  return { literal, signatures }
}

const reasons = (error: unknown): string => {
  const words: string[] = []
  for (let at: unknown = error; at instanceof Error && words.length < 5; at = at.cause) words.push(at.message)
  return words.join(' / ')
}

/**
 * Opens a protected data packet with a session key. Answers null when the key does not fit its cipher, so that another
 * candidate may; throws `no-integrity` when the ciphertext was changed, `too-large`, `message-malformed`.
 */
export const openProtected = async (
  whole: Uint8Array,
  sessionKey: DecryptedSessionKey,
): Promise<Plaintext | null> => {
  const fullConfig = { ...config, ...readingConfig, additionalAllowedPackets: countedPackets() }
  try {
    const message = await readMessage({ binaryMessage: whole, config: readingConfig })
    const opened = await message.decrypt(
      undefined,
      undefined,
      [sessionKey as SessionKey],
      undefined,
      fullConfig as unknown as typeof config,
    )
    const plaintext = await plaintextOf(opened as Message<Uint8Array>)
    if (literalBytes(plaintext.literal).byteLength > maxPlaintextBytes)
      throw new SiegelError('too-large', { what: 'message' })
    return plaintext
  } catch (error) {
    if (error instanceof SiegelError) throw error
    const words = reasons(error)
    if (/size exceeded|too large/i.test(words)) throw new SiegelError('too-large', { what: 'message' })
    if (/Unexpected session key|Invalid session key/.test(words)) return null
    if (/Modification detected|Authentication tag|not authenticated/i.test(words))
      throw new SiegelError('no-integrity', { detail: 'it was changed' })
    throw new SiegelError('message-malformed', { detail: 'what is inside cannot be read' })
  }
}
