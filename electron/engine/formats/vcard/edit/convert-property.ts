import type { Parameter } from '../../content-lines/content-line'
import { encodingOf, type Property, typesOf, type VcardVersion } from '../card'
import {
  listOf,
  partsOf,
  textOf,
  type WrittenValue,
  writeList,
  writeParts,
  writeText,
  writeUri,
} from '../property-value'

const structured = new Set(['N', 'ADR', 'ORG', 'GENDER'])
const lists = new Set(['CATEGORIES', 'NICKNAME'])
const uris = new Set([
  'URL',
  'IMPP',
  'SOURCE',
  'MEMBER',
  'X-ADDRESSBOOKSERVER-MEMBER',
  'GEO',
  'CALURI',
  'FBURL',
])
const ofWriting = new Set(['CHARSET', 'ENCODING', 'TYPE', 'PREF', ''])

type Converted = Readonly<{ parameters: readonly Parameter[]; written: WrittenValue }>

/** A property of one version as another version writes it. */
export function convertProperty(property: Property, from: VcardVersion, to: VcardVersion): Converted {
  const { line } = property
  if (from === to) return { parameters: [], written: { value: line.value, parameters: line.parameters } }
  const parameters = [...line.parameters.filter(each => !ofWriting.has(each.name)), ...typesFor(property, to)]
  const binary = binaryOf(property, to)
  if (binary !== null) return { parameters: binary.types, written: binary.written }
  if (structured.has(line.name)) return { parameters, written: writeParts(to, partsOf(line, from)) }
  if (lists.has(line.name)) return { parameters, written: writeList(to, listOf(line, from)) }
  const text = textOf(line, from)
  return { parameters, written: uris.has(line.name) ? writeUri(text) : writeText(to, text) }
}

/** TYPE and the first of several, as the version says it. */
function typesFor({ line }: Property, to: VcardVersion): Parameter[] {
  const isFirst =
    typesOf(line).includes('pref') ||
    line.parameters.some(each => each.name === 'PREF' && each.values[0] === '1')
  const types = typesOf(line).filter(type => type !== 'pref')
  if (to === '4.0')
    return [
      ...types.filter(type => type !== 'internet').map(type => ({ name: 'TYPE', values: [type] })),
      ...(isFirst ? [{ name: 'PREF', values: ['1'] }] : []),
    ]
  const name = to === '2.1' ? '' : 'TYPE'
  return [...types, ...(isFirst ? ['pref'] : [])].map(type => ({ name, values: [type.toUpperCase()] }))
}

/** Bytes in a card: a data URI in 4.0, base64 with its own parameter before. Null for what holds none. */
function binaryOf(
  { line }: Property,
  to: VcardVersion,
): { types: Parameter[]; written: WrittenValue } | null {
  const data = /^data:(?<type>[a-z]+\/[\w.+-]+)(?:;[^,;]*)*;base64,/i.exec(line.value)
  const isBase64 = encodingOf(line) === 'base64'
  if (data === null && !isBase64) return null
  const base64 = line.value.slice(data?.[0].length ?? 0).replace(/\s/g, '')
  const format = data?.groups?.type?.split('/')[1] ?? typesOf(line)[0] ?? ''
  if (to === '4.0') {
    const media = format === '' ? 'application/octet-stream' : `image/${format.toLowerCase()}`
    return { types: [], written: writeUri(`data:${media};base64,${base64}`) }
  }
  const encoding: Parameter = { name: 'ENCODING', values: [to === '2.1' ? 'BASE64' : 'b'] }
  const types = format === '' ? [] : [{ name: 'TYPE', values: [format.toUpperCase()] }]
  return { types, written: { value: to === '2.1' ? `${base64}\r\n` : base64, parameters: [encoding] } }
}
