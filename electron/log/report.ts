import type { LogLine } from './log'
import type { Fact } from './redact'

/** Facts whose text is one of the program's own words; of any other text only its length is told. */
const wordFacts: ReadonlySet<string> = new Set([
  'error',
  'code',
  'kind',
  'state',
  'phase',
  'purpose',
  'call',
  'cipher',
  'protocol',
  'operation',
  'at',
])

/** A word of the program: no space, no address, no host (two labels), no path. */
const isWord = (text: string): boolean =>
  /^[\w-]{1,60}$/.test(text) || /^[a-z][a-zA-Z]{0,30}\.[a-z][a-zA-Z]{0,30}$/.test(text)

/** A line of a stack without where the program lies: what was called, the file's own name, the place in it. */
const stackPlace = (text: string): string => {
  const [, name = '', file = '', place = ''] =
    /^at (?:(?:async )?([\w.#$<>]+) )?.*?([\w.-]+\.[cm]?[jt]s):(\d+:\d+)\)?$/.exec(text) ?? []
  return file === '' ? '[place]' : `${name} ${file}:${place}`.trim()
}

const reported = (name: string, fact: Fact): Fact => {
  if (typeof fact === 'string') {
    if (fact === '' || fact === '[secret]') return fact
    if (name === 'at') return stackPlace(fact)
    const mayStay = wordFacts.has(name) && isWord(fact) && (name === 'call' || !fact.includes('.'))
    return mayStay ? fact : `[text of ${fact.length} characters]`
  }
  if (Array.isArray(fact)) return fact.map(each => reported(name, each))
  if (typeof fact === 'object' && fact !== null)
    return Object.fromEntries(Object.entries(fact).map(([inner, each]) => [inner, reported(inner, each)]))
  return fact
}

/**
 * The log as text that may be shown to others: what happened, when, numbers and codes. Hosts, addresses, names of folders and
 * whatever else a server or a person said stand there by their length only.
 */
export const logReport = (lines: readonly LogLine[]): string =>
  lines
    .map(({ atMs, level, source, message, facts }) => {
      const shown = Object.entries(facts).map(
        ([name, fact]) => `${name}=${JSON.stringify(reported(name, fact))}`,
      )
      return [new Date(atMs).toISOString(), level.padEnd(5), `${source}:`, message, ...shown].join(' ')
    })
    .join('\n')
