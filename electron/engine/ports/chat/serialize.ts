import type { Element } from './element'

/** The namespace of stanzas between client and server (RFC 6120 §4.8.3), which a stream declares at its root. */
export const clientNamespace = 'jabber:client'

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'

/** Letters that XML 1.0 has no way to write, halves of surrogate pairs included. */
const unwritable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

const escaped = (value: string): string =>
  value
    .replace(unwritable, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll("'", '&apos;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;')

/** In attributes a line break would be read as a space (XML 1.0 §3.3.3). */
const escapedAttribute = (value: string): string =>
  escaped(value).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')

/** A prefix for an attribute in a namespace of its own. */
function attributeNamed(name: string, value: string, index: number): string {
  const [, namespace, local] = /^\{(.*)\}(.*)$/.exec(name) ?? []
  if (namespace === undefined || local === undefined) return ` ${name}='${escapedAttribute(value)}'`
  if (namespace === xmlNamespace) return ` xml:${local}='${escapedAttribute(value)}'`
  return ` xmlns:a${index}='${escapedAttribute(namespace)}' a${index}:${local}='${escapedAttribute(value)}'`
}

/**
 * An element as text, without prefixes: each element whose namespace is not that around it declares its own. `around`: the default
 * namespace where it is put; `jabber:client` inside a stream, so that a stored stanza has the same bytes whichever stream carries it.
 * What XML cannot write at all is left out.
 */
export function serialize(element: Element, around: string = clientNamespace): string {
  const declared = element.namespace === around ? '' : ` xmlns='${escapedAttribute(element.namespace)}'`
  const attributes = [...element.attributes].map(([name, value], index) => attributeNamed(name, value, index))
  const start = `<${element.name}${declared}${attributes.join('')}`
  if (element.children.length === 0) return `${start}/>`
  const inside = element.children.map(child =>
    typeof child === 'string' ? escaped(child) : serialize(child, element.namespace),
  )
  return `${start}>${inside.join('')}</${element.name}>`
}
