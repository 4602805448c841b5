import { createHash } from 'node:crypto'
import type { CalendarId } from '../../../../../shared/features/calendar/model'
import { SiegelError } from '../../../../../shared/kit/result'
import { factsOf } from '../../../formats/icalendar/event/object-facts'
import type { ImportedObject, PublishedCalendar } from '../../../ports/calendar/calendar-objects'
import type { StoredObject } from '../../../ports/calendar/calendar-store'
import { limits } from '../../../ports/limits'
import type { Needs } from '../../../ports/parts'

type Context = Needs<'calendarObjects', 'calendars' | 'transaction'>

/** One transaction each, and a pause for whoever waits. A kill loses the batch; the next try fetches all again. */
const batchObjects = 200

/** The time of a file's making, which many servers write anew into each event of each answer (RFC 5545 §3.8.7.2). */
const stamp = /^DTSTAMP[:;][^\n]*(?:\n[ \t][^\n]*)*\n/gm
const said = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1').replace(stamp, '')

const keyOf = (kind: string, uid: string): string => `${kind} ${uid}`

/** Puts what was published in the place of what was there; what says the same stays untouched. */
export async function takeCalendar(
  context: Context,
  calendarId: CalendarId,
  { objects }: PublishedCalendar,
  signal: AbortSignal,
): Promise<{ changed: number; leftOut: number }> {
  const { store } = context
  const there = new Map<string, StoredObject>()
  for (const object of store.calendars.stored(calendarId))
    there.set(keyOf(factsOf(object.bytes).kind, object.uid), object)
  let changed = 0
  let leftOut = 0
  const kept = new Set<string>()
  const takeOne = (object: ImportedObject): void => {
    if (!isTaken(object)) {
      leftOut += 1
      return
    }
    const { uid, bytes } = named(context, object)
    const key = keyOf(object.kind, uid)
    // A second one of that UID, in another VCALENDAR of the file.
    if (kept.has(key)) return
    kept.add(key)
    const before = there.get(key)
    if (before === undefined) store.calendars.add(calendarId, bytes)
    else if (said(before.bytes) === said(bytes)) return
    else store.calendars.replace(before.id, bytes)
    changed += 1
  }
  const inBatches = async <T>(all: readonly T[], work: (each: T) => void): Promise<void> => {
    for (let from = 0; from < all.length; from += batchObjects) {
      // It was removed meanwhile, or another way was chosen.
      if (signal.aborted || store.calendars.get(calendarId) === null) throw new SiegelError('cancelled')
      store.transaction(() => all.slice(from, from + batchObjects).forEach(work))
      await new Promise(resolve => setImmediate(resolve))
    }
  }
  await inBatches(objects, takeOne)
  const gone = [...there].flatMap(([key, { id }]) => (kept.has(key) ? [] : [id]))
  await inBatches(gone, id => store.calendars.removeObject(id))
  return { changed: changed + gone.length, leftOut }
}

/** What a file holds. Throws `calendar-unreadable`, and `too-large` for more objects than are taken. */
export function readPublished(
  { calendarObjects }: Needs<'calendarObjects'>,
  bytes: Uint8Array,
): PublishedCalendar {
  const published = calendarObjects.published(bytes)
  if (published.objects.length > limits.subscriptionObjects)
    throw new SiegelError('too-large', { what: 'calendar', limit: limits.subscriptionObjects })
  return published
}

const isTaken = ({ kind, bytes, hasTime }: ImportedObject): boolean =>
  (kind === 'VEVENT' || kind === 'VTODO') && bytes.length <= limits.calendarObjectBytes && hasTime()

/** One without a UID gets one of what it says, so that it is the same one next time. */
function named({ calendarObjects }: Context, { uid, bytes }: ImportedObject) {
  if (uid !== '') return { uid, bytes }
  const made = createHash('sha256').update(said(bytes)).digest('hex').slice(0, 32)
  return { uid: made, bytes: calendarObjects.withUid(bytes, made) }
}
