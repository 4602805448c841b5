import { createHash } from 'node:crypto'

/**
 * A boundary (RFC 2046 §5.1.1) that says nothing: 32 hex digits made from the random Message-ID and the position,
 * so that the same message always has the same bytes. "=_" cannot occur in quoted-printable or base64.
 */
export function boundaryFor(messageIdLocal: string, index: number): string {
  return `=_${createHash('sha256').update(`boundary ${index} ${messageIdLocal}`).digest('hex').slice(0, 32)}`
}
