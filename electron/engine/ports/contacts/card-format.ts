import type {
  ContactFileFormat,
  ImportColumn,
  ImportField,
  ImportProblem,
} from '../../../../shared/features/contacts/import'
import type { ContactChange, ContactFields, ContactKind } from '../../../../shared/features/contacts/model'

/** A member of a group: by the UID of a card, or by an address. */
export type CardMember = Readonly<{ uid: string; address: string }>

/** What a use case asks of a card. */
export type CardFacts = Readonly<{
  /** As it is written; '' where there is none. */
  uid: string
  /** As UIDs are compared. */
  uidKey: string
  kind: ContactKind
  members: readonly CardMember[]
}>

/** Two values of which a card can have one; both in words. */
type MergeConflict = Readonly<{ name: string; kept: string; other: string }>

/** A card of a file, or a contact of which one is made. */
export type FileContact = Readonly<{ line: number }> &
  (
    | Readonly<{ raw: Uint8Array }>
    | Readonly<{ fields: ContactFields; members: readonly string[]; isGroup: boolean }>
  )

/** A file that was read. */
export type ContactFile = Readonly<{
  format: ContactFileFormat
  contacts: readonly FileContact[]
  problems: readonly ImportProblem[]
  /** Of a table: its columns and what each becomes. */
  columns: readonly ImportColumn[]
}>

/** Cards as bytes, read and changed in place; `formats/vcard/` and `formats/contact-files/` are the real ones. */
export type CardFormat = Readonly<{
  /** `mapping`: what the columns of a table become, in their order; null: what their names say. Throws `contacts-unreadable`. */
  readFile(bytes: Uint8Array, mapping: readonly (ImportField | null)[] | null): ContactFile
  make(uid: string, fields: Partial<ContactFields>, isGroup?: boolean): Uint8Array
  /** `nowMs`: for REV, where the card has one. */
  edit(raw: Uint8Array, change: ContactChange, nowMs: number): Uint8Array
  /** Without what the picture tells beyond what it shows; null for no picture. Null where the bytes are none. */
  withPhoto(raw: Uint8Array, picture: Uint8Array | null, nowMs: number): Uint8Array | null
  editMembers(raw: Uint8Array, members: readonly CardMember[]): Uint8Array
  merge(
    ours: Uint8Array,
    theirs: Uint8Array,
    base: Uint8Array | null,
  ): Readonly<{ raw: Uint8Array; conflicts: readonly MergeConflict[] }>
  facts(raw: Uint8Array): CardFacts
  /** What a card is called. */
  nameOf(raw: Uint8Array): string
  /** The same of two cards that say the same, in whatever order and spelling. */
  contentKey(raw: Uint8Array): string
  withUid(raw: Uint8Array, uid: string): Uint8Array
}>
