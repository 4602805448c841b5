import { assertNever } from '../../../shared/util/assert-never'
import type { TaskPayload } from '../ports/store'

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
  readonly #messages = new Set<number>()
  readonly #uses = new Set<string>()
  readonly #shapes = new Set<string>()

  blocks(task: Touched): boolean {
    return (
      task.messages.some(id => this.#messages.has(id)) ||
      task.uses.some(key => this.#shapes.has(key)) ||
      task.shapes.some(key => this.#shapes.has(key) || this.#uses.has(key))
    )
  }

  add(task: Touched): void {
    for (const id of task.messages) this.#messages.add(id)
    for (const key of task.uses) this.#uses.add(key)
    for (const key of task.shapes) this.#shapes.add(key)
  }
}
