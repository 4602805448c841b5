import { z } from 'zod'
import { bytes, type Calls, done, filePath, nothing } from '../../ipc/call'
import { accountId, draftId, messageId, outboxId, taskId } from '../../kit/ids'
import { clearReport } from './clear-report'
import {
  draft,
  draftAttachment,
  draftContent,
  fileNameCharacters,
  filesPerDraft,
  outboxItem,
  taskSummary,
} from './model'
import { draftExplanation } from './readability'

/** A passphrase that people agreed on for one message; null: none. */
const agreedPassphrase = z.string().min(1).max(1000).nullable().default(null)

/** Drafts, the outbox and waiting tasks. */
export const writingCalls = {
  'drafts.create': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({
      /** `reply-list`: to the mailing list it came over; `not-found` when it came over none. */
      mode: z.enum(['new', 'reply', 'reply-all', 'reply-list', 'forward', 'edit']),
      messageId: messageId.nullable(),
      accountId: accountId.nullable(),
    }),
    out: draft,
  },
  'drafts.get': { kind: 'query', host: 'engine', face: 'all', in: z.strictObject({ draftId }), out: draft },
  'drafts.list': { kind: 'query', host: 'engine', face: 'all', in: nothing, out: z.array(draft) },
  /** Stored durably before it answers. */
  'drafts.save': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({
      draftId,
      content: draftContent,
      revision: z.number().int().nonnegative(),
      /** `start`: what the writer finds, such as the fields of a link; `kept`: to be kept even as it began. */
      as: z.enum(['start', 'kept']).optional(),
    }),
    out: draft,
  },
  'drafts.discard': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ draftId }),
    out: done,
  },
  /**
   * The writer looks away from a draft: one that was never touched, or is again as it began, leaves nothing behind; a draft of
   * another program stays on the server as it was. `kept`: whether it is still here.
   */
  'drafts.leave': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ draftId }),
    out: z.object({ kept: z.boolean() }),
  },
  /** The bytes of a picture that stands in the text. */
  'drafts.readAttachment': {
    kind: 'query',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ draftId, attachmentId: z.number().int() }),
    out: z.object({ fileName: z.string(), contentType: z.string(), bytes }),
  },
  'drafts.addAttachment': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({
      draftId,
      fileName: z.string().max(fileNameCharacters),
      contentType: z.string().max(200),
      bytes,
    }),
    out: draftAttachment,
  },
  'drafts.addAttachmentFiles': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ draftId, paths: z.array(filePath).max(filesPerDraft) }),
    out: z.array(draftAttachment),
  },
  'drafts.removeAttachment': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ draftId, attachmentId: z.number().int() }),
    out: done,
  },
  /** Gives one attachment, or with null all, a name that says nothing, an own one, or back the first. */
  'drafts.renameAttachments': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({
      draftId,
      attachmentId: z.number().int().nullable(),
      name: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('neutral') }),
        z.strictObject({ kind: z.literal('original') }),
        z.strictObject({ kind: z.literal('own'), fileName: z.string().trim().min(1).max(200) }),
      ]),
    }),
    out: draft,
  },
  /** Whether one attachment, or with null all, goes out with its hidden data. */
  'drafts.keepTraces': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ draftId, attachmentId: z.number().int().nullable(), keep: z.boolean() }),
    out: draft,
  },
  /** The exact bytes that would be sent. */
  'drafts.preview': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ draftId, passphrase: agreedPassphrase }),
    out: z.object({ bytes, text: z.string() }),
  },
  /** Who can read a draft once it is sent. `wait: false` answers from what is known, `true` looks domains up first. */
  'drafts.explain': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ draftId, wait: z.boolean() }),
    out: draftExplanation,
  },
  /**
   * With a passphrase the whole message goes as one sealed page, for people without a key (docs/adr/0017-writing.md). It is
   * used once and not kept.
   */
  'outbox.send': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ draftId, passphrase: agreedPassphrase }),
    out: outboxItem,
  },
  /** What of a finished message stands in clear, and whose keys open the rest. */
  'outbox.selfCheck': {
    kind: 'query',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ bytes }),
    out: clearReport,
  },
  'outbox.list': { kind: 'query', host: 'engine', face: 'all', in: nothing, out: z.array(outboxItem) },
  /** Takes a queued or failed message back into the drafts; null for one that the program wrote, which is gone then. */
  'outbox.cancel': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ outboxId }),
    out: draft.nullable(),
  },
  'outbox.retry': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ outboxId }),
    out: outboxItem,
  },
  /** The user's word on a message whose fate is unknown. */
  'outbox.resolve': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ outboxId, as: z.enum(['sent', 'send-again']) }),
    out: outboxItem,
  },
  'tasks.list': { kind: 'query', host: 'engine', face: 'all', in: nothing, out: z.array(taskSummary) },
  'tasks.retry': { kind: 'command', host: 'engine', face: 'all', in: z.strictObject({ taskId }), out: done },
  'tasks.discard': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ taskId }),
    out: done,
  },
} as const satisfies Calls
