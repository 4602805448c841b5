/** One value of a parsed response, as imapflow's parser gives it. Literals are Buffers, NIL is null. */
export type Token = null | readonly Token[] | TokenNode
type TokenNode = Readonly<{
  type: string
  value?: string | Buffer
  section?: readonly Token[]
  partial?: readonly number[]
}>

/** One response line. `attributes` of an untagged numbered response begin with its name (`FETCH`). */
export type WireResponse = Readonly<{
  tag: string
  command: string
  attributes?: readonly Token[]
  /** Only for `* SEARCH`. */
  numbers?: readonly number[]
}>

const isList = (token: Token | undefined): token is readonly Token[] => Array.isArray(token)
const isNode = (token: Token | undefined): token is TokenNode =>
  token !== null && token !== undefined && !isList(token)

/** Text of an atom, string or literal (UTF-8); null for NIL and lists. */
export function textOf(token: Token | undefined): string | null {
  if (!isNode(token) || token.value === undefined) return null
  return typeof token.value === 'string' ? token.value : token.value.toString('utf8')
}

/** Bytes of a string or literal; null for NIL, lists, and quoted strings with bytes that were not UTF-8. */
export function bytesOf(token: Token | undefined): Buffer | null {
  if (!isNode(token) || token.value === undefined) return null
  if (typeof token.value !== 'string') return token.value
  // The parser reads lines as UTF-8. What a replacement character stood for is lost, so it is not a message.
  return token.value.includes('\ufffd') ? null : Buffer.from(token.value, 'utf8')
}

/** Members of a list; empty for anything else. */
export function listOf(token: Token | undefined): readonly Token[] {
  return isList(token) ? token : []
}

/** Texts of a list, NIL and lists left out. */
export function textsOf(token: Token | undefined): string[] {
  return listOf(token)
    .map(textOf)
    .filter(text => text !== null)
}

/** A decimal number up to 2^53, or null. */
export function numberOf(token: Token | undefined): number | null {
  const text = textOf(token)
  if (text === null || !/^\d{1,16}$/.test(text)) return null
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : null
}

/** A mod-sequence (63 bit, RFC 7162 §7) as decimal string without leading zeros, or null. */
export function modseqOf(token: Token | undefined): string | null {
  const text = isList(token) ? textOf(token[0]) : textOf(token)
  return text !== null && /^\d{1,19}$/.test(text) ? BigInt(text).toString() : null
}

/** Name and arguments of the response code (`[UIDVALIDITY 3]`), name in upper case. */
export function responseCodeOf(response: WireResponse): { name: string; values: readonly Token[] } | null {
  const first = response.attributes?.[0]
  if (!isNode(first) || first.value || !first.section) return null
  const name = textOf(first.section[0])
  return name === null ? null : { name: name.toUpperCase(), values: first.section.slice(1) }
}

/** FETCH items by name: `UID`, `FLAGS`, `BODY` (with a section) ... The last one of a name counts. */
export function fetchItemsOf(response: WireResponse): ReadonlyMap<string, Token> {
  const items = new Map<string, Token>()
  const list = listOf(response.attributes?.[1])
  for (let i = 0; i + 1 < list.length; i += 2) {
    const key = list[i]
    const name = textOf(key)?.toUpperCase()
    if (name === undefined || !isNode(key)) continue
    items.set(key.section ? sectionName(name, key.section) : name, list[i + 1] ?? null)
  }
  return items
}

function sectionName(name: string, section: readonly Token[]): string {
  return `${name}[${textOf(section[0])?.toUpperCase() ?? ''}]`
}
