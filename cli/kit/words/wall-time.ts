import { UsageError } from '../exit'

const timeForm = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)?$/

/** A day, or a time on the wall of a zone, as it is typed: `2026-03-29` or `2026-03-29T09:00`. */
export const onTheWall = (text: string): string => {
  if (timeForm.test(text)) return text
  throw new UsageError(`"${text}" is no time; write a day as 2026-03-29, a time as 2026-03-29T09:00`)
}
