import type { CalendarId, EventId } from '../../../../../shared/features/calendar/model'
import type { TodoFields } from '../../../../../shared/features/todos/model'
import { SiegelError } from '../../../../../shared/kit/result'
import { newUid } from '../../../kit/objects/new-uid'
import { noteChanges, type ObjectChange } from '../../../kit/objects/note-changes'
import type { StoredObject } from '../../../ports/calendar/calendar-store'
import type { TodoChange } from '../../../ports/calendar/todos'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'
import { withParts } from './look'

type Context = Needs<'clock' | 'random' | 'todoFormat', 'calendars' | 'tasks' | 'transaction'>

/** Adding, changing, doing and removing to-dos. */
export function todoChangeUseCases(
  context: Context,
): Pick<UseCases, 'todos.add' | 'todos.change' | 'todos.done' | 'todos.move' | 'todos.remove'> {
  const { store, todoFormat, clock } = context
  const requireWritable = (id: CalendarId): void => {
    const calendar = store.calendars.get(id)
    if (calendar === null) throw new SiegelError('not-found', { what: 'calendar' })
    if (calendar.isReadOnly) throw new SiegelError('calendar-read-only', { name: calendar.name })
  }
  const requireTodo = (id: EventId): StoredObject => {
    const object = store.calendars.object(id)
    const isTodo =
      object !== null && store.calendars.byUid(object.calendarId, object.uid, 'VTODO').includes(id)
    if (object === null || !isTodo) throw new SiegelError('not-found', { what: 'todo' })
    requireWritable(object.calendarId)
    return object
  }
  /** What it is a part of by its UID, which must lie in the same calendar and not below it. */
  const changeOf = (
    { parent, ...fields }: TodoFields,
    calendarId: CalendarId,
    own: EventId | null,
  ): TodoChange => {
    if (parent === undefined) return fields
    if (parent === null) return { ...fields, parentUid: null }
    const above = requireTodo(parent)
    if (above.calendarId !== calendarId) throw new SiegelError('not-found', { what: 'todo' })
    if (own !== null && withParts([own], store.calendars.todos(calendarId)).includes(parent))
      throw new SiegelError('todo-part-of-itself')
    return { ...fields, parentUid: above.uid }
  }
  const replace = (object: StoredObject, bytes: Uint8Array): ObjectChange => {
    store.calendars.replace(object.id, bytes)
    return { object, before: object.bytes, after: bytes }
  }
  return {
    'todos.add': ({ calendarId, fields }) => {
      requireWritable(calendarId)
      const uid = newUid(context)
      const bytes = todoFormat.create(changeOf(fields, calendarId, null), uid, clock.now())
      return store.transaction(() => {
        const id = store.calendars.add(calendarId, bytes)
        const change: ObjectChange = { object: { id, calendarId, uid }, before: null, after: bytes }
        return { ids: [id], undoId: noteChanges(context, 'todos.add', [change], 'todo') }
      })
    },
    'todos.change': ({ id, fields, zone }) => {
      const object = requireTodo(id)
      const change = changeOf(fields, object.calendarId, id)
      const bytes = todoFormat.change(object.bytes, change, clock.now(), zone)
      return store.transaction(() => {
        const changes = [replace(object, bytes)]
        return { ids: [id], undoId: noteChanges(context, 'todos.change', changes, 'todo') }
      })
    },
    'todos.done': ({ ids, isDone, zone }) => {
      const nowMs = clock.now()
      const named = ids.map(requireTodo)
      const all = store.calendars.todos(null)
      const over = new Set(
        all
          .filter(({ facts: { status } }) => status === 'done' || status === 'cancelled')
          .map(each => each.id),
      )
      const changes: ObjectChange[] = []
      let moved = 0
      return store.transaction(() => {
        const take = (object: StoredObject): boolean => {
          const { bytes, isMoved } = todoFormat.done(object.bytes, isDone, nowMs, zone)
          changes.push(replace(object, bytes))
          moved += isMoved ? 1 : 0
          return isMoved
        }
        const taken = new Set<EventId>()
        for (const object of named) {
          if (taken.has(object.id) || over.has(object.id) === isDone) continue
          taken.add(object.id)
          const isMoved = take(object)
          // What goes on to its next time keeps its parts as they are.
          if (!isDone || isMoved) continue
          for (const part of withParts([object.id], all)) {
            const found = taken.has(part) || over.has(part) ? null : store.calendars.object(part)
            taken.add(part)
            if (found) take(found)
          }
        }
        const undoId = noteChanges(context, 'todos.done', changes, 'todo')
        return { ids: changes.map(({ object }) => object.id), undoId, moved }
      })
    },
    'todos.move': ({ ids, calendarId, zone }) => {
      requireWritable(calendarId)
      const named = ids.map(requireTodo).filter(each => each.calendarId !== calendarId)
      const all = store.calendars.todos(null)
      const moving = withParts(
        named.map(({ id }) => id),
        all,
      )
      const uids = new Set(all.filter(({ id }) => moving.includes(id)).map(({ facts }) => facts.uid))
      const to = store.calendars.get(calendarId)?.name ?? ''
      return store.transaction(() => {
        const came: EventId[] = []
        const changes = moving.flatMap((id): ObjectChange[] => {
          const object = store.calendars.object(id)
          if (object === null) return []
          if (store.calendars.byUid(calendarId, object.uid, 'VTODO').length > 0)
            throw new SiegelError('event-there-already', { name: to })
          const { parentUid } = todoFormat.read(object.bytes)
          const isCutOff = parentUid !== null && !uids.has(parentUid)
          const bytes = isCutOff
            ? todoFormat.change(object.bytes, { parentUid: null }, clock.now(), zone)
            : object.bytes
          // New there and none here: on a server that is how both calendars learn of it.
          store.calendars.removeObject(id)
          const made = store.calendars.add(calendarId, bytes)
          came.push(made)
          return [
            { object, before: object.bytes, after: null },
            { object: { id: made, calendarId, uid: object.uid }, before: null, after: bytes },
          ]
        })
        return { ids: came, undoId: noteChanges(context, 'todos.move', changes, 'todo') }
      })
    },
    'todos.remove': ({ ids }) => {
      for (const id of ids) requireTodo(id)
      const all = withParts(ids, store.calendars.todos(null))
      return store.transaction(() => {
        const changes = all.flatMap((id): ObjectChange[] => {
          const object = store.calendars.object(id)
          if (object === null) return []
          store.calendars.removeObject(id)
          return [{ object, before: object.bytes, after: null }]
        })
        return {
          ids: changes.map(({ object }) => object.id),
          undoId: noteChanges(context, 'todos.remove', changes, 'todo'),
        }
      })
    },
  }
}
