/** Ciphers of the registry (RFC 9580 §9.3, RFC 5581, SM4 as rnp numbers it) that nothing here opens. */
const unopened: ReadonlyMap<number, string> = new Map([
  [1, 'IDEA'],
  [11, 'Camellia'],
  [12, 'Camellia'],
  [13, 'Camellia'],
  [105, 'SM4'],
])
const opened: ReadonlySet<number> = new Set([2, 3, 4, 7, 8, 9, 10])

/** Null for a cipher that is opened here; otherwise its name, or its number where it has none. */
export const unsupportedCipher = (id: number): string | null =>
  opened.has(id) ? null : (unopened.get(id) ?? `cipher ${id}`)
