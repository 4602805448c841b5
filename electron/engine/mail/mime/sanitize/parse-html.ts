import type { Root } from 'hast'
import { fromParse5 } from 'hast-util-from-parse5'
import { type DefaultTreeAdapterMap, Parser } from 'parse5'

/** Characters between two pauses. */
const charactersASlice = 32_768

/** A fragment of HTML as a tree, with pauses while it is read. */
export function* parseHtml(html: string): Generator<void, Root> {
  const parser = Parser.getFragmentParser<DefaultTreeAdapterMap>(null, { scriptingEnabled: false })
  for (let at = 0; at < html.length; at += charactersASlice) {
    parser.tokenizer.write(html.slice(at, at + charactersASlice), false)
    yield
  }
  parser.tokenizer.write('', true)
  return fromParse5(parser.getFragment()) as Root
}
