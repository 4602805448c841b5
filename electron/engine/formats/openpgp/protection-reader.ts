import type { ProtectionReader } from '../../ports/mail/reading'
import { asBuffer } from '../as-buffer'
import { decodeCharset } from '../mime/charset/charset'
import { rawValue } from '../mime/header/header-fields'
import { splitMessage } from '../mime/parts/split'
import { effectiveMessage, parseEffective } from './effective-message'
import { outermostLayer } from './outermost'
import { differingFields, readProtectedHeader } from './protected-header'
import { signedAttachmentsIn } from './signed-attachments'

/** Reads what the structure of a message says of its protection. Hostile bytes in, never throws, decrypts nothing. */
export const protectionReader: ProtectionReader = {
  outermost: raw => outermostLayer(asBuffer(raw), splitMessage(asBuffer(raw)).root),
  isInboxForm: raw => {
    const { fields } = splitMessage(asBuffer(raw)).root
    return /^v=1;\s*id=[0-9a-f]{32}$/.test(rawValue(fields, 'inbox-encrypted'))
  },
  protectedHeader: payload => readProtectedHeader(asBuffer(payload)),
  differences: (outer, header) => differingFields(asBuffer(outer), header),
  effective: (outer, payload, header, takesFrom) =>
    effectiveMessage(asBuffer(outer), asBuffer(payload), header, takesFrom),
  parse: (effective, header) => parseEffective(asBuffer(effective), header),
  decodeText: (bytes, charset) =>
    decodeCharset(asBuffer(bytes), charset).replaceAll(/\r\n?/g, '\n').replaceAll('\u0000', ''),
  isEntity,
  signedAttachments: effective => signedAttachmentsIn(asBuffer(effective)),
  withCrlf,
}

/** Old messages name no type, but who wrote them and when. */
function isEntity(bytes: Uint8Array): boolean {
  const { fields } = splitMessage(asBuffer(bytes)).root
  const has = (name: string) => rawValue(fields, name) !== ''
  return has('content-type') || has('mime-version') || (has('from') && has('date'))
}

/** RFC 3156 §5: a signature covers CRLF line ends, also of a message that was kept with LF. */
function withCrlf(bytes: Uint8Array): Uint8Array | null {
  const text = asBuffer(bytes).toString('latin1')
  return /(?<!\r)\n/.test(text) ? Buffer.from(text.replaceAll(/(?<!\r)\n/g, '\r\n'), 'latin1') : null
}
