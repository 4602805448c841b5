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

/**
 * A document with this root, in UTF-8. All prefixes are declared at the root and none is the default: Cyrus answers
 * properties that came with a default namespace of their own as if they were `DAV:`.
 */
export function writeXml(root: Out): Uint8Array {
  const prefixes = new Map<string, string>()
  const content = write(root, namespace => {
    const prefix = prefixes.get(namespace) ?? String.fromCharCode(letterA + prefixes.size)
    prefixes.set(namespace, prefix)
    return prefix
  })
  const declared = [...prefixes]
    .map(([namespace, prefix]) => ` xmlns:${prefix}="${escaped(namespace)}"`)
    .join('')
  // Behind the name of the root, which ends at a space, a slash or a bracket.
  const text = content.replace(/^<[^\s/>]+/, name => `${name}${declared}`)
  return Buffer.from(`<?xml version="1.0" encoding="utf-8"?>\n${text}`, 'utf8')
}

const letterA = 97

function write({ name, inside, attributes }: Out, prefixOf: (namespace: string) => string): string {
  const [, namespace = '', local = name] = /^\{(.*)\}(.*)$/.exec(name) ?? []
  const tag = `${prefixOf(namespace)}:${local}`
  const own = Object.entries(attributes ?? {}).map(([key, value]) => ` ${key}="${escaped(value)}"`)
  const start = `<${tag}${own.join('')}`
  if (inside === undefined || inside.length === 0) return `${start}/>`
  const content =
    typeof inside === 'string' ? escaped(inside) : inside.map(child => write(child, prefixOf)).join('')
  return `${start}>${content}</${tag}>`
}

const escaped = (value: string) =>
  value
    .replace(unwritable, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;')
