import { z } from 'zod'
import {
  accountConfig,
  accountSummary,
  certificateProblem,
  connectionTestReport,
  discoveryReport,
  emailAddress,
  hostName,
  imapAccountConfig,
} from '../model/account'
import { clearReport } from '../model/clear-report'
import { draft, draftAttachment, draftContent, outboxItem, taskSummary, undoable } from '../model/compose'
import { accountId, draftId, mailboxId, messageId, outboxId, taskId } from '../model/ids'
import {
  address,
  mailboxRole,
  mailboxSummary,
  messageDetail,
  messageSummary,
  remoteLoadReport,
  remoteSender,
  syncWindow,
  systemFlag,
  unsubscribeChoice,
} from '../model/mail'
import { accountRoute, netStatus, permittedPlace, torSettings, torStatus } from '../model/network'
import {
  contactKey,
  fingerprint,
  inboxEncryptionPreview,
  inboxEncryptionSkip,
  inboxEncryptionStatus,
  keyChange,
  keyComparison,
  keyConflict,
  keyImportReport,
  keyLookupReport,
  keyTrust,
  openpgpSettings,
  ownKey,
  protectionPlan,
  storedOwnKey,
} from '../model/openpgp'
import { draftExplanation } from '../model/readability'
import {
  appStatus,
  connectionInfo,
  doctorFinding,
  keyCustody,
  preferences,
  problem,
  settings,
  syncStatus,
} from '../model/status'
import { addressTransport, dnsServer, transportLevel } from '../model/transport'

/**
 * The one contract between the faces (window, command line), main and the engine.
 *
 * - `query` is pure, `command` changes something.
 * - `host` says which process answers.
 * - `face: 'all'` may be called by the page; `'trusted'` only by main and the command line, because it
 *   carries file paths or raw bytes. The preload allow-list is made of the `'all'` entries.
 */
type Entry = Readonly<{
  kind: 'query' | 'command'
  host: 'main' | 'engine'
  face: 'all' | 'trusted'
  in: z.ZodType
  out: z.ZodType
}>

const nothing = z.strictObject({})
const done = z.object({})
const ids = z.array(messageId).min(1).max(50_000)
const secret = z.string().min(1).max(4096)
const filePath = z.string().min(1).max(4096)
const bytes = z.custom<Uint8Array>(value => value instanceof Uint8Array)

/** Messages to list: one mailbox, or all mailboxes of a role (unified inbox), newest first. */
export const messageListQuery = z.strictObject({
  mailboxId: mailboxId.nullable(),
  role: mailboxRole.nullable(),
  unreadOnly: z.boolean(),
  flaggedOnly: z.boolean(),
})

/** A passphrase that people agreed on for one message; null: none. */
const agreedPassphrase = z.string().min(1).max(1000).nullable().default(null)

