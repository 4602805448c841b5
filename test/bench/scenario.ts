/** What a measurement is given. */
export type BenchOptions = Readonly<{
  /** Fewer messages and rounds: to see that everything works, not for numbers. */
  quick: boolean
  /** Messages of the generated mailbox. */
  messages: number
  rounds: number
  /** Tells the person who waits what is going on. */
  say: (words: string) => void
}>

/** A finished measurement, as it stands in docs/benchmarks.md. */
export type BenchTable = Readonly<{
  title: string
  /** What was done, and how to read it. */
  about: string
  head: readonly string[]
  rows: readonly (readonly string[])[]
  /** Aims of the project and whether they were met. */
  verdicts: readonly string[]
}>

export type Scenario = Readonly<{
  name: string
  run(options: BenchOptions): Promise<readonly BenchTable[]>
}>

/** One line about an aim: `value` must not be above `aim`. */
export const verdict = (what: string, value: number, aim: number, show: (value: number) => string): string =>
  `${what}: ${show(value)}, aim at most ${show(aim)}: ${value <= aim ? 'met' : '**missed**'}`

export const ratio = (value: number): string => value.toFixed(2)
