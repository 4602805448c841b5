import type {
  AddressBook,
  BookId,
  ContactDetail,
  ContactGroup,
  ContactId,
  ContactSummary,
  PartialDate,
} from '../../../../shared/features/contacts/model'
import type { Address } from '../../../../shared/features/mail/model'
import type { RemoteCollections } from '../dav/remote-objects'
import type { Candidate } from './people'

/** A card as it is stored. */
export type CardRow = Readonly<{
  id: ContactId
  bookId: BookId
  raw: Uint8Array
}>

type NewCard = Omit<CardRow, 'id'>

export type ContactStore = RemoteCollections & {
  books(): readonly AddressBook[]
  /** The book of this machine that is there from the first start. */
  addBook(name: string): BookId
  renameBook(id: BookId, name: string): void
  /** With its cards. */
  removeBook(id: BookId): void

  /** Null: of all books. Sorted as people are looked up. */
  list(bookId: BookId | null): readonly ContactSummary[]
  /** Those of whom every word typed begins a word of anything that their cards say. */
  find(text: string, limit: number): readonly ContactSummary[]
  detail(id: ContactId): ContactDetail | null
  card(id: ContactId): CardRow | null
  /** Cards of a book in the order in which they came. */
  cardsOf(bookId: BookId): readonly ContactId[]
  /** Cards of a book with this UID, in whatever spelling. */
  withUid(bookId: BookId, uid: string): readonly ContactId[]
  withAddress(address: string): readonly ContactId[]

  add(card: NewCard): ContactId
  /** Other bytes for a card. Of a book on a server what was there before stays as the base of a merge. */
  replace(id: ContactId, raw: Uint8Array): void
  /** Puts a card back under the id that it had. */
  restore(card: CardRow): void
  /** What a server has waits, unseen, until it was told. */
  remove(ids: readonly ContactId[]): void

  suggest(typed: string): readonly Candidate[]
  groups(): readonly ContactGroup[]
  /** Those whom a group, or a category by its name, stands for; each address once. Empty where there is none. */
  members(group: ContactId | string): readonly Address[]
  /** Birthdays of all cards, for whoever shows them in a calendar. */
  birthdays(): readonly Readonly<{ id: ContactId; name: string; birthday: PartialDate }>[]
  anniversaries(): readonly Readonly<{ id: ContactId; name: string; anniversary: PartialDate }>[]
}
