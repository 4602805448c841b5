import { z } from 'zod'
import { fingerprint } from '../../../../../shared/features/keys/model'
import type { AccountId } from '../../../../../shared/kit/ids'
import type {
  InboxEncryptionJob,
  InboxEncryptionSettings,
  InboxEncryptionStore,
  ReplacedMessages,
} from '../../../ports/keys/inbox-encryption'
import { accountNumber } from '../../../store/account-number'
import type { StoreContext } from '../../../store/context'
import type { ReadDb } from '../../../store/db'
import { sql } from '../../../store/sql'
import { storedJson } from '../../../store/stored-json'
import { createInboxCandidates } from './inbox-candidates'
import { createInboxJournal } from './inbox-journal'
import { createInboxOutcomes } from './inbox-outcomes'

const settingsSchema = z.object({
  on: z.boolean(),
  sinceMs: z.number(),
  extraKeys: z.array(fingerprint).max(9),
  hideSubject: z.boolean(),
  keepOriginalsDays: z.number().int().min(0).max(365),
  folders: z.array(z.string()).max(10_000),
  messagesPerMinute: z.number().positive().nullable(),
  problem: z.object({ code: z.string(), detail: z.string() }).nullable(),
})

const jobSchema = z.object({
  number: z.number().int(),
  kind: z.enum(['back-catalogue', 'decrypt', 'undo']),
  state: z.enum(['running', 'paused', 'done', 'stopped']),
  mailboxIds: z.array(z.custom<InboxEncryptionJob['mailboxIds'][number]>(id => typeof id === 'number')),
  total: z.number(),
  done: z.number(),
  skipped: z.number(),
  failed: z.number(),
  limit: z.number().nullable(),
})

const off: InboxEncryptionSettings = {
  on: false,
  sinceMs: 0,
  extraKeys: [],
  hideSubject: false,
  keepOriginalsDays: 14,
  folders: [],
  messagesPerMinute: null,
  problem: null,
}

/** The encrypted inbox, each concern in a file of its own. Settings that cannot be read mean off: nothing is touched. */
export function createInboxEncryptionStore(
  context: StoreContext,
  replaced: ReplacedMessages,
): InboxEncryptionStore {
  const { database, feed } = context
  const row = (db: ReadDb, accountId: AccountId) =>
    db.get<{ settings: string; job: string | null }>(sql`
      SELECT i.settings, i.job FROM inbox_encryption i JOIN accounts a ON a.number = i.account WHERE a.id = ${accountId}`)
  const settings = (accountId: AccountId): InboxEncryptionSettings =>
    storedJson(settingsSchema, row(database.read, accountId)?.settings ?? 'null') ?? off

  return {
    ...createInboxCandidates(context),
    ...createInboxJournal(context, replaced),
    ...createInboxOutcomes(context),
    settings,
    saveSettings: (accountId, next) =>
      database.write(
        db => {
          db.run(sql`
            INSERT INTO inbox_encryption (account, settings) VALUES (${accountNumber(db, accountId)}, ${JSON.stringify(next)})
            ON CONFLICT (account) DO UPDATE SET settings = excluded.settings`)
          feed.note('inbox-encryption', [accountId])
        },
        { durable: true },
      ),
    job: accountId => storedJson(jobSchema, row(database.read, accountId)?.job ?? 'null'),
    saveJob: (accountId, job) =>
      database.write(db => {
        const text = job === null ? null : JSON.stringify(job)
        db.run(sql`
          INSERT INTO inbox_encryption (account, settings, job)
          VALUES (${accountNumber(db, accountId)}, ${JSON.stringify(settings(accountId))}, ${text})
          ON CONFLICT (account) DO UPDATE SET job = excluded.job`)
        feed.note('inbox-encryption', [accountId])
      }),
  }
}
