import type { CalendarId } from '../../../../../shared/features/calendar/model'
import type { CallOutput } from '../../../../../shared/ipc/contract'
import { SiegelError } from '../../../../../shared/kit/result'
import { newUid } from '../../../kit/objects/new-uid'
import { noteChanges, type ObjectChange } from '../../../kit/objects/note-changes'
import type { ImportedObject } from '../../../ports/calendar/calendar-objects'
import { limits } from '../../../ports/limits'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'
import { requireCalendar, requireWritable } from './require'

type Context = Needs<'calendarObjects' | 'random' | 'files' | 'emit', 'calendars' | 'tasks' | 'transaction'>
type Report = CallOutput<'calendars.import'>
type NotTaken = Report['notTaken'][number]['reason']

/** A report names so many; it counts all. */
const mostNamed = 1000
/** One transaction each, and a pause for whoever waits: a kill loses the batch, and the next import finds the rest unchanged. */
const batchObjects = 100

/** Why an object is left out; null where it is taken. */
function leftOut({ kind, bytes, hasTime }: ImportedObject): NotTaken | null {
  if (kind !== 'VEVENT' && kind !== 'VTODO' && kind !== 'VJOURNAL') return 'other-kind'
  if (bytes.length > limits.calendarObjectBytes) return 'too-large'
  return hasTime() ? null : 'no-start'
}

/** Puts an object into a calendar, over one of the same UID and kind. Null where the same is there already. */
function take(context: Context, calendarId: CalendarId, object: ImportedObject): ObjectChange | null {
  const { store, calendarObjects } = context
  const isNameless = object.uid === ''
  const uid = isNameless ? newUid(context) : object.uid
  const bytes = isNameless ? calendarObjects.withUid(object.bytes, uid) : object.bytes
  const [known] = isNameless ? [] : store.calendars.byUid(calendarId, uid, object.kind)
  const before = known === undefined ? null : store.calendars.object(known)
  if (before === null)
    return {
      object: { id: store.calendars.add(calendarId, bytes), calendarId, uid },
      before: null,
      after: bytes,
    }
  if (Buffer.from(before.bytes).equals(bytes)) return null
  store.calendars.replace(before.id, bytes)
  return { object: before, before: before.bytes, after: bytes }
}

/** Events in and out as iCalendar files. */
export function calendarTransferUseCases(
  context: Context,
): Pick<UseCases, 'calendars.import' | 'calendars.export'> {
  const { store, files, calendarObjects, emit } = context
  return {
    'calendars.import': async ({ calendarId, path }) => {
      requireWritable(context, calendarId)
      const objects = objectsOf(context, path, await files.read(path, limits.calendarFileBytes))
      const report = { added: 0, changed: 0, unchanged: 0, notTakenCount: 0 }
      const notTaken: Report['notTaken'] = []
      const changes: ObjectChange[] = []
      const takeOne = (object: ImportedObject): void => {
        const reason = leftOut(object)
        if (reason !== null) {
          report.notTakenCount += 1
          if (notTaken.length < mostNamed) notTaken.push({ title: object.title, reason })
          return
        }
        const change = take(context, calendarId, object)
        if (change === null) report.unchanged += 1
        else {
          report[change.before === null ? 'added' : 'changed'] += 1
          changes.push(change)
        }
      }
      for (let from = 0; from < objects.length; from += batchObjects) {
        const batch = objects.slice(from, from + batchObjects)
        store.transaction(() => batch.forEach(takeOne))
        emit('progress', { job: 'import', done: from + batch.length, total: objects.length })
        await new Promise(resolve => setImmediate(resolve))
      }
      return { ...report, notTaken, undoId: noteChanges(context, 'calendars.import', changes) }
    },
    'calendars.export': async ({ calendarId, path }) => {
      requireCalendar(context, calendarId)
      const objects = [...store.calendars.objects(calendarId)]
      const bytes = Buffer.concat([...calendarObjects.join(objects)])
      await files.create(path, bytes)
      return { exported: objects.length }
    },
  }
}

function objectsOf({ calendarObjects }: Context, path: string, file: Uint8Array) {
  try {
    return calendarObjects.split(file)
  } catch (error) {
    throw error instanceof SiegelError && error.code === 'calendar-unreadable'
      ? new SiegelError('calendar-unreadable', { reason: String(error.params['reason']), path })
      : error
  }
}
