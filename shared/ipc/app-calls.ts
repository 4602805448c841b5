import { z } from 'zod'
import { chatMessageId, conversationId } from '../features/chat/model'
import { bookId } from '../features/contacts/model'
import { importReport } from '../features/mail/archive'
import { attachedPath } from '../features/mail/attached-message'
import { draftAttachment } from '../features/writing/model'
import { draftId, mailboxId, messageId } from '../kit/ids'
import { appStatus, keyCustody, preferences } from '../kit/status'
import { type Calls, done, givenSecret, nothing } from './call'

/** The profile, the lock, preferences, and everything that needs a dialog of main. */
export const appCalls = {
  'app.status': { kind: 'query', host: 'main', face: 'all', in: nothing, out: appStatus },
  'app.createProfile': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ custody: keyCustody, passphrase: givenSecret.nullable() }),
    out: appStatus,
  },
  'app.unlock': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ passphrase: givenSecret.nullable() }),
    out: appStatus,
  },
  'app.lock': { kind: 'command', host: 'main', face: 'all', in: nothing, out: appStatus },
  'app.changeCustody': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({
      custody: keyCustody,
      currentPassphrase: givenSecret.nullable(),
      newPassphrase: givenSecret.nullable(),
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
    in: z.strictObject({ url: z.string().max(30_000) }),
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
    in: z.strictObject({
      messageId,
      attached: attachedPath.optional(),
      partId: z.string().max(200).nullable(),
    }),
    out: z.object({ saved: z.array(z.string()) }),
  },
  'files.saveMessage': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ messageId }),
    out: z.object({ saved: z.array(z.string()) }),
  },
  /** A file of a message of chat, fetched where it is not here yet. */
  'files.saveChatFile': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ id: chatMessageId, index: z.number().int() }),
    out: z.object({ saved: z.array(z.string()) }),
  },
  'files.import': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ mailboxId, from: z.enum(['file', 'directory']) }),
    out: importReport,
  },
  'files.export': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ mailboxId }),
    out: z.object({ exported: z.number() }),
  },
  /** What the window shows, as its style for paper has it, in a PDF file that main asks for. */
  'files.savePage': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ suggestedName: z.string().max(200), isWide: z.boolean() }),
    out: z.object({ saved: z.array(z.string()) }),
  },
  /** A file of vCards, LDIF or a table, for `contacts.previewFile` and `contacts.importFile`. Null: the person chose none. */
  'files.chooseContacts': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: nothing,
    out: z.object({ file: z.number().int(), name: z.string().max(500) }).nullable(),
  },
  /** `exported` 0: the person chose no file. */
  'files.exportChat': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ conversationId, isEncrypted: z.boolean() }),
    out: z.object({ exported: z.number().int() }),
  },
  'files.exportContacts': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ bookId }),
    out: z.object({ exported: z.number().int() }),
  },
} as const satisfies Calls
