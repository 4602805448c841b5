import type { Element, Root } from 'hast'
import { voidElements } from './schema'

/** Nodes between two pauses. */
const nodesASlice = 2000

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const escapeValue = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')

/** The name of an attribute by that of its property. */
const attributeName = (property: string): string =>
  property === 'className'
    ? 'class'
    : /^(?:aria|data)[A-Z]/.test(property)
      ? property
          .replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
          .replace(/^aria-(.*)$/, (_all, rest: string) => `aria-${rest.replaceAll('-', '')}`)
      : property.toLowerCase()

function startTag({ tagName, properties }: Element): string {
  let tag = `<${tagName}`
  for (const [property, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue
    const text = value === true ? '' : Array.isArray(value) ? value.join(' ') : String(value)
    tag += ` ${attributeName(property)}="${escapeValue(text)}"`
  }
  return `${tag}>`
}

/** A tree of allowed elements as text, with pauses (HTML standard §13.3). */
export function* writeHtml(root: Root): Generator<void, string> {
  const out: string[] = []
  const open: { node: Root | Element; at: number }[] = [{ node: root, at: 0 }]
  let count = 0
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    if (++count % nodesASlice === 0) yield
    const child = top.node.children[top.at++]
    if (child === undefined) {
      open.pop()
      if (top.node.type === 'element') out.push(`</${top.node.tagName}>`)
    } else if (child.type === 'text') {
      // A parser drops a line break that comes first in `pre`.
      const isFirstInPre = top.at === 1 && top.node.type === 'element' && top.node.tagName === 'pre'
      out.push(isFirstInPre && child.value.startsWith('\n') ? '\n' : '', escapeText(child.value))
    } else if (child.type === 'element') {
      out.push(startTag(child))
      if (!voidElements.has(child.tagName)) open.push({ node: child, at: 0 })
    }
  }
  return out.join('')
}
