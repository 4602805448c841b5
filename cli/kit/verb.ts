import type { Arguments, OptionSpec } from './arguments'
import type { Output } from './words/output'

/** One verb of the command line: what it takes and what it does. Printing goes through `output` only. */
export type Verb = Readonly<{
  /** As typed, e.g. "account add". */
  name: string
  usage: string
  about: string
  options: OptionSpec
  /** How many positionals, after the verb's own words. */
  positionals: readonly [min: number, max: number]
  /** Whether -words are positionals: those of a search that must not occur. */
  takesDashedWords?: true
  run(options: Arguments, output: Output): Promise<void>
}>