export const contract = {
  // --- main: profile, lock, preferences, everything that needs a dialog -------------------------------
  'app.status': { kind: 'query', host: 'main', face: 'all', in: nothing, out: appStatus },
  'app.createProfile': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ custody: keyCustody, passphrase: secret.nullable() }),
    out: appStatus,
  },
  'app.unlock': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ passphrase: secret.nullable() }),
    out: appStatus,
  },
  'app.lock': { kind: 'command', host: 'main', face: 'all', in: nothing, out: appStatus },
  'app.changeCustody': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({
      custody: keyCustody,
      currentPassphrase: secret.nullable(),
      newPassphrase: secret.nullable(),
    }),
    out: appStatus,
  },
  'app.reportActivity': { kind: 'command', host: 'main', face: 'all', in: nothing, out: done },
  'prefs.get': { kind: 'query', host: 'main', face: 'all', in: nothing, out: preferences },
  'prefs.set': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: preferences.partial().strict(),
    out: preferences,
  },
  /** Asks in a window of main's own with the true target, then opens the system browser. */
  'links.open': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ url: z.string().max(8000) }),
    out: z.object({ opened: z.boolean() }),
  },
  'files.attach': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ draftId }),
    out: z.array(draftAttachment),
  },
  'files.saveAttachments': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ messageId, partId: z.string().max(200).nullable() }),
    out: z.object({ saved: z.array(z.string()) }),
  },
  'files.saveMessage': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ messageId }),
    out: z.object({ saved: z.array(z.string()) }),
  },
  'files.import': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ mailboxId, from: z.enum(['file', 'directory']) }),
    out: z.object({ imported: z.number(), skipped: z.number() }),
  },
  'files.export': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ mailboxId }),
    out: z.object({ exported: z.number() }),
  },
  'files.backup': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: nothing,
    out: z.object({ saved: z.array(z.string()) }),
  },
  /** Shows fingerprint and reason in main's own dialog; only a yes there pins this one certificate. */
  'accounts.pinCertificate': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ problem: certificateProblem }),
    out: z.object({ pinned: z.boolean() }),
  },

  /** Asks in main's own window, with what becomes visible, before an account leaves Tor or its proxy. */
  'accounts.setRoute': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ accountId, route: accountRoute }),
    out: z.object({ changed: z.boolean() }),
  },
  /** The same for the switch for everything, and for whose Tor is used. */
  'tor.configure': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ change: torSettings.partial().strict() }),
    out: z.object({ changed: z.boolean() }),
  },

  /** Asks in main's own window before a better level that was seen for a domain is given up. */
  'transport.acceptLower': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ domain: z.string().min(1).max(253), accountId: accountId.nullable() }),
    out: z.object({ accepted: z.boolean() }),
  },
  /**
   * Secret keys from a file that the user picks (`file`), from the file picked last, with another passphrase (`again`), or
   * from pasted text. Answers null when the user cancelled. Throws `wrong-passphrase`, `import-unreadable`, `no-key`.
   */
  'keys.importSecret': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({
      from: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('file') }),
        z.strictObject({ kind: z.literal('again') }),
        z.strictObject({ kind: z.literal('text'), text: z.string().min(1).max(10_000_000) }),
      ]),
      passphrase: secret.nullable(),
      accountId: accountId.nullable(),
    }),
    out: z.object({ imported: z.array(ownKey).max(1000) }).nullable(),
  },
  /** The attached setup message of Autocrypt Level 1 §4.4 and its code of 36 digits. */
  'keys.importSetupMessage': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({
      messageId,
      partId: z.string().max(200),
      code: z.string().max(100),
      accountId: accountId.nullable(),
    }),
    out: z.object({ imported: z.array(ownKey).max(1000) }),
  },
  /**
   * Asks in main's own window, with the consequence in words, then writes the secret key under this passphrase to a file
   * that the user names. Throws `weak-passphrase`, `key-locked`, `file-exists`.
   */
  'keys.exportSecret': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ fingerprint, passphrase: secret }),
    out: z.object({ saved: z.array(z.string()) }),
  },
  /** The revocation certificate, to a file that the user names. */
  'keys.exportRevocation': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ fingerprint }),
    out: z.object({ saved: z.array(z.string()) }),
  },
  /** The public key, to a file that the user names. */
  'keys.savePublic': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ fingerprint }),
    out: z.object({ saved: z.array(z.string()) }),
  },
  /** Public keys from a file that the user picks; null when cancelled. */
  'keys.importPublicFile': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: nothing,
    out: keyImportReport.nullable(),
  },
  /** Opens a key that has a passphrase of its own, for some minutes or (null) until the lock. Throws `wrong-passphrase`. */
  'keys.unlock': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({
      fingerprint,
      passphrase: secret,
      rememberMinutes: z.number().int().min(1).max(1440).nullable(),
    }),
    out: done,
  },
  'keys.forgetPassphrase': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ fingerprint }),
    out: done,
  },
  /** Gives a key a passphrase of its own, or takes it away (null). The key must be unlocked. */
  'keys.setPassphrase': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ fingerprint, passphrase: secret.nullable() }),
    out: done,
  },
  /** Asks in main's own window what is lost with it, then removes an own key. */
  'keys.removeOwn': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ fingerprint }),
    out: z.object({ removed: z.boolean() }),
  },

  /** Asks in main's own window, with the place, before look-ups go to another place than before. */
  'transport.chooseServers': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ servers: z.array(dnsServer).max(3) }),
    out: z.object({ changed: z.boolean() }),
  },

  // --- engine: accounts --------------------------------------------------------------------------------
  'accounts.list': { kind: 'query', host: 'engine', face: 'all', in: nothing, out: z.array(accountSummary) },
  /** Nothing is sent but look-ups; the report says where each setting came from. */
  'accounts.discover': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ address: emailAddress, overTor: z.boolean().optional() }),
    out: discoveryReport,
  },
  /** `password: null` stops after the TLS handshake and capability, before any login. */
  'accounts.test': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({
      config: imapAccountConfig,
      password: secret.nullable(),
      accountId: accountId.nullable(),
      overTor: z.boolean().optional(),
    }),
    out: connectionTestReport,
  },
  'accounts.add': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({
      config: accountConfig,
      password: secret.nullable(),
      /** Direct when absent. */
      route: accountRoute.optional(),
    }),
    out: accountSummary,
  },
  'accounts.addSample': { kind: 'command', host: 'engine', face: 'all', in: nothing, out: accountSummary },
  'accounts.update': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ accountId, config: accountConfig, signature: z.string().max(20_000) }),
    out: accountSummary,
  },
  'accounts.setPassword': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ accountId, password: secret }),
    out: done,
  },
  'accounts.remove': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ accountId }),
    out: done,
  },
  'certificates.pin': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ host: hostName, port: z.number().int(), fingerprint256: z.string().max(100) }),
    out: done,
  },

  // --- engine: mailboxes and messages ------------------------------------------------------------------
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
  'messages.get': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ messageId }),
    out: messageDetail,
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
    in: z.strictObject({ messageId, scope: z.enum(['once', 'once-decrypted', 'sender', 'listed']) }),
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
  'messages.setFlags': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ ids, add: z.array(systemFlag).max(5), remove: z.array(systemFlag).max(5) }),
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
    out: undoable,
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
    out: z.object({ total: z.number().int(), ids: z.array(messageId) }),
  },
  'addresses.suggest': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ prefix: z.string().max(200) }),
    out: z.array(address),
  },

  // --- engine: writing ---------------------------------------------------------------------------------
  'drafts.create': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({
      mode: z.enum(['new', 'reply', 'reply-all', 'forward', 'edit']),
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
    in: z.strictObject({ draftId, content: draftContent, revision: z.number().int().nonnegative() }),
    out: draft,
  },
  'drafts.discard': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ draftId }),
    out: done,
  },
  'drafts.addAttachment': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ draftId, fileName: z.string().max(1000), contentType: z.string().max(200), bytes }),
    out: draftAttachment,
  },
  'drafts.addAttachmentFiles': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ draftId, paths: z.array(filePath).max(200) }),
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
  /** What sending a draft would do about encryption now, and why. */
  'keys.plan': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ draftId }),
    out: protectionPlan,
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
  /** Takes a queued or failed message back into the drafts. */
  'outbox.cancel': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ outboxId }),
    out: draft,
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

  // --- engine: OpenPGP keys -----------------------------------------------------------------------------
  'keys.list': { kind: 'query', host: 'engine', face: 'all', in: nothing, out: z.array(ownKey) },
  /** A key of the user, with its revocation certificate; the account's own from now on, when one is named. */
  'keys.generate': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({
      name: z.string().max(500),
      address: emailAddress,
      accountId: accountId.nullable(),
      version: z.union([z.literal(4), z.literal(6)]),
      expiresAtMs: z.number().int().nonnegative().nullable(),
    }),
    out: ownKey,
  },
  /** Public keys, armored or not. `address`: only for this one; null: for every address the keys name. */
  'keys.importPublic': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ bytes, address: emailAddress.nullable() }),
    out: keyImportReport,
  },
  /** Keys that a message brought as an attachment or a vCard. */
  'keys.importFromMessage': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ messageId, partId: z.string().max(200) }),
    out: keyImportReport,
  },
  /** `address`: as this address shows the key, without the others it names; without it, the whole key. */
  'keys.exportPublic': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ fingerprint, address: emailAddress.optional() }),
    out: z.object({ armored: z.string() }),
  },
  /**
   * Looks for keys of an address. `addressing`: only what is set to happen by itself; `user`: also what asks first.
   * Nothing is contacted that is off.
   */
  'keys.find': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({
      address: emailAddress,
      accountId: accountId.nullable(),
      by: z.enum(['user', 'addressing']),
    }),
    out: keyLookupReport,
  },
  'keys.contacts': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ address: emailAddress.nullable() }),
    out: z.object({ keys: z.array(contactKey), conflicts: z.array(keyConflict) }),
  },
  /** The number and the code that the user and the other person compare. Throws `no-key` without an own key. */
  'keys.compare': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ address: emailAddress, fingerprint, own: fingerprint.nullable() }),
    out: keyComparison,
  },
  'keys.setTrust': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ address: emailAddress, fingerprint, trust: keyTrust }),
    out: done,
  },
  /** The user's decision: this key is used for the address. */
  'keys.useKey': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ address: emailAddress, fingerprint }),
    out: done,
  },
  /** The user's decision: this key is not used for the address, however often it turns up. */
  'keys.reject': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ address: emailAddress, fingerprint }),
    out: done,
  },
  /** Forgets somebody else's key for an address. */
  'keys.remove': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ address: emailAddress, fingerprint }),
    out: done,
  },
  'keys.change': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ fingerprint, change: keyChange }),
    out: ownKey,
  },
  'keys.settings': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ accountId }),
    out: openpgpSettings,
  },
  'keys.setSettings': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ accountId, change: openpgpSettings.partial().strict() }),
    out: openpgpSettings,
  },

  // --- engine: sync, network, settings, care ------------------------------------------------------------
  'sync.now': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ accountId: accountId.nullable() }),
    out: done,
  },
  'sync.status': { kind: 'query', host: 'engine', face: 'all', in: nothing, out: z.array(syncStatus) },
  /** Main tells the engine that the machine slept, woke or changed networks. */
  'sync.wake': { kind: 'command', host: 'engine', face: 'trusted', in: nothing, out: done },
  /** One complete pass, for the command line: folders, headers, bodies, queued tasks; answers when finished. */
  'sync.run': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ accountId: accountId.nullable(), mailboxId: mailboxId.nullable() }),
    out: z.object({
      folders: z.number(),
      messages: z.number(),
      new: z.number(),
      bytes: z.number(),
      elapsedMs: z.number(),
      problems: z.array(z.object({ accountId, problem })),
    }),
  },
  'net.connections': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: nothing,
    out: z.array(connectionInfo),
  },
  /** Ways of all accounts and the state of Tor; looks at nothing outside. */
  'net.status': { kind: 'query', host: 'engine', face: 'all', in: nothing, out: netStatus },
  /** Every place that may be contacted. */
  'net.policy': { kind: 'query', host: 'engine', face: 'all', in: nothing, out: z.array(permittedPlace) },
  'net.setRoute': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ accountId, route: accountRoute }),
    out: done,
  },
  'tor.set': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: torSettings.partial().strict(),
    out: netStatus,
  },
  /** Looks whether a Tor runs on this machine; starts none. */
  'tor.look': { kind: 'command', host: 'engine', face: 'all', in: nothing, out: torStatus },
  /** Closes the connections of an account and gives it new circuits; null: what belongs to no account. */
  'tor.newIdentity': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ accountId: accountId.nullable() }),
    out: done,
  },
  /**
   * How well mail to each address is protected between providers. Answers within seconds whatever the network does;
   * a level that came too late is told as a change of `transport`. Only domains are looked up.
   */
  'transport.levels': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ addresses: z.array(z.string().max(320)).max(200), accountId: accountId.nullable() }),
    out: z.array(addressTransport),
  },
  /** The user gives up the better level that was seen before; main asks in a window of its own. */
  'transport.accept': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ domain: z.string().max(253) }),
    out: transportLevel,
  },
  /** What the submission server of an account can promise, as far as it was met since the engine began. */
  'transport.sending': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ accountId }),
    out: z.object({ requireTls: z.enum(['offered', 'missing', 'unknown']) }),
  },
  /** The DNS servers that look-ups go to; none: the system's, and only on the direct way. */
  'transport.servers': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: nothing,
    out: z.array(dnsServer),
  },
  'transport.setServers': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ servers: z.array(dnsServer).max(3) }),
    out: done,
  },
  // --- encrypted inbox ----------------------------------------------------------------------------------
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

  'settings.get': { kind: 'query', host: 'engine', face: 'all', in: nothing, out: settings },
  'settings.set': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: settings.partial().strict(),
    out: settings,
  },
  'doctor.run': { kind: 'query', host: 'engine', face: 'all', in: nothing, out: z.array(doctorFinding) },

  // --- engine: only for main and the command line (paths and raw bytes) ----------------------------------
  /**
   * The sanitised HTML document of a message for mail-body://. Remote images that were loaded for this opening stand
   * there as attachment://remote/<id>/<n>, or with `embedImages` as data: addresses.
   */
  'messages.html': {
    kind: 'query',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ messageId, embedImages: z.boolean().optional() }),
    out: z.object({ html: z.string(), blockedRemoteCount: z.number(), trackerCount: z.number() }),
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
    in: z.strictObject({ messageId, partId: z.string().max(200) }),
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
    in: z.strictObject({ messageId, partId: z.string().max(200).nullable(), directory: filePath }),
    out: z.object({ saved: z.array(z.string()) }),
  },
  'mail.import': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ path: filePath, mailboxId }),
    out: z.object({ imported: z.number(), skipped: z.number() }),
  },
  'mail.export': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ mailboxId, path: filePath, format: z.enum(['mbox', 'eml']) }),
    out: z.object({ exported: z.number() }),
  },
  /** Keys that the vault has taken in and sealed; they become the user's own. */
  'keys.adopt': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ keys: z.array(storedOwnKey).min(1).max(1000), accountId: accountId.nullable() }),
    out: z.array(ownKey),
  },
  'keys.markBackedUp': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ fingerprint }),
    out: done,
  },
  'keys.revocation': {
    kind: 'query',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ fingerprint }),
    out: z.object({ armored: z.string() }),
  },
  'keys.forgetOwn': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ fingerprint }),
    out: done,
  },
  'store.backup': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ path: filePath }),
    out: z.object({ sizeBytes: z.number() }),
  },
} as const satisfies Record<string, Entry>

