import { z } from 'zod'
import { accountId, draftId, mailboxId, messageId, outboxId, taskId } from '../../kit/ids'
import { address, peoplePerField } from '../mail/model'
import { draftProtection, noChoice } from './protection'

/** Longest file name that comes in; file systems have 255. Everything that stores or answers one uses this. */
export const fileNameCharacters = 1000
/** Files of one draft: as many as are read of a message, so that each can be forwarded. */
export const filesPerDraft = 1000
/** People in To, Cc and Bcc together. */
export const peoplePerDraft = 3 * peoplePerField

/** What a file tells beyond what it shows, found when it was attached. */
const attachmentTraces = z.object({
  /**
   * - `image`: hidden data of it can be removed, and is unless the writer keeps it.
   * - `opaque`: a picture or recording that may hold place, time and device and cannot be cleaned here.
   * - `document`: may name its author and program.
   * - `none`: nothing of that kind is known of such files.
   */
  kind: z.enum(['none', 'image', 'opaque', 'document']),
  /** Hidden data that can be removed, in bytes; 0 where there is none. */
  removableBytes: z.number().int().nonnegative(),
  /** Whether a place stands in what can be removed. */
  location: z.boolean(),
})
export type AttachmentTraces = z.infer<typeof attachmentTraces>

export const draftAttachment = z.object({
  /** Row id in the store. */
  id: z.number().int().positive(),
  /** The name that recipients see, as it was given; the builder writes it cleaned and at most 150 characters long. */
  fileName: z.string().max(fileNameCharacters),
  /** The name it had when it was attached, where that is another one; it comes back on request. */
  originalName: z.string().max(fileNameCharacters).nullable(),
  contentType: z.string().max(200),
  /** Of the file as it was attached; cleaning happens when the message is built. */
  sizeBytes: z.number().int().nonnegative(),
  traces: attachmentTraces,
  /** The writer wants the file as it is, hidden data included. */
  keepsTraces: z.boolean(),
  /** A picture that stands in the HTML as `cid:` and this; null for a file. Where the HTML has no such place it is a file. */
  contentId: z.string().max(1000).nullable().default(null),
})
export type DraftAttachment = z.infer<typeof draftAttachment>

/** The parts of a draft that the writer edits. Address fields hold what was typed, also when not valid yet. */
export const draftContent = z.object({
  accountId,
  to: z.array(address).max(peoplePerField),
  cc: z.array(address).max(peoplePerField),
  bcc: z.array(address).max(peoplePerField),
  /** Where answers shall go, of a draft that another program began; Siegel writes none of itself. Absent: nowhere else. */
  replyTo: z.array(address).max(50).optional(),
  subject: z.string().max(2000),
  /** Plain text body, always present. */
  text: z.string().max(5_000_000),
  /** HTML body when the writer uses formatting; null for plain text. Sanitised again by the outgoing builder. */
  html: z.string().max(5_000_000).nullable(),
  /** Only over transport that is protected to the end (REQUIRETLS, RFC 8689), or not at all. Absent: no. */
  requireTls: z.boolean().optional(),
  /** From the account's address that sends over TLS only (`secureAliasOf`), where it has one. Absent: no. */
  secureAlias: z.boolean().optional(),
  /** What the writer chose; drafts of before there was a choice have none. */
  protection: draftProtection.default(noChoice),
  /** Of the people in `Draft.unprotected` those whom the writer agreed to write to. Absent: none. */
  agreedTo: z.array(z.string().max(1000)).max(peoplePerDraft).optional(),
})
export type DraftContent = z.infer<typeof draftContent>

