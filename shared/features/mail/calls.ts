import { z } from 'zod'
import { bytes, type Calls, done, filePath, givenForMessage, ids, nothing } from '../../ipc/call'
import { accountId, mailboxId, messageId } from '../../kit/ids'
import { undoable, undone } from '../writing/model'
import { importReport } from './archive'
import { attachedMessage, attachedPath } from './attached-message'
import { linkFinding } from './link-finding'
import {
  chosenRole,
  mailboxRole,
  mailboxSummary,
  messageDetail,
  messageSummary,
  remoteLoadReport,
  remoteSender,
  syncWindow,
  systemFlag,
  unsubscribeChoice,
} from './model'

/** Messages to list: one mailbox, or all mailboxes of a role (unified inbox), newest first. */
const messageListQuery = z.strictObject({
  mailboxId: mailboxId.nullable(),
  role: mailboxRole.nullable(),
  unreadOnly: z.boolean(),
  flaggedOnly: z.boolean(),
})

/** Mailboxes and messages: listing, reading, changing, searching, bringing in and out. */
export const mailCalls = {
  'mailboxes.list': { kind: 'query', host: 'engine', face: 'all', in: nothing, out: z.array(mailboxSummary) },
  'mailboxes.create': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ accountId, parentId: mailboxId.nullable(), name: z.string().min(1).max(200) }),
    out: mailboxSummary,
  },
  'mailboxes.rename': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ mailboxId, name: z.string().min(1).max(200) }),
    out: done,
  },
  'mailboxes.delete': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ mailboxId }),
    out: done,
  },
  'mailboxes.setWindow': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ mailboxId, window: syncWindow }),
    out: done,
  },
  /**
   * The user's word on which folder of an account is its archive, trash and so on; it counts before what the server says.
   * `null`: no own choice any more. Throws `unsupported` for the inbox and for a folder that holds no mail.
   */
  'mailboxes.useAs': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ mailboxId, role: chosenRole.nullable() }),
    out: done,
  },
  'mailboxes.markAllSeen': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ mailboxId }),
    out: undoable,
  },
  'mailboxes.empty': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ mailboxId }),
    out: undoable,
  },
  /** Ids of a whole list in display order; rows are asked for in pages with `messages.summaries`. */
  'messages.index': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: messageListQuery,
    out: z.object({ ids: z.array(messageId) }),
  },
  'messages.summaries': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ ids: z.array(messageId).max(500) }),
    out: z.array(messageSummary),
  },
  /** The message of a Message-ID, the newest copy of all accounts; null where none is here. */
  'messages.named': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ name: z.string().min(1).max(998) }),
    out: z.object({ message: z.object({ messageId, mailboxId }).nullable() }),
  },
  'messages.get': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ messageId }),
    out: messageDetail,
  },
  /** A message that came as a file in another one, read by itself (`attached`: the way to it). */
  'messages.attached': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ messageId, attached: attachedPath.min(1) }),
    out: attachedMessage,
  },
  /**
   * Opens an encrypted message, or one that came as a file (`attached`), with the passphrase it was encrypted under. It then
   * reads as any other until the lock. Throws `message-passphrase-wrong`, `body-not-here`, what else keeps it closed, and
   * `conflict` for a message that no passphrase opens.
   */
  'messages.openWithPassphrase': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ messageId, attached: attachedPath, passphrase: givenForMessage }),
    out: done,
  },
  /** Stops decrypting a large message; its `messages.get` answers `cancelled`. */
  'messages.stopDecrypting': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ messageId }),
    out: done,
  },
  /** Fetches the missing bytes of a message now. */
  'messages.download': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ messageId }),
    out: done,
  },
  /** The conversation of a message, oldest first; of a very long one those nearest to it (`conversationMessages`). */
  'messages.thread': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ messageId }),
    out: z.array(messageSummary),
  },
  'messages.source': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ messageId }),
    out: z.object({ text: z.string(), truncated: z.boolean(), sizeBytes: z.number() }),
  },
  /**
   * Loads the remote images of a message for this opening. `sender`: and of this sender always; refused as
   * `not-permitted` unless the detail offers it. `listed`: only when the sender is on the list already. A decrypted
   * message takes `once-decrypted` and nothing else.
   */
  'messages.allowRemote': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({
      messageId,
      scope: z.enum(['once', 'once-decrypted', 'sender', 'listed']),
      /** Only this one of the images that look like trackers (`doubtful`), for this opening. Absent: the others. */
      anyway: z.number().int().nonnegative().optional(),
    }),
    out: remoteLoadReport,
  },
  /** The reader closed the message: its images are forgotten. */
  'messages.forgetRemote': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ messageId }),
    out: done,
  },
  'remoteContent.list': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: nothing,
    out: z.array(remoteSender),
  },
  'remoteContent.forget': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ address: z.string().min(1).max(320) }),
    out: done,
  },
  /** How a mailing list may be left; null when it offers nothing that can be trusted. Asks nobody. */
  'lists.unsubscribeChoice': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ messageId }),
    out: unsubscribeChoice.nullable(),
  },
  /** Tells the list by one POST (RFC 8058) that its mail is not wanted any more. Only where the choice is `one-click`. */
  'lists.unsubscribe': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ messageId }),
    out: z.object({ host: z.string().max(253) }),
  },
  /** `undoable: false` for what nobody did on purpose (read by looking at it): taking back goes past it, to what somebody did. */
  'messages.setFlags': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({
      ids,
      add: z.array(systemFlag).max(5),
      remove: z.array(systemFlag).max(5),
      undoable: z.boolean().optional(),
    }),
    out: undoable,
  },
  'messages.move': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ ids, mailboxId }),
    out: undoable,
  },
  'messages.archive': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ ids }),
    out: undoable,
  },
  'messages.junk': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ ids, junk: z.boolean() }),
    out: undoable,
  },
  /** To the trash; messages already there are removed for good. */
  'messages.delete': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ ids }),
    out: undoable,
  },
  'undo.last': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ undoId: z.number().int().nullable() }),
    out: undone,
  },
  'search.query': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({
      text: z.string().max(1000),
      mailboxId: mailboxId.nullable(),
      limit: z.number().int().min(1).max(5000),
    }),
    /**
     * `isCut`: a piece of a word (`*piece*`) stands for more words than are asked for. `leftOut`: words and
     * phrases of the text beyond the first 40, which are not looked for. `renewing`: messages that are in the
     * index as it is made now, of how many; the others are found as letters were compared before. Null when all are.
     */
    out: z.object({
      total: z.number().int(),
      ids: z.array(messageId),
      isCut: z.boolean(),
      leftOut: z.number().int(),
      renewing: z.object({ done: z.number().int(), total: z.number().int() }).nullable(),
    }),
  },
  /** Takes the renewal of the search index some steps on; answers how far it is, null when nothing is left. */
  'search.renew': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({}),
    out: z.object({ done: z.number().int(), total: z.number().int() }).nullable(),
  },
  /**
   * The sanitised HTML document of a message for mail-body://. Remote images that were loaded for this opening stand
   * there as attachment://remote/<id>/<n>, or with `embedImages` as data: addresses; never those of an attached message.
   */
  'messages.html': {
    kind: 'query',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({
      messageId,
      attached: attachedPath.optional(),
      embedImages: z.boolean().optional(),
    }),
    out: z.object({ html: z.string(), blockedRemoteCount: z.number(), trackerCount: z.number() }),
  },
  /** What is wrong with a link of an HTML body that leads to `url` (as a browser writes it); null: nothing, or no such link. */
  'messages.linkFinding': {
    kind: 'query',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ messageId, attached: attachedPath, url: z.string().max(20_000) }),
    out: linkFinding.nullable(),
  },
  'messages.raw': {
    kind: 'query',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ messageId }),
    out: z.object({ bytes }),
  },
  'attachments.read': {
    kind: 'query',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ messageId, attached: attachedPath.optional(), partId: z.string().max(200) }),
    out: z.object({ fileName: z.string(), contentType: z.string(), bytes }),
  },
  /** A remote image of the message that is open. */
  'remoteContent.read': {
    kind: 'query',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ messageId, index: z.number().int().nonnegative() }),
    out: z.object({ bytes }),
  },
  /** Saves one part, or all attachments, into a directory under cleaned, unused names; never overwrites. */
  'attachments.save': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({
      messageId,
      attached: attachedPath.optional(),
      partId: z.string().max(200).nullable(),
      directory: filePath,
    }),
    out: z.object({ saved: z.array(z.string()) }),
  },
  'mail.import': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ path: filePath, mailboxId }),
    out: importReport,
  },
  'mail.export': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ mailboxId, path: filePath, format: z.enum(['mbox', 'eml', 'maildir']) }),
    out: z.object({ exported: z.number() }),
  },
} as const satisfies Calls
