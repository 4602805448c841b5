import type { TaskId } from '../../../../shared/kit/ids'
import type { KnownTask, PathOf } from './task-kind'

/** What a task touches: messages it must follow in order, and mailboxes that must exist or change name first. */
export type Touched = Readonly<{
  messages: readonly number[]
  uses: readonly string[]
  shapes: readonly string[]
}>

const keyOf = (mailbox: number | string): string =>
  typeof mailbox === 'number' ? `id ${mailbox}` : `path ${mailbox}`

/** Of one that cannot be read nothing is known; the marks on its messages still hold others back. */
export function touchedBy(task: KnownTask | null, pathOf: PathOf): Touched {
  if (task === null) return { messages: [], uses: [], shapes: [] }
  const { uses, shapes } = task.mailboxes(pathOf)
  return { messages: task.messages, uses: [...new Set(uses)].map(keyOf), shapes: shapes.map(keyOf) }
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
