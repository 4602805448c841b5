import { parameterValues } from '../../content-lines/content-line'
import { type Card, type Property, propertiesOf, typesOf } from '../card'
import { parameterText, textOf } from '../property-value'

/** Types that say how a value is written or that it is the first, and not what it is for. */
const silent = new Set(['internet', 'pref', 'x-internet', 'other', 'voice', 'x400'])

export type Label = { types: string[]; label: string; preferred: boolean }

/** What a value is for: its types, and Apple's label of its group ("_$!<Home>!$_" is a type, other words are the person's). */
export function labelOf(card: Card, { line }: Property): Label {
  const all = typesOf(line)
  const types = all.filter(type => !silent.has(type)).map(type => parameterText(type))
  const rank = parameterValues(line, 'PREF')[0]
  const label = line.group === '' ? '' : groupLabel(card, line.group)
  const known = /^_\$!<(.*)>!\$_$/s.exec(label)?.[1]
  if (known !== undefined && !types.includes(known.toLowerCase()) && known.toLowerCase() !== 'other')
    types.push(known.toLowerCase())
  return {
    types: types.map(type => type.slice(0, 60)).slice(0, 20),
    label: known === undefined ? label.slice(0, 200) : '',
    preferred: all.includes('pref') || rank === '1',
  }
}

/** The label of a group: X-ABLabel, or X-ABADR's like it. */
function groupLabel(card: Card, group: string): string {
  const found = propertiesOf(card, 'X-ABLABEL').find(
    each => each.line.group.toLowerCase() === group.toLowerCase(),
  )
  return found === undefined ? '' : textOf(found.line, card.version).trim()
}
