import { z } from 'zod'
import { accountId, mailboxId, messageId } from '../../kit/ids'
import { fingerprint } from '../keys/model'

/** The encrypted inbox of one account. */
export const inboxEncryptionStatus = z.object({
  accountId,
  on: z.boolean(),
  /** Keys that mail is encrypted to; the account's own first. */
  keys: z.array(fingerprint).max(10),
  hideSubject: z.boolean(),
  /** Days that originals stay in the encrypted store of this machine. */
  keepOriginalsDays: z.number().int().min(0).max(365),
  /** Mailboxes beside the inbox whose new mail is taken. */
  mailboxIds: z.array(mailboxId).max(10_000),
  /** Speed limit of jobs; null: as fast as it goes. */
  messagesPerMinute: z.number().int().min(1).max(10_000).nullable(),
  /** A copy of the own key was written to a file; without one it may not be switched on. */
  keyBackedUp: z.boolean(),
  /** Why it may not be switched on, or stands still, or null. */
  problem: z.object({ code: z.string().max(60), detail: z.string().max(500) }).nullable(),
  /** The running or last job. */
  job: z
    .object({
      kind: z.enum(['back-catalogue', 'decrypt', 'undo']),
      state: z.enum(['running', 'paused', 'done', 'stopped']),
      total: z.number().int().nonnegative(),
      done: z.number().int().nonnegative(),
      skipped: z.number().int().nonnegative(),
      failed: z.number().int().nonnegative(),
    })
    .nullable(),
  undoable: z.number().int().nonnegative(),
})

/** What a job over mailboxes would look at. What is encrypted already is found out on the way. */
export const inboxEncryptionPreview = z.object({
  count: z.number().int().nonnegative(),
  bytes: z.number().nonnegative(),
  mailboxes: z
    .array(z.object({ mailboxId, count: z.number().int().nonnegative(), bytes: z.number().nonnegative() }))
    .max(10_000),
})
export type InboxEncryptionStatus = z.infer<typeof inboxEncryptionStatus>

/** A message that a run left as it is, and why. */
export const inboxEncryptionSkip = z.object({
  messageId,
  subject: z.string().max(2000),
  reason: z.string().max(60),
  detail: z.string().max(300),
})
export type InboxEncryptionSkip = z.infer<typeof inboxEncryptionSkip>
