import { SiegelError } from '../../../../../../shared/kit/result'
import type { Clock } from '../../../../ports/basics'
import type { Vault } from '../../../../ports/keys/openpgp'
import type { MessageProtection, ProtectedBuilder } from '../../../../ports/keys/protected-mail'
import type { OutgoingMessage } from '../../../../ports/writing/outgoing'
import { encodeAddress, encodeUnfinishedAddress } from '../address'
import { type Entity, writeBody } from '../body-parts'
import { boundaryFor } from '../boundary'
import { reportClear } from '../clear-report'
import { draftStateField, readDraftState } from '../draft-state'
import { type HeaderField, messageHeader } from '../message-header'
import { checkSize, envelopeOf } from '../outgoing-builder'
import { checkEncrypted } from '../self-check'
import { autocryptField, gossipField } from './autocrypt'
import { type HeaderPolicy, hpOuterFields, legacyLines, outerMessage } from './header-protection'
import { encryptedEntity, signedEntity } from './pgp-mime'

type Seal = Pick<Vault, 'encrypt' | 'sign'>
type Encryption = NonNullable<MessageProtection['encryption']>

/** 0 and 1 are those of the body. */
const outerBoundary = 2

/**
 * Writes messages that leave encrypted or signed (RFC 3156), with their header protected (RFC 9788), in the same order and
 * shape for everyone, and takes apart again what it encrypted before it answers.
 */
export function createProtectedBuilder(seal: Seal, clock: Pick<Clock, 'now'>): ProtectedBuilder {
  return {
    async build(message, protection) {
      checkSize(message)
      const envelope = envelopeOf(message)
      const { encryption } = protection
      const write = encryption === null ? writeClear : writeEncrypted(encryption)
      const sent = await write(seal, clock.now(), message, protection, { keepBcc: false })
      const copy = await write(seal, clock.now(), message, protection, { keepBcc: true })
      return { ...sent, sentCopy: copy.raw, envelope }
    },
    async buildDraft(message, { own, state }) {
      checkSize(message)
      const plain = payload(message, {
        keepBcc: true,
        encode: encodeUnfinishedAddress,
        policy: 'draft',
        more: [draftStateField(state)],
      })
      const { armored } = await seal.encrypt({
        data: plain,
        recipients: [{ key: own, hidden: false }],
        signWith: null,
        nowMs: clock.now(),
      })
      const outer = messageHeader(outerMessage(message, 'draft'), {
        keepBcc: false,
        encode: encodeUnfinishedAddress,
      })
      const raw = whole(outer.fields, [], encryptedEntity(armored, boundaryOf(message)))
      checkEncrypted(raw, { message, policy: 'draft', recipientCount: 1 })
      return { raw, plain, messageIdHeader: outer.messageIdHeader }
    },
    report: reportClear,
    readDraftState,
  }
}

type Written = Promise<{ raw: Uint8Array; messageIdHeader: string }>
type Write = (
  seal: Seal,
  nowMs: number,
  message: OutgoingMessage,
  protection: MessageProtection,
  options: { keepBcc: boolean },
) => Written

/** Signed, or neither signed nor encrypted: the header stands outside as it is, and signed also inside. */
const writeClear: Write = async (seal, nowMs, message, protection, options) => {
  const header = messageHeader(message, { ...options, encode: encodeAddress })
  const more = autocryptOf(protection, header.from)
  if (protection.signWith === null) {
    const body = writeBody(message, index => boundaryFor(message.messageIdLocal, index))
    return { raw: whole(header.fields, more, body), messageIdHeader: header.messageIdHeader }
  }
  // Bcc is for the writer alone: it stands outside the signature, so that one signature serves everybody.
  const inner = payload(message, { keepBcc: false, encode: encodeAddress, policy: null, more: [] })
  const signature = await seal.sign(inner, protection.signWith, nowMs)
  return {
    raw: whole(header.fields, more, signedEntity(inner, signature, boundaryOf(message))),
    messageIdHeader: header.messageIdHeader,
  }
}

