import type { EventId } from '../../../../../shared/features/calendar/model'
import type { AlarmRow, AlarmStore } from '../../../ports/calendar/alarm-store'
import type { StoreContext } from '../../../store/context'
import { sql } from '../../../store/sql'

type Row = {
  object: number
  due: number
  known_ms: number | null
  told_ms: number | null
  seen_ms: number | null
  hidden_ms: number | null
}

const asRow = (row: Row): AlarmRow => ({
  id: row.object as EventId,
  isDue: row.due === 1,
  knownMs: row.known_ms,
  toldMs: row.told_ms,
  seenMs: row.seen_ms,
  hiddenMs: row.hidden_ms,
})

export function createAlarmStore({ database, feed }: StoreContext): AlarmStore {
  const { read } = database
  const note = (): void => feed.note('alarm', null)
  return {
    toLookAt: (nowMs, zone, limit) =>
      read
        .all<Row>(sql`
          SELECT * FROM calendar_alarms WHERE next_ms <= ${nowMs} OR zone <> ${zone} ORDER BY next_ms LIMIT ${limit}`)
        .map(asRow),
    row: id => {
      const row = read.get<Row>(sql`SELECT * FROM calendar_alarms WHERE object = ${id}`)
      return row === undefined ? null : asRow(row)
    },
    due: () => read.all<Row>(sql`SELECT * FROM calendar_alarms WHERE due = 1`).map(asRow),
    nextMs: () => read.value<number | null>(sql`SELECT min(next_ms) FROM calendar_alarms`) ?? null,
    lookedAt: (id, { nextMs, isDue, knownMs, toldMs, zone }) =>
      database.write(db => {
        const was = db.value<number>(sql`SELECT due FROM calendar_alarms WHERE object = ${id}`)
        db.run(sql`
          UPDATE calendar_alarms SET next_ms = ${nextMs}, due = ${isDue ? 1 : 0}, known_ms = ${knownMs},
            told_ms = ${toldMs}, zone = ${zone} WHERE object = ${id}`)
        if (isDue || was === 1) note()
      }),
    forget: id =>
      database.write(db => {
        const was = db.value<number>(sql`SELECT due FROM calendar_alarms WHERE object = ${id}`)
        db.run(sql`DELETE FROM calendar_alarms WHERE object = ${id}`)
        if (was === 1) note()
      }),
    seen: (id, seenMs, hiddenMs) =>
      database.write(
        db => {
          db.run(sql`
            UPDATE calendar_alarms SET seen_ms = ${seenMs}, hidden_ms = ${hiddenMs}, next_ms = 0 WHERE object = ${id}`)
          note()
        },
        { durable: true },
      ),
    clockSetBack: nowMs =>
      database.write(db => {
        const isLater = sql`
          UPDATE calendar_alarms SET told_ms = min(told_ms, ${nowMs}), known_ms = min(known_ms, ${nowMs}), next_ms = 0
          WHERE told_ms > ${nowMs} OR known_ms > ${nowMs}`
        db.run(isLater)
      }),
  }
}
