/**
 * Domain names in one spelling: lower case, absolute with a final dot, every byte that is not a letter, digit,
 * hyphen, underscore or asterisk written as `\ddd` (RFC 1035 §5.1). So a literal dot always parts two labels.
 */

const plain = /^[a-z0-9_*-]$/

/** The root. */
export const ROOT = '.'

/** Labels from the left; none for the root. */
export function labelsOf(name: string): string[] {
  return name === ROOT ? [] : name.slice(0, -1).split('.')
}

/** A name of labels; the root of none. */
export function nameOf(labels: readonly string[]): string {
  return labels.length === 0 ? ROOT : `${labels.join('.')}.`
}

/** A host or domain as typed or configured (ASCII, IDNA done) as a name; null when it cannot be asked for. */
export function nameFromText(text: string): string | null {
  const bare = text.toLowerCase().replace(/\.$/, '')
  if (bare === '') return text === ROOT ? ROOT : null
  const labels = bare.split('.')
  if (labels.some(label => !/^[a-z0-9_*-]{1,63}$/.test(label))) return null
  return bare.length > 253 ? null : `${bare}.`
}

/** The spelling other parts of the program use: without the final dot. */
export function textOf(name: string): string {
  return name === ROOT ? ROOT : name.slice(0, -1)
}

/** One label of the wire in canonical spelling. */
export function labelFromWire(bytes: Uint8Array): string {
  let label = ''
  for (const byte of bytes) {
    const character = String.fromCharCode(byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte)
    label += plain.test(character) ? character : `\\${String(byte).padStart(3, '0')}`
  }
  return label
}

/** The bytes of one label. */
export function labelToWire(label: string): Buffer {
  const bytes: number[] = []
  for (let at = 0; at < label.length; at++) {
    if (label[at] === '\\') {
      bytes.push(Number(label.slice(at + 1, at + 4)))
      at += 3
    } else bytes.push(label.charCodeAt(at))
  }
  return Buffer.from(bytes)
}

/** Canonical wire form (RFC 4034 §6.2): lower case, uncompressed. */
export function nameToWire(name: string): Buffer {
  const parts = labelsOf(name).flatMap(label => {
    const bytes = labelToWire(label)
    return [Buffer.of(bytes.length), bytes]
  })
  return Buffer.concat([...parts, Buffer.of(0)])
}

/** Whether `name` is `zone` or below it. */
export function isUnder(name: string, zone: string): boolean {
  return zone === ROOT || name === zone || name.endsWith(`.${zone}`)
}

/** The last `count` labels of a name. */
export function ancestor(name: string, count: number): string {
  const labels = labelsOf(name)
  return nameOf(labels.slice(labels.length - count))
}

/** Canonical order (RFC 4034 §6.1): by labels from the right, each as unsigned bytes. */
export function compareNames(a: string, b: string): number {
  const left = labelsOf(a).reverse()
  const right = labelsOf(b).reverse()
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const order = Buffer.compare(labelToWire(left[at] ?? ''), labelToWire(right[at] ?? ''))
    if (order !== 0) return order
  }
  return left.length - right.length
}

/** The deepest name that both are, or are below. */
export function commonAncestor(a: string, b: string): string {
  const left = labelsOf(a).reverse()
  const right = labelsOf(b).reverse()
  const shared: string[] = []
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const label = left[at]
    if (label === undefined || label !== right[at]) break
    shared.unshift(label)
  }
  return nameOf(shared)
}
