import type { EventInstance } from '../../../shared/features/calendar/model'
import type { CallOutput } from '../../../shared/ipc/contract'
import type { Output } from './output'

const startOf = ({ days, startMs }: EventInstance): string => days?.from ?? new Date(startMs).toISOString()

/** Prints events, people, to-dos and what was said in chat that a search found. */
export function printFound(output: Output, found: CallOutput<'find.query'>): void {
  const told: readonly Readonly<{
    kind: string
    id: number
    title: string
    when: string | null
    conversationId?: number
    name?: string
    author?: string
  }>[] = [
    ...found.events.map(each => ({ kind: 'event', id: each.id, title: each.title, when: startOf(each) })),
    ...found.contacts.map(each => ({ kind: 'contact', id: each.id, title: each.name, when: null })),
    ...found.todos.map(each => ({
      kind: 'todo',
      id: each.id,
      title: each.title,
      when: each.due?.at ?? null,
    })),
    ...found.chats.map(({ conversationId, messageId, name, author, text, atMs }) => ({
      kind: messageId === null ? 'conversation' : 'chat',
      ...{ id: messageId ?? conversationId, title: messageId === null ? name : text },
      ...{ when: new Date(atMs).toISOString(), conversationId, name, author },
    })),
  ]
  output.result(told, () =>
    told.map(({ kind, id, title, when, name }) =>
      [
        ...[kind.padEnd(7), String(id).padStart(5), (when ?? '').slice(0, 16).padEnd(16)],
        kind === 'chat' ? `${name}: ${title.replaceAll(/\s+/gu, ' ')}` : title,
      ].join('  '),
    ),
  )
  if (found.isCut) output.note('There are more: raise --limit, or name a place with in:.')
}
