import type { AccountId } from '../../../../../shared/kit/ids'
import { isOfKind, type TaskKindEntry, type TaskRules, taskKind } from '../../../kit/tasks/task-kind'
import type { Clock, Log } from '../../../ports/basics'
import type { MailSession } from '../../../ports/mail/mail-backend'
import type { MimePort } from '../../../ports/mail/mime'
import type { Store, TaskPayload } from '../../../ports/store'
import type { UndoRule } from './undo-rule'

/** What the replay of a task works with. */
export type ReplayContext = Readonly<{
  accountId: AccountId
  store: Store
  mime: MimePort
  clock: Clock
  log: Log
  session: MailSession
  /** The provider was seen to file sent mail by itself, for the first time. */
  onLearned: () => void
  /** Right after a pass over all mailboxes: what is not known here is not on the server. */
  isAfterPass: boolean
  /** A change met a mailbox or a message that went since the last pass; it waits for the next. */
  onOldListing: () => void
}>

/** The payload of a kind. */
export type PayloadOf<K extends TaskPayload['kind']> = Extract<TaskPayload, { kind: K }>

/** A kind of change of mail: what the queue knows of it, and how it reaches the server. */
export type MailTaskRules<P extends TaskPayload> = TaskRules<P> &
  Readonly<{
    /**
     * Does the change on the server. Returns what books it in the store, inside the transaction that ends the task.
     * `begunBefore`: an earlier try was cut short, and may have done it, or half of it.
     */
    replay(context: ReplayContext, payload: P, begunBefore: boolean): Promise<() => void>
    /** How a command that made such changes is taken back; absent where it cannot be. */
    undo?: UndoRule
  }>

/** A kind whatever its payload is. `replay` throws when the payload is of another kind. */
export type MailTask = TaskKindEntry &
  Readonly<{
    replay(context: ReplayContext, payload: TaskPayload, begunBefore: boolean): Promise<() => void>
    undo: UndoRule | null
  }>

/** Makes a kind from its rules. */
export function mailTask<P extends TaskPayload>(rules: MailTaskRules<P>): MailTask {
  return {
    ...taskKind(rules),
    undo: rules.undo ?? null,
    replay: (context, payload, begunBefore) => {
      if (!isOfKind<P>(rules.kind, payload)) throw new Error(`${payload.kind} is not ${rules.kind}`)
      return rules.replay(context, payload, begunBefore)
    },
  }
}
