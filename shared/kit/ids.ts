import { z } from 'zod'

// zod compiles parsers with `new Function` when it may; the renderer's CSP forbids that, so never try.
z.config({ jitless: true })

/** An account: 32 lower-case hex digits, random, stable for the life of the account. */
export const accountId = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .brand<'AccountId'>()
export type AccountId = z.infer<typeof accountId>

/** A mailbox (IMAP folder or local folder): row id in the store. */
export const mailboxId = z.number().int().positive().brand<'MailboxId'>()
export type MailboxId = z.infer<typeof mailboxId>

/** One stored copy of a message: row id in the store, never reused. Not the Message-ID header. */
export const messageId = z.number().int().positive().brand<'MessageId'>()
export type MessageId = z.infer<typeof messageId>

/** A conversation: row id in the store. */
export const threadId = z.number().int().positive().brand<'ThreadId'>()
export type ThreadId = z.infer<typeof threadId>

/** A queued change: row id in the store. */
export const taskId = z.number().int().positive().brand<'TaskId'>()
export type TaskId = z.infer<typeof taskId>

/** A draft being written: 32 lower-case hex digits, random. */
export const draftId = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .brand<'DraftId'>()
export type DraftId = z.infer<typeof draftId>

/** A message handed over for sending: row id in the store. */
export const outboxId = z.number().int().positive().brand<'OutboxId'>()
export type OutboxId = z.infer<typeof outboxId>
