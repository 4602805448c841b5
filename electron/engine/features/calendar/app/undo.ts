import { createHash } from 'node:crypto'
import type { EventId } from '../../../../../shared/features/calendar/model'
import type { Undone } from '../../../../../shared/features/writing/model'
import { SiegelError } from '../../../../../shared/kit/result'
import type { StoredObject } from '../../../ports/calendar/calendar-store'
import type { Needs } from '../../../ports/parts'
import type { ChangedObject, UndoEntry } from '../../../ports/store'

/** Bytes that one entry of the journal keeps: an import over a whole calendar cannot be taken back. */
const mostBytes = 8_000_000

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64')

/** What becomes of an object: its bytes before and after, null where it is not there. */
export type ObjectChange = Readonly<{
  object: Pick<StoredObject, 'id' | 'calendarId' | 'uid'>
  before: Uint8Array | null
  after: Uint8Array | null
}>

/** Notes changes in the journal, inside their transaction. Null where they are too large to be kept. */
export function noteChanges(
  { store }: Needs<never, 'tasks'>,
  label: string,
  changes: readonly ObjectChange[],
): number | null {
  const size = changes.reduce((sum, { before }) => sum + (before?.length ?? 0), 0)
  if (changes.length === 0 || size > mostBytes) return null
  const objects: ChangedObject[] = changes.map(({ object, before, after }) => ({
    id: object.id,
    calendarId: object.calendarId,
    uid: object.uid,
    before: before && Buffer.from(before).toString('base64'),
    after: after && digest(after),
  }))
  return store.tasks.addUndo({ label, inverse: { kind: 'events', objects } })
}

/**
 * Takes a change of events back, inside a transaction: all of it or, where somebody changed one of them in the meantime, nothing. Returns how
 * many, null for what was no change of events. Throws `changed-since`.
 */
export function takeBackEvents({ store }: Needs<never, 'calendars'>, entry: UndoEntry): Undone | null {
  if (entry.kind !== 'events') return null
  const { objects } = entry
  const isAsLeft = (id: EventId, after: string | null): boolean => {
    const now = store.calendars.object(id)
    return now === null ? after === null : after === digest(now.bytes)
  }
  if (!objects.every(({ id, calendarId, after }) => isAsLeft(id, after) && store.calendars.get(calendarId)))
    throw new SiegelError('changed-since')
  for (const { id, calendarId, uid, before } of objects)
    if (before === null) store.calendars.removeObject(id)
    else store.calendars.restore({ id, calendarId, uid, bytes: Buffer.from(before, 'base64') })
  return { what: 'event', count: objects.length }
}
