import type { TaskPayload } from '../../../ports/store'
import { append } from './append'
import { createMailbox } from './create-mailbox'
import { deleteMailbox } from './delete-mailbox'
import { expunge } from './expunge'
import type { MailTask } from './mail-task'
import { move } from './move/move'
import { renameMailbox } from './rename-mailbox'
import { setFlags } from './set-flags'

const kinds = {
  'set-flags': setFlags,
  move,
  expunge,
  append,
  'create-mailbox': createMailbox,
  'rename-mailbox': renameMailbox,
  'delete-mailbox': deleteMailbox,
} satisfies Record<TaskPayload['kind'], MailTask>

/** The kind of a change of mail. */
export const mailTaskOf = (kind: TaskPayload['kind']): MailTask => kinds[kind]

/** All changes of mail that can be queued. */
export const mailTasks: readonly MailTask[] = Object.values(kinds)
