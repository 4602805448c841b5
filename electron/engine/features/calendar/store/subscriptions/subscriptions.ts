import { z } from 'zod'
import type { CalendarId } from '../../../../../../shared/features/calendar/model'
import { accountRoute } from '../../../../../../shared/features/network/model'
import { problem } from '../../../../../../shared/kit/status'
import type {
  SubscriptionPlace,
  SubscriptionRow,
  SubscriptionState,
  SubscriptionStore,
} from '../../../../ports/calendar/subscription-store'
import type { StoreContext } from '../../../../store/context'
import { sql } from '../../../../store/sql'

type Row = {
  calendar: number
  url: string
  route: string
  follows: string
  ca_pem: string | null
  interval_ms: number | null
  next_ms: number
  state: string
}

const nothingYet: SubscriptionState = {
  suggestedMs: null,
  validators: null,
  wasEmpty: false,
  checkedAtMs: null,
  changedAtMs: null,
  failures: 0,
  problem: null,
  leftOut: 0,
}

const stateForm = z.object({
  suggestedMs: z.number().nullable(),
  validators: z
    .object({ url: z.string(), etag: z.string().nullable(), lastModified: z.string().nullable() })
    .nullable(),
  wasEmpty: z.boolean(),
  checkedAtMs: z.number().nullable(),
  changedAtMs: z.number().nullable(),
  failures: z.number(),
  problem: problem.nullable(),
  leftOut: z.number(),
})

function parsed<S extends z.ZodType>(form: S, text: string): z.output<S> | null {
  try {
    return form.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

const rowOf = (row: Row): SubscriptionRow => ({
  calendarId: row.calendar as CalendarId,
  url: row.url,
  route: parsed(accountRoute, row.route),
  follows: parsed(z.array(z.string()), row.follows) ?? [],
  caPem: row.ca_pem,
  intervalMs: row.interval_ms,
  nextAtMs: row.next_ms,
  state: parsed(stateForm, row.state) ?? nothingYet,
})

/** Addresses of calendars, and what their last answers were. */
export function createSubscriptionStore({ database, feed }: StoreContext): SubscriptionStore {
  const { read } = database
  const get = (id: CalendarId): SubscriptionRow | null => {
    const row = read.get<Row>(sql`SELECT * FROM calendar_subscriptions WHERE calendar = ${id}`)
    return row === undefined ? null : rowOf(row)
  }
  return {
    list: () =>
      read.all<Row>(sql`SELECT * FROM calendar_subscriptions ORDER BY calendar`).map(row => rowOf(row)),
    get,
    add: ({ name, colour }, place) =>
      database.write(
        db => {
          const { lastId } = db.run(sql`
            INSERT INTO calendars (name, colour, position, read_only)
            VALUES (${name}, ${colour}, (SELECT coalesce(max(position), 0) + 1 FROM calendars), 1)`)
          db.run(sql`
            INSERT INTO calendar_subscriptions (calendar, url, route, follows, ca_pem, interval_ms)
            VALUES (${lastId}, ${place.url}, ${JSON.stringify(place.route)}, ${JSON.stringify(place.follows)},
              ${place.caPem}, ${place.intervalMs})`)
          feed.note('calendar', [lastId])
          return lastId as CalendarId
        },
        { durable: true },
      ),
    change: (id, change, nextAtMs) =>
      database.write(
        db => {
          const before = get(id)
          if (before === null) return
          const next: SubscriptionPlace = { ...before, ...change }
          const isElsewhere =
            change.url !== undefined || change.route !== undefined || change.caPem !== undefined
          const state = isElsewhere ? { ...before.state, validators: null } : before.state
          db.run(sql`
            UPDATE calendar_subscriptions SET url = ${next.url}, route = ${JSON.stringify(next.route)},
              follows = ${JSON.stringify(next.follows)}, ca_pem = ${next.caPem}, interval_ms = ${next.intervalMs},
              next_ms = ${nextAtMs}, state = ${JSON.stringify(state)} WHERE calendar = ${id}`)
          feed.note('calendar', [id])
        },
        { durable: true },
      ),
    keepState: (id, state, nextAtMs) =>
      database.write(db => {
        db.run(sql`
          UPDATE calendar_subscriptions SET next_ms = ${nextAtMs}, state = ${JSON.stringify(state)}
          WHERE calendar = ${id}`)
        feed.note('calendar', [id])
      }),
  }
}
