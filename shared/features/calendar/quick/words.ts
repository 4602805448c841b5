// Words of German and English for days, months and numbers. Both languages are read at once.

/** The ends of a word, in any alphabet. */
export const wordStart = '(?<![\\p{L}\\p{N}])'
export const wordEnd = '(?![\\p{L}\\p{N}])'

const monthNames: readonly string[][] = [
  ['januar', 'january', 'jan', 'jänner'],
  ['februar', 'february', 'feb', 'feber'],
  ['märz', 'maerz', 'march', 'mär', 'mar', 'mrz'],
  ['april', 'apr'],
  ['mai', 'may'],
  ['juni', 'june', 'jun'],
  ['juli', 'july', 'jul'],
  ['august', 'aug'],
  ['september', 'sept', 'sep'],
  ['oktober', 'october', 'okt', 'oct'],
  ['november', 'nov'],
  ['dezember', 'december', 'dez', 'dec'],
]

/** Monday first. The short German ones are whole words of two letters only. */
const weekdayNames: readonly string[][] = [
  ['montags', 'montag', 'mondays', 'monday', 'mon', 'mo'],
  ['dienstags', 'dienstag', 'tuesdays', 'tuesday', 'tues', 'tue', 'di'],
  ['mittwochs', 'mittwoch', 'wednesdays', 'wednesday', 'weds', 'wed', 'mi'],
  ['donnerstags', 'donnerstag', 'thursdays', 'thursday', 'thurs', 'thur', 'thu', 'do'],
  ['freitags', 'freitag', 'fridays', 'friday', 'fri', 'fr'],
  ['samstags', 'samstag', 'sonnabends', 'sonnabend', 'saturdays', 'saturday', 'sat', 'sa'],
  ['sonntags', 'sonntag', 'sundays', 'sunday', 'sun', 'so'],
]

const numberNames: readonly string[][] = [
  ['one', 'eins', 'ein', 'eine', 'einer', 'einem', 'einen', 'an', 'a'],
  ['two', 'zwei'],
  ['three', 'drei'],
  ['four', 'vier'],
  ['five', 'fünf'],
  ['six', 'sechs'],
  ['seven', 'sieben'],
  ['eight', 'acht'],
  ['nine', 'neun'],
  ['ten', 'zehn'],
  ['eleven', 'elf'],
  ['twelve', 'zwölf'],
]

const ordinalNames: readonly string[][] = [
  ['first', 'ersten', 'erste', 'erster', 'erstes'],
  ['second', 'other', 'zweiten', 'zweite', 'zweiter', 'zweites', 'anderen'],
  ['third', 'dritten', 'dritte', 'dritter', 'drittes'],
  ['fourth', 'vierten', 'vierte', 'vierter', 'viertes'],
  ['fifth', 'fünften', 'fünfte', 'fünfter', 'fünftes'],
]

const lookUp = (names: readonly string[][]): ReadonlyMap<string, number> =>
  new Map(names.flatMap((each, at) => each.map(name => [name, at] as const)))

const longestFirst = (names: readonly string[][]): string =>
  names
    .flat()
    .sort((left, right) => right.length - left.length)
    .join('|')

const months = lookUp(monthNames)
const weekdays = lookUp(weekdayNames)
const numbers = lookUp(numberNames)
const ordinals = lookUp(ordinalNames)

export const monthPattern = longestFirst(monthNames)
export const weekdayPattern = longestFirst(weekdayNames)
export const numberPattern = `\\d{1,3}|${longestFirst(numberNames)}`
export const ordinalPattern = `\\d{1,2}(?:\\.|st|nd|rd|th)|last|letzten|letzte|letzter|${longestFirst(ordinalNames)}`

/** 1 to 12. */
export const monthOf = (word: string): number => (months.get(word.toLowerCase()) ?? 0) + 1
/** 0 for Monday. */
export const weekdayOf = (word: string): number => weekdays.get(word.toLowerCase()) ?? 0
export const numberOf = (word: string): number =>
  /^\d+$/.test(word) ? Number(word) : (numbers.get(word.toLowerCase()) ?? 0) + 1
/** -1 for the last. */
export const ordinalOf = (word: string): number =>
  /^\d/.test(word)
    ? Number.parseInt(word, 10)
    : /^(last|letzte)/i.test(word)
      ? -1
      : (ordinals.get(word.toLowerCase()) ?? 0) + 1
