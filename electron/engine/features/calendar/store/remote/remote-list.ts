import { isSameCollection } from '../../../../kit/collections/same-collection'
import type { CalendarStore } from '../../../../ports/calendar/calendar-store'
import { accountNumber } from '../../../../store/account-number'
import type { StoreContext } from '../../../../store/context'
import { sql } from '../../../../store/sql'
import type { ObjectIndex } from '../object-index'

type Known = { id: number; href: string; server_name: string | null; server_colour: string | null }

/** The calendars that accounts have on servers. */
export function createRemoteList(
  { database, feed }: StoreContext,
  index: ObjectIndex,
): Pick<
  CalendarStore,
  'remote' | 'told' | 'schedules' | 'waitingCount' | 'forgetCollection' | 'forgetAccount'
> {
  const { read } = database
  return {
    remote: accountId =>
      read
        .all<{ id: number; href: string; read_only: number }>(sql`
          SELECT c.id, c.href, c.read_only FROM calendars c JOIN accounts a ON a.number = c.account
          WHERE a.id = ${accountId} AND c.href IS NOT NULL ORDER BY c.position, c.id`)
        .map(({ id, href, read_only }) => ({ id, url: href, isReadOnly: read_only === 1 })),
    told: (accountId, calendars, spelling) =>
      database.write(
        db => {
          const account = accountNumber(db, accountId)
          const known = db.all<Known>(
            sql`SELECT id, href, server_name, server_colour FROM calendars WHERE account = ${account} AND href IS NOT NULL`,
          )
          for (const { url, name, colour, owner, isReadOnly, schedules = false } of calendars) {
            const here = known.find(({ href }) => isSameCollection(href, url, spelling))
            if (here === undefined)
              db.run(sql`
                INSERT INTO calendars (account, href, name, colour, owner, read_only, schedules, server_name, server_colour, position)
                VALUES (${account}, ${url}, ${name}, ${colour}, ${owner}, ${isReadOnly ? 1 : 0}, ${schedules ? 1 : 0}, ${name}, ${colour},
                  (SELECT coalesce(max(position), 0) + 1 FROM calendars))`)
            else
              db.run(sql`
                UPDATE calendars SET owner = ${owner}, read_only = ${isReadOnly ? 1 : 0}, schedules = ${schedules ? 1 : 0},
                  name = iif(server_name IS ${name}, name, ${name}), server_name = ${name},
                  colour = iif(server_colour IS ${colour}, colour, ${colour}), server_colour = ${colour}
                WHERE id = ${here.id}`)
          }
          feed.note('calendar', null)
        },
        { durable: true },
      ),
    schedules: id =>
      read.value<number>(sql`SELECT schedules FROM calendars WHERE id = ${id} AND account IS NOT NULL`) === 1,
    waitingCount: accountId =>
      read.value<number>(sql`
        SELECT count(*) FROM calendar_objects o JOIN calendars c ON c.id = o.calendar
        JOIN accounts a ON a.number = c.account WHERE a.id = ${accountId} AND o.state <> 'here'`) ?? 0,
    forgetCollection: id =>
      database.write(
        db => {
          db.run(sql`DELETE FROM calendars WHERE id = ${id} AND account IS NOT NULL`)
          index.forget()
          database.afterRollback(() => index.forget())
          feed.note('calendar', null)
          feed.note('event', null)
        },
        { durable: true },
      ),
    forgetAccount: accountId =>
      database.write(
        db => {
          db.run(sql`DELETE FROM calendars WHERE account = ${accountNumber(db, accountId)}`)
          index.forget()
          database.afterRollback(() => index.forget())
          feed.note('calendar', null)
          feed.note('event', null)
        },
        { durable: true },
      ),
  }
}
