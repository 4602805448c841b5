import { limits } from '../../../ports/limits'
import { listOf, numberOf, type Token, textOf } from './tokens'

/** A node of BODYSTRUCTURE (RFC 3501 §7.4.2). `partId` is its IMAP number; the root of a multipart has "". */
export type StructureNode = Readonly<{
  partId: string
  /** Lower case, `type/subtype`. */
  contentType: string
  parameters: readonly (readonly [string, string])[]
  contentId: string | null
  encoding: string
  sizeBytes: number
  disposition: { kind: string; parameters: readonly (readonly [string, string])[] } | null
  children: readonly StructureNode[]
}>

/** The tree, cut at `limits.mimeParts` and `limits.mimeDepth`; null when there is no list to read. */
export function readStructure(token: Token): StructureNode | null {
  let parts = 0
  const read = (node: Token, partId: string, depth: number): StructureNode | null => {
    const list = listOf(node)
    if (list.length === 0 || depth > limits.mimeDepth || ++parts > limits.mimeParts) return null
    return Array.isArray(list[0])
      ? readMultipart(list, partId, depth)
      : readLeaf(list, partId === '' ? '1' : partId)
  }
  const readMultipart = (list: readonly Token[], partId: string, depth: number): StructureNode => {
    const children: StructureNode[] = []
    let at = 0
    for (; at < list.length && Array.isArray(list[at]); at++) {
      const child = read(list[at] ?? null, partId === '' ? `${at + 1}` : `${partId}.${at + 1}`, depth + 1)
      if (child) children.push(child)
    }
    return {
      partId,
      contentType: `multipart/${word(list[at]) || 'mixed'}`,
      parameters: readParameters(list[at + 1]),
      contentId: null,
      encoding: '',
      sizeBytes: 0,
      disposition: readDisposition(list[at + 2]),
      children,
    }
  }
  return read(token, '', 0)
}

function readLeaf(list: readonly Token[], partId: string): StructureNode {
  const contentType = `${word(list[0]) || 'application'}/${word(list[1]) || 'octet-stream'}`
  // text has a line count after the size; message/rfc822 has envelope, structure and line count.
  const after = contentType.startsWith('text/')
    ? 8
    : contentType === 'message/rfc822' || contentType === 'message/global'
      ? 10
      : 7
  return {
    partId,
    contentType,
    parameters: readParameters(list[2]),
    contentId: textOf(list[3]),
    encoding: word(list[5]),
    sizeBytes: numberOf(list[6]) ?? 0,
    // after: MD5, then disposition
    disposition: readDisposition(list[after + 1]),
    children: [],
  }
}

function readDisposition(token: Token | undefined): StructureNode['disposition'] {
  const list = listOf(token)
  const kind = word(list[0])
  return kind === '' ? null : { kind, parameters: readParameters(list[1]) }
}

function readParameters(token: Token | undefined): (readonly [string, string])[] {
  const list = listOf(token)
  const parameters: (readonly [string, string])[] = []
  for (let i = 0; i + 1 < list.length && parameters.length < 50; i += 2) {
    const name = word(list[i])
    const value = textOf(list[i + 1])
    if (name !== '' && value !== null) parameters.push([name, value.slice(0, 2_000)])
  }
  return parameters
}

/** A MIME token in lower case, or empty when it is none. */
function word(token: Token | undefined): string {
  const text = textOf(token)?.toLowerCase() ?? ''
  return /^[a-z0-9!#$&^_.+*'-]{1,100}$/.test(text) ? text : ''
}
