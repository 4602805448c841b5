import type { Carrying, CarryRow } from '../../../store/keep/carry-over'

/** The name of a calendar that stands in for lost ones. */
const recovered = 'Recovered'

/**
 * A new store has its first calendar already, which gives way to those that were saved. Objects whose calendar could not be read are kept in
 * one that stands in for it; those of a lost account come again from its server.
 */
export function calendarCarryOver({
  connection,
  insert,
}: Carrying): Readonly<Record<'calendars' | 'calendar_objects', CarryRow>> {
  let shelter: number | null = null
  const isThere = (id: unknown): boolean =>
    connection.prepare<unknown[]>('SELECT 1 FROM calendars WHERE id = ?').get(id) !== undefined
  const shelterId = (): number =>
    (shelter ??= Number(
      connection
        .prepare<unknown[]>("INSERT INTO calendars (name, colour, position) VALUES (?, '#3465a4', 1000)")
        .run(recovered).lastInsertRowid,
    ))
  return {
    calendars: row => {
      connection.prepare<unknown[]>('DELETE FROM calendars WHERE id = ?').run(row['id'])
      return insert('calendars', row)
    },
    calendar_objects: row => {
      if (isThere(row['calendar'])) return insert('calendar_objects', row)
      if (row['href'] !== null && row['state'] === 'here') return false
      return insert('calendar_objects', {
        ...row,
        calendar: shelterId(),
        href: null,
        etag: null,
        base: null,
        state: 'here',
      })
    },
  }
}
