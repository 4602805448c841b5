/** What a piece of a text was understood as. */
export type QuickTokenKind =
  | 'quoted'
  | 'calendar'
  | 'alarm'
  | 'repeat'
  | 'date'
  | 'time'
  | 'length'
  | 'place'
  | 'people'
  | 'zone'

/** A piece of the text, in UTF-16 units. */
export type QuickToken = Readonly<{ from: number; to: number; kind: QuickTokenKind }>

/** Takes pieces out of a text, each once: what one reader has taken the next does not see. */
export class Scan {
  readonly text: string
  readonly tokens: QuickToken[] = []
  /** The text with blanks where something was taken (U+FFFC, so that no pattern reaches over it). */
  #left: string

  constructor(text: string) {
    this.text = text
    this.#left = text
  }

  get left(): string {
    return this.#left
  }

  take(from: number, to: number, kind: QuickTokenKind): void {
    this.tokens.push({ from, to, kind })
    this.#left = this.#left.slice(0, from) + '\ufffc'.repeat(to - from) + this.#left.slice(to)
  }

  /** The first match that `read` makes something of; the match is taken then. */
  first<T>(
    pattern: RegExp,
    kind: QuickTokenKind,
    read: (match: RegExpExecArray) => T | undefined,
  ): T | undefined {
    const all = new RegExp(pattern.source, `${pattern.flags.replace('g', '')}g`)
    for (let match = all.exec(this.#left); match !== null; match = all.exec(this.#left)) {
      const value = read(match)
      if (value !== undefined) {
        this.take(match.index, match.index + match[0].length, kind)
        return value
      }
      if (match[0] === '') all.lastIndex += 1
    }
    return undefined
  }
}
