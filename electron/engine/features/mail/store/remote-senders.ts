import type { RemoteSenderStore } from '../../../ports/net/remote'
import type { StoreContext } from '../../../store/context'
import { sql } from '../../../store/sql'

/** Senders whose images are always loaded. */
export function createRemoteSenderStore({ database, feed }: StoreContext): RemoteSenderStore {
  return {
    list: () =>
      database.read.all<{ address: string; allowedAtMs: number }>(
        sql`SELECT address, allowed_at AS allowedAtMs FROM remote_senders ORDER BY address`,
      ),
    has: address =>
      database.read.value<number>(
        sql`SELECT 1 FROM remote_senders WHERE address = ${address.toLowerCase()}`,
      ) !== undefined,
    add: (address, allowedAtMs) =>
      database.write(db => {
        db.run(sql`INSERT OR IGNORE INTO remote_senders VALUES (${address.toLowerCase()}, ${allowedAtMs})`)
        feed.note('settings', null, 'image-senders')
      }),
    remove: address =>
      database.write(db => {
        const { changes } = db.run(sql`DELETE FROM remote_senders WHERE address = ${address.toLowerCase()}`)
        feed.note('settings', null, 'image-senders')
        return changes > 0
      }),
  }
}
