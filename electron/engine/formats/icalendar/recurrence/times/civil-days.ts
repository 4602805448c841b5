// Days of the Gregorian calendar as whole numbers: 0 is 1 January 1970. Plain arithmetic, since Date reads the years below 100
// as those of the last century and costs an object a day.

export const dayMs = 86_400_000

/** What a wall clock shows, in milliseconds (see TimeValue), cut to its day's number. */
export const dayOf = (wallMs: number): number => Math.floor(wallMs / dayMs)

const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Days of a month, 1 to 12. */
export const monthLength = (year: number, month: number): number =>
  month === 2 && isLeapYear(year) ? 29 : (lengths[month - 1] ?? 0)

export const yearLength = (year: number): number => (isLeapYear(year) ? 366 : 365)

/** The number of a day. `day` may lie outside of its month and then counts on. */
export function dayNumber(year: number, month: number, day: number): number {
  // Years are counted from March on, so that the leap day comes last.
  const shifted = month > 2 ? year : year - 1
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5)
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468 + day - 1
}

/** A day's year, month (1 to 12) and day (1 to 31). */
export type Civil = Readonly<{ year: number; month: number; day: number }>

export function civilOf(number: number): Civil {
  const shifted = number + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  }
}

/** 0 for Monday to 6 for Sunday. */
export const weekdayOf = (number: number): number => (((number + 3) % 7) + 7) % 7

/** The first day of a year's first week: the first that has four days or more in the year (RFC 5545 §3.3.10, BYWEEKNO). */
function firstWeekOf(year: number, weekStart: number): number {
  const newYear = dayNumber(year, 1, 1)
  const behind = (weekdayOf(newYear) - weekStart + 7) % 7
  return newYear - behind + (behind > 3 ? 7 : 0)
}

/** The number of the week that a day lies in, and how many weeks there are in the year that this week counts for. */
export function weekOf(number: number, weekStart: number): { week: number; weeks: number } {
  const { year } = civilOf(number)
  const weekYear =
    number < firstWeekOf(year, weekStart)
      ? year - 1
      : number >= firstWeekOf(year + 1, weekStart)
        ? year + 1
        : year
  const first = firstWeekOf(weekYear, weekStart)
  return {
    week: Math.floor((number - first) / 7) + 1,
    weeks: (firstWeekOf(weekYear + 1, weekStart) - first) / 7,
  }
}
