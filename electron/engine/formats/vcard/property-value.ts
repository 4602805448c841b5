import { type ByteText, bytesOf, utf8Bytes } from '../content-lines/byte-text'
import { type ContentLine, type Parameter, parameterValues } from '../content-lines/content-line'
import { escapeText, splitEscaped, unescapeText } from '../content-lines/text-value'
import { decodeCharset } from '../mime/charset/charset'
import { encodingOf, type VcardVersion } from './card'

const quotedBytes = (value: ByteText): ByteText =>
  value
    .replace(/=[ \t]*\r?\n/g, '')
    .replace(/=([0-9A-Fa-f]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

/** The value as text with its escapes. CHARSET counts where it stands (2.1); otherwise UTF-8, or what it looks like. */
export function valueText(line: ContentLine): string {
  const bytes = encodingOf(line) === 'quoted-printable' ? quotedBytes(line.value) : line.value
  return decodeCharset(bytesOf(bytes), parameterValues(line, 'CHARSET')[0] ?? '')
}

/** Text of a parameter. */
export const parameterText = (bytes: ByteText): string => decodeCharset(bytesOf(bytes), '')

/** In 2.1 a backslash is a sign like others, but before what it must keep from being read as a separator. */
const unescape21 = (text: string): string => text.replace(/\\([;,:\\])/g, '$1')
const escape21 = (text: string): string => text.replace(/\\(?=[;,:\\]|$)/g, '\\\\')
const unescaped = (version: VcardVersion, text: string): string =>
  version === '2.1' ? unescape21(text) : unescapeText(text)

/** One text, without escapes. */
export const textOf = (line: ContentLine, version: VcardVersion): string =>
  unescaped(version, valueText(line))

/** The parts of a structured value (N, ADR, ORG); each may be a list. */
export const partsOf = (line: ContentLine, version: VcardVersion): string[] =>
  splitEscaped(valueText(line), ';').map(each => unescaped(version, each))

/** A list of texts (CATEGORIES, NICKNAME). */
export const listOf = (line: ContentLine, version: VcardVersion): string[] =>
  splitEscaped(valueText(line), ',')
    .map(each => unescaped(version, each).trim())
    .filter(each => each !== '')

const hex = (byte: number): string => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`

/** Quoted-printable in one line: it is folded by soft breaks, which every reader of 2.1 knows. */
function quotedPrintable(bytes: ByteText): ByteText {
  let column = 0
  return bytes.replace(/[\s\S]/g, sign => {
    const code = sign.charCodeAt(0)
    const plain = code >= 0x20 && code < 0x7f && sign !== '=' ? sign : hex(code)
    const breaks = column + plain.length > 60
    column = breaks ? plain.length : column + plain.length
    return breaks ? `=\r\n${plain}` : plain
  })
}

export type WrittenValue = Readonly<{ value: ByteText; parameters: readonly Parameter[] }>

/** Whether a value needs no encoding in 2.1. */
const isPlain = (text: string): boolean => /^[\x20-\x7e]*$/.test(text)

/** 2.1 knows no escape but for the semicolon between parts, and neither line ends nor letters beyond ASCII unless quoted. */
function written21(text: string): WrittenValue {
  const value = text.replace(/\r\n|\n|\r/g, '\r\n')
  if (isPlain(value)) return { value, parameters: [] }
  return {
    value: quotedPrintable(utf8Bytes(value)),
    parameters: [
      { name: 'CHARSET', values: ['UTF-8'] },
      { name: 'ENCODING', values: ['QUOTED-PRINTABLE'] },
    ],
  }
}

export function writeText(version: VcardVersion, text: string): WrittenValue {
  if (version === '2.1') return written21(escape21(text))
  return { value: utf8Bytes(escapeText(text)), parameters: [] }
}

/** A URI, and what is no text: without escapes. */
export const writeUri = (text: string): WrittenValue => ({
  value: utf8Bytes(text.replace(/[\r\n]/g, '')),
  parameters: [],
})

export function writeParts(version: VcardVersion, parts: readonly string[]): WrittenValue {
  if (version === '2.1') return written21(parts.map(each => escape21(each).replaceAll(';', '\\;')).join(';'))
  return { value: utf8Bytes(parts.map(escapeText).join(';')), parameters: [] }
}

export function writeList(version: VcardVersion, list: readonly string[]): WrittenValue {
  if (version === '2.1') return written21(list.map(each => escape21(each).replaceAll(',', '\\,')).join(','))
  return { value: utf8Bytes(list.map(escapeText).join(',')), parameters: [] }
}
