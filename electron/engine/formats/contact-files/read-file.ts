import type { ImportField, ImportProblem } from '../../../../shared/features/contacts/import'
import { SiegelError } from '../../../../shared/kit/result'
import type { ContactFile, FileContact } from '../../ports/contacts/card-format'
import { limits } from '../../ports/limits'
import { bytesOf, byteTextOf } from '../content-lines/byte-text'
import { decodeCharset } from '../mime/charset/charset'
import { splitCards } from '../vcard/split-cards'
import { fieldsOf } from './columns'
import { readDelimited } from './delimited-text'
import { readLdif } from './ldif'
import { contactOf } from './table-contacts'

const sampleCharacters = 200

/** Bytes without a mark of their order; UTF-16 becomes UTF-8, which is what lines are read in. */
function plainBytes(bytes: Uint8Array): Uint8Array {
  const [first, second, third] = bytes
  if (first === 0xef && second === 0xbb && third === 0xbf) return bytes.subarray(3)
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
  return isUtf16 ? Buffer.from(decodeCharset(Buffer.from(bytes), 'utf-16'), 'utf8') : bytes
}

/**
 * A file of contacts by what is in it, whatever it is called: vCards, LDIF, or a table. What cannot be taken is named by its
 * line. Throws `contacts-unreadable` for what is none of them.
 */
export function readContactFile(
  given: Uint8Array,
  mapping: readonly (ImportField | null)[] | null,
): ContactFile {
  const bytes = plainBytes(given)
  const start = byteTextOf(bytes.subarray(0, 4000))
  if (/^\s*BEGIN\s*:\s*VCARD/im.test(start)) return ofCards(bytes)
  if (/^(?:version: *1|dn::? )/m.test(start)) return ofLdif(bytes)
  return ofTable(bytes, mapping)
}

function ofCards(bytes: Uint8Array): ContactFile {
  const contacts: FileContact[] = []
  const problems: ImportProblem[] = []
  for (const found of splitCards(byteTextOf(bytes), { bytes: limits.cardBytes, lines: limits.cardLines })) {
    if ('problem' in found) problems.push({ line: found.line, reason: found.problem })
    else if (contacts.length >= limits.contactRows) {
      problems.push({ line: found.line, reason: 'too-many' })
      break
    } else contacts.push({ line: found.line, raw: bytesOf(found.raw) })
  }
  return { format: 'vcard', contacts, problems, columns: [] }
}

function ofLdif(bytes: Uint8Array): ContactFile {
  const contacts: FileContact[] = []
  for (const { line, fields, isGroup, members } of readLdif(bytes)) {
    if (contacts.length >= limits.contactRows)
      return { format: 'ldif', contacts, problems: [{ line, reason: 'too-many' }], columns: [] }
    contacts.push({ line, fields, isGroup, members })
  }
  return { format: 'ldif', contacts, problems: [], columns: [] }
}

function ofTable(bytes: Uint8Array, mapping: readonly (ImportField | null)[] | null): ContactFile {
  const text = decodeCharset(Buffer.from(bytes), '')
  const { rows, isCut } = readDelimited(text, limits.contactRows + 1)
  const [head = [], ...body] = rows
  const guessed = fieldsOf(head)
  if (text.includes('\0') || head.length < 2 || (mapping === null && guessed.every(field => field === null)))
    throw new SiegelError('contacts-unreadable')
  const fields = head.map((_, at) => (mapping === null ? (guessed[at] ?? null) : (mapping[at] ?? null)))
  const contacts: FileContact[] = []
  const problems: ImportProblem[] = []
  body.forEach((row, at) => {
    const found = contactOf(row, fields)
    if (found === null) problems.push({ line: at + 2, reason: 'empty' })
    else contacts.push({ line: at + 2, fields: found, isGroup: false, members: [] })
  })
  if (isCut) problems.push({ line: rows.length + 1, reason: 'too-many' })
  const columns = head.slice(0, 500).map((name, at) => ({
    name: name.slice(0, sampleCharacters),
    field: fields[at] ?? null,
    sample: (body.find(row => (row[at] ?? '') !== '')?.[at] ?? '').slice(0, sampleCharacters),
  }))
  return { format: 'csv', contacts, problems, columns }
}
