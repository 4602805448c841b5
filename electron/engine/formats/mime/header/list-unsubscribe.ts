import type { ListExits } from '../../../ports/mail/mime'
import { asBuffer } from '../../as-buffer'
import { rawValue, readFields } from './header-fields'
import { findBody } from './split-header'

/** Longer addresses carry more than the name of a subscription. */
const maxCharacters = 2000
const maxAddresses = 10

/**
 * Reads List-Unsubscribe (RFC 2369 §3.2) and List-Unsubscribe-Post (RFC 8058 §3.1). An https: address counts only with
 * the second field: without it the address is a page for people, and opening it is the browser's affair.
 */
export function readUnsubscribe(raw: Uint8Array): ListExits {
  const bytes = asBuffer(raw)
  const lineEnd = bytes.includes(0x0a) ? 0x0a : 0x0d
  const fields = readFields(bytes, 0, findBody(bytes, 0, bytes.length, lineEnd), lineEnd)
  const addresses = [...rawValue(fields, 'list-unsubscribe').matchAll(/<([^<>]*)>/g)]
    .slice(0, maxAddresses)
    .map(([, address = '']) => address.replace(/\s+/g, ''))
    .filter(address => address.length <= maxCharacters)
  const takesPost = /^List-Unsubscribe=One-Click$/i.test(rawValue(fields, 'list-unsubscribe-post'))
  return {
    oneClick: takesPost ? (addresses.find(address => /^https:\/\//i.test(address)) ?? null) : null,
    mailto: addresses.find(address => /^mailto:[^?]+@/i.test(address)) ?? null,
  }
}
