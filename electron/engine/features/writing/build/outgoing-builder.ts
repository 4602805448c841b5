import { SiegelError } from '../../../../../shared/kit/result'
import { attachmentTraces } from '../../../formats/pictures/metadata/attachment-traces'
import { limits } from '../../../ports/limits'
import type { OutgoingBuilder, OutgoingMessage } from '../../../ports/writing/outgoing'
import { type EncodedAddress, encodeAddress, encodeUnfinishedAddress } from './address'
import { writeBody } from './body-parts'
import { boundaryFor } from './boundary'
import { messageHeader } from './message-header'

/**
 * The only place that writes outgoing bytes. Same header order, encodings and line shapes for every message on
 * every machine: nothing here reads the clock, the locale, the environment or the platform
 * (docs and golden files: test/fixtures/mail/outgoing).
 *
 * Habits, chosen once: text is always quoted-printable in UTF-8, HTML always comes with its text, encoded words
 * are always base64, attachments are always base64 in lines of 76, display names are quoted or encoded.
 */
export const outgoingBuilder: OutgoingBuilder = {
  build(message) {
    const envelope = envelopeOf(message)
    return { ...write(message, { keepBcc: false, encode: encodeAddress }), envelope }
  },
  buildDraft(message) {
    return write(message, { keepBcc: true, encode: encodeUnfinishedAddress })
  },
  traces: attachmentTraces,
}

/** Who gets the message. Throws `no-recipient`, `bad-address`. */
export function envelopeOf(message: OutgoingMessage): { from: string; to: readonly string[] } {
  const recipients = [...message.to, ...message.cc, ...message.bcc]
  if (recipients.length === 0) throw new SiegelError('no-recipient')
  const to = new Set(recipients.map(recipient => encodeAddress(recipient).addrSpec))
  return { from: encodeAddress(message.from).addrSpec, to: [...to] }
}

/** Throws `too-large`. */
export function checkSize(message: OutgoingMessage): void {
  const sizeBytes = message.attachments.reduce((sum, attachment) => sum + attachment.bytes.length, 0)
  if (sizeBytes > limits.outgoingBytes)
    throw new SiegelError('too-large', { sizeBytes, limitBytes: limits.outgoingBytes })
}

function write(
  message: OutgoingMessage,
  options: { keepBcc: boolean; encode: (address: OutgoingMessage['from']) => EncodedAddress },
): { raw: Uint8Array; messageIdHeader: string } {
  checkSize(message)
  const { fields, messageIdHeader } = messageHeader(message, options)
  const body = writeBody(message, index => boundaryFor(message.messageIdLocal, index))
  const header = [...fields.map(({ text }) => text), 'MIME-Version: 1.0']
  return {
    raw: Buffer.concat([Buffer.from(`${header.join('\r\n')}\r\n`, 'latin1'), ...body]),
    messageIdHeader,
  }
}
