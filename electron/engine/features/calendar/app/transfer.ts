import type { CallOutput } from '../../../../../shared/ipc/contract'
import { SiegelError } from '../../../../../shared/kit/result'
import { limits } from '../../../ports/limits'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'
import { requireCalendar, requireWritable } from './require'
import { newUid } from './uid'
import { noteChanges, type ObjectChange } from './undo'

type Context = Needs<'calendarObjects' | 'clock' | 'random' | 'files', 'calendars' | 'tasks' | 'transaction'>
type Report = CallOutput<'calendars.import'>

/** A report names so many; it counts all. */
const mostNamed = 1000

/** Events in and out as iCalendar files. */
export function calendarTransferUseCases(
  context: Context,
): Pick<UseCases, 'calendars.import' | 'calendars.export'> {
  const { store, files, calendarObjects } = context
  return {
    'calendars.import': async ({ calendarId, path }) => {
      requireWritable(context, calendarId)
      const objects = objectsOf(context, path, await files.read(path, limits.calendarFileBytes))
      return store.transaction(() => {
        const report = { added: 0, changed: 0, unchanged: 0, notTakenCount: 0 }
        const notTaken: Report['notTaken'] = []
        const changes: ObjectChange[] = []
        const leave = (title: string, reason: Report['notTaken'][number]['reason']): void => {
          report.notTakenCount += 1
          if (notTaken.length < mostNamed) notTaken.push({ title, reason })
        }
        for (const { uid: given, kind, title, bytes: read } of objects) {
          if (kind !== 'VEVENT' && kind !== 'VTODO' && kind !== 'VJOURNAL') {
            leave(title, 'other-kind')
            continue
          }
          if (read.length > limits.calendarObjectBytes) {
            leave(title, 'too-large')
            continue
          }
          const uid = given === '' ? newUid(context) : given
          const bytes = given === '' ? calendarObjects.withUid(read, uid) : read
          const [known] = given === '' ? [] : store.calendars.byUid(calendarId, uid, kind)
          const before = known === undefined ? null : store.calendars.object(known)
          if (before && Buffer.from(before.bytes).equals(bytes)) {
            report.unchanged += 1
            continue
          }
          if (before) {
            store.calendars.replace(before.id, bytes)
            report.changed += 1
            changes.push({ object: before, before: before.bytes, after: bytes })
          } else {
            const id = store.calendars.add(calendarId, bytes)
            report.added += 1
            changes.push({ object: { id, calendarId, uid }, before: null, after: bytes })
          }
        }
        return { ...report, notTaken, undoId: noteChanges(context, 'calendars.import', changes) }
      })
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
