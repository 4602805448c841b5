import type { CalendarId, CalendarSummary } from '../../../../../shared/features/calendar/model'
import type { AccountId } from '../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../shared/kit/result'
import type { CalendarStore } from '../../../ports/calendar/calendar-store'
import type { StoreContext } from '../../../store/context'
import { sql } from '../../../store/sql'
import type { ObjectIndex } from './object-index'

type Row = {
  id: number
  account_id: string | null
  name: string
  colour: string
  owner: string
  read_only: number
  visible: number
  schedules: number
  of_people: number
  subscribed: number
  objects: number
}

const summary = (row: Row): CalendarSummary => ({
  id: row.id as CalendarId,
  accountId: row.account_id as AccountId | null,
  name: row.name,
  colour: row.colour,
  isReadOnly: row.read_only === 1,
  owner: row.owner,
  isVisible: row.visible === 1,
  ...(row.of_people === 1 ? { isOfPeople: true } : {}),
  ...(row.subscribed === 1 ? { isSubscribed: true } : {}),
  ...(row.schedules === 1 ? { schedules: true } : {}),
  eventCount: row.objects,
})

/** The list of calendars. */
export function createCalendarList(
  { database, feed }: StoreContext,
  index: ObjectIndex,
): Pick<CalendarStore, 'list' | 'get' | 'addLocal' | 'addOfPeople' | 'change' | 'remove' | 'makeLocal'> {
  const { read } = database
  const list = (id: CalendarId | null): CalendarSummary[] =>
    read
      .all<Row>(sql`
        SELECT c.*, a.id AS account_id, EXISTS (SELECT 1 FROM calendar_subscriptions s WHERE s.calendar = c.id) AS subscribed,
          (SELECT count(*) FROM calendar_objects o WHERE o.calendar = c.id AND o.kind = 'VEVENT' AND o.state <> 'deleted') AS objects
        FROM calendars c LEFT JOIN accounts a ON a.number = c.account
        WHERE ${id} IS NULL OR c.id = ${id} ORDER BY c.position, c.id`)
      .map(summary)
  const get = (id: CalendarId): CalendarSummary | null => list(id)[0] ?? null
  const require = (id: CalendarId): CalendarSummary => {
    const found = get(id)
    if (found === null) throw new SiegelError('not-found', { what: 'calendar' })
    return found
  }
  return {
    list: () => list(null),
    get,
    addLocal: ({ name, colour }) =>
      database.write(
        db => {
          const { lastId } = db.run(sql`
            INSERT INTO calendars (name, colour, position)
            VALUES (${name}, ${colour}, (SELECT coalesce(max(position), 0) + 1 FROM calendars))`)
          feed.note('calendar', [lastId])
          return require(lastId as CalendarId)
        },
        { durable: true },
      ),
    addOfPeople: colour =>
      database.write(
        db => {
          const { lastId } = db.run(sql`
            INSERT INTO calendars (name, colour, position, read_only, of_people)
            VALUES ('', ${colour}, (SELECT coalesce(max(position), 0) + 1 FROM calendars), 1, 1)`)
          feed.note('calendar', [lastId])
          return require(lastId as CalendarId)
        },
        { durable: true },
      ),
    change: (id, change) =>
      database.write(
        db => {
          const now = require(id)
          const { name = now.name, colour = now.colour, isVisible = now.isVisible } = change
          db.run(sql`
            UPDATE calendars SET name = ${name}, colour = ${colour}, visible = ${isVisible ? 1 : 0} WHERE id = ${id}`)
          feed.note('calendar', [id])
          return require(id)
        },
        { durable: true },
      ),
    makeLocal: id =>
      database.write(
        db => {
          const { name } = require(id as CalendarId)
          // Two of one name cannot be told apart.
          const taken = new Set(
            list(null).flatMap(each => (each.accountId === null ? [each.name.toLowerCase()] : [])),
          )
          let own = name
          for (let count = 2; taken.has(own.toLowerCase()); count++) own = `${name} ${count}`
          db.run(sql`
            UPDATE calendars SET account = NULL, href = NULL, ctag = NULL, sync_token = NULL, unfinished = 0, server_name = NULL,
              server_colour = NULL, owner = '', read_only = 0, name = ${own} WHERE id = ${id}`)
          db.run(sql`DELETE FROM calendar_objects WHERE calendar = ${id} AND state = 'deleted'`)
          db.run(sql`
            UPDATE calendar_objects SET href = NULL, etag = NULL, schedule_tag = NULL, base = NULL, state = 'here'
            WHERE calendar = ${id}`)
          index.forget()
          database.afterRollback(() => index.forget())
          feed.note('calendar', [id])
          feed.note('event', null)
        },
        { durable: true },
      ),
    remove: id =>
      database.write(
        db => {
          require(id)
          db.run(sql`DELETE FROM calendars WHERE id = ${id}`)
          index.forget()
          database.afterRollback(() => index.forget())
          feed.note('calendar', [id])
          feed.note('event', null)
        },
        { durable: true },
      ),
  }
}
