import { attributeOf, type Element, textOf } from '../../../ports/chat/element'

const largestDeviceId = 0x7fff_ffff
const largestKeyId = 0xffff_ffff

/** Digits alone: `1e3`, ` 7` and `0x1` are no ids. */
function wholeNumber(text: string | undefined, least: number, most: number): number | null {
  if (text === undefined || !/^[0-9]{1,10}$/.test(text)) return null
  const value = Number(text)
  return value >= least && value <= most ? value : null
}

/** 1..2^31-1, or null. */
export const deviceIdOf = (element: Element | undefined, attribute: string): number | null =>
  wholeNumber(attributeOf(element, attribute), 1, largestDeviceId)

/** The id of a prekey: 0..2^32-1, or null. */
export const keyIdOf = (element: Element | undefined, attribute: string): number | null =>
  wholeNumber(attributeOf(element, attribute), 0, largestKeyId)

/** XML Schema's truth: `true` or `1`. */
export const isTrue = (element: Element, attribute: string): boolean =>
  ['true', '1'].includes(attributeOf(element, attribute) ?? '')

/** The bytes of an element's Base64, which may have line breaks; null where it is none or more than `limitBytes`. */
export function bytesOf(element: Element | undefined, limitBytes: number): Uint8Array | null {
  if (element === undefined) return null
  const source = textOf(element)
  // White space included: more is not looked at.
  if (source.length > limitBytes * 2 + 100) return null
  const text = source.replace(/[\t\n\r ]/g, '')
  // Missing padding is forgiven, letters that are none are not.
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/.test(text)) return null
  const bytes = new Uint8Array(Buffer.from(text, 'base64'))
  return bytes.byteLength <= limitBytes ? bytes : null
}

export const base64Of = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
