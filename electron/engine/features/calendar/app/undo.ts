import type { EventId } from '../../../../../shared/features/calendar/model'
import type { Undone } from '../../../../../shared/features/writing/model'
import { SiegelError } from '../../../../../shared/kit/result'
import { objectDigest } from '../../../kit/objects/note-changes'
import type { Needs } from '../../../ports/parts'
import type { UndoEntry } from '../../../ports/store'

/**
 * Takes a change of events back, inside a transaction: all of it or, where somebody changed one of them in the meantime, nothing. Returns how
 * many, null for what was no change of events. Throws `changed-since`.
 */
export function takeBackEvents({ store }: Needs<never, 'calendars'>, entry: UndoEntry): Undone | null {
  if (entry.kind !== 'events') return null
  const { objects } = entry
  const isAsLeft = (id: EventId, after: string | null): boolean => {
    const now = store.calendars.object(id)
    return now === null ? after === null : after === objectDigest(now.bytes)
  }
  if (!objects.every(({ id, calendarId, after }) => isAsLeft(id, after) && store.calendars.get(calendarId)))
    throw new SiegelError('changed-since')
  for (const { id, calendarId, uid, before } of objects)
    if (before === null) store.calendars.removeObject(id)
    else store.calendars.restore({ id, calendarId, uid, bytes: Buffer.from(before, 'base64') })
  return { what: entry.of ?? 'event', count: objects.length }
}
