import { createHash } from 'node:crypto'
import type { StoredObject } from '../../ports/calendar/calendar-store'
import type { Needs } from '../../ports/parts'
import type { ChangedObject } from '../../ports/store'

/** Bytes that one entry of the journal keeps: an import over a whole calendar cannot be taken back. */
const mostBytes = 8_000_000

/** How a journal knows the bytes of an object again. */
export const objectDigest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64')

/** What becomes of a calendar object: its bytes before and after, null where it is not there. */
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
  of: 'event' | 'todo' = 'event',
): number | null {
  const size = changes.reduce((sum, { before }) => sum + (before?.length ?? 0), 0)
  if (changes.length === 0 || size > mostBytes) return null
  const objects: ChangedObject[] = changes.map(({ object, before, after }) => ({
    id: object.id,
    calendarId: object.calendarId,
    uid: object.uid,
    before: before && Buffer.from(before).toString('base64'),
    after: after && objectDigest(after),
  }))
  return store.tasks.addUndo({ label, inverse: { kind: 'events', objects, of } })
}
