import { spelledOut } from '../../../../../../shared/kit/fold-text'
import { wordsAround } from './line-ends'
import { inParts, otherForms, searched, segmented, wordsOf } from './search-text'

/** Words in a row as one quoted string in which nothing is grammar; a star when the last word may go on. */
export const quoted = (words: string, mayGoOn: boolean): string =>
  `"${words.replaceAll('"', '""').trim()}"${mayGoOn ? ' *' : ''}`

/** One way of writing a word of a phrase. `proof`: what the index must hold as well for it to have been meant; null: nothing. */
type Way = Readonly<{ words: string; proof: string | null }>
/**
 * A place in a phrase with the ways in which it may be written, as it was typed first; none are listed when they are too many.
 * `isHyphened`: the next word was typed behind a hyphen.
 */
type Place = Readonly<{ alone: readonly string[]; ways: readonly Way[]; isHyphened?: boolean }>

/** A phrase that can be written in so many ways is asked for as a whole, in each of them. */
const waysOfAll = 32
/** A longer one is asked for in stretches that share a word, each in so many ways. */
const waysOfStretch = 8
/** Up to so many words, any two beside each other may be one word with an unseen break in it. */
const fewWords = 4
const arabic = /^[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff]/
const digraph = /[aou]e|aa|dj/g
const digraphsPerWord = 3
const hyphen = /[-\u2010\u2011]/

/**
 * What finds words in a row however their letters were written: an FTS5 expression made only of quoted strings. The index holds
 * a text once with plain letters and, behind it, single words written out; so a word typed as "fuer" is "fur" within a
 * phrase, in texts that have "fuer" too. Two words are found as one in the same way ("می روم" where the text has a zero-width
 * non-joiner). The cost grows with the length of the phrase and not with the number of ways to write it.
 */
export function phraseIn(text: string, mayGoOn: boolean): string {
  const places = placesIn(text)
  if (places.length === 1)
    // The index knows every form of a word by itself.
    return either(places[0]?.alone.map(words => quoted(words, mayGoOn)) ?? [])
  return stretchesOf(places)
    .map(({ from, to }) => {
      const goesOn = mayGoOn && to === places.length - 1
      const paths = pathsThrough(places, from, to)
      return either(
        paths.length > 0
          ? paths.map(path => expression(path, goesOn))
          : (places[from]?.alone.map(words => quoted(words, goesOn)) ?? []),
      )
    })
    .join(' AND ')
}

const either = (expressions: readonly string[]): string => {
  const different = [...new Set(expressions)]
  return different.length === 1 ? (different[0] ?? '') : `(${different.join(' OR ')})`
}

function expression(path: readonly Way[], mayGoOn: boolean): string {
  const words = quoted(path.map(way => way.words).join(' '), mayGoOn)
  const proofs = path.flatMap((way, at) =>
    way.proof === null ? [] : [quoted(way.proof, mayGoOn && at === path.length - 1)],
  )
  return proofs.length === 0 ? words : `(${[words, ...new Set(proofs)].join(' AND ')})`
}

function placesIn(text: string): Place[] {
  return (text.match(/\S+/gu) ?? []).flatMap((run): Place[] => {
    const typed = wordsOf(searched(run))
    if (typed.length === 0) return []
    const written = spelledOut(run)
    const writtenOut = written === null ? typed : wordsOf(segmented(written))
    if (run.search(inParts) === -1 && typed.length === writtenOut.length)
      return typed.map((word, at) => ({
        ...placeOf(word, writtenOut[at] ?? word),
        isHyphened: at < typed.length - 1 && hyphen.test(run),
      }))
    const forms = [typed.join(' '), ...otherForms(run).map(form => wordsOf(form).join(' '))]
    const alone = [...new Set(forms)].filter(words => words !== '')
    return [{ alone, ways: alone.map(words => ({ words, proof: null })) }]
  })
}

/** A word as typed and written out, and with any of its "ae", "oe", "ue", "aa", "dj" as the one letter it may stand for. */
function placeOf(typed: string, writtenOut: string): Place {
  const alone = [...new Set([typed, writtenOut])]
  const ways = new Map<string, Way>(alone.map(words => [words, { words, proof: null }]))
  const found = [...writtenOut.matchAll(digraph)].map(match => match.index)
  if (found.length > digraphsPerWord) return { alone, ways: [] }
  for (let chosen = 1; chosen < 2 ** found.length; chosen += 1) {
    const isLeftOut = (at: number): boolean =>
      found.some((start, bit) => start + 1 === at && (chosen & (1 << bit)) !== 0)
    // By code unit: what is left out is ASCII.
    const words = writtenOut
      .split('')
      .filter((_, at) => !isLeftOut(at))
      .join('')
    if (!ways.has(words)) ways.set(words, { words, proof: writtenOut })
  }
  return { alone, ways: [...ways.values()] }
}

/** Two places as one word; null where nobody writes them so. */
function joined(places: readonly Place[], at: number): Way | null {
  const one = places[at]?.ways[0]?.words ?? ''
  const other = places[at + 1]?.ways[0]?.words ?? ''
  if (one === '' || other === '' || `${one}${other}`.includes(' ')) return null
  const isHyphened = places[at]?.isHyphened === true
  if (places.length > fewWords && !isHyphened && !(arabic.test(one) && arabic.test(other))) return null
  return { words: one + other, proof: `${one} ${other}` }
}

type Stretch = Readonly<{ from: number; to: number }>

function stretchesOf(places: readonly Place[]): Stretch[] {
  const last = places.length - 1
  const isListed = (at: number): boolean => (places[at]?.ways.length ?? 0) > 0
  const isShort = places.length <= wordsAround
  if (isShort && places.every(place => place.ways.length > 0) && countPaths(places, 0, last) <= waysOfAll)
    return [{ from: 0, to: last }]
  const fits = (from: number, to: number): boolean =>
    to - from < wordsAround && isListed(to) && isListed(from) && countPaths(places, from, to) <= waysOfStretch
  const stretches: Stretch[] = []
  for (let from = 0; from <= last; ) {
    let to = from
    while (to < last && fits(from, to + 1)) to += 1
    stretches.push({ from, to })
    from = to > from && to < last && fits(to, to + 1) ? to : to + 1
  }
  return stretches
}

/** Paths begin at `from` or with its place as the end of a word, and end at `to` or with its place as a beginning of one. */
function countPaths(places: readonly Place[], from: number, to: number): number {
  const counts: number[] = []
  for (let at = to; at >= from; at -= 1) {
    const rest = (behind: number): number => (behind > to ? 1 : (counts[behind] ?? 0))
    counts[at] =
      (places[at]?.ways.length ?? 0) * rest(at + 1) + (joined(places, at) === null ? 0 : rest(at + 2))
  }
  return (counts[from] ?? 0) + (from > 0 && joined(places, from - 1) !== null ? (counts[from + 1] ?? 1) : 0)
}

function pathsThrough(places: readonly Place[], from: number, to: number): Way[][] {
  const rest = (at: number): Way[][] => {
    if (at > to) return [[]]
    const ways = places[at]?.ways ?? []
    const together = joined(places, at)
    const behind = rest(at + 1)
    return [
      ...ways.flatMap(way => behind.map(path => [way, ...path])),
      ...(together === null ? [] : rest(at + 2).map(path => [together, ...path])),
    ]
  }
  const before = from > 0 ? joined(places, from - 1) : null
  return before === null ? rest(from) : [...rest(from), ...rest(from + 1).map(path => [before, ...path])]
}
