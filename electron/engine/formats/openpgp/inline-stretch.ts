import type { ProtectionLayer } from '../../ports/mail/reading'
import { partBytes } from '../mime/parts/leaf'
import type { MimePart } from '../mime/parts/split'
import { clearSignedArmor, findArmor, messageArmor } from './armor'
import { isPlainWords } from './outside'
import { messageKind } from './packet-kind'

const isBlank = (bytes: Buffer): boolean => bytes.toString('latin1').trim() === ''

/**
 * OpenPGP in the text itself. Looked for only where everything that is shown is that text: the message is one text/plain
 * part, or begins with one. Never in HTML and never in one of several alternatives, where a mail can hide it.
 */
export function inlineLayer(raw: Buffer, root: MimePart): ProtectionLayer | null {
  const part = root.type.value === 'multipart/mixed' ? root.children[0] : root
  if (part === undefined || part.children.length > 0 || part.type.value !== 'text/plain') return null
  if (!isPlainWords(part)) return null
  const bytes = partBytes(raw, part)
  const signed = findArmor(bytes, clearSignedArmor[0], clearSignedArmor[1])
  const encrypted = findArmor(bytes, messageArmor[0], messageArmor[1])
  const isFirst = encrypted === null || (signed !== null && signed.start < encrypted.start)
  const found = isFirst ? signed : encrypted
  if (found === null) return null
  // The same armor stands over what is only signed, and that is read like any other signed text.
  const isSigned = isFirst || messageKind(bytes.subarray(found.start, found.end)) === 'readable'
  const before = bytes.subarray(0, found.start)
  const after = bytes.subarray(found.end)
  return {
    kind: isSigned ? 'inline-signed' : 'inline-encrypted',
    stretch: {
      before,
      armored: bytes.subarray(found.start, found.end),
      after,
      charset: part.type.parameters.get('charset') ?? '',
      hasCompany: !isBlank(before) || !isBlank(after) || root.children.length > 1,
    },
  }
}
