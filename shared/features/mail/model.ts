import { z } from 'zod'
import { accountId, mailboxId, messageId, threadId } from '../../kit/ids'
import { messageSecurity } from './message-security'
import { namespaceKind } from './namespace'

/** One mailbox of an address list (RFC 5322 §3.4). `name` is decoded; control and bidi characters are removed. */
export const address = z.object({ name: z.string().max(1000), address: z.string().max(1000) })
export type Address = z.infer<typeof address>

/** People in one field of a header, as many as are read of one (`limits.addressesPerField`), and as a draft takes. */
export const peoplePerField = 10_000

/** Messages of one conversation that are answered at once; `threadCount` of a summary says how many there are. */
export const conversationMessages = 1000

/** Special-use of a mailbox (RFC 6154), plus the inbox. `none` for ordinary mailboxes. */
export const mailboxRole = z.enum([
  'inbox',
  'drafts',
  'sent',
  'archive',
  'junk',
  'trash',
  'all',
  'flagged',
  'none',
])
export type MailboxRole = z.infer<typeof mailboxRole>

/** Parts of a mailbox that a person may choose; INBOX is what it is, and the others only show. */
export const chosenRole = z.enum(['archive', 'drafts', 'junk', 'sent', 'trash'])

/** How much of a mailbox is kept on this machine. */
export const syncWindow = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('months'), months: z.number().int().min(1).max(240) }),
  z.object({ kind: z.literal('headers') }),
])
export type SyncWindow = z.infer<typeof syncWindow>

export const mailboxSummary = z.object({
  id: mailboxId,
  accountId,
  /** Full path as the server names it, decoded; segments joined by `delimiter`. */
  path: z.string().max(2000),
  delimiter: z.string().max(2),
  /** Last path segment, made safe for display. */
  name: z.string().max(1000),
  /** Id of the mailbox one level up, when there is one in the list. */
  parentId: mailboxId.nullable(),
  role: mailboxRole,
  /** Whose it is; nothing is made in those of others. */
  namespace: namespaceKind,
  /** False for \Noselect and for mailboxes that are gone from the server but still hold local mail. */
  selectable: z.boolean(),
  total: z.number().int().nonnegative(),
  unread: z.number().int().nonnegative(),
  /** Messages whose body is not yet on this machine though the window wants it. */
  bodiesMissing: z.number().int().nonnegative(),
  window: syncWindow,
  /** When this mailbox was last compared with the server, ms since 1970, or null. */
  lastSyncedAtMs: z.number().nullable(),
})
export type MailboxSummary = z.infer<typeof mailboxSummary>

/** System flags that Siegel works with; names as in RFC 3501 §2.3.2 without the backslash. */
export const systemFlag = z.enum(['seen', 'flagged', 'answered', 'draft', 'forwarded'])
export type SystemFlag = z.infer<typeof systemFlag>

/** How much of a message is on this machine: only its header, its text parts, or every byte. */
const bodyState = z.enum(['header', 'text', 'whole'])
export type BodyState = z.infer<typeof bodyState>

/** One row of a message list. */
export const messageSummary = z.object({
  id: messageId,
  mailboxId,
  accountId,
  threadId,
  /** Message-ID header without angle brackets, or empty. */
  messageIdHeader: z.string().max(1000),
  from: z.array(address).max(20),
  to: z.array(address).max(50),
  subject: z.string().max(2000),
  /** Date header, or the arrival time when that is missing or absurd. ms since 1970, UTC. */
  dateMs: z.number(),
  flags: z.array(systemFlag).max(10),
  /** IMAP keywords beyond the system flags. */
  keywords: z.array(z.string().max(200)).max(100),
  sizeBytes: z.number().int().nonnegative(),
  hasAttachments: z.boolean(),
  snippet: z.string().max(400),
  bodyState,
  /** True while a local change to this message has not reached the server. */
  pending: z.boolean(),
  /** Encrypted by its sender or on arrival, as far as its structure says. */
  encrypted: z.boolean(),
  /** Number of messages in the conversation that are on this machine (all mailboxes). */
  threadCount: z.number().int().nonnegative(),
})
export type MessageSummary = z.infer<typeof messageSummary>

const attachmentInfo = z.object({
  /** Position in the MIME tree, e.g. "2" or "1.3" (RFC 3501 §6.4.5 numbering). */
  partId: z.string().max(200),
  /** File name cleaned for saving: no path, no control or bidi characters, at most 150 characters. */
  fileName: z.string().max(200),
  contentType: z.string().max(200),
  /** Decoded size when known, otherwise an estimate from the encoded size. */
  sizeBytes: z.number().int().nonnegative(),
  inline: z.boolean(),
  contentId: z.string().max(1000).nullable(),
  /** Why the interface should warn before opening it, or null. */
  danger: z.enum(['executable', 'double-extension', 'macro', 'archive', 'misleading-type']).nullable(),
})
export type AttachmentInfo = z.infer<typeof attachmentInfo>

