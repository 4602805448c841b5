import type { ByteText } from '../../content-lines/byte-text'
import { type ContentLine, type Parameter, readContentLine } from '../../content-lines/content-line'
import { writeContentLine, writeParameter } from '../../content-lines/write-line'
import type { Card, CardLine, Property, VcardVersion } from '../card'
import type { WrittenValue } from '../property-value'

/** Parameters that say how the old value was written. */
const ofWriting = new Set(['CHARSET', 'ENCODING', 'X-APPLE-OMIT-YEAR'])
const encodingWords = /^(?:QUOTED-PRINTABLE|BASE64|8BIT|7BIT|B|Q)$/i

/**
 * A card on its way to another one: lines are taken away, replaced or added, and all that nobody touched keeps its bytes. The
 * label of a group goes where its value goes.
 */
export class CardLines {
  readonly version: VcardVersion
  #lines: CardLine[]

  constructor(card: Card) {
    this.version = card.version
    this.#lines = [...card.lines]
  }

  get card(): Card {
    return { version: this.version, lines: this.#lines }
  }

  /** Another value, and other parameters if given, in the place of a property. Its group stays, or is another. */
  replace(
    property: Property,
    written: WrittenValue,
    change: { parameters?: readonly Parameter[]; group?: ByteText } = {},
  ): void {
    const kept = (change.parameters ?? property.line.parameters).filter(
      ({ name, values }) =>
        !ofWriting.has(name) && !(name === '' && values.some(each => encodingWords.test(each))),
    )
    const made = this.#made({
      group: change.group ?? property.line.group,
      name: property.line.writtenName,
      parameters: [...kept, ...written.parameters],
      value: written.value,
    })
    this.#lines = this.#lines.map(each => (each.line === property.line ? made : each))
  }

  /** Takes a property away, and what belongs to its group when nothing else is in that. */
  remove(property: Property): void {
    this.#lines = this.#lines.filter(each => each.line !== property.line)
    const { group } = property.line
    if (group === '') return
    const ofGroup = this.#lines.filter(each => each.line?.group.toLowerCase() === group.toLowerCase())
    if (ofGroup.every(each => each.line?.name.startsWith('X-AB') === true))
      this.#lines = this.#lines.filter(each => !ofGroup.includes(each))
  }

  /** Puts a property at the end of the card. */
  add(
    line: Readonly<{ group?: ByteText; name: string; parameters?: readonly Parameter[] }>,
    written: WrittenValue,
  ): void {
    const made = this.#made({
      group: line.group ?? '',
      name: line.name,
      parameters: [...(line.parameters ?? []), ...written.parameters],
      value: written.value,
    })
    this.addLines([made])
  }

  /** Lines as they are, of another card. */
  addLines(lines: readonly CardLine[]): void {
    const last = this.#lines.findLastIndex(each => each.line?.name === 'END')
    const at = last === -1 ? this.#lines.length : last
    const before = this.#lines[at - 1]
    if (before !== undefined && !/[\r\n]$/.test(before.raw))
      this.#lines[at - 1] = { ...before, raw: `${before.raw}\r\n` }
    this.#lines.splice(at, 0, ...lines)
  }

  /** A name of a group that nobody has. */
  freeGroup(): ByteText {
    const taken = new Set(this.#lines.map(each => each.line?.group.toLowerCase()))
    let number = 1
    while (taken.has(`item${number}`)) number += 1
    return `item${number}`
  }

  #made(line: Omit<ContentLine, 'writtenName'>): CardLine {
    const raw = this.version === '2.1' ? unfolded(line) : writeContentLine(line)
    return { raw, line: readContentLine(raw.replace(/\r\n$/, '').replace(/\r\n /g, '')) ?? null }
  }
}

/** In 2.1 only white space is folded at, and quoted-printable breaks by itself: nothing is folded here. */
function unfolded({ group, name, parameters, value }: Omit<ContentLine, 'writtenName'>): ByteText {
  const written = parameters.map(each => `;${writeParameter(each)}`).join('')
  return `${group === '' ? '' : `${group}.`}${name}${written}:${value}\r\n`
}
