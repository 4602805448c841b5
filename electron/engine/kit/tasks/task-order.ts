import { assertNever } from '../../../../shared/kit/assert-never'
import type { TaskId } from '../../../../shared/kit/ids'
import type { TaskPayload } from '../../ports/store'

/** What a task touches: messages it must follow in order, and mailboxes that must exist or change name first. */
export type Touched = Readonly<{
  messages: readonly number[]
  uses: readonly string[]
  shapes: readonly string[]
}>

const mailboxKey = (id: number): string => `id ${id}`
const pathKey = (path: string): string => `path ${path}`

export function touchedBy(payload: TaskPayload, pathOf: (mailboxId: number) => string | null): Touched {
  const uses = (ids: readonly number[]): string[] => [...new Set(ids)].map(mailboxKey)
  const shapes = (id: number, ...paths: (string | null)[]): string[] => [
    mailboxKey(id),
    ...paths.flatMap(path => (path === null ? [] : [pathKey(path)])),
  ]
  switch (payload.kind) {
    case 'set-flags':
      return { messages: payload.messageIds, uses: [], shapes: [] }
    case 'move':
      return {
        messages: payload.items.map(item => item.messageId),
        uses: uses([...payload.items.map(item => item.fromMailboxId), payload.toMailboxId]),
        shapes: [],
      }
    case 'expunge':
      return { messages: [], uses: uses(payload.items.map(item => item.fromMailboxId)), shapes: [] }
    case 'append':
      return { messages: [payload.messageId], uses: uses([payload.mailboxId]), shapes: [] }
    case 'create-mailbox':
      return { messages: [], uses: [], shapes: shapes(payload.mailboxId, pathOf(payload.mailboxId)) }
    case 'rename-mailbox':
      return { messages: [], uses: [], shapes: shapes(payload.mailboxId, payload.oldPath, payload.newPath) }
    case 'delete-mailbox':
      return { messages: [], uses: [], shapes: [pathKey(payload.path)] }
    default:
      return assertNever(payload)
  }
}

/** Collects what blocked tasks touch and says which later ones must wait for them. */
export class Blocked {
  readonly #messages = new Map<number, TaskId>()
  readonly #uses = new Map<string, TaskId>()
  readonly #shapes = new Map<string, TaskId>()

  /** The earliest task that this one must wait for; null when there is none. */
  blockerOf(task: Touched): TaskId | null {
    const blockers = [
      ...task.messages.map(id => this.#messages.get(id)),
      ...task.uses.map(key => this.#shapes.get(key)),
      ...task.shapes.flatMap(key => [this.#shapes.get(key), this.#uses.get(key)]),
    ].filter(id => id !== undefined)
    return blockers.length === 0 ? null : blockers.reduce((first, id) => (id < first ? id : first))
  }

  add(id: TaskId, task: Touched): void {
    const note = <K>(map: Map<K, TaskId>, keys: readonly K[]) => {
      for (const key of keys) if (!map.has(key)) map.set(key, id)
    }
    note(this.#messages, task.messages)
    note(this.#uses, task.uses)
    note(this.#shapes, task.shapes)
  }
}
