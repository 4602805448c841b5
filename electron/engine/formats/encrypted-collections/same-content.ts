import { asLatin1 } from '../icalendar/calendar-objects'

/** What servers write themselves: their own name, and when something was stored. */
const stamps = /^(?:PRODID|DTSTAMP|LAST-MODIFIED|CREATED|CALSCALE|REV|METHOD)[;:]/i

/**
 * Whether all lines of an object are in what a server made of it: folds, order, letter case of names and stamps aside. What the server added does
 * no harm.
 */
export function hasAllOf(original: Uint8Array, copy: Uint8Array): boolean {
  const there = new Map<string, number>()
  for (const line of linesOf(copy)) there.set(line, (there.get(line) ?? 0) + 1)
  return linesOf(original).every(line => {
    const left = there.get(line) ?? 0
    there.set(line, left - 1)
    return left > 0
  })
}

function linesOf(bytes: Uint8Array): string[] {
  return asLatin1(bytes)
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r?\n/)
    .filter(line => line.trim() !== '' && !stamps.test(line))
    .map(line => {
      const colon = /^(?:[^":]|"[^"]*")*/.exec(line)?.[0].length ?? 0
      const [name = '', ...parameters] = line.slice(0, colon).split(';')
      return `${[name, ...parameters.sort()].join(';').toUpperCase()}${line.slice(colon)}`
    })
}
