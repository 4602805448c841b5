import type { ProtectedHeader } from '../../ports/mail/reading'
import { parseAddresses } from '../mime/header/addresses'
import {
  decodeEightBit,
  type HeaderFields,
  rawList,
  readFields,
  textValue,
} from '../mime/header/header-fields'
import { partBytes } from '../mime/parts/leaf'
import { type MimePart, splitMessage } from '../mime/parts/split'

/** Fields that a payload may speak for: who, what, when and in answer to what. Traces of transport are not among them. */
const protectable: ReadonlySet<string> = new Set([
  'from',
  'sender',
  'reply-to',
  'to',
  'cc',
  'bcc',
  'subject',
  'date',
  'message-id',
  'in-reply-to',
  'references',
  'keywords',
  'comments',
  // What the writer of a draft chose (electron/engine/features/writing/build/draft-state.ts).
  'autocrypt-draft-state',
])

type ProtectionScheme = ProtectedHeader['scheme']

/** Which rules the root of a payload follows: RFC 9788 §2.1.1, or the draft before it and Memory Hole. */
function schemeOf(root: MimePart): ProtectionScheme | null {
  const hp = root.type.parameters.get('hp')?.toLowerCase().trim()
  if (hp === 'cipher' || hp === 'clear') return 'rfc9788'
  return root.type.parameters.get('protected-headers')?.toLowerCase() === 'v1' ? 'legacy' : null
}

/** The copy of the header that older programs put before the text (draft-autocrypt-lamps-protected-headers §5.2). */
export function legacyDisplayPart(root: MimePart): MimePart | null {
  const first = root.type.value === 'multipart/mixed' ? root.children[0] : undefined
  if (first === undefined || root.children.length < 2 || first.children.length > 0) return null
  const isText = first.type.value === 'text/plain' || first.type.value === 'text/rfc822-headers'
  return isText && first.type.parameters.get('protected-headers')?.toLowerCase() === 'v1' ? first : null
}

/** The protected header at the root of a payload; never looked for deeper inside (RFC 9788 §4.2). */
export function readProtectedHeader(payload: Buffer): ProtectedHeader | null {
  const { root } = splitMessage(payload)
  const scheme = schemeOf(root)
  if (scheme === null) return null
  const fields = [...pairsOf(root.fields)]
  if (scheme === 'legacy' && !fields.some(([name]) => name === 'subject')) {
    const copy = legacyDisplayPart(root)
    if (copy !== null) fields.push(...pairsOf(fieldsIn(partBytes(payload, copy))))
  }
  const from = fields.filter(([name]) => name === 'from')
  return { scheme, fields, from: addressesIn(from.map(([, value]) => value).join(',')) }
}

function fieldsIn(block: Buffer): HeaderFields {
  const lineEnd = block.includes(0x0a) ? 0x0a : 0x0d
  return readFields(block, 0, block.length, lineEnd)
}

const pairsOf = (fields: HeaderFields): (readonly [string, string])[] =>
  fields.names.flatMap((name, at) =>
    protectable.has(name) ? [[name, fields.values[at] ?? ''] as const] : [],
  )

/** Unfolded: the values come as they stood. */
const addressesIn = (value: string): string[] =>
  parseAddresses(decodeEightBit(value.replace(/\r?\n|\r/g, ''))).map(each => each.address.toLowerCase())

const addressFields: ReadonlySet<string> = new Set(['from', 'sender', 'reply-to', 'to', 'cc', 'bcc'])

const shown = (fields: HeaderFields, name: string): string =>
  addressFields.has(name)
    ? parseAddresses(decodeEightBit(rawList(fields, name)))
        .map(each => `${each.name} <${each.address.toLowerCase()}>`)
        .join()
    : textValue(fields, name).replace(/\s+/g, ' ')

/** Names of fields that say something else inside than outside, in the order of the payload. */
export function differingFields(outer: Buffer, header: ProtectedHeader): string[] {
  const around = splitMessage(outer).root.fields
  const inside: HeaderFields = {
    names: header.fields.map(([name]) => name),
    values: header.fields.map(([, value]) => value),
  }
  return [...new Set(inside.names)].filter(name => shown(inside, name) !== shown(around, name))
}
