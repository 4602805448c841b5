import type { Element, Root } from 'hast'
import { fromParse5 } from 'hast-util-from-parse5'
import { type DefaultTreeAdapterMap, Parser } from 'parse5'

/** Characters between two pauses. */
const charactersASlice = 32_768

/** Nodes between two pauses. */
const nodesASlice = 1000

/** A fragment of HTML as a tree, with pauses while it is read. */
export function* parseHtml(html: string): Generator<void, Root> {
  const parser = Parser.getFragmentParser<DefaultTreeAdapterMap>(null, { scriptingEnabled: false })
  for (let at = 0; at < html.length; at += charactersASlice) {
    parser.tokenizer.write(html.slice(at, at + charactersASlice), false)
    yield
  }
  parser.tokenizer.write('', true)
  return yield* toHast(parser.getFragment())
}

type Parsed = DefaultTreeAdapterMap['childNode'] | DefaultTreeAdapterMap['documentFragment']

/** The same tree in hast, element by element, so that a large one is not turned at a stretch. */
function* toHast(fragment: DefaultTreeAdapterMap['documentFragment']): Generator<void, Root> {
  const root: Root = { type: 'root', children: [] }
  const open: { from: readonly Parsed[]; to: Root | Element; at: number }[] = [
    { from: fragment.childNodes, to: root, at: 0 },
  ]
  let count = 0
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const node = top.from[top.at++]
    if (node === undefined) {
      open.pop()
      continue
    }
    if (++count % nodesASlice === 0) yield
    const inside = 'childNodes' in node ? node.childNodes : []
    const turned = fromParse5('childNodes' in node ? { ...node, childNodes: [] } : node)
    if (turned.type !== 'element' && turned.type !== 'text') continue
    top.to.children.push(turned)
    if (turned.type === 'element' && inside.length > 0) open.push({ from: inside, to: turned, at: 0 })
  }
  return root
}
