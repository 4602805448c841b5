import { limits } from '../../../ports/limits'
import type { AnswerFields } from '../../../ports/mail/mime'
import { asBuffer } from '../../as-buffer'
import { parseAddresses } from './addresses'
import { decodeEightBit, rawList, rawValue, readFields } from './header-fields'
import { findBody } from './split-header'

/** Longer addresses of a list carry more than a mailbox. */
const maxCharacters = 1000

/**
 * What else than From, Reply-To, To and Cc says where answers belong: Mail-Reply-To and Mail-Followup-To
 * (cr.yp.to/proto/replyto.html), and List-Post (RFC 2369 §3.4; `NO`, and everything that is no mail address, is none).
 */
export function readAnswerFields(raw: Uint8Array): AnswerFields {
  const bytes = asBuffer(raw)
  const lineEnd = bytes.includes(0x0a) ? 0x0a : 0x0d
  const bodyStart = findBody(bytes, 0, bytes.length, lineEnd)
  const fields = readFields(bytes, 0, bodyStart, lineEnd)
  const addresses = (name: string) =>
    parseAddresses(decodeEightBit(rawList(fields, name))).filter(({ address }) => address !== '')
  return {
    mailReplyTo: addresses('mail-reply-to'),
    mailFollowupTo: addresses('mail-followup-to'),
    listPost: listPost(rawValue(fields, 'list-post')),
    isCut: bodyStart > limits.headerBytes,
  }
}

function listPost(value: string): string | null {
  for (const [, target = ''] of value.matchAll(/<\s*mailto:([^<>?]*)[^<>]*>/gi)) {
    const address = decoded(target.replace(/\s+/g, ''))
    if (address.length <= maxCharacters && /^[^\s@<>,;]+@[^\s@<>,;]+$/.test(address)) return address
  }
  return null
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
