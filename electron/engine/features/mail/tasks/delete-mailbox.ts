import { z } from 'zod'
import { accountId } from '../../../../../shared/kit/ids'
import { mailTask, type PayloadOf } from './mail-task'
import { orAlready } from './remote/or-already'

/** A mailbox that was removed here. Taken back, the next listing names it again. */
export const deleteMailbox = mailTask<PayloadOf<'delete-mailbox'>>({
  kind: 'delete-mailbox',
  reshapesMailboxes: true,
  payload: z.object({ kind: z.literal('delete-mailbox'), accountId, path: z.string() }),
  messages: () => [],
  mailboxes: ({ path }) => ({ uses: [], shapes: [path] }),
  words: ({ path }) => ({ messageCount: 0, mailboxId: null, mailboxName: path }),
  replay: async ({ session }, { path }) => {
    await orAlready(
      session,
      () => session.deleteMailbox(path),
      paths => !paths.has(path),
    )
    return () => undefined
  },
})
