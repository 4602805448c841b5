import type { Address } from '../../../../../shared/features/mail/model'
import { SiegelError } from '../../../../../shared/kit/result'
import { asBuffer } from '../../../formats/as-buffer'
import { rawValue } from '../../../formats/mime/header/header-fields'
import { parseHeaderFields } from '../../../formats/mime/header/parsed-header'
import { splitMessage } from '../../../formats/mime/parts/split'
import { limits } from '../../../ports/limits'
import type { ParsedHeader } from '../../../ports/mail/mime'
import type { OutgoingMessage } from '../../../ports/writing/outgoing'
import { encodeUnfinishedAddress } from './address'
import { type HeaderPolicy, hiddenSubject, outerMessage } from './protect/header-protection'
import { aroundCiphertext } from './protect/pgp-mime'
import { recipientPackets } from './protect/recipient-packets'

/**
 * All that may stand in the outer header of an encrypted message, and its form. The forms leave no room for words: with the
 * parts checked byte for byte, nothing that was written can stand in clear.
 */
const allowedFields: Readonly<Record<string, RegExp>> = {
  from: /^/,
  to: /^/,
  cc: /^/,
  'reply-to': /^/,
  subject: /^\[\.\.\.\]$/,
  date: /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:00 \+0000$/,
  'message-id': /^<[0-9a-f]{16,64}@[^\s<>@]+>$/,
  'in-reply-to': /^<[^\s<>]+>$/,
  references: /^<[^\s<>]+>(?: <[^\s<>]+>)*$/,
  autocrypt: /^addr=[^\s;]+;(?: prefer-encrypt=mutual;)? keydata=(?: [A-Za-z0-9+/=]+)+$/,
  'mime-version': /^1\.0$/,
  'content-type': /^multipart\/encrypted; boundary="=_[0-9a-f]{32}"; protocol="application\/pgp-encrypted"$/,
}

/**
 * Takes a finished encrypted message apart again, before it may leave: exactly one encrypted part and not a byte beside it
 * that is not accounted for, a key packet for each recipient, the hidden subject, only known fields in their known forms, only
 * the people who are openly addressed. Throws `self-check-failed` with `reason`; then nothing is sent.
 */
export function checkEncrypted(
  raw: Uint8Array,
  expected: { message: OutgoingMessage; policy: HeaderPolicy; recipientCount: number },
): void {
  const bytes = asBuffer(raw)
  const { root, broken } = splitMessage(bytes)
  const demand = (holds: boolean, reason: string) => {
    if (!holds) throw new SiegelError('self-check-failed', { reason })
  }
  const [, data] = root.children
  if (broken || root.children.length !== 2 || !data)
    throw new SiegelError('self-check-failed', { reason: 'structure' })
  const [before, after] = aroundCiphertext(root.type.parameters.get('boundary') ?? '')
  demand(bytes.toString('latin1', root.bodyStart, data.bodyStart) === before, 'structure')
  demand(bytes.toString('latin1', data.end) === after, 'structure')

  const keyIds = recipientPackets(bytes.subarray(data.bodyStart, data.end))
  demand(keyIds !== null, 'not-encrypted')
  demand(keyIds?.length === expected.recipientCount, 'recipients')

  const { names } = root.fields
  demand(new Set(names).size === names.length, 'header')
  demand(rawValue(root.fields, 'subject') === hiddenSubject, 'subject')
  for (const name of names) {
    const value = rawValue(root.fields, name).replace(/\s+/g, ' ')
    demand(allowedFields[name]?.test(value) === true, 'header')
  }
  checkPeople(parseHeaderFields(root.fields), bytes.toString('latin1', 0, root.bodyStart), expected, demand)
}

/** Who is named outside: those who are openly addressed, and of a blind copy no trace. */
function checkPeople(
  shown: ParsedHeader,
  header: string,
  { message, policy }: { message: OutgoingMessage; policy: HeaderPolicy },
  demand: (holds: boolean, reason: string) => void,
): void {
  const open = outerMessage(message, policy)
  demand(isSame(shown.from, [open.from]), 'people')
  demand(isSame(shown.to, open.to) && isSame(shown.cc, open.cc), 'people')
  demand(isSame(shown.replyTo, open.replyTo ?? []), 'people')
  if (policy !== 'baseline')
    demand(
      [...shown.from, ...shown.to, ...shown.cc, ...shown.replyTo].every(({ name }) => name === ''),
      'people',
    )
  const named = addressesOf([open.from, ...open.to, ...open.cc, ...(open.replyTo ?? [])])
  const text = header.toLowerCase()
  for (const hidden of addressesOf(message.bcc))
    demand(named.includes(hidden) || !text.includes(hidden), 'bcc')
}

const addressesOf = (list: readonly Address[]): readonly string[] =>
  list.map(each => encodeUnfinishedAddress(each).addrSpec.toLowerCase()).filter(each => each !== '')

const isSame = (found: readonly Address[], wanted: readonly Address[]): boolean =>
  addressesOf(found).join(' ') === addressesOf(wanted.slice(0, limits.addressesPerField)).join(' ')
