import type { OmemoVersion } from '../../../../shared/ipc/vault/omemo-calls'
import type { SignatureForm } from '../curve/edwards'

/** What differs between the two versions in the ratchet and in the exchange of keys. */
export type Variant = Readonly<{
  version: OmemoVersion
  /** HKDF's info of the first secret, of a step of the root chain, and of the keys of a message. */
  exchangeInfo: string
  rootInfo: string
  messageInfo: string
  macBytes: number
  /** What stands before a message and before a public key; nothing in `omemo2`. */
  messageHead: Buffer
  keyHead: Buffer
  signatureForm: SignatureForm
}>

/** eu.siacs.conversations.axolotl: Signal's protocol, version 3. XEP-0384 0.3. */
const first: Variant = {
  version: 'omemo',
  exchangeInfo: 'WhisperText',
  rootInfo: 'WhisperRatchet',
  messageInfo: 'WhisperMessageKeys',
  macBytes: 8,
  messageHead: Buffer.of(0x33),
  keyHead: Buffer.of(0x05),
  signatureForm: 'sign-in-signature',
}

/** urn:xmpp:omemo:2, XEP-0384 0.8 §4. */
const second: Variant = {
  version: 'omemo2',
  exchangeInfo: 'OMEMO X3DH',
  rootInfo: 'OMEMO Root Chain',
  messageInfo: 'OMEMO Message Key Material',
  macBytes: 16,
  messageHead: Buffer.alloc(0),
  keyHead: Buffer.alloc(0),
  signatureForm: 'plain',
}

export const variantOf = (version: OmemoVersion): Variant => (version === 'omemo' ? first : second)
