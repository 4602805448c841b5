import { z } from 'zod'
import type { Calls } from '../../ipc/call'
import { accountId, mailboxId } from '../../kit/ids'
import { fingerprint } from '../keys/model'
import { inboxEncryptionPreview, inboxEncryptionSkip, inboxEncryptionStatus } from './model'

/** The encrypted inbox. */
export const inboxEncryptionCalls = {
  'inboxEncryption.status': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ accountId }),
    out: inboxEncryptionStatus,
  },
  /** Throws `no-key`, `key-unusable`, `key-locked`, `key-not-backed-up`, `capability-missing`, `account-is-local`. */
  'inboxEncryption.set': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({
      accountId,
      on: z.boolean().optional(),
      /** Keys beside the account's own: a second device, recovery. */
      extraKeys: z.array(fingerprint).max(9).optional(),
      hideSubject: z.boolean().optional(),
      keepOriginalsDays: z.number().int().min(0).max(365).optional(),
      mailboxIds: z.array(mailboxId).max(10_000).optional(),
      messagesPerMinute: z.number().int().min(1).max(10_000).nullable().optional(),
    }),
    out: inboxEncryptionStatus,
  },
  'inboxEncryption.preview': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({
      accountId,
      kind: z.enum(['back-catalogue', 'decrypt', 'undo']),
      mailboxIds: z.array(mailboxId).max(10_000),
    }),
    out: inboxEncryptionPreview,
  },
  /** Starts a job; where nothing runs in the background it answers when the job has ended. */
  'inboxEncryption.run': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({
      accountId,
      kind: z.enum(['back-catalogue', 'decrypt']),
      mailboxIds: z.array(mailboxId).min(1).max(10_000),
      limit: z.number().int().min(1).nullable(),
    }),
    out: inboxEncryptionStatus,
  },
  'inboxEncryption.pause': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    /** `cancel`: it does not go on any more; what is done stays done. */
    in: z.strictObject({ accountId, cancel: z.boolean() }),
    out: inboxEncryptionStatus,
  },
  /** Goes on with a paused job, and tries again what stood still. */
  'inboxEncryption.resume': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ accountId }),
    out: inboxEncryptionStatus,
  },
  /** Puts the originals back that are still kept, as safely as they were replaced. */
  'inboxEncryption.undo': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ accountId }),
    out: inboxEncryptionStatus,
  },
  'inboxEncryption.skips': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ accountId }),
    out: z.array(inboxEncryptionSkip).max(1000),
  },
} as const satisfies Calls
