import { z } from 'zod'
import { accountId, messageId } from '../../../../../shared/kit/ids'
import type { SentCopyStore } from '../../../ports/mail/sent-copies'
import type { StoreContext } from '../../../store/context'
import type { ReadDb, WriteDb } from '../../../store/db'
import { sql } from '../../../store/sql'
import { storedJson } from '../../../store/stored-json'

/** A provider's copy that comes later than this is not looked for. */
const watchedForMs = 7 * 86_400_000
const mostWatched = 500

const state = z.object({
  watched: z.array(
    z.object({
      accountId,
      messageId,
      messageIdHeader: z.string(),
      filedAtMs: z.number(),
      fingerprint: z.string(),
    }),
  ),
  filedByProvider: z.array(accountId),
})
type State = z.output<typeof state>

/** One row among the settings: small, and kept when the store is rebuilt. */
const rowName = 'sentCopies'

export function createSentCopyStore({ database, feed, clock }: StoreContext): SentCopyStore {
  const { read } = database
  const load = (db: ReadDb): State => {
    const text = db.value<string>(sql`SELECT value FROM settings WHERE name = ${rowName}`)
    return (text === undefined ? null : storedJson(state, text)) ?? { watched: [], filedByProvider: [] }
  }
  const change = (work: (before: State) => State): void =>
    database.write((db: WriteDb) => {
      const after = work(load(db))
      db.run(sql`INSERT OR REPLACE INTO settings VALUES (${rowName}, ${JSON.stringify(after)})`)
    })
  const isFresh = (each: State['watched'][number]) => each.filedAtMs > clock.now() - watchedForMs
  return {
    watch: copy =>
      change(before => ({
        ...before,
        watched: [
          ...before.watched.filter(each => isFresh(each) && each.messageId !== copy.messageId),
          copy,
        ].slice(-mostWatched),
      })),
    watched: id => load(read).watched.filter(each => each.accountId === id && isFresh(each)),
    forget: id =>
      change(before => ({ ...before, watched: before.watched.filter(each => each.messageId !== id) })),
    isFiledByProvider: id => load(read).filedByProvider.includes(id),
    learn: id => {
      if (load(read).filedByProvider.includes(id)) return false
      change(before => ({ ...before, filedByProvider: [...before.filedByProvider, id] }))
      feed.note('account', [id])
      return true
    },
  }
}
