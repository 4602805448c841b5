import type { ReadDb } from '../../../../store/db'
import { sql } from '../../../../store/sql'
import type { WordPattern } from './search-query'
import { wordsOf } from './search-text'

/** Words read in one step: a few milliseconds. */
const wordsPerStep = 4000
/** A mailbox of half a million messages has some 600,000 words. */
const mostWords = 2_000_000
/** Words one piece may stand for; a search for more of them costs more than it says. */
const wordsPerPattern = 400

type Source = 'header' | 'body'

/**
 * The words that are in the search index, in memory, for searches of a piece of a word. They are read from the index when
 * one is first asked for (measured: 0.3 s for 20,000 messages, in steps), and kept true after that by whoever writes the
 * index. Words of messages that are gone stay until the store is closed; they find nothing.
 */
export class SearchWords {
  readonly #words: Record<Source, Set<string>> = { header: new Set(), body: new Set() }
  readonly #last: Record<Source, string | null> = { header: '', body: '' }
  #isNeeded = false
  #isCut = false

  /** One step of reading them; true when there are more. */
  step(db: ReadDb): boolean {
    this.#isNeeded = true
    const source = this.#last.header === null ? 'body' : 'header'
    const after = this.#last[source]
    if (after === null) return false
    const found =
      source === 'header'
        ? db.column<string>(
            sql`SELECT term FROM find_header_words WHERE term > ${after} LIMIT ${wordsPerStep}`,
          )
        : db.column<string>(sql`SELECT term FROM find_body_words WHERE term > ${after} LIMIT ${wordsPerStep}`)
    for (const word of found) this.#add(source, word)
    this.#last[source] = found.length < wordsPerStep ? null : (found.at(-1) ?? null)
    return this.#last.header !== null || this.#last.body !== null
  }

  /** A text went into the index, as it stands there. */
  note(source: Source, text: string): void {
    if (this.#isNeeded) for (const word of wordsOf(text)) this.#add(source, word)
  }

  /** Words that fit, the shortest first; `isCut` when there are more than are asked for. */
  matching(source: Source | null, { pattern }: WordPattern): { words: string[]; isCut: boolean } {
    const fits = matcher(pattern)
    const found = new Set<string>()
    for (const each of ['header', 'body'] as const) {
      if (source !== null && source !== each) continue
      for (const word of this.#words[each]) if (fits(word)) found.add(word)
    }
    const words = [...found].sort((one, other) => one.length - other.length)
    return {
      words: words.slice(0, wordsPerPattern),
      isCut: this.#isCut || words.length > wordsPerPattern,
    }
  }

  #add(source: Source, word: string): void {
    const words = this.#words[source]
    if (words.size < mostWords) words.add(word)
    else this.#isCut = true
  }
}

/** Whether a word is what a pattern with stars says: no regular expression, which a hostile pattern could make slow. */
function matcher(pattern: string): (word: string) => boolean {
  const pieces = pattern.split('*')
  const first = pieces[0] ?? ''
  const last = pieces.at(-1) ?? ''
  const middle = pieces.slice(1, -1).filter(piece => piece !== '')
  return word => {
    if (!word.startsWith(first) || !word.endsWith(last)) return false
    let at = first.length
    for (const piece of middle) {
      const found = word.indexOf(piece, at)
      if (found === -1) return false
      at = found + piece.length
    }
    return at <= word.length - last.length
  }
}
