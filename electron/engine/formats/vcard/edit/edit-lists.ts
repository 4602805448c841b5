import type { LabelledValue, PostalAddress } from '../../../../../shared/features/contacts/model'
import { utf8Bytes } from '../../content-lines/byte-text'
import type { Parameter } from '../../content-lines/content-line'
import { type Property, propertiesOf, type VcardVersion } from '../card'
import { type ListName, listNames, type Placed, placedAddresses, placedValues } from '../fields/read-fields'
import { parameterText, textOf, type WrittenValue, writeParts, writeText, writeUri } from '../property-value'
import type { CardLines } from './edit-lines'

type Labelled = Pick<LabelledValue, 'types' | 'label' | 'preferred'>

/** Makes the mail addresses, numbers ... of a card those of a list. */
export function editValues(lines: CardLines, list: ListName, wanted: readonly LabelledValue[]): void {
  const write = (value: LabelledValue, before: Property | null): WrittenValue => {
    const isUri = list === 'urls' || list === 'chats'
    // A number that was a URI stays one.
    const old = before === null ? '' : textOf(before.line, lines.version)
    const scheme = isUri ? '' : (/^(?:tel|mailto):/i.exec(old)?.[0] ?? '')
    return isUri || scheme !== '' ? writeUri(scheme + value.value) : writeText(lines.version, value.value)
  }
  editPlaced(
    lines,
    listNames[list][0],
    placedValues(lines.card, list),
    wanted,
    value => value.value.trim(),
    write,
  )
}

/** The same of postal addresses. */
export function editAddresses(lines: CardLines, wanted: readonly PostalAddress[]): void {
  const partsOf = (each: PostalAddress): string[] => [
    each.poBox,
    each.extended,
    each.street,
    each.city,
    each.region,
    each.code,
    each.country,
  ]
  editPlaced(
    lines,
    'ADR',
    placedAddresses(lines.card),
    wanted,
    each => JSON.stringify(partsOf(each)),
    each => writeParts(lines.version, partsOf(each)),
  )
}

const labelKey = ({ types, label }: Labelled): string => JSON.stringify([[...types].sort(), label])

/**
 * What is equal stays as it is. What has the same value gets other words beside it; what has the same words gets another value,
 * so that a number that was mended keeps all that stands with it. What is left goes, or comes at the end.
 */
function editPlaced<T extends Labelled>(
  lines: CardLines,
  name: string,
  placed: readonly Placed<T>[],
  wanted: readonly T[],
  keyOf: (value: T) => string,
  write: (value: T, before: Property | null) => WrittenValue,
): void {
  const left = new Set(placed)
  const open = new Set(wanted)
  const claim = (
    matches: (old: T, value: T) => boolean,
    then: (old: Placed<T>, value: T) => void = () => undefined,
  ): void => {
    for (const value of [...open]) {
      const old = [...left].find(each => matches(each.value, value))
      if (old === undefined) continue
      left.delete(old)
      open.delete(value)
      then(old, value)
    }
  }
  claim(
    (old, value) =>
      keyOf(old) === keyOf(value) && labelKey(old) === labelKey(value) && old.preferred === value.preferred,
  )
  claim(
    (old, value) => keyOf(old) === keyOf(value),
    ({ property, value: old }, value) => relabel(lines, property, old, value),
  )
  claim(
    (old, value) => labelKey(old) === labelKey(value),
    ({ property, value: old }, value) => {
      if (old.preferred === value.preferred) lines.replace(property, write(value, property))
      else
        lines.replace(property, write(value, property), {
          parameters: parametersOf(lines.version, property.line.parameters, old, value),
        })
    },
  )
  for (const { property } of left) lines.remove(property)
  for (const value of open) {
    const group = value.label === '' ? '' : lines.freeGroup()
    const empty: Labelled = { types: [], label: '', preferred: false }
    lines.add({ group, name, parameters: parametersOf(lines.version, [], empty, value) }, write(value, null))
    if (value.label !== '') lines.add({ group, name: 'X-ABLabel' }, writeText(lines.version, value.label))
  }
}

function relabel(lines: CardLines, property: Property, old: Labelled, wanted: Labelled): void {
  const { line } = property
  const labels = propertiesOf(lines.card, 'X-ABLABEL').filter(
    each => line.group !== '' && each.line.group.toLowerCase() === line.group.toLowerCase(),
  )
  const group = wanted.label !== '' && line.group === '' ? lines.freeGroup() : line.group
  const parameters = parametersOf(lines.version, line.parameters, old, wanted)
  // The value is written as it is: only what stands before it changes.
  const encoding = line.parameters.filter(
    ({ name, values }) =>
      name === 'CHARSET' ||
      name === 'ENCODING' ||
      (name === '' && values.some(each => /^(?:quoted-printable|base64)$/i.test(each))),
  )
  const typesChanged = labelKey({ ...old, label: '' }) !== labelKey({ ...wanted, label: '' })
  if (typesChanged || old.preferred !== wanted.preferred || group !== line.group)
    lines.replace(property, { value: line.value, parameters: encoding }, { parameters, group })
  const [label, ...others] = labels
  for (const each of others) lines.remove(each)
  if (wanted.label !== '') {
    const written = writeText(lines.version, wanted.label)
    if (label === undefined) lines.add({ group, name: 'X-ABLabel' }, written)
    else if (wanted.label !== old.label) lines.replace(label, written)
  } else if (label !== undefined && (old.label !== '' || typesChanged)) lines.remove(label)
}

/** TYPE as the version writes it; parameters that say something else stay, and types that are not shown as well. */
function parametersOf(
  version: VcardVersion,
  found: readonly Parameter[],
  old: Labelled,
  wanted: Labelled,
): Parameter[] {
  const gone = new Set(old.types.filter(type => !wanted.types.includes(type)))
  const isGone = (type: string): boolean =>
    gone.has(parameterText(type).toLowerCase()) || type.toLowerCase() === 'pref'
  const kept = found
    .map(each => {
      if (each.name !== 'TYPE' && each.name !== '') return each
      return {
        ...each,
        values: each.values.flatMap(value => value.split(',')).filter(value => !isGone(value)),
      }
    })
    .filter(({ name, values }) => values.length > 0 && name !== 'PREF')
  const added = wanted.types.filter(type => !old.types.includes(type)).map(utf8Bytes)
  if (wanted.preferred && version !== '4.0') added.push('pref')
  const pref = wanted.preferred && version === '4.0' ? [{ name: 'PREF', values: ['1'] }] : []
  const types =
    version === '2.1'
      ? added.map(type => ({ name: '', values: [type.toUpperCase()] }))
      : added.map(type => ({ name: 'TYPE', values: [type.toUpperCase()] }))
  return [...kept, ...types, ...pref]
}
