import { type ParseArgsConfig, parseArgs } from 'node:util'
import { UsageError } from './exit'

type OptionSpec = NonNullable<ParseArgsConfig['options']>

/** Options every verb takes. */
const commonOptions = {
  profile: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  'passphrase-file': { type: 'string' },
} as const satisfies OptionSpec

export type Arguments = Readonly<{
  positionals: readonly string[]
  text(name: string): string | undefined
  /** Throws UsageError when absent. */
  required(name: string): string
  texts(name: string): readonly string[]
  flag(name: string): boolean
  /** A whole number from `min` (1) to `max`. */
  count(name: string, fallback: number, max: number, min?: number): number
}>

/** Before a word with a hyphen, for Node's parser; no argument of a process holds one. */
const dashedMark = '\0'

/**
 * Parses what follows the verb. Unknown options and missing values are usage errors. What follows an option that takes a text is its
 * value, also where it begins with one hyphen (`--alarm -PT15M`). `takesDashedWords`: what begins with one hyphen is a positional,
 * but for -h.
 */
export function parseArguments(
  argv: readonly string[],
  options: OptionSpec,
  takesDashedWords = false,
): Arguments {
  const known: OptionSpec = { ...commonOptions, ...options }
  const takesText = (text = ''): boolean => text.startsWith('--') && known[text.slice(2)]?.type === 'string'
  const isWord = (text: string, before: string | undefined): boolean =>
    /^-[^-]/u.test(text) && (takesText(before) || (takesDashedWords && text !== '-h'))
  let parsed: { values: Record<string, unknown>; positionals: string[] }
  try {
    parsed = parseArgs({
      args: argv.map((each, at) => (isWord(each, argv[at - 1]) ? dashedMark + each : each)),
      options: known,
      allowPositionals: true,
      strict: true,
    })
  } catch (error) {
    throw new UsageError(
      error instanceof Error ? (error.message.split('. To specify')[0] ?? error.message) : 'unknown option',
    )
  }
  const { values } = parsed
  const positionals = parsed.positionals.map(each => each.replace(dashedMark, ''))
  const text = (name: string) => {
    const value = values[name]
    return typeof value === 'string' ? value.replace(dashedMark, '') : undefined
  }
  return {
    positionals,
    text,
    required(name) {
      const value = text(name)
      if (value === undefined) throw new UsageError(`--${name} is missing`)
      return value
    },
    texts(name) {
      const value = values[name]
      return Array.isArray(value)
        ? value.flatMap(each => (typeof each === 'string' ? [each.replace(dashedMark, '')] : []))
        : typeof value === 'string'
          ? [value.replace(dashedMark, '')]
          : []
    },
    flag: name => values[name] === true,
    count(name, fallback, max, min = 1) {
      const value = text(name)
      if (value === undefined) return fallback
      const number = Number(value)
      if (!Number.isInteger(number) || number < min || number > max)
        throw new UsageError(`--${name} takes a whole number from ${min} to ${max}`)
      return number
    },
  }
}

export type { OptionSpec }
