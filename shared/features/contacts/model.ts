import { z } from 'zod'
import { stepNoteKind } from '../../kit/collection-step'
import { accountId } from '../../kit/ids'
import { address } from '../mail/model'

/** An address book: row id in the store. */
export const bookId = z.number().int().positive().brand<'BookId'>()
export type BookId = z.infer<typeof bookId>

/** A card in an address book: row id in the store, never reused. Not its UID. */
export const contactId = z.number().int().positive().brand<'ContactId'>()
export type ContactId = z.infer<typeof contactId>

/** What was decided while an address book was brought into step, each time with nothing lost. `second` is the contact that was made of what was written here. */
export const contactSyncNote = z.object({
  bookId,
  contactId,
  kind: stepNoteKind,
  second: contactId.nullable(),
})

export const addressBook = z.object({
  id: bookId,
  name: z.string().max(200),
  /** Null: on this machine only. */
  accountId: accountId.nullable(),
  /** `collected`: made of whom was written to, without cards of its own; it cannot be written into. */
  kind: z.enum(['personal', 'collected']),
  readOnly: z.boolean(),
  /** Whose it is, where it is shared; '' for one's own. */
  owner: z.string().max(500),
  contacts: z.number().int().nonnegative(),
})
export type AddressBook = z.infer<typeof addressBook>

const word = z.string().max(1000)

/** A value of which there may be several. */
const labelledValue = z.object({
  value: z.string().min(1).max(4000),
  /** Lower case: home, work, cell, fax ... */
  types: z.array(z.string().max(60)).max(20),
  /** A word of the person's own in the place of a type; '' where there is none. */
  label: z.string().max(200),
  preferred: z.boolean(),
})
export type LabelledValue = z.infer<typeof labelledValue>

const postalAddress = labelledValue.omit({ value: true }).extend({
  poBox: word,
  extended: word,
  street: word,
  city: word,
  region: word,
  code: word,
  country: word,
})
export type PostalAddress = z.infer<typeof postalAddress>

/** A day; what is not known of it is null. A birthday without a year is one. */
export const partialDate = z.object({
  year: z.number().int().min(1).max(9999).nullable(),
  month: z.number().int().min(1).max(12).nullable(),
  day: z.number().int().min(1).max(31).nullable(),
})
export type PartialDate = z.infer<typeof partialDate>

/** What is read of a card and can be changed. Whatever else stands in it stays there. */
export const contactFields = z.object({
  /** As shown; '' where the card says none (`ContactSummary.name` then says something else). */
  displayName: word,
  name: z.object({ family: word, given: word, additional: word, prefix: word, suffix: word }),
  nickname: word,
  organisation: word,
  /** Departments, from the largest. */
  units: z.array(word).max(20),
  title: word,
  role: word,
  emails: z.array(labelledValue).max(500),
  phones: z.array(labelledValue).max(500),
  addresses: z.array(postalAddress).max(100),
  urls: z.array(labelledValue).max(200),
  chats: z.array(labelledValue).max(200),
  birthday: partialDate.nullable(),
  anniversary: partialDate.nullable(),
  note: z.string().max(1_000_000),
  categories: z.array(word).max(500),
})
export type ContactFields = z.infer<typeof contactFields>
/** Some of them; a list is replaced as a whole, and what is equal in it is not touched. */
export const contactChange = contactFields.partial().strict()
export type ContactChange = { [K in keyof ContactFields]?: ContactFields[K] | undefined }

export const noFields: ContactFields = {
  displayName: '',
  name: { family: '', given: '', additional: '', prefix: '', suffix: '' },
  nickname: '',
  organisation: '',
  units: [],
  title: '',
  role: '',
  emails: [],
  phones: [],
  addresses: [],
  urls: [],
  chats: [],
  birthday: null,
  anniversary: null,
  note: '',
  categories: [],
}

const contactKind = z.enum(['individual', 'group', 'organisation'])
export type ContactKind = z.infer<typeof contactKind>

/** A picture inside a card, by its bytes; what a card only points at is never fetched. */
const contactPhoto = z.object({
  type: z.enum(['image/jpeg', 'image/png', 'image/gif', 'image/webp']),
  base64: z.string().max(8_000_000),
})
export type ContactPhoto = z.infer<typeof contactPhoto>

export const contactSummary = z.object({
  id: contactId,
  bookId,
  uid: z.string().max(2000),
  kind: contactKind,
  /** Never empty where the card says anything: its name, else of the organisation, else an address. */
  name: z.string().max(1000),
  organisation: z.string().max(1000),
  emails: z.array(z.string().max(1000)).max(500),
  phones: z.array(z.string().max(1000)).max(500),
  categories: z.array(word).max(500),
})
export type ContactSummary = z.infer<typeof contactSummary>

/** Somebody who is in a group: a card that is here, or what the group names and is not. */
const groupMember = z.object({
  id: contactId.nullable(),
  name: z.string().max(1000),
  address: z.string().max(1000),
})

export const contactDetail = contactSummary.extend({
  fields: contactFields,
  version: z.enum(['2.1', '3.0', '4.0']),
  photo: contactPhoto.nullable(),
  /** The card names a picture elsewhere, which is not fetched. */
  hasRemotePhoto: z.boolean(),
  /** BDAY as it stands where it is no date that can be read; '' otherwise. */
  birthdayText: z.string().max(200),
  members: z.array(groupMember).max(5000),
  /** Names of properties that are kept and not shown. */
  others: z.array(z.string().max(100)).max(200),
})
export type ContactDetail = z.infer<typeof contactDetail>

/** Somebody to write to; with `members`, a group that stands for them and has no address of its own. */
export const suggestion = address.extend({ members: z.array(address).max(5000).optional() })
export type Suggestion = z.infer<typeof suggestion>

/** Somebody to whom mail was written and who is in no address book. */
export const collectedAddress = address.extend({ lastUsedMs: z.number() })
export type CollectedAddress = z.infer<typeof collectedAddress>

/** A group as people are written to: of a card with members, or all cards of a category. */
export const contactGroup = z.object({
  /** Null: a category. */
  id: contactId.nullable(),
  name: z.string().max(1000),
  bookId: bookId.nullable(),
  members: z.number().int().nonnegative(),
})
export type ContactGroup = z.infer<typeof contactGroup>
