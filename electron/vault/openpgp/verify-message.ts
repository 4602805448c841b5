import {
  createMessage,
  type LiteralDataPacket,
  type Message,
  readCleartextMessage,
  readSignature,
  SignaturePacket,
} from 'openpgp'
import { SiegelError } from '../../../shared/ipc/result'
import type { VaultCallOutput, VaultQuestion } from '../../../shared/ipc/vault-calls'
import { dearmor } from './armor'
import { outerPackets } from './outer-packets'
import { maxInnerPackets, readingConfig } from './policy'
import { onePublicKey } from './public-key'
import { signatureFacts } from './signatures'

const literalOf = (message: Message<Uint8Array> | Message<string>): LiteralDataPacket =>
  message.packets[0] as LiteralDataPacket

/** The signature packets of an armored or binary detached signature. Throws `message-malformed`, `too-large`. */
const signaturesOf = async (bytes: Uint8Array): Promise<SignaturePacket[]> => {
  const [block] = dearmor(bytes, ['SIGNATURE', 'MESSAGE'], 1)
  if (!block || outerPackets(block, maxInnerPackets).length === 0)
    throw new SiegelError('message-malformed', { detail: 'no signature' })
  try {
    const { packets } = await readSignature({ binarySignature: block, config: readingConfig })
    return [...packets].filter(packet => packet instanceof SignaturePacket)
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
  return signatureFacts(signatures, literal, keys, { detached: true, nowMs, openedBy: null })
}

/** Checks a clear-signed message. The text answered is what the signature covers: nothing before or after the block. */
export const verifyCleartext = async ({
  armored,
  verifyWith,
  nowMs,
}: VaultQuestion<'verifyCleartext'>): Promise<VaultCallOutput<'verifyCleartext'>> => {
  const block = /-----BEGIN PGP SIGNED MESSAGE-----[\s\S]*?-----END PGP SIGNATURE-----/.exec(
    new TextDecoder().decode(armored),
  )?.[0]
  if (block === undefined) throw new SiegelError('message-malformed', { detail: 'no signed text' })
  const signatures = await signaturesOf(Buffer.from(block, 'utf8'))
  let text: string
  try {
    text = (await readCleartextMessage({ cleartextMessage: block, config: readingConfig })).getText()
  } catch {
    throw new SiegelError('message-malformed', { detail: 'no signed text' })
  }
  const literal = literalOf(await createMessage({ text }))
  const keys = await Promise.all(verifyWith.map(onePublicKey))
  return {
    text: new Uint8Array(Buffer.from(text, 'utf8')),
    signatures: await signatureFacts(signatures, literal, keys, { detached: true, nowMs, openedBy: null }),
  }
}
