import type { VaultCallOutput, VaultQuestion } from '../../../../shared/ipc/vault/vault-calls'
import { SiegelError } from '../../../../shared/kit/result'
import { onePublicKey } from '../keys/public-key'
import { createMessage, type LiteralDataPacket, type Message, readMessage, readSignature } from '../library'
import { dearmor } from '../packets/armor'
import { literalBytes, plaintextOf } from '../packets/inner-packets'
import { outerPackets } from '../packets/outer-packets'
import { maxInnerPackets, readingConfig } from '../policy'
import { readCleartext } from './cleartext'
import { signatureFacts } from './signatures'
import { type AnySignature, signaturesIn } from './unread-signature'

const literalOf = (message: Message<Uint8Array> | Message<string>): LiteralDataPacket =>
  message.packets[0] as LiteralDataPacket

/** The signature packets of an armored or binary detached signature. Throws `message-malformed`, `too-large`. */
const signaturesOf = async (bytes: Uint8Array): Promise<AnySignature[]> => {
  const [block] = dearmor(bytes, ['SIGNATURE', 'MESSAGE'], 1)
  if (!block || outerPackets(block, maxInnerPackets).length === 0)
    throw new SiegelError('message-malformed', { detail: 'no signature' })
  try {
    const { packets } = await readSignature({ binarySignature: block, config: readingConfig })
    return signaturesIn(packets)
  } catch {
    throw new SiegelError('message-malformed', { detail: 'no signature' })
  }
}

/** Checks a detached signature over exactly these bytes. */
export const verifyDetached = async ({
  data,
  signature,
  verifyWith,
  nowMs,
}: VaultQuestion<'verify'>): Promise<VaultCallOutput<'verify'>> => {
  const signatures = await signaturesOf(signature)
  const literal = literalOf(await createMessage({ binary: data }))
  const keys = await Promise.all(verifyWith.map(onePublicKey))
  return signatureFacts(signatures, literal, keys, { detached: true, nowMs, readers: null })
}

/** A signed message in armor of its own (RFC 9580 §10.3): nothing in it is encrypted, whatever its armor looks like. */
const signedMessage = async (
  block: Uint8Array,
): Promise<{ literal: LiteralDataPacket; signatures: readonly AnySignature[] }> => {
  try {
    return await plaintextOf(await readMessage({ binaryMessage: block, config: readingConfig }))
  } catch (error) {
    if (error instanceof SiegelError) throw error
    throw new SiegelError('message-malformed', { detail: 'no signed text' })
  }
}

const messageBegins = /^-----BEGIN PGP MESSAGE-----[ \t]*\r?$/m

/**
 * Checks a text that is signed and not encrypted: a clear-signed one, or a message in armor. The text answered is what the
 * signature covers: nothing before or after the block.
 */
export const verifyCleartext = async ({
  armored,
  verifyWith,
  nowMs,
}: VaultQuestion<'verifyCleartext'>): Promise<VaultCallOutput<'verifyCleartext'>> => {
  const keys = await Promise.all(verifyWith.map(onePublicKey))
  const beginning = Buffer.from(armored.buffer, armored.byteOffset, Math.min(armored.byteLength, 100))
  const [block] = messageBegins.test(beginning.toString('latin1')) ? dearmor(armored, ['MESSAGE'], 1) : []
  if (block) {
    const { literal, signatures } = await signedMessage(block)
    const facts = await signatureFacts(signatures, literal, keys, { detached: false, nowMs, readers: null })
    return { text: new Uint8Array(literalBytes(literal)), signatures: facts }
  }
  const { text, signature } = readCleartext(armored)
  const signatures = await signaturesOf(signature)
  const literal = literalOf(await createMessage({ binary: new Uint8Array(text) }))
  return {
    // Line ends as everything else shows them.
    text: new Uint8Array(Buffer.from(text.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')),
    signatures: await signatureFacts(signatures, literal, keys, { detached: true, nowMs, readers: null }),
  }
}
