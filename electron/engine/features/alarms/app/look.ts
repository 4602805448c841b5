import type { EventId } from '../../../../../shared/features/calendar/model'
import type { AlarmRow, AlarmStore } from '../../../ports/calendar/alarm-store'
import type { DueReminder, Reminders } from '../../../ports/calendar/alarms'
import type { StoredObject } from '../../../ports/calendar/calendar-store'
import type { Needs } from '../../../ports/parts'

export type AlarmContext = Needs<
  'clock' | 'random' | 'reminders' | 'emit' | 'log',
  'accounts' | 'calendars' | 'settings' | 'transaction'
> &
  Readonly<{ store: { alarms: AlarmStore } }>

/** Objects that are looked at without a pause: a first look over ten thousand takes a second or two in all. */
const batchObjects = 100
/** An object is not told of more often: there are rules with an instance every second. */
const toldAgainMs = 60_000
const never = -8.64e15

/** The zone of this machine, by which days and floating times are told. */
export const ownZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone

/** Addresses of the person, of all accounts. */
const ownAddresses = ({ store }: AlarmContext): ReadonlySet<string> =>
  new Set(store.accounts.list().map(({ config }) => config.address.toLowerCase()))

/** An object with what of it is due. Null where it is gone, or nothing in it reminds. */
export function lookAt(
  context: AlarmContext,
  row: AlarmRow,
  nowMs: number,
  zone: string,
): (Exclude<Reminders, { kind: 'none' }> & { object: StoredObject; knownMs: number }) | null {
  const object = context.store.calendars.object(row.id)
  if (object === null) return null
  const knownMs = Math.min(row.knownMs ?? nowMs, nowMs)
  let found: Reminders
  try {
    found = context.reminders.reminders(object.bytes, {
      ...{ nowMs, knownMs, seenMs: row.seenMs ?? never, zone },
      own: ownAddresses(context),
    })
  } catch {
    // What cannot be read reminds of nothing; the calendar says what is wrong with it.
    return null
  }
  if (found.kind === 'none') return null
  const isHidden = row.hiddenMs !== null && row.hiddenMs > nowMs
  if (!isHidden || found.due === null) return { ...found, object, knownMs }
  const nextMs = Math.min(found.nextMs ?? Number.POSITIVE_INFINITY, row.hiddenMs ?? 0)
  return { ...found, due: null, nextMs, object, knownMs }
}

/** What became due and was not told before. */
export type Fresh = Readonly<{ id: EventId; due: DueReminder }>

/** Looks at some of the objects of which something may be due. `isDone`: at all of them. */
function lookAtSome(
  context: AlarmContext,
  nowMs: number,
  zone: string,
  tells: boolean,
): Readonly<{ fresh: Fresh[]; isDone: boolean }> {
  const { store } = context
  const fresh: Fresh[] = []
  const rows = store.alarms.toLookAt(nowMs, zone, batchObjects)
  if (rows.length > 0)
    store.transaction(() => {
      for (const row of rows) {
        const found = lookAt(context, row, nowMs, zone)
        if (found === null) {
          store.alarms.forget(row.id)
          continue
        }
        const { due, knownMs } = found
        // What was put off here is told again.
        const told =
          row.hiddenMs !== null && row.hiddenMs <= nowMs && row.hiddenMs > (row.toldMs ?? never)
            ? null
            : row.toldMs
        const isFresh =
          due !== null && (told === null || (due.triggerMs > told && nowMs - told >= toldAgainMs))
        if (due !== null && isFresh) fresh.push({ id: row.id, due })
        store.alarms.lookedAt(row.id, {
          nextMs: found.nextMs === null ? null : Math.max(found.nextMs, nowMs + 1),
          isDue: due !== null,
          knownMs,
          toldMs: isFresh && tells ? nowMs : row.toldMs,
          zone,
        })
      }
    })
  return { fresh, isDone: rows.length < batchObjects }
}

/** Looks at everything that may be due by now. `tells`: what is fresh is told now, and is not fresh again. */
export async function lookAtAll(
  context: AlarmContext,
  { tells, isStopped = () => false }: Readonly<{ tells: boolean; isStopped?: () => boolean }>,
): Promise<Fresh[]> {
  const nowMs = context.clock.now()
  const zone = ownZone()
  context.store.alarms.clockSetBack(nowMs)
  const all: Fresh[] = []
  for (;;) {
    if (isStopped()) return all
    const { fresh, isDone } = lookAtSome(context, nowMs, zone, tells)
    all.push(...fresh)
    if (isDone) return all
    await new Promise(resolve => setImmediate(resolve))
  }
}
