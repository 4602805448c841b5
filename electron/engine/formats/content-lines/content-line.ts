import type { ByteText } from './byte-text'

/** A parameter as it is written; its name in upper case. In vCard 2.1 a value may stand without a name, which is then ''. */
export type Parameter = Readonly<{
  name: string
  values: readonly ByteText[]
  /** As it was found, which is how it is written again. */
  found?: ByteText
}>

/** A line taken apart (RFC 5545 §3.1, RFC 6350 §3.3). Its value is as written: escapes and encodings are the property's. */
export type ContentLine = Readonly<{
  /** Before a dot, as written; '' where there is none. */
  group: ByteText
  /** In upper case. */
  name: string
  /** The name as it is written. */
  writtenName: ByteText
  parameters: readonly Parameter[]
  value: ByteText
}>

const head = /^(?:([A-Za-z0-9_-]+)\.)?([A-Za-z0-9_-]+)(?=[;:])/
/** More are no object of anybody. */
const mostParameters = 200

/** Null where the line is none: it is kept as it is and means nothing. */
export function readContentLine(text: ByteText): ContentLine | null {
  const found = head.exec(text)
  if (found === null) return null
  const parameters: Parameter[] = []
  let at = found[0].length
  while (text[at] === ';' && parameters.length < mostParameters) {
    const parameter = readParameter(text, at + 1)
    if (parameter.next >= text.length) return null
    if (parameter.read !== null) parameters.push(parameter.read)
    at = parameter.next
  }
  if (text[at] !== ':') return null
  return {
    group: found[1] ?? '',
    name: (found[2] ?? '').toUpperCase(),
    writtenName: found[2] ?? '',
    parameters,
    value: text.slice(at + 1),
  }
}

function readParameter(text: ByteText, from: number): { read: Parameter | null; next: number } {
  let at = from
  while (at < text.length && !'=;:'.includes(text[at] ?? '')) at += 1
  const word = text.slice(from, at).trim()
  if (text[at] !== '=')
    return { read: word === '' ? null : { name: '', values: [word], found: word }, next: at }
  const values: ByteText[] = []
  do {
    const { value, next } = readParameterValue(text, at + 1)
    values.push(value)
    at = next
  } while (text[at] === ',' && values.length < mostParameters)
  while (at < text.length && text[at] !== ';' && text[at] !== ':') at += 1
  return { read: { name: word.toUpperCase(), values, found: text.slice(from, at) }, next: at }
}

function readParameterValue(text: ByteText, from: number): { value: ByteText; next: number } {
  if (text[from] === '"') {
    const close = text.indexOf('"', from + 1)
    if (close !== -1) return { value: unescapeParameter(text.slice(from + 1, close)), next: close + 1 }
  }
  let at = from
  while (at < text.length && !',;:'.includes(text[at] ?? '')) at += 1
  return { value: unescapeParameter(text.slice(from, at)), next: at }
}

/** RFC 6868. */
const unescapeParameter = (text: ByteText): ByteText =>
  text.replace(/\^(['n^])/g, (_all, sign: string) => (sign === 'n' ? '\n' : sign === "'" ? '"' : '^'))

/** All values of a parameter, in the order in which they stand. */
export const parameterValues = (line: Pick<ContentLine, 'parameters'>, name: string): ByteText[] =>
  line.parameters.flatMap(each => (each.name === name ? each.values : []))