export type Contract = typeof contract
export type CallName = keyof Contract
export type CallInput<N extends CallName> = z.input<Contract[N]['in']>
export type CallOutput<N extends CallName> = z.output<Contract[N]['out']>
/** Calls the page may make. */
export type FaceCallName = { [N in CallName]: Contract[N]['face'] extends 'all' ? N : never }[CallName]
/** Calls the engine answers. */
export type EngineCallName = { [N in CallName]: Contract[N]['host'] extends 'engine' ? N : never }[CallName]
/** Calls main answers itself. */
export type MainCallName = { [N in CallName]: Contract[N]['host'] extends 'main' ? N : never }[CallName]

/** What can change; a listener asks again for what it shows. */
export const changedEntity = z.enum([
  'account',
  'mailbox',
  'message',
  'draft',
  'outbox',
  'task',
  'settings',
  'connection',
  'transport',
  'key',
  'inbox-encryption',
])
export type ChangedEntity = z.infer<typeof changedEntity>

/** Events to every face. Change records carry ids only; `ids: null` means "many". */
export const events = {
  changed: z.object({
    entity: changedEntity,
    ids: z
      .array(z.union([z.number(), z.string()]))
      .max(1000)
      .nullable(),
    /** Grows with every record of this engine run. */
    version: z.number().int(),
  }),
  sync: syncStatus,
  app: appStatus,
  prefs: preferences,
  /** Something to tell the user once: undo offers, sent mail, queued failures. */
  notice: z.object({
    code: z.string().max(60),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
    undoId: z.number().nullable(),
  }),
  /** Menu and tray ask the page to do something. */
  command: z.object({
    name: z.enum(['compose', 'settings', 'search', 'shortcuts', 'sync', 'undo', 'lock', 'mailto']),
    argument: z.string().max(8000).nullable(),
  }),
  /** Long work of trusted calls (import, export, backup, attachments): 0..1, null when unknown. */
  progress: z.object({ job: z.string().max(60), done: z.number(), total: z.number().nullable() }),
} as const

export type EventName = keyof typeof events
export type EventPayload<N extends EventName> = z.output<(typeof events)[N]>
