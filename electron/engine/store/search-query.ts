import { foldText } from '../../../shared/util/fold-text'
import { agoNamed, daysNamed } from './search-dates'
import { phraseIn, quoted } from './search-phrases'
import { endsUnspaced, otherForms, searched, searchedBefore, wordsOf } from './search-text'

/** Columns of the two indexes; null: all of both. */
export type SearchPlace = Readonly<{ index: 'header' | 'body'; columns: readonly string[] }> | null

/** A word of which only a piece was typed: `*end`, `*middle*`, `be*nd`. `pattern` is folded, with its stars. */
export type WordPattern = Readonly<{ before: string; pattern: string; after: string; mayGoOn: boolean }>

/**
 * One thing that must, or must not, occur. `phrases`: FTS5 expressions whose terms are quoted strings, one of which must be
 * met; `before`: the same for rows of the index before letters were folded. `pattern`: what the words that are in the
 * index must be asked for first.
 */
export type SearchTerm = Readonly<{
  phrases: readonly string[]
  before: readonly string[]
  pattern: WordPattern | null
  place: SearchPlace
  wanted: boolean
}>

/** A search as understood. Filters are null where nothing was asked. */
export type SearchQuery = Readonly<{
  terms: readonly SearchTerm[]
  /** Words and phrases beyond the most that are looked for. */
  leftOut: number
  unread: boolean | null
  flagged: boolean | null
  answered: boolean | null
  forwarded: boolean | null
  attachment: boolean | null
  afterMs: number | null
  beforeMs: number | null
}>

type Filters = { -readonly [K in Exclude<keyof SearchQuery, 'terms' | 'leftOut'>]: SearchQuery[K] }

const header = (...columns: string[]): SearchPlace => ({ index: 'header', columns })
const body = (column: string): SearchPlace => ({ index: 'body', columns: [column] })

/** Names as `nameOf` gives them. */
const placeWords: readonly (readonly [SearchPlace, readonly string[]])[] = [
  [header('sender'), ['from', 'von', 'sender', 'absender']],
  [header('addressed'), ['to', 'an']],
  [header('copied'), ['cc', 'kopie']],
  [header('blind'), ['bcc', 'blindkopie']],
  [header('addressed', 'copied', 'blind'), ['recipient', 'recipients', 'empfanger', 'empfaenger']],
  [header('sender', 'addressed', 'copied', 'blind'), ['with', 'mit']],
  [header('subject'), ['subject', 'betreff']],
  [body('body'), ['body', 'inhalt']],
  [body('attachments'), ['filename', 'datei', 'dateiname']],
]

const byName = <T>(words: readonly (readonly [T, readonly string[]])[]): ReadonlyMap<string, T> =>
  new Map(words.flatMap(([meaning, names]) => names.map(name => [name, meaning] as const)))
const places = byName(placeWords)
const stateWords: readonly (readonly [Partial<Filters>, readonly string[]])[] = [
  [{ unread: true }, ['unread', 'unseen', 'ungelesen']],
  [{ unread: false }, ['read', 'seen', 'gelesen']],
  [{ flagged: true }, ['flagged', 'starred', 'markiert']],
  [{ flagged: false }, ['unflagged', 'unstarred', 'unmarkiert']],
  [{ answered: true }, ['answered', 'replied', 'beantwortet']],
  [{ answered: false }, ['unanswered', 'unbeantwortet']],
  [{ forwarded: true }, ['forwarded', 'weitergeleitet']],
]

const states = byName(stateWords)

const stateOperators = ['is', 'ist']
const partOperators = ['has', 'hat']
const parts = /^(attachments?|anhang|anhange|anhaenge|files?|datei|dateien)$/
const afterOperators = ['after', 'since', 'newer', 'nach', 'seit', 'ab']
const beforeOperators = ['before', 'older', 'vor']
const dayOperators = ['on', 'am', 'date', 'datum']
const filterOperators = [
  ...stateOperators,
  ...partOperators,
  ...afterOperators,
  ...beforeOperators,
  ...dayOperators,
]

const isOperator = (name: string): boolean => places.has(name) || filterOperators.includes(name)

