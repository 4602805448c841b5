import type { DueAlarm } from '../../../../../shared/features/alarms/model'
import type { EventId } from '../../../../../shared/features/calendar/model'
import { SiegelError } from '../../../../../shared/kit/result'
import { newUid } from '../../../kit/objects/new-uid'
import type { DueReminder } from '../../../ports/calendar/alarms'
import type { StoredObject } from '../../../ports/calendar/calendar-store'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'
import { type AlarmContext, lookAt, lookAtAll, ownZone } from './look'

/** Reminders that one answer tells. */
const most = 200
/** Kinds of reminders that ask for no more than to be shown or heard. */
const plainActions = new Set(['DISPLAY', 'AUDIO'])

/** Reminders that are due, and what becomes of them. */
export function alarmUseCases(
  context: AlarmContext & Needs<'background'>,
): Pick<UseCases, 'alarms.due' | 'alarms.dismiss' | 'alarms.snooze'> {
  const { store, clock, reminders } = context
  const isOnlyHere = ({ calendarId }: StoredObject): boolean =>
    store.calendars.get(calendarId)?.isReadOnly ?? true
  const shown = (object: StoredObject, due: DueReminder): DueAlarm => ({
    id: object.id,
    calendarId: object.calendarId,
    kind: due.kind,
    title: due.title,
    location: due.location,
    triggerMs: due.triggerMs,
    at: due.at,
    refused: plainActions.has(due.action) ? null : due.action,
    isOnlyHere: isOnlyHere(object),
  })
  /** Writes into each object that is due what becomes of it, or beside it where it cannot be written. */
  const settle = (
    ids: readonly EventId[],
    write: (bytes: Uint8Array, nowMs: number) => Uint8Array,
    hiddenMs: number | null,
  ): void => {
    const nowMs = clock.now()
    store.transaction(() => {
      for (const id of new Set(ids)) {
        const row = store.alarms.row(id)
        const found = row && lookAt(context, row, nowMs, ownZone())
        // Seen on another device in the meantime, or gone.
        if (!found || found.due === null) continue
        if (isOnlyHere(found.object))
          store.alarms.seen(id, hiddenMs === null ? nowMs : (row.seenMs ?? 0), hiddenMs)
        else store.calendars.replace(id, write(found.object.bytes, nowMs))
      }
    })
  }
  return {
    'alarms.due': async () => {
      const nowMs = clock.now()
      // In the window `startRinging` looks, and tells of it.
      if (!context.background) await lookAtAll(context, { tells: false })
      const all = store.alarms.due().flatMap(row => {
        const found = lookAt(context, row, nowMs, ownZone())
        return found === null || found.due === null ? [] : [shown(found.object, found.due)]
      })
      all.sort((left, right) => right.triggerMs - left.triggerMs || left.id - right.id)
      return { alarms: all.slice(0, most), isCut: all.length > most }
    },
    'alarms.dismiss': ({ ids }) => {
      settle(ids, (bytes, nowMs) => reminders.dismissReminders(bytes, nowMs), null)
      return {}
    },
    'alarms.snooze': ({ ids, untilMs }) => {
      if (untilMs <= clock.now()) throw new SiegelError('bad-request', { field: 'untilMs' })
      settle(
        ids,
        (bytes, nowMs) => reminders.snoozeReminders(bytes, nowMs, untilMs, () => newUid(context)),
        untilMs,
      )
      return {}
    },
  }
}
