import { z } from 'zod'
import type { AccountId } from '../../../../../shared/kit/ids'
import { randomUuid } from '../../../kit/objects/new-uid'
import type { StoredStream, StoredToken, StreamStore } from '../../../ports/chat/stream-store'
import { accountNumber } from '../../../store/account-number'
import type { StoreContext } from '../../../store/context'
import type { WriteDb } from '../../../store/db'
import { sql } from '../../../store/sql'
import type { AfterRestore } from '../../../store/store-place'
import { storedJson } from '../../../store/stored-json'

const token = z.object({
  mechanism: z.string(),
  token: z.string(),
  expiresAtMs: z.number(),
  count: z.number(),
})

type Row = {
  user_agent: string
  scram: number
  hashed: number
  token: string | null
  stream: string | null
  jid: string | null
  handled: number
  acked: number
  promised: number
}

/** A copy of a profile is another device: what it would go on with belongs to the one it was copied from. */
export const forgetStreams: AfterRestore = connection => {
  connection.exec('DELETE FROM chat_streams; DELETE FROM chat_unacked;')
}

/** What is remembered of the streams to chat servers. */
export function createStreamStore({ database, random }: StoreContext): StreamStore {
  const { read } = database
  const rowOf = (id: AccountId): Row | undefined =>
    read.get<Row>(sql`
      SELECT s.* FROM chat_streams s JOIN accounts a ON a.number = s.account WHERE a.id = ${id}`)
  /** Runs `work` on the row of an account, which is there then. */
  const withRow = (id: AccountId, work: (db: WriteDb, number: number) => void, durable = false): void =>
    database.write(
      db => {
        const number = accountNumber(db, id)
        db.run(sql`
          INSERT INTO chat_streams (account, user_agent) VALUES (${number}, ${randomUuid(random)})
          ON CONFLICT DO NOTHING`)
        work(db, number)
      },
      { durable },
    )
  return {
    userAgent: id => {
      const known = rowOf(id)
      if (known) return known.user_agent
      withRow(id, () => undefined)
      return rowOf(id)?.user_agent ?? ''
    },
    pins: id => {
      const row = rowOf(id)
      return { scram: row?.scram === 1, downgradeHash: row?.hashed === 1 }
    },
    pin: (id, { scram, downgradeHash }) =>
      withRow(id, (db, number) =>
        db.run(sql`
          UPDATE chat_streams SET scram = ${scram ? 1 : 0}, hashed = ${downgradeHash ? 1 : 0} WHERE account = ${number}`),
      ),
    token: id => storedJson(token, rowOf(id)?.token ?? 'null') ?? null,
    setToken: (id, value: StoredToken | null) =>
      withRow(id, (db, number) =>
        db.run(sql`
          UPDATE chat_streams SET token = ${value === null ? null : JSON.stringify(value)} WHERE account = ${number}`),
      ),
    stream: (id): StoredStream | null => {
      const row = rowOf(id)
      if (!row || row.stream === null || row.jid === null) return null
      const { stream, jid, handled, acked, promised } = row
      return { id: stream, jid, handled, acked, promised }
    },
    setStream: (id, stream) =>
      withRow(id, (db, number) =>
        db.run(sql`
          UPDATE chat_streams SET stream = ${stream?.id ?? null}, jid = ${stream?.jid ?? null},
            handled = ${stream?.handled ?? 0}, acked = ${stream?.acked ?? 0}, promised = ${stream?.promised ?? 0}
          WHERE account = ${number}`),
      ),
    setHandled: (id, handled) =>
      withRow(id, (db, number) =>
        db.run(sql`UPDATE chat_streams SET handled = ${handled} WHERE account = ${number}`),
      ),
    setAcked: (id, acked) =>
      withRow(id, (db, number) =>
        db.run(sql`UPDATE chat_streams SET acked = ${acked} WHERE account = ${number}`),
      ),
    setPromised: (id, promised) =>
      withRow(id, (db, number) =>
        db.run(sql`UPDATE chat_streams SET promised = ${promised} WHERE account = ${number}`),
      ),
    unacked: id =>
      read
        .all<{ id: string; counter: number; tries: number; stanza: Buffer }>(sql`
          SELECT u.id, u.counter, u.tries, u.stanza FROM chat_unacked u JOIN accounts a ON a.number = u.account
          WHERE a.id = ${id} ORDER BY u.position`)
        .map(row => ({ ...row })),
    push: (id, { id: message, counter, stanza }) => {
      let isNew = false
      withRow(
        id,
        (db, number) => {
          isNew =
            db.run(sql`
              INSERT INTO chat_unacked (account, id, counter, stanza)
              VALUES (${number}, ${message}, ${counter}, ${Buffer.from(stanza)}) ON CONFLICT DO NOTHING`)
              .changes > 0
        },
        true,
      )
      return isNew
    },
    again: (id, message, counter) =>
      withRow(id, (db, number) =>
        db.run(sql`
          UPDATE chat_unacked SET counter = ${counter}, tries = tries + 1
          WHERE account = ${number} AND id = ${message}`),
      ),
    remove: (id, ids) =>
      withRow(id, (db, number) => {
        for (const message of ids)
          db.run(sql`DELETE FROM chat_unacked WHERE account = ${number} AND id = ${message}`)
      }),
    forgetLogin: id =>
      withRow(id, (db, number) =>
        db.run(sql`UPDATE chat_streams SET scram = 0, hashed = 0, token = NULL WHERE account = ${number}`),
      ),
    forget: id =>
      database.write(db => {
        const number = accountNumber(db, id)
        db.run(sql`DELETE FROM chat_streams WHERE account = ${number}`)
        db.run(sql`DELETE FROM chat_unacked WHERE account = ${number}`)
      }),
    transaction: work => database.write(work),
  }
}