/** More terms than anyone types; the rest is left out, and told. */
const termsPerQuery = 40
const wordCharacter = /[\p{L}\p{N}\p{Co}]/u
/** -, an operator, then a quoted phrase or a word. */
const term = /(-?)(?:([\p{L}\p{M}]+):)?(?:"([^"]*)"?|(\S+))/gu
/** An operator with its value behind a space. */
const spacedOperator = /(^|\s)(-?[\p{L}\p{M}]+:)[ \t]+(?=[^\s:]+(?:\s|$))/gu
/** The quotation marks of other languages, in pairs: „so“, “so”, «so». */
const otherQuotes = /[„“”«»‟]([^„“”«»‟"]*)[“”«»‟]/gu

/**
 * Reads what a user typed: words (all must occur, the last one may be unfinished), "phrases", -without, pieces of words
 * (*end, beginning*, *middle*), from: to: cc: bcc: recipient: with: subject: body: filename: is:unread has:attachment
 * before:2026-03 after:2025 on:9.3.2026. What looks like an operator and is none is searched as text. Never throws, and
 * never lets the text reach FTS5's grammar. `nowMs`: for days without a year.
 */
export function parseSearch(text: string, nowMs: number = Date.now()): SearchQuery {
  const filters: Filters = {
    unread: null,
    flagged: null,
    answered: null,
    forwarded: null,
    attachment: null,
    afterMs: null,
    beforeMs: null,
  }
  const terms: SearchTerm[] = []
  const plain = text
    .replaceAll('\0', ' ')
    .replace(otherQuotes, '"$1"')
    .replace(spacedOperator, (whole, start: string, operator: string) =>
      isOperator(nameOf(operator)) ? start + operator : whole,
    )
  const all = [...plain.matchAll(term)]
  const found = all.slice(0, termsPerQuery)

  found.forEach(([whole, minus, operator, phrase, word], position) => {
    const name = nameOf(operator ?? '')
    const value = phrase ?? word ?? ''
    const wanted = minus !== '-'
    // The value is still to be typed.
    if (operator === undefined && phrase === undefined && value.endsWith(':') && isOperator(nameOf(value)))
      return
    if (readFilter(filters, name, value, wanted, nowMs)) return
    const place = places.get(name)
    // An unknown operator is text: "http://...", "Re:", "10:30".
    const asked = name === '' || place !== undefined ? value : whole.replace(/^-/, '').replaceAll('"', ' ')
    if (!wordCharacter.test(asked)) return
    const isLast = position === found.length - 1 && phrase === undefined && !text.endsWith(' ')
    terms.push({ ...read(asked, phrase !== undefined, isLast), place: place ?? null, wanted })
  })
  return { terms, leftOut: all.length - found.length, ...filters }
}

/** Name of an operator as it was typed: without its sign and colon, folded. */
const nameOf = (operator: string): string => foldText(operator.replace(/^-/, '').replace(/:$/, ''))

function read(
  asked: string,
  isPhrase: boolean,
  isLast: boolean,
): Pick<SearchTerm, 'phrases' | 'before' | 'pattern'> {
  const goesOn = (text: string): boolean =>
    !isPhrase && ((isLast && asked.length > 1) || asked.endsWith('*')) && !endsUnspaced(text)
  const pattern = isPhrase ? null : patternIn(asked)
  if (pattern !== null) return { phrases: [], before: [], pattern }
  const text = asked.replaceAll('*', ' ').trim()
  const forms = [searched(text), ...otherForms(text)]
  return {
    phrases: [phraseIn(text, goesOn(text))],
    before: [...new Set([searchedBefore(text), ...forms])].map(form => quoted(form, goesOn(text))),
    pattern: null,
  }
}

/** The first word that has a star before its end, among the words around it; null when there is none. */
function patternIn(asked: string): WordPattern | null {
  // Words of unspaced scripts are found anywhere as they are.
  const words =
    searched(asked)
      .match(wordWithStars)
      ?.filter(word => /[^*]/.test(word)) ?? []
  const at = words.findIndex(word => /\*[^*]/u.test(word))
  const pattern = words[at]?.replaceAll(/\*+/g, '*')
  if (pattern === undefined) return null
  const rest = words.map(word => wordsOf(word).join(' '))
  return {
    before: rest.slice(0, at).join(' '),
    pattern,
    after: rest.slice(at + 1).join(' '),
    mayGoOn: at < words.length - 1 && asked.endsWith('*'),
  }
}
const wordWithStars = /[\p{L}\p{M}\p{N}\p{Co}*]+/gu

function readFilter(filters: Filters, name: string, value: string, wanted: boolean, nowMs: number): boolean {
  const folded = foldText(value)
  if (stateOperators.includes(name)) {
    const state = states.get(folded)
    if (state === undefined) return false
    for (const [key, on] of Object.entries(state) as [keyof typeof state, boolean][])
      Object.assign(filters, { [key]: on === wanted })
    return true
  }
  if (partOperators.includes(name)) {
    if (!parts.test(folded)) return false
    filters.attachment = wanted
    return true
  }
  const isAfter = afterOperators.includes(name)
  if (!isAfter && !beforeOperators.includes(name) && !dayOperators.includes(name)) return false
  if (dayOperators.includes(name)) {
    const [first = '', last = first] = value.split('..')
    const [from, until] = [daysNamed(first, nowMs), daysNamed(last, nowMs)]
    if (from === null || until === null || !wanted) return false
    filters.afterMs = from.fromMs
    filters.beforeMs = until.untilMs
    return true
  }
  const instant = daysNamed(value, nowMs)?.fromMs ?? agoNamed(value, nowMs)
  if (instant === null) return false
  // What is not after a day is before it.
  if (isAfter === wanted) filters.afterMs = instant
  else filters.beforeMs = instant
  return true
}
