/** What may travel into a query. Booleans are written as 0 and 1 by the caller. */
export type SqlValue = string | number | null | Uint8Array

/** A query: text that was written in the program, and values that only ever become parameters. */
export type Sql = Readonly<{ strings: TemplateStringsArray; values: readonly SqlValue[] }>

/**
 * The only way to make a query. Every `${value}` becomes a bound parameter, never text; there is no way to
 * splice text in, so a list of ids travels as one JSON value and is opened with `json_each`.
 */
export function sql(strings: TemplateStringsArray, ...values: readonly SqlValue[]): Sql {
  return { strings, values }
}

/** A list as one parameter for `json_each`. */
export function jsonList(values: readonly (number | string)[]): string {
  return JSON.stringify(values)
}