export const draft = z.object({
  id: draftId,
  content: draftContent,
  attachments: z.array(draftAttachment).max(filesPerDraft),
  /** The message this one answers or forwards, when it is still here. */
  relation: z.object({ kind: z.enum(['reply', 'forward']), messageId: messageId.nullable() }).nullable(),
  /**
   * Of an answer to an encrypted message: people whom only fields outside its protection name, so that anybody could have put
   * them there. Nothing is sent to them before the writer agreed. `instead`: who is left without them. Null: there are none.
   */
  unprotected: z
    .object({
      addresses: z.array(address).max(peoplePerDraft),
      instead: z.array(address).max(peoplePerDraft),
    })
    .nullable()
    .default(null),
  /** The quote ends before the original does; what is quoted is cut at `quoteCharacters`. */
  quoteIsCut: z.boolean().default(false),
  /** Of a draft that another program began: header fields that are not kept when it is saved or sent from here. */
  leftOut: z.array(z.string().max(100)).max(40).default([]),
  /** False until the writer changed anything: such a draft is not uploaded, and goes when it is left. */
  touched: z.boolean().default(true),
  /** Bumped with every stored change; a save with an older revision is refused. */
  revision: z.number().int().nonnegative(),
  updatedAtMs: z.number(),
  /** Where the newest copy is. */
  serverState: z.enum(['local-only', 'uploading', 'uploaded', 'failed']),
})
export type Draft = z.infer<typeof draft>

/** `unknown`: the connection broke after the data was sent, and neither server nor Sent mailbox could say. */
export const outboxState = z.enum(['queued', 'sending', 'sent', 'failed', 'unknown'])
export type OutboxState = z.infer<typeof outboxState>

/** How far a submission got, in the order things happen (RFC 5321 §3, RFC 3207, RFC 4954). */
export const submissionStage = z.enum([
  'connect',
  'greeting',
  'ehlo',
  'starttls',
  'auth',
  'mail',
  'rcpt',
  'data',
  'message',
])
export type SubmissionStage = z.infer<typeof submissionStage>

export const outboxItem = z.object({
  id: outboxId,
  accountId,
  draftId: draftId.nullable(),
  messageIdHeader: z.string().max(1000),
  subject: z.string().max(2000),
  recipients: z.array(z.string().max(1000)).max(peoplePerDraft),
  state: outboxState,
  /** Error code, server text and place of the last try; rows of older versions name no place. */
  problem: z
    .object({
      code: z.string().max(60),
      detail: z.string().max(2000),
      stage: submissionStage.optional(),
    })
    .nullable(),
  attempts: z.number().int().nonnegative(),
  nextAttemptAtMs: z.number().nullable(),
  queuedAtMs: z.number(),
  sentAtMs: z.number().nullable(),
})
export type OutboxItem = z.infer<typeof outboxItem>

export const taskKind = z.enum([
  'set-flags',
  'move',
  'expunge',
  'append',
  'create-mailbox',
  'rename-mailbox',
  'delete-mailbox',
  // Queued by a version that knows more, or damaged: it can only be given up.
  'unknown',
])
export type TaskKind = z.infer<typeof taskKind>

const taskState = z.enum(['queued', 'running', 'waiting', 'failed', 'done'])
export type TaskState = z.infer<typeof taskState>

/** A change that was applied here at once and is replayed on the server. */
export const taskSummary = z.object({
  id: taskId,
  accountId,
  kind: taskKind,
  state: taskState,
  messageCount: z.number().int().nonnegative(),
  mailboxId: mailboxId.nullable(),
  /** The folder it makes, renames, deletes or puts something into; null when it names none any more. */
  mailboxName: z.string().max(1000).nullable(),
  createdAtMs: z.number(),
  attempts: z.number().int().nonnegative(),
  /** When a `waiting` one is tried next. */
  nextAttemptAtMs: z.number().nullable(),
  /** The earlier change that has to reach the server, or be given up, before this one can. */
  waitsFor: taskId.nullable(),
  problem: z.object({ code: z.string().max(60), detail: z.string().max(2000) }).nullable(),
})
export type TaskSummary = z.infer<typeof taskSummary>

/** The result of an undoable command. */
export const undoable = z.object({
  undoId: z.number().int().positive().nullable(),
  messageCount: z.number().int().nonnegative(),
})

/** What was taken back, and how much of it. */
export const undone = z.object({
  what: z.enum(['message', 'event', 'contact', 'todo']),
  count: z.number().int().nonnegative(),
})
export type Undone = z.infer<typeof undone>
