/** Escaped TEXT (RFC 5545 §3.3.11) as people read it. */
export const readText = (value: string): string =>
  value.includes('\\')
    ? value.replace(/\\(.)/gs, (_, sign: string) => (sign === 'n' || sign === 'N' ? '\n' : sign))
    : value

/** Text as TEXT: line breaks as `\n`, what has a meaning of its own behind a backslash. */
export const writeText = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replace(/\r\n?|\n/g, '\\n')

/** The TEXTs of a list, divided by commas that are not escaped; empty ones are left out. */
export const readTexts = (value: string): string[] =>
  (value.match(/(?:\\.|[^,\\])+/gs) ?? []).map(each => readText(each).trim()).filter(each => each !== '')

/** A DURATION (§3.3.6): days of the calendar, then milliseconds exactly; both negative where it goes back. */
export type Duration = Readonly<{ days: number; ms: number }>

const durationForm =
  /^([+-]?)P(?:(\d{1,6})W)?(?:(\d{1,7})D)?(?:T(?:(\d{1,8})H)?(?:(\d{1,9})M)?(?:(\d{1,10})S)?)?$/i

/** Reads `P1D`, `-PT15M`, `P1W`; undefined for anything else and for what names no time at all. */
export function readDuration(text: string): Duration | undefined {
  const trimmed = text.trim()
  const match = durationForm.exec(trimmed)
  if (match === null || !/\d/.test(trimmed)) return undefined
  const [weeks, days, hours, minutes, seconds] = match.slice(2, 7).map(each => Number(each ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ]
  const sign = match[1] === '-' ? -1 : 1
  return {
    days: sign * (weeks * 7 + days) || 0,
    ms: sign * ((hours * 60 + minutes) * 60 + seconds) * 1000 || 0,
  }
}

/** Writes a DURATION. Days and time of opposite signs cannot be said and become time alone. */
export function writeDuration({ days, ms }: Duration): string {
  if (days * ms < 0) return writeDuration({ days: 0, ms: days * 86_400_000 + ms })
  const sign = days < 0 || ms < 0 ? '-' : ''
  const seconds = Math.abs(Math.round(ms / 1000))
  const parts = [
    [Math.floor(seconds / 3600), 'H'],
    [Math.floor(seconds / 60) % 60, 'M'],
    [seconds % 60, 'S'],
  ] as const
  const time = parts.flatMap(([count, unit]) => (count === 0 ? [] : [`${count}${unit}`])).join('')
  const day = days === 0 ? '' : `${Math.abs(days)}D`
  return `${sign}P${day}${time === '' ? (day === '' ? 'T0S' : '') : `T${time}`}`
}
