import type { ByteText } from '../content-lines/byte-text'
import { type ContentLine, parameterValues } from '../content-lines/content-line'

export const vcardVersions = ['2.1', '3.0', '4.0'] as const
export type VcardVersion = (typeof vcardVersions)[number]

/** A line of a card with its bytes. `line` is null where it is none, or belongs to a card within the card (AGENT of 2.1). */
export type CardLine = Readonly<{ raw: ByteText; line: ContentLine | null }>

/**
 * A card as it stands: its lines in their order, BEGIN and END included. What is changed is changed line by line, and every
 * other byte stays.
 */
export type Card = Readonly<{ version: VcardVersion; lines: readonly CardLine[] }>

export type Property = CardLine & Readonly<{ line: ContentLine }>

/** All of a name, in their order. */
export const propertiesOf = (card: Card, name: string): Property[] =>
  card.lines.filter((each): each is Property => each.line?.name === name)

/** The bytes of a card. */
export const rawOf = (card: Card): ByteText => card.lines.map(({ raw }) => raw).join('')

const encodings = new Set(['QUOTED-PRINTABLE', 'BASE64', '8BIT', '7BIT', 'B', 'Q'])

/** How the value is written: ENCODING, which 2.1 may name without saying so. */
export function encodingOf(line: ContentLine): 'base64' | 'quoted-printable' | 'none' {
  const named = [...parameterValues(line, 'ENCODING'), ...parameterValues(line, '')].map(each =>
    each.toUpperCase(),
  )
  const found = named.find(each => encodings.has(each))
  if (found === 'B' || found === 'BASE64') return 'base64'
  return found === 'QUOTED-PRINTABLE' || found === 'Q' ? 'quoted-printable' : 'none'
}

/** TYPE values in lower case, whatever the version: `TYPE=home,work`, `TYPE=home;TYPE=work`, `HOME;WORK`. */
export const typesOf = (line: ContentLine): string[] => [
  ...new Set(
    [
      ...parameterValues(line, 'TYPE').flatMap(each => each.split(',')),
      ...parameterValues(line, '').filter(each => !encodings.has(each.toUpperCase())),
    ].map(each => each.trim().toLowerCase()),
  ),
]
