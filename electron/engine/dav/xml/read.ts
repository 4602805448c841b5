import { SaxesParser } from 'saxes'
import { SiegelError } from '../../../../shared/kit/result'

/** An element that was read: its name in Clark's notation, the text directly in it, and its children. */
export type In = Readonly<{
  name: string
  text: string
  attributes: ReadonlyMap<string, string>
  children: readonly In[]
}>

/** Deeper than any answer of RFC 4918, 4791, 6352 or 3744, and far from the end of the stack. */
const deepest = 40
/** Elements of one part; a principal with thousands of members stays below. */
const mostElements = 50_000

type Open = { name: string; text: string; attributes: Map<string, string>; children: In[] }

/**
 * Reads a document while it comes. Children of the root are handed to `onPart` and forgotten, so a long listing is never
 * held whole. Throws `protocol-violation` for what is not well-formed or cut off, has a document type (and with it
 * entities of its own), is too deep, or has another root than `root`; and whatever `onPart` throws.
 */
export async function readXml(
  body: AsyncIterable<Uint8Array>,
  root: string,
  onPart: (part: In) => void,
): Promise<void> {
  const parser = new SaxesParser({ xmlns: true, fragment: false })
  const stack: Open[] = []
  let elements = 0
  parser.on('error', error => {
    throw nonsense(error.message)
  })
  parser.on('doctype', () => {
    throw nonsense('a document type')
  })
  parser.on('opentag', ({ uri, local, attributes }) => {
    const name = `{${uri}}${local}`
    if (stack.length === 0 && name !== root) throw nonsense(`${name} instead of ${root}`)
    if (stack.length === deepest) throw nonsense('too deep')
    if (stack.length === 1) elements = 0
    if (++elements > mostElements) throw nonsense('too many elements in one part')
    const pairs = Object.values(attributes).map(each => [each.name, each.value] as const)
    stack.push({ name, text: '', attributes: new Map(pairs), children: [] })
  })
  const onText = (piece: string) => {
    const top = stack.at(-1)
    // Between the parts there is nothing but layout.
    if (top && stack.length > 1) top.text += piece
  }
  parser.on('text', onText)
  parser.on('cdata', onText)
  parser.on('closetag', () => {
    const done = stack.pop()
    const parent = stack.at(-1)
    if (!done || !parent) return
    if (stack.length === 1) onPart(done)
    else parent.children.push(done)
  })
  const decoder = new TextDecoder('utf-8')
  for await (const piece of body) parser.write(decoder.decode(piece, { stream: true }))
  parser.write(decoder.decode()).close()
}

/** The first child of that name. */
export const childOf = (parent: In | undefined, name: string): In | undefined =>
  parent?.children.find(child => child.name === name)

/** Its text without space around it; empty where there is none. */
export const textOf = (part: In | undefined): string => part?.text.trim() ?? ''

const nonsense = (detail: string) =>
  new SiegelError('protocol-violation', { detail: `XML: ${detail}`.slice(0, 200) })
