/**
 * Ends a switch over a union: the compiler proves that nothing is left, and at run time a value that
 * slipped past the types throws instead of being ignored.
 */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`)
}
