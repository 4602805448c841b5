import { z } from 'zod'
import { mailboxId } from '../../../../../shared/kit/ids'
import type { WriteDb } from '../../../store/db'
import { sql } from '../../../store/sql'
import { mailTask, type PayloadOf } from './mail-task'
import { orAlready } from './remote/or-already'

type Payload = PayloadOf<'rename-mailbox'>

/** A mailbox that was given another name here, and with it what lies below it. */
export const renameMailbox = mailTask<Payload>({
  kind: 'rename-mailbox',
  reshapesMailboxes: true,
  payload: z.object({
    kind: z.literal('rename-mailbox'),
    mailboxId,
    oldPath: z.string(),
    newPath: z.string(),
  }),
  messages: () => [],
  mailboxes: payload => ({ uses: [], shapes: [payload.mailboxId, payload.oldPath, payload.newPath] }),
  words: payload => ({ messageCount: 0, mailboxId: payload.mailboxId, mailboxName: payload.newPath }),
  rollBack: ({ db, feed }, payload) => {
    renameBack(db, payload)
    feed.note('mailbox', null, 'shape')
  },
  replay: async ({ session }, { oldPath, newPath }) => {
    await orAlready(
      session,
      () => session.renameMailbox(oldPath, newPath),
      paths => paths.has(newPath) && !paths.has(oldPath),
    )
    return () => undefined
  },
})

function renameBack(db: WriteDb, { mailboxId: id, oldPath, newPath }: Payload): void {
  const mailbox = db.get<{ account: number; path: string; delimiter: string }>(
    sql`SELECT account, path, delimiter FROM mailboxes WHERE id = ${id}`,
  )
  if (mailbox === undefined || mailbox.path !== newPath) return
  const { account, delimiter } = mailbox
  if (db.value<number>(sql`SELECT 1 FROM mailboxes WHERE account = ${account} AND path = ${oldPath}`) === 1)
    return
  const below = `${newPath}${delimiter}`
  db.run(sql`UPDATE mailboxes SET path = ${oldPath} WHERE id = ${id}`)
  if (delimiter === '') return
  db.run(sql`
    UPDATE OR IGNORE mailboxes SET path = ${`${oldPath}${delimiter}`} || substr(path, length(${below}) + 1)
    WHERE account = ${account} AND substr(path, 1, length(${below})) = ${below}`)
}
