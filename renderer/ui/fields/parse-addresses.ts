import { emailAddress } from '../../../shared/features/accounts/model'
import type { Address } from '../../../shared/features/mail/model'

/** Cuts a list at commas, semicolons and line ends that stand outside quotes and angle brackets. */
function pieces(text: string): string[] {
  const found: string[] = []
  let piece = ''
  let quoted = false
  let inBrackets = false
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? ''
    if (character === '\\' && quoted) {
      piece += character + (text[at + 1] ?? '')
      at += 1
      continue
    }
    if (character === '"' && !inBrackets) quoted = !quoted
    else if (character === '<' && !quoted) inBrackets = true
    else if (character === '>') inBrackets = false
    const ends = /[\n\r]/.test(character) || (/[,;]/.test(character) && !quoted && !inBrackets)
    if (!ends) {
      piece += character
      continue
    }
    found.push(piece)
    piece = ''
    quoted = false
    inBrackets = false
  }
  found.push(piece)
  return found.map(each => each.trim()).filter(each => each !== '')
}

const unquoted = (name: string): string =>
  name.startsWith('"') && name.endsWith('"') && name.length > 1
    ? name.slice(1, -1).replaceAll(/\\(.)/g, '$1')
    : name

function parseOne(text: string): Address {
  const bracketed = /^(.*?)<([^<>]*)>$/s.exec(text)
  if (bracketed === null) return { name: '', address: text }
  return { name: unquoted((bracketed[1] ?? '').trim()), address: (bracketed[2] ?? '').trim() }
}

/** "a@b" and "a@b c@d" (pasted from a column) are several; "Ada Lovelace" is one unfinished name. */
const separated = (piece: string): string[] => {
  const words = piece.split(/\s+/)
  return words.length > 1 && words.every(word => emailAddress.safeParse(word).success) ? words : [piece]
}

/**
 * What was typed or pasted into a recipient field, as addresses in order. What is no address stays as it was
 * typed, so that nothing is lost and the writer can mend it.
 */
export const parseAddresses = (text: string): Address[] => pieces(text).flatMap(separated).map(parseOne)

export const isValidAddress = ({ address }: Address): boolean => emailAddress.safeParse(address).success

/** An address as text that `parseAddresses` reads back the same. */
export function addressText({ name, address }: Address): string {
  if (name === '') return address
  const plain = /^[\p{L}\p{N} .'-]+$/u.test(name)
  const quoted = `"${name.replaceAll(/["\\]/g, character => `\\${character}`)}"`
  return `${plain ? name : quoted} <${address}>`
}

/** Adds those that are not there yet; case of the address does not count. */
export function withAddresses(list: readonly Address[], added: readonly Address[]): Address[] {
  const known = new Set(list.map(({ address }) => address.toLowerCase()))
  return [
    ...list,
    ...added.filter(({ address }) => {
      const key = address.toLowerCase()
      if (known.has(key)) return false
      known.add(key)
      return true
    }),
  ]
}
