import { SiegelError } from '../../shared/ipc/result'

/** What may stand in a log line. */
export type Fact = string | number | boolean | null | readonly Fact[] | { readonly [key: string]: Fact }

/** Names under which only secrets and mail content travel, whatever their type. */
const secretNames = /pass|secret|token|phrase|credential|authorization|subject|body|snippet|html|draft|query/i

const textLimit = 300
const itemLimit = 20
const depthLimit = 4

const shortText = (text: string): string =>
  text.length <= textLimit ? text : `${text.slice(0, textLimit)} [${text.length} characters]`

const ofError = (error: Error): Fact => {
  if (error instanceof SiegelError) return { error: error.code, ...ofRecord(error.params, 1) }
  // A bug's message may quote what it was working on; its name and place may not.
  const at =
    error.stack
      ?.split('\n')
      .slice(1, 4)
      .map(line => line.trim()) ?? []
  return { error: error.name, at }
}

const ofRecord = (record: Readonly<Record<string, unknown>>, depth: number): Record<string, Fact> =>
  Object.fromEntries(
    Object.entries(record)
      .slice(0, itemLimit)
      .map(([name, value]) => [name, secretNames.test(name) ? '[secret]' : ofValue(value, depth + 1)]),
  )

const ofValue = (value: unknown, depth: number): Fact => {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return shortText(value)
  if (typeof value === 'number' || typeof value === 'boolean') return value
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object') return `[${typeof value}]`
  if (value instanceof Error) return ofError(value)
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (depth >= depthLimit) return '[deeper]'
  if (Array.isArray(value)) return value.slice(0, itemLimit).map(item => ofValue(item, depth + 1))
  return ofRecord(value as Record<string, unknown>, depth)
}

/** Facts made fit for a log: secrets by name, bytes by their number, errors without their words. */
export const redactFacts = (facts: Readonly<Record<string, unknown>>): Readonly<Record<string, Fact>> =>
  ofRecord(facts, 0)
