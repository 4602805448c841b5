import type { Scan } from './scan'
import { numberOf, numberPattern, wordEnd, wordStart } from './words'

/** How long it lasts: minutes, or whole days. */
export type QuickLength = Readonly<{ minutes: number } | { days: number }>

const pattern = (text: string): RegExp => new RegExp(`${wordStart}(?:${text})${wordEnd}`, 'iu')
const lead = '(?:(?:for|für|lang|about|ca\\.?)\\s+)?'
const hours = '(?:h|hrs?|hours?|std\\.?|stunden?)'
const minutes = '(?:m|mins?|minutes?|minuten?)'

/** "1,5" and "1.5". */
const decimal = (text: string): number => Number(text.replace(',', '.'))

export function readLength(scan: Scan): QuickLength | undefined {
  return (
    scan.first(
      pattern(
        `${lead}(\\d{1,2})\\s*h\\s*(\\d{1,2})(?:\\s*${minutes})?|${lead}(\\d{1,2})\\s*${hours}\\s*(?:und\\s+|and\\s+)?(\\d{1,2})\\s*${minutes}`,
      ),
      'length',
      ([, h1, m1, h2, m2]) => ({
        minutes: Number(h1 ?? h2) * 60 + Number(m1 ?? m2),
      }),
    ) ??
    scan.first(
      pattern(`${lead}(\\d{1,2}(?:[.,]\\d{1,2})?)\\s*${hours}(?:\\s+lang)?`),
      'length',
      ([, count = '']) => ({
        minutes: Math.round(decimal(count) * 60),
      }),
    ) ??
    scan.first(pattern(`${lead}(\\d{1,3})\\s*${minutes}(?:\\s+lang)?`), 'length', ([, count]) => ({
      minutes: Number(count),
    })) ??
    scan.first(pattern(`${lead}(?:half an hour|eine halbe stunde|halbe stunde)`), 'length', () => ({
      minutes: 30,
    })) ??
    scan.first(
      pattern(`${lead}(?:anderthalb|eineinhalb) stunden|${lead}(?:one|an) and a half hours`),
      'length',
      () => ({ minutes: 90 }),
    ) ??
    scan.first(pattern(`${lead}(${numberPattern})\\s+${hours}`), 'length', ([, count = '']) => ({
      minutes: numberOf(count) * 60,
    })) ??
    scan.first(
      pattern(
        `(?:for\\s+|für\\s+)(${numberPattern})\\s+(?:days?|tage?)|(\\d{1,2})\\s+(?:days|tage)(?:\\s+lang)?`,
      ),
      'length',
      ([, one, other]) => ({
        days: numberOf(one ?? other ?? '1'),
      }),
    ) ??
    scan.first(pattern('all[ -]day|ganztägig|ganztags|den ganzen tag'), 'length', () => ({ days: 1 }))
  )
}
