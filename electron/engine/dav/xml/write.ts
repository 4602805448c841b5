/** An element to be sent: its name in Clark's notation, and what is in it. */
export type Out = Readonly<{
  name: string
  inside?: string | readonly Out[]
  attributes?: Readonly<Record<string, string>>
}>

/** One element. */
export const element = (
  name: string,
  inside?: string | readonly Out[],
  attributes?: Readonly<Record<string, string>>,
): Out => ({ name, ...(inside === undefined ? {} : { inside }), ...(attributes ? { attributes } : {}) })

/** Letters that XML 1.0 has no way to write. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unwritable = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g

/** A document with this root, in UTF-8. Every element says its own namespace, so no prefix can be mistaken. */
export function writeXml(root: Out): Uint8Array {
  return Buffer.from(`<?xml version="1.0" encoding="utf-8"?>\n${text(root, '')}`, 'utf8')
}

function text({ name, inside, attributes }: Out, parentNamespace: string): string {
  const [, namespace = '', local = name] = /^\{(.*)\}(.*)$/.exec(name) ?? []
  const own = Object.entries({
    ...(namespace === parentNamespace ? {} : { xmlns: namespace }),
    ...attributes,
  })
  const start = `<${local}${own.map(([key, value]) => ` ${key}="${escaped(value)}"`).join('')}`
  if (inside === undefined || inside.length === 0) return `${start}/>`
  const content =
    typeof inside === 'string' ? escaped(inside) : inside.map(child => text(child, namespace)).join('')
  return `${start}>${content}</${local}>`
}

const escaped = (value: string) =>
  value
    .replace(unwritable, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;')
