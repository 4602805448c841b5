import type { CalendarId } from '../../../shared/features/calendar/model'
import type { Todo } from '../../../shared/features/todos/model'

/** What is listed: by when, or of one list. */
export type TodoView =
  | Readonly<{ kind: 'today' | 'planned' | 'all' | 'done' }>
  | Readonly<{ kind: 'list'; calendarId: CalendarId }>

/** A line of the list; `group` stands above the first of each. */
export type TodoLine = Readonly<{
  todo: Todo
  depth: number
  group: TodoGroup
  /** Of the parts of it: how many are done, and how many there are. */
  parts: Readonly<{ done: number; count: number }>
}>
export type TodoGroup = 'none' | 'overdue' | 'someday' | Readonly<{ day: string }>

export const isOver = ({ status }: Todo): boolean => status === 'done' || status === 'cancelled'

/** The day on which it is due, by the clock that it is looked at by; null for none. */
function dueDay({ due, dueMs }: Todo, dayAt: (ms: number) => string): string | null {
  if (due === null || dueMs === null) return null
  return due.at.includes('T') ? dayAt(dueMs) : due.at
}

/** Whether its time is over; what is due on a day is late when that day is. */
export const isLate = (todo: Todo, nowMs: number, today: string): boolean =>
  !isOver(todo) &&
  todo.dueMs !== null &&
  (todo.due?.at.includes('T') ? todo.dueMs < nowMs : (todo.due?.at ?? today) < today)

/** None counts as least. */
const weight = ({ priority }: Todo): number => (priority === 0 ? 10 : priority)
const late = Number.POSITIVE_INFINITY
const byDue = (left: Todo, right: Todo): number =>
  (left.dueMs ?? late) - (right.dueMs ?? late) || weight(left) - weight(right) || left.id - right.id
const byDone = (left: Todo, right: Todo): number =>
  (right.doneMs ?? 0) - (left.doneMs ?? 0) || right.id - left.id

/** Deeper ones stand as deep as this. */
const deepest = 6

/** The lines of a view. A part stands below what it is a part of where that is listed as well. */
export function linesOf(
  all: readonly Todo[],
  view: TodoView,
  { nowMs, dayAt }: Readonly<{ nowMs: number; dayAt: (ms: number) => string }>,
): readonly TodoLine[] {
  const today = dayAt(nowMs)
  const dayOf = (todo: Todo) => dueDay(todo, dayAt)
  const begins = (todo: Todo) =>
    todo.start === null || todo.startMs === null
      ? null
      : todo.start.at.includes('T')
        ? dayAt(todo.startMs)
        : todo.start.at
  const isListed = (todo: Todo): boolean => {
    if (view.kind === 'done') return isOver(todo)
    if (view.kind === 'list') return todo.calendarId === view.calendarId && !isOver(todo)
    if (isOver(todo)) return false
    if (view.kind === 'planned') return todo.due !== null || todo.start !== null
    if (view.kind === 'today') return (dayOf(todo) ?? begins(todo) ?? '9') <= today
    return true
  }
  const listed = all.filter(isListed).toSorted(view.kind === 'done' ? byDone : byDue)
  const ids = new Set(listed.map(({ id }) => id))
  const below = new Map<number, Todo[]>()
  const parts = new Map<number, { done: number; count: number }>()
  for (const todo of all) {
    if (todo.parent === null) continue
    const counted = parts.get(todo.parent) ?? { done: 0, count: 0 }
    parts.set(todo.parent, { done: counted.done + (isOver(todo) ? 1 : 0), count: counted.count + 1 })
  }
  const isBelow = ({ parent }: Todo) => view.kind !== 'done' && parent !== null && ids.has(parent)
  for (const todo of listed)
    if (isBelow(todo) && todo.parent !== null)
      below.set(todo.parent, [...(below.get(todo.parent) ?? []), todo])
  const groupOf = (todo: Todo): TodoGroup => {
    if (view.kind === 'done') return todo.doneMs === null ? 'none' : { day: dayAt(todo.doneMs) }
    if (view.kind === 'list') return 'none'
    if (isLate(todo, nowMs, today)) return 'overdue'
    const day = dayOf(todo) ?? begins(todo)
    if (view.kind === 'today') return 'none'
    return day === null ? 'someday' : { day }
  }
  const lines: TodoLine[] = []
  const put = (todo: Todo, depth: number, group: TodoGroup): void => {
    lines.push({
      todo,
      depth: Math.min(depth, deepest),
      group,
      parts: parts.get(todo.id) ?? { done: 0, count: 0 },
    })
    for (const part of below.get(todo.id) ?? []) put(part, depth + 1, group)
  }
  for (const todo of listed) if (!isBelow(todo)) put(todo, 0, groupOf(todo))
  return lines
}

/** Whether a group is the same as that of the line before. */
export const sameGroup = (left: TodoGroup, right: TodoGroup): boolean =>
  JSON.stringify(left) === JSON.stringify(right)

/** How many are open in each view. */
export const countOf = (
  all: readonly Todo[],
  view: TodoView,
  clock: Readonly<{ nowMs: number; dayAt: (ms: number) => string }>,
): number => linesOf(all, view, clock).length

/** RFC 5545 §3.8.1.9 has three names for nine numbers. */
export const priorityName = (priority: number): 'none' | 'high' | 'medium' | 'low' =>
  priority === 0 ? 'none' : priority < 5 ? 'high' : priority === 5 ? 'medium' : 'low'
