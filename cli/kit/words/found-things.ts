import type { EventInstance } from '../../../shared/features/calendar/model'
import type { CallOutput } from '../../../shared/ipc/contract'
import type { Output } from './output'

const startOf = ({ days, startMs }: EventInstance): string => days?.from ?? new Date(startMs).toISOString()

/** Prints events, people and to-dos that a search found. */
export function printFound(output: Output, found: CallOutput<'find.query'>): void {
  const told: readonly Readonly<{ kind: string; id: number; title: string; when: string | null }>[] = [
    ...found.events.map(each => ({ kind: 'event', id: each.id, title: each.title, when: startOf(each) })),
    ...found.contacts.map(each => ({ kind: 'contact', id: each.id, title: each.name, when: null })),
    ...found.todos.map(each => ({
      kind: 'todo',
      id: each.id,
      title: each.title,
      when: each.due?.at ?? null,
    })),
  ]
  output.result(told, () =>
    told.map(({ kind, id, title, when }) =>
      [kind.padEnd(7), String(id).padStart(5), (when ?? '').slice(0, 16).padEnd(16), title].join('  '),
    ),
  )
  if (found.isCut) output.note('There are more: raise --limit, or name a place with in:.')
}
