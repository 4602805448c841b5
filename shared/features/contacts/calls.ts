import { z } from 'zod'
import { bytes, type Calls, done, filePath, nothing } from '../../ipc/call'
import { collectionStep, stepProblem } from '../../kit/collection-step'
import { collectionAnswer } from '../../kit/collection-wait'
import { accountId } from '../../kit/ids'
import { address } from '../mail/model'
import { importDone, importField, importPreview } from './import'
import {
  addressBook,
  bookId,
  collectedAddress,
  contactChange,
  contactDetail,
  contactFields,
  contactGroup,
  contactId,
  contactSummary,
  contactSyncNote,
  suggestion,
} from './model'
import { contactWait } from './waits'

const bookName = z.string().trim().min(1).max(200)
/** Cards, or what mail is written to where there is no card. */
const members = z.array(z.union([contactId, z.string().min(3).max(320)])).max(5000)
const undoId = z.number().int()
/** JPEG, PNG, GIF or WebP in base64, up to 1 MB: what a card holds every server keeps, and every device loads. Null: none. */
const photo = z
  .string()
  .regex(/^[A-Za-z0-9+/]+={0,2}$/)
  .max(1_400_000)
  .nullable()
/** What the columns of a table become; null: what their names say. */
const mapping = z.array(importField.nullable()).max(500).nullable()
const heldFile = z.number().int().positive()
const someIds = z.array(contactId).min(1).max(5000)

/** Address books, contacts, and who is suggested while one writes. */
export const contactCalls = {
  'contacts.books': { kind: 'query', host: 'engine', face: 'all', in: nothing, out: z.array(addressBook) },
  'contacts.addBook': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ name: bookName }),
    out: z.object({ bookId }),
  },
  'contacts.renameBook': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ bookId, name: bookName }),
    out: done,
  },
  /** With all that is in it. Those that are there from the first start stay. */
  'contacts.removeBook': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ bookId }),
    out: done,
  },
  /**
   * Finds the address books of an account (null: of all that have such a service), brings changes there and fetches what changed there. What
   * fails is in `problems`. With `removesMany` also what was asked about: more than a third of a book is gone there.
   */
  'contacts.sync': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ accountId: accountId.nullable(), removesMany: z.boolean().optional() }),
    out: z.object({
      books: z.array(collectionStep.extend({ bookId })),
      notes: z.array(contactSyncNote),
      problems: z.array(stepProblem.extend({ bookId: bookId.nullable() })),
    }),
  },
  /** What of address books on servers waits for somebody, or is to be known; newest first. */
  'contacts.waits': { kind: 'query', host: 'engine', face: 'all', in: nothing, out: z.array(contactWait) },
  /** As `calendars.answer`. */
  'contacts.answer': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ waitId: z.number().int().positive(), answer: collectionAnswer }),
    out: done,
  },
  /** Null: all books. */
  'contacts.list': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ bookId: bookId.nullable() }),
    out: z.array(contactSummary),
  },
  'contacts.find': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ text: z.string().max(500) }),
    out: z.array(contactSummary),
  },
  'contacts.show': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ id: contactId }),
    out: contactDetail,
  },
  /** The card as it stands, byte for byte. */
  'contacts.raw': {
    kind: 'query',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ id: contactId }),
    out: z.object({ bytes }),
  },
  'contacts.groups': { kind: 'query', host: 'engine', face: 'all', in: nothing, out: z.array(contactGroup) },
  /** Those whom a group, or a category by its name, stands for. */
  'contacts.members': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ group: z.union([contactId, z.string().min(1).max(1000)]) }),
    out: z.array(address),
  },
  /** Those to whom mail was written and who are in no address book; none when they are not to be collected. */
  'contacts.collected': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: nothing,
    out: z.array(collectedAddress),
  },
  /** With `members` it is a group. */
  'contacts.add': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({
      bookId,
      fields: contactFields.partial().strict(),
      members: members.optional(),
      photo: photo.optional(),
    }),
    out: z.object({ id: contactId, undoId }),
  },
  'contacts.change': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({
      id: contactId,
      change: contactChange,
      members: members.optional(),
      photo: photo.optional(),
    }),
    out: z.object({ undoId: undoId.nullable() }),
  },
  /** Into another address book, with what they are there. Throws `book-read-only`. */
  'contacts.move': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ ids: someIds, bookId }),
    out: z.object({ ids: z.array(contactId), undoId: undoId.nullable() }),
  },
  'contacts.delete': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ ids: someIds }),
    out: z.object({ undoId }),
  },
  /** The others become part of the first and go. Where both say one thing differently, the first one's word stays and both are told. */
  'contacts.merge': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ ids: z.array(contactId).min(2).max(50) }),
    out: z.object({
      id: contactId,
      conflicts: z.array(
        z.object({ name: z.string().max(100), kept: z.string().max(2000), other: z.string().max(2000) }),
      ),
      undoId,
    }),
  },
  /** Cards that are probably of one person; never by the name alone. */
  'contacts.duplicates': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: nothing,
    out: z.array(
      z.object({ ids: z.array(contactId).max(50), by: z.enum(['uid', 'address', 'phone', 'content']) }),
    ),
  },
  /** What an import would do, without doing it. */
  'contacts.previewImport': {
    kind: 'query',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ path: filePath, mapping }),
    out: importPreview,
  },
  'contacts.import': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ path: filePath, bookId, mapping }),
    out: importDone,
  },
  /** Holds the place of a file that the person chose, under a number; only the last ones are held. */
  'contacts.holdFile': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ path: filePath }),
    out: z.object({ file: heldFile }),
  },
  /** The same of a file that the person chose in the window. Throws `file-unreadable` for one that is held no more. */
  'contacts.previewFile': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ file: heldFile, mapping }),
    out: importPreview,
  },
  'contacts.importFile': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ file: heldFile, bookId, mapping }),
    out: importDone,
  },
  /** All cards of a book in one file, byte for byte; refuses a file that is there. */
  'contacts.export': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ bookId, path: filePath }),
    out: z.object({ exported: z.number().int() }),
  },
  'addresses.suggest': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ prefix: z.string().max(200) }),
    out: z.array(suggestion),
  },
} as const satisfies Calls
