import type { Address } from '../../../shared/model/mail'

/**
 * Scripts that write words without spaces: Thai, Lao, Myanmar, Khmer, Kana, Han, and Hangul, where particles
 * stick to words. A cluster is a letter with the marks on it.
 */
const unspaced =
  /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\u{20000}-\u{3ffff}]\p{M}*/gu

const needsSegments = /[\u0e00-\u{3ffff}]/u
const notAscii = /\P{ASCII}/u

/**
 * Text as it is indexed and asked for: compatibility-composed (full-width letters are letters), and with a
 * space round every cluster of an unspaced script, so that unicode61 makes each a token and a word of several
 * is found as a phrase.
 */
export function segmented(text: string): string {
  if (!notAscii.test(text)) return text
  const composed = text.normalize('NFKC')
  return needsSegments.test(composed) ? composed.replace(unspaced, ' $& ') : composed
}

/** True when the text ends in an unspaced script, where "begins with" has no meaning of its own. */
export function endsUnspaced(text: string): boolean {
  return / \P{L}*$/u.test(segmented(text))
}

/** Longest text of one message that is indexed: a novel and a half; what is longer is found by its beginning. */
const indexedCharacters = 1_000_000

/** A body for the index. */
export function indexedBody(text: string): string {
  return segmented(text.length > indexedCharacters ? text.slice(0, indexedCharacters) : text)
}

/** Names and addresses for the index. */
export function indexedPeople(people: readonly Address[]): string {
  return segmented(people.map(person => `${person.name} ${person.address}`).join(' '))
}
