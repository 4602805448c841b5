import type { Address } from '../../../../../../shared/features/mail/model'
import { foldText, spelledOut } from '../../../../../../shared/kit/fold-text'
import { indexWords } from '../../../../../../shared/kit/index-words'
import { joinedLineEnds } from './line-ends'

/**
 * Scripts that write words without spaces: Thai, Lao, Myanmar, Khmer, Tai, Kana, Han, and Hangul, where particles
 * stick to words. A cluster is a letter with the marks on it.
 */
const unspaced =
  /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aad\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua9e0-\ua9fe\uaa60-\uaadf\uac00-\ud7a3\uf900-\ufaff\u{20000}-\u{3ffff}]\p{M}*/gu

const needsSegments = /[\u0e00-\u{3ffff}]/u
const notAscii = /[^\0-\x7f]/

/**
 * Text with a space round every cluster of an unspaced script, so that each is a token and a word of several is found
 * as a phrase.
 */
export const segmented = (text: string): string =>
  needsSegments.test(text) ? text.replace(unspaced, ' $& ') : text

/** Text as it is indexed and asked for. */
export const searched = (text: string): string => segmented(foldText(text))

/** As before the index folded letters by itself; for rows that were not renewed yet. */
export const searchedBefore = (text: string): string =>
  notAscii.test(text) ? segmented(text.normalize('NFKC')) : text

/** True when the text ends in an unspaced script, where "begins with" has no meaning of its own. */
export const endsUnspaced = (text: string): boolean => / \P{L}*$/u.test(searched(text))

/** Zero-width space and non-joiner stand between parts of a word; it is also written, and asked for, as several words. */
export const inParts = /[\u200b\u200c]/g
const mayHaveOtherForms = /[\u0308\u030a\u200b\u200cäöüøåđÄÖÜØÅĐ]/
/** What stands between spaces, so that the parts of Müller-Lüdenscheidt stay beside each other. A run without an end is cut. */
const wordWithParts = /\S{1,300}/gu

/** Other ways in which a word is written, folded: "mueller" for Müller, parts of a word with a zero-width non-joiner. */
export function otherForms(word: string): string[] {
  const parts = word.replace(inParts, ' ').trim()
  const inWords = parts.includes(' ')
  const forms = [spelledOut(word), inWords ? searched(parts) : null, inWords ? spelledOut(parts) : null]
  return forms.flatMap(form => (form === null ? [] : [segmented(form)]))
}

/** Stands before each form, so that no phrase runs from one into another: a letter for private use, which nobody looks for. */
const barrier = '\ue000'

/** Other forms of the words of a text, each once: they stand behind the text. */
function formsIn(text: string): string {
  if (!mayHaveOtherForms.test(text)) return ''
  const forms = new Set<string>()
  for (const [word] of text.matchAll(wordWithParts)) {
    if (!mayHaveOtherForms.test(word) || unspacedWord.test(word)) continue
    for (const form of otherForms(word)) forms.add(form)
  }
  return [...forms].map(form => ` ${barrier} ${form}`).join('')
}
// Every cluster of these is a token of its own anyway.
const unspacedWord = new RegExp(unspaced.source, 'u')

/** Any text for the index. */
export const indexed = (text: string): string => searched(text) + formsIn(text)

/** Longest text of one message that is indexed: a novel and a half; what is longer is found by its beginning. */
const indexedCharacters = 1_000_000

/** A body for the index: behind it stand the words, whole, in which its lines were broken. */
export function indexedBody(text: string): string {
  const body = text.length > indexedCharacters ? text.slice(0, indexedCharacters) : text
  return indexed([body, ...joinedLineEnds(body)].join(` ${barrier} `))
}

/** Names and addresses for the index. */
export function indexedPeople(people: readonly Address[]): string {
  return indexed(people.map(person => `${person.name} ${person.address}`).join(' '))
}

/** The words of a folded text, as the index's tokenizer cuts them. */
export const wordsOf = (text: string): string[] => text.match(indexWords) ?? []
