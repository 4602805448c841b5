import type { EventId } from '../../../../../shared/features/calendar/model'
import type { Todo } from '../../../../../shared/features/todos/model'
import { SiegelError } from '../../../../../shared/kit/result'
import type { IndexedTodo } from '../../../ports/calendar/calendar-store'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'

/** To-dos of one answer. */
const most = 5_000

type Context = Needs<'todoFormat', 'calendars'>

/** What names a to-do among those of its calendar. */
const nameOf = ({ calendarId, facts }: Pick<IndexedTodo, 'calendarId' | 'facts'>, uid = facts.uid): string =>
  `${calendarId} ${uid}`

/** To-dos by their names. Of two with one UID the first. */
function byName(all: readonly IndexedTodo[]): ReadonlyMap<string, IndexedTodo> {
  const found = new Map<string, IndexedTodo>()
  for (const each of all) if (!found.has(nameOf(each))) found.set(nameOf(each), each)
  return found
}

/** What a to-do is a part of; null where that is not there, and where it leads back to itself. */
function parentOf(todo: IndexedTodo, names: ReadonlyMap<string, IndexedTodo>): EventId | null {
  const above = (each: IndexedTodo): IndexedTodo | undefined =>
    each.facts.parentUid === null ? undefined : names.get(nameOf(each, each.facts.parentUid))
  const parent = above(todo)
  const seen = new Set<EventId>([todo.id])
  for (let each = parent; each !== undefined; each = above(each)) {
    // Of a ring every one stands for itself.
    if (each.id === todo.id) return null
    if (seen.has(each.id)) break
    seen.add(each.id)
  }
  return parent?.id ?? null
}

/** All that are a part of these, those themselves first. */
export function withParts(ids: readonly EventId[], all: readonly IndexedTodo[]): EventId[] {
  const names = byName(all)
  const below = new Map<EventId, EventId[]>()
  for (const each of all) {
    const parent = parentOf(each, names)
    if (parent !== null) below.set(parent, [...(below.get(parent) ?? []), each.id])
  }
  const found = new Set<EventId>()
  const take = (id: EventId): void => {
    if (found.has(id)) return
    found.add(id)
    for (const part of below.get(id) ?? []) take(part)
  }
  for (const id of ids) take(id)
  return [...found]
}

const shown = (
  { todoFormat }: Context,
  todo: IndexedTodo,
  names: ReadonlyMap<string, IndexedTodo>,
  zone: string,
): Todo => {
  const { parentUid: _, ...facts } = todo.facts
  return {
    ...facts,
    id: todo.id,
    calendarId: todo.calendarId,
    parent: parentOf(todo, names),
    dueMs: facts.due && todoFormat.instant(facts.due, zone),
    startMs: facts.start && todoFormat.instant(facts.start, zone),
  }
}

const isOver = ({ facts: { status } }: IndexedTodo): boolean => status === 'done' || status === 'cancelled'

/** To-dos as they are shown. */
export function todoViewUseCases(
  context: Context,
): Pick<UseCases, 'todos.list' | 'todos.get' | 'todos.usual'> {
  const { store, todoFormat } = context
  return {
    'todos.list': ({ zone, calendarId }) => {
      const all = store.calendars.todos(calendarId)
      const names = byName(all)
      const open = all.filter(each => !isOver(each))
      const over = all
        .filter(isOver)
        .sort((left, right) => (right.facts.doneMs ?? 0) - (left.facts.doneMs ?? 0) || right.id - left.id)
      return {
        todos: [...open, ...over].slice(0, most).map(each => shown(context, each, names, zone)),
        isCut: all.length > most,
      }
    },
    'todos.get': ({ id, zone }) => {
      const object = store.calendars.object(id)
      const all = object === null ? [] : store.calendars.todos(object.calendarId)
      const todo = all.find(each => each.id === id)
      if (object === null || todo === undefined) throw new SiegelError('not-found', { what: 'todo' })
      const { notes, isCut, categories, alarms } = todoFormat.read(object.bytes)
      return { ...shown(context, todo, byName(all), zone), notes, isCut, categories, alarms }
    },
    'todos.usual': () => {
      const writable = new Set(
        store.calendars
          .list()
          .filter(({ isReadOnly }) => !isReadOnly)
          .map(({ id }) => id),
      )
      const last = store.calendars
        .todos(null)
        .filter(({ calendarId }) => writable.has(calendarId))
        .reduce<IndexedTodo | null>(
          (newest, each) => (newest !== null && newest.id > each.id ? newest : each),
          null,
        )
      const [first = null] = writable
      return { calendarId: last?.calendarId ?? first }
    },
  }
}