/** What became of the remote references of a message after the user agreed to load its images. */
export const remoteLoadReport = z.object({
  loadedCount: z.number().int().nonnegative(),
  /** Images that did not come, or came as something that is not shown. */
  failedCount: z.number().int().nonnegative(),
  /** Of the loaded: they show nothing, and were there to report that the message was opened. It could not be seen before they came. */
  pixelCount: z.number().int().nonnegative(),
  /** Never asked for. */
  trackerCount: z.number().int().nonnegative(),
  /** What is never loaded: styles, fonts, media, pictures that nobody would see. */
  otherCount: z.number().int().nonnegative(),
})
export type RemoteLoadReport = z.infer<typeof remoteLoadReport>

/** Which consent to remote images is possible. */
const remoteChoice = z.object({
  /** The only From address, in lower case; null when there is none or more than one. */
  sender: z.string().max(320).nullable(),
  /** Images that could be loaded; trackers and everything that is no image are not among them. */
  imageCount: z.number().int().nonnegative(),
  /**
   * `allowed`: the sender is on the list and this message is really from there. `offered`: may be put on the list.
   * The others say why not: in the junk folder nothing is loaded at all; the message was decrypted, and an image that is
   * asked for can carry its text away, so each time needs a word of its own; the provider found the sender to be false;
   * or it says nothing of the sender, so nobody knows.
   */
  always: z.enum(['allowed', 'offered', 'junk', 'decrypted', 'sender-false', 'sender-unknown']),
  /** Of the images, those whose address is made for one reader: their sender can tell who looked. */
  tellingCount: z.number().int().nonnegative(),
  /**
   * Images that are not loaded because they look like trackers, the first of them; `index` is the one to ask for when the reader
   * wants it all the same. `name`: the end of its path, or empty.
   */
  doubtful: z
    .array(
      z.object({
        index: z.number().int().nonnegative(),
        host: z.string().max(300),
        name: z.string().max(60),
      }),
    )
    .max(200),
  /** How many there are, those that are not listed included. */
  doubtfulCount: z.number().int().nonnegative(),
  /** What is loaded now, for this opening. */
  report: remoteLoadReport.nullable(),
})
export type RemoteChoice = z.infer<typeof remoteChoice>

/** A sender whose remote images are always loaded. */
export const remoteSender = z.object({ address: z.string().max(320), allowedAtMs: z.number() })
export type RemoteSender = z.infer<typeof remoteSender>

/** How a mailing list may be left: by one click through the gate, or by a mail that the user sees before it goes. */
export const unsubscribeChoice = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('one-click'),
    host: z.string().max(253),
    way: z.enum(['direct', 'tor', 'socks5']),
  }),
  z.object({ kind: z.literal('mail'), mailto: z.string().max(2000), address: z.string().max(320) }),
])
export type UnsubscribeChoice = z.infer<typeof unsubscribeChoice>

/** A message opened for reading. The HTML body never travels here: it is shown through mail-body://. */
export const messageDetail = z.object({
  summary: messageSummary,
  /** Everybody in To; the summary has the first of them. */
  to: z.array(address).max(peoplePerField),
  cc: z.array(address).max(peoplePerField),
  bcc: z.array(address).max(peoplePerField),
  replyTo: z.array(address).max(50),
  /** The header names more people than are read of one, or only the first of them are here. */
  peopleAreCut: z.boolean(),
  /** It came over a mailing list that takes answers (List-Post or Mail-Followup-To). */
  answersToList: z.boolean(),
  listId: z.string().max(500).nullable(),
  /** How its mailing list may be left; null when it offers nothing that can be trusted. */
  unsubscribe: unsubscribeChoice.nullable(),
  /** Plain text: the text part, or text made from the HTML part. Null while the body is not here. */
  text: z.string().nullable(),
  hasHtml: z.boolean(),
  /** The first https links of the HTML body; absent where there is none. */
  webLinks: z.array(z.string().max(2000)).max(50).optional(),
  /** Remote references that were blocked in the HTML body (images, styles, fonts, media). */
  blockedRemoteCount: z.number().int().nonnegative(),
  /** Of these, known or likely trackers (1x1 images, known hosts). */
  trackerCount: z.number().int().nonnegative(),
  /** Null while there is no HTML body here. */
  remote: remoteChoice.nullable(),
  attachments: z.array(attachmentInfo).max(1000),
  /** Attachments that hold a public key, or are an Autocrypt Setup Message with the user's own. */
  attachedKeys: z
    .array(
      z.object({
        partId: z.string().max(200),
        fileName: z.string().max(200),
        kind: z.enum(['public', 'setup']),
      }),
    )
    .max(10),
  /** What protects it, as one summary. Everything above is what the protection covers, when there is one. */
  security: messageSecurity,
  /** What somebody put beside the protected part: plain text and files, never part of the message. */
  outside: z
    .object({ text: z.string().max(50_000), attachments: z.array(attachmentInfo).max(50) })
    .nullable(),
  /** Reasons to distrust the message that the interface words: link text and target differ, look-alike sender, ... */
  warnings: z
    .array(
      z.object({
        code: z.enum([
          'link-mismatch',
          'link-other-address',
          'link-look-alike',
          'link-redirected',
          'lookalike-sender',
          'reply-to-differs',
          'name-is-address',
          'broken-mime',
          'too-large',
          'design-cut',
        ]),
        detail: z.string().max(500),
      }),
    )
    .max(21),
})
export type MessageDetail = z.infer<typeof messageDetail>
