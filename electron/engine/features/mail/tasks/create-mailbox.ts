import { z } from 'zod'
import { mailboxId } from '../../../../../shared/kit/ids'
import { sql } from '../../../store/sql'
import { mailTask, type PayloadOf } from './mail-task'
import { createOnServer } from './remote/create-on-server'
import { orAlready } from './remote/or-already'
import { mailboxOf } from './remote/remote-messages'

/** A mailbox that was made here. */
export const createMailbox = mailTask<PayloadOf<'create-mailbox'>>({
  kind: 'create-mailbox',
  reshapesMailboxes: true,
  payload: z.object({ kind: z.literal('create-mailbox'), mailboxId }),
  messages: () => [],
  mailboxes: (payload, pathOf) => {
    const path = pathOf(payload.mailboxId)
    return { uses: [], shapes: path === null ? [payload.mailboxId] : [payload.mailboxId, path] }
  },
  makes: payload => payload.mailboxId,
  words: (payload, pathOf) => ({
    messageCount: 0,
    mailboxId: payload.mailboxId,
    mailboxName: pathOf(payload.mailboxId),
  }),
  rollBack: ({ db, feed }, payload) => {
    db.run(sql`DELETE FROM mailboxes WHERE id = ${payload.mailboxId} AND total = 0`)
    feed.note('mailbox', [payload.mailboxId], 'shape')
  },
  replay: async (context, payload) => {
    const { session, store } = context
    if (store.mailboxes.row(payload.mailboxId)) {
      const row = mailboxOf(context, payload.mailboxId)
      await orAlready(
        session,
        () => createOnServer(session, store, row),
        paths => paths.has(store.mailboxes.row(row.id)?.path ?? row.path) || paths.has(row.path),
      )
    }
    return () => undefined
  },
})
