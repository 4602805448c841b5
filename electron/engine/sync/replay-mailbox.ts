import { SiegelError } from '../../../shared/ipc/result'
import { assertNever } from '../../../shared/util/assert-never'
import type { MailSession } from '../ports/mail-backend'
import type { TaskPayload } from '../ports/store'
import { createOnServer } from './create-on-server'
import { mailboxOf } from './remote-messages'
import type { ReplayContext } from './replay-context'

type Payload = Extract<TaskPayload, { kind: 'create-mailbox' | 'rename-mailbox' | 'delete-mailbox' }>

/** CREATE, RENAME or DELETE. One that turns out to be done already (an earlier answer was lost) is done. */
export async function replayMailboxTask(context: ReplayContext, payload: Payload): Promise<() => void> {
  const { session, store } = context
  switch (payload.kind) {
    case 'create-mailbox': {
      const here = store.mailboxes.row(payload.mailboxId)
      const row = here && mailboxOf(context, here.id)
      if (row)
        await orAlready(
          session,
          () => createOnServer(session, store, row),
          paths => paths.has(store.mailboxes.row(row.id)?.path ?? row.path) || paths.has(row.path),
        )
      break
    }
    case 'rename-mailbox': {
      const { oldPath, newPath } = payload
      await orAlready(
        session,
        () => session.renameMailbox(oldPath, newPath),
        paths => paths.has(newPath) && !paths.has(oldPath),
      )
      break
    }
    case 'delete-mailbox':
      await orAlready(
        session,
        () => session.deleteMailbox(payload.path),
        paths => !paths.has(payload.path),
      )
      break
    default:
      assertNever(payload)
  }
  return () => undefined
}

async function orAlready(
  session: MailSession,
  change: () => Promise<void>,
  isDone: (paths: ReadonlySet<string>) => boolean,
): Promise<void> {
  try {
    await change()
  } catch (error) {
    if (!(error instanceof SiegelError) || !['server-refused', 'mailbox-missing'].includes(error.code))
      throw error
    // A level that only others lie below is no mailbox.
    const there = (await session.list()).filter(each => each.selectable)
    if (!isDone(new Set(there.map(each => each.path)))) throw error
  }
}