const writeEncrypted =
  (encryption: Encryption): Write =>
  async (seal, nowMs, message, protection, { keepBcc }) => {
    const policy = encryption.headers
    const recipients = keepBcc ? [] : recipientsOf(message, encryption)
    const data = payload(message, {
      keepBcc,
      encode: encodeAddress,
      policy,
      more: gossipOf(message, encryption),
    })
    const { armored, recipientKeyIds } = await seal.encrypt({
      data,
      recipients: [...recipients, { key: encryption.own, hidden: false }],
      signWith: protection.signWith,
      nowMs,
    })
    if (recipientKeyIds.length !== recipients.length + 1)
      throw new SiegelError('self-check-failed', { reason: 'recipients' })
    const outer = messageHeader(outerMessage(message, policy), { keepBcc: false, encode: encodeAddress })
    const raw = whole(
      outer.fields,
      autocryptOf(protection, outer.from),
      encryptedEntity(armored, boundaryOf(message)),
    )
    checkEncrypted(raw, { message, policy, recipientCount: recipients.length + 1 })
    return { raw, messageIdHeader: outer.messageIdHeader }
  }

/** Keys of everybody addressed; those who get a blind copy are hidden even by number of key. Never half. */
function recipientsOf(
  message: OutgoingMessage,
  encryption: Encryption,
): { key: Uint8Array; hidden: boolean }[] {
  const seen = new Map<string, { key: Uint8Array; hidden: boolean }>()
  const add = (address: string, hidden: boolean) => {
    const key = encryption.keys.get(address.trim().toLowerCase())
    if (!key)
      throw new SiegelError('encryption-needs-decision', {
        reason: 'not-all-reachable',
        addresses: address.slice(0, 320),
      })
    const identity = Buffer.from(key).toString('base64')
    // The writer's own key is added once, openly, for every message.
    if (identity !== Buffer.from(encryption.own).toString('base64') && !seen.has(identity))
      seen.set(identity, { key, hidden })
  }
  for (const { address } of [...message.to, ...message.cc]) add(address, false)
  for (const { address } of message.bcc) add(address, true)
  return [...seen.values()]
}

/** What is signed or encrypted: a whole message of its own, with every field of the header (RFC 9788 §5.2). */
function payload(
  message: OutgoingMessage,
  options: {
    keepBcc: boolean
    encode: typeof encodeAddress
    policy: HeaderPolicy | null
    more: readonly string[]
  },
): Uint8Array {
  const { policy } = options
  const inner = messageHeader(message, options)
  const outer =
    policy === null
      ? []
      : hpOuterFields(
          messageHeader(outerMessage(message, policy), { keepBcc: false, encode: options.encode }).fields,
        )
  const body = writeBody(message, index => boundaryFor(message.messageIdLocal, index), {
    headerProtection: policy === null ? 'clear' : 'cipher',
    legacyLines: policy === null ? [] : legacyLines(message, policy),
    signed: policy === null,
  })
  return whole(inner.fields, [...options.more, ...outer], body)
}

function whole(fields: readonly HeaderField[], more: readonly string[], body: Entity): Uint8Array {
  const header = [...fields.map(({ text }) => text), ...more, 'MIME-Version: 1.0']
  return Buffer.concat([Buffer.from(`${header.join('\r\n')}\r\n`, 'latin1'), ...body])
}

const boundaryOf = (message: OutgoingMessage): string => boundaryFor(message.messageIdLocal, outerBoundary)

const autocryptOf = ({ autocrypt }: MessageProtection, address: string): readonly string[] => {
  const field = autocrypt === null ? null : autocryptField({ ...autocrypt, address })
  return field === null ? [] : [field]
}

/** Keys of those who are openly addressed, for one another, when there are several (Autocrypt Level 1 §2.1.2). */
function gossipOf(message: OutgoingMessage, encryption: Encryption): readonly string[] {
  const addresses = new Set([...message.to, ...message.cc].map(({ address }) => address.trim().toLowerCase()))
  if (addresses.size < 2) return []
  return [...addresses].flatMap(address => {
    const key = encryption.gossip.get(address)
    const { addrSpec } = encodeAddress({ name: '', address })
    return key ? [gossipField({ address: addrSpec, key })].filter(field => field !== null) : []
  })
}
