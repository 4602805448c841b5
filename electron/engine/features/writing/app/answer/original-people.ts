import type { OpenedMessage } from '../../../../ports/mail/opened-mail'
import type { Needs } from '../../../../ports/parts'
import type { AnsweredFields } from './answer-recipients'
import { addressKey } from './answer-recipients'

/** Whether its sender encrypted what is read of this message; what was only encrypted on arrival here was not. */
export const wasSentEncrypted = ({ security, sealedHead }: OpenedMessage): boolean =>
  sealedHead !== null || security.encryption === 'inline-encrypted'

/**
 * Everybody whom the protection of an encrypted message covers, by `addressKey`: who is named in the header inside the
 * encryption (RFC 9788), and the sender when their key signed it. Whoever put a captured ciphertext into a message of their own
 * is not among them. Null where nothing is to be given away: the message was not sent encrypted, or was not opened.
 */
export function protectedPeople(
  { mime, protection }: Needs<'mime' | 'protection'>,
  opened: OpenedMessage,
): ReadonlySet<string> | null {
  if (!wasSentEncrypted(opened)) return null
  const { sealedHead, parsed, security } = opened
  const fields = sealedHead === null ? [] : (protection.protectedHeader(sealedHead)?.fields ?? [])
  const inside = mime.parseHeader(
    Buffer.from(
      `${fields.map(([name, value]) => `${name}:${value.replace(/[\r\n]+$/, '')}`).join('\r\n')}\r\n\r\n`,
      'latin1',
    ),
  )
  const signer = security.signature === 'good' ? (parsed?.header.from ?? []) : []
  const people = [...inside.from, ...inside.replyTo, ...inside.to, ...inside.cc, ...inside.bcc, ...signer]
  return new Set(people.map(({ address }) => addressKey(address)).filter(key => key !== ''))
}

/** The fields with only those who are in `people`. */
export function fieldsOf(people: ReadonlySet<string>, fields: AnsweredFields): AnsweredFields {
  const kept = (list: AnsweredFields['from']) => list.filter(({ address }) => people.has(addressKey(address)))
  return {
    from: kept(fields.from),
    replyTo: kept(fields.replyTo),
    mailReplyTo: kept(fields.mailReplyTo),
    mailFollowupTo: kept(fields.mailFollowupTo),
    to: kept(fields.to),
    cc: kept(fields.cc),
    bcc: kept(fields.bcc),
    listPost: fields.listPost !== null && people.has(addressKey(fields.listPost)) ? fields.listPost : null,
  }
}
