import type { BookId, ContactGroup, ContactId } from '../../../../../shared/features/contacts/model'
import type { Address } from '../../../../../shared/features/mail/model'
import { foldText } from '../../../../../shared/kit/fold-text'
import { byteTextOf } from '../../../formats/content-lines/byte-text'
import { membersOf, type NamedMember, uidKey } from '../../../formats/vcard/group-cards'
import { readCard } from '../../../formats/vcard/read-card'
import { typedWords, wordsOfPerson } from '../../../kit/people/address-words'
import type { ContactStore } from '../../../ports/contacts/contact-store'
import type { Candidate } from '../../../ports/contacts/people'
import type { StoreContext } from '../../../store/context'
import type { ReadDb } from '../../../store/db'
import { jsonList, sql } from '../../../store/sql'
import { listIn } from './contact-rows'

const mostMembers = 5000
/** Of so many contacts that were found, the best are chosen. */
const candidates = 400

type MemberRow = Readonly<{ id: ContactId; name: string; emails: string }>

/** A member of a group with the card that it is, if that is here. */
export type FoundMember = NamedMember & Readonly<{ card: MemberRow | null }>

/**
 * Members of the group that a card is. Each is looked up in the book of the group first; one that moved is in another of my own. A book that
 * somebody else shares says nothing of my groups: a card there could have any UID.
 */
export function foundMembers(read: ReadDb, id: ContactId): FoundMember[] {
  const group = read.get<{ raw: Uint8Array; book: BookId }>(sql`SELECT raw, book FROM cards WHERE id = ${id}`)
  if (group === undefined) return []
  const named = membersOf(readCard(byteTextOf(group.raw))).slice(0, mostMembers)
  const keys = jsonList(named.map(({ uid }) => uidKey(uid)))
  const rows = read.all<MemberRow & { uid: string }>(sql`
    SELECT c.id, c.uid, i.name, i.emails FROM cards c JOIN card_index i ON i.card = c.id
    WHERE c.book IN (SELECT id FROM address_books WHERE id = ${group.book} OR owner = '')
      AND c.uid <> '' AND c.uid IN (SELECT value FROM json_each(${keys}))
    ORDER BY c.book = ${group.book}, c.id DESC`)
  // The last one counts.
  const byUid = new Map(rows.map(row => [row.uid, row]))
  return named.map(each => ({ ...each, card: byUid.get(uidKey(each.uid)) ?? null }))
}

const firstAddress = ({ name, emails }: Pick<MemberRow, 'name' | 'emails'>): Address[] => {
  const [address] = listIn(emails)
  return address === undefined ? [] : [{ name, address }]
}

/** As vCards and tables of Google name what is no group: `myContacts`, `* myContacts`, `* starred`. */
const isOfGoogle = (category: string): boolean => /^(?:\* ?)?mycontacts$|^\* ?starred$/i.test(category.trim())

const eachOnce = (list: readonly Address[]): Address[] => [
  ...new Map(list.map(each => [each.address.toLowerCase(), each])).values(),
]

type Groups = Pick<ContactStore, 'groups' | 'members' | 'suggest'>

/** Groups: cards with members, and categories, which stand for all who are in them. */
export function createGroups({ database: { read } }: StoreContext): Groups {
  const ofCard = (id: ContactId): Address[] =>
    foundMembers(read, id).flatMap(({ address, card }) =>
      card === null ? (address === '' ? [] : [{ name: '', address }]) : firstAddress(card),
    )
  const ofCategory = (name: string): Address[] =>
    read
      .all<MemberRow>(sql`
        SELECT card AS id, name, emails FROM card_index
        WHERE EXISTS (SELECT 1 FROM json_each(categories) WHERE value = ${name}) ORDER BY sort_key, card LIMIT ${mostMembers}`)
      .flatMap(firstAddress)
  const members: Groups['members'] = group =>
    eachOnce(typeof group === 'number' ? ofCard(group) : ofCategory(group))

  const groups = (): ContactGroup[] => [
    ...read
      .all<{ id: ContactId; book: BookId; name: string }>(sql`
        SELECT c.id, c.book, i.name FROM cards c JOIN card_index i ON i.card = c.id
        WHERE i.kind = 'group' ORDER BY i.sort_key, c.id`)
      .map(({ id, book, name }) => ({ id, name, bookId: book, members: members(id).length })),
    ...read
      .all<{ name: string; members: number }>(sql`
        SELECT value AS name, count(DISTINCT card) AS members FROM card_index, json_each(card_index.categories)
        GROUP BY value ORDER BY value`)
      // Google puts everybody whom one knows into it, and a star on some: groups of nobody's making.
      .filter(({ name }) => !isOfGoogle(name))
      .map(({ name, members: count }) => ({ id: null, name, bookId: null, members: count })),
  ]
  return {
    members,
    groups,
    suggest: typed => {
      const words = typedWords(typed)
      if (words.length === 0) return []
      return [...contactsFor(read, words), ...groupsFor(groups(), words, members)]
    },
  }
}

/** Every address of those whom the words mean; one that is itself meant stands alone. */
function contactsFor(read: ReadDb, words: readonly string[]): Candidate[] {
  const starts = jsonList(words.map(word => ` ${word}`))
  return read
    .all<MemberRow>(sql`
      SELECT card AS id, name, emails FROM card_index
      WHERE emails <> '[]'
        AND NOT EXISTS (SELECT 1 FROM json_each(${starts}) typed WHERE instr(person_words, typed.value) = 0)
      ORDER BY sort_key, card LIMIT ${candidates}`)
    .flatMap(({ name, emails }) => {
      const all = listIn(emails).slice(0, 50)
      const meant = all.filter(address => {
        const own = wordsOfPerson({ name: '', address })
        return words.every(word => own.includes(` ${word}`))
      })
      const isByAddress =
        meant.length > 0 && !words.every(word => wordsOfPerson({ name, address: '' }).includes(` ${word}`))
      return (isByAddress ? meant : all).map(address => ({ name, address, use: null, isContact: true }))
    })
}

function groupsFor(
  groups: readonly ContactGroup[],
  words: readonly string[],
  membersIn: Groups['members'],
): Candidate[] {
  return groups
    .filter(({ name }) => {
      const own = wordsOfPerson({ name, address: '' })
      return words.every(word => own.includes(` ${word}`) || foldText(name).startsWith(word))
    })
    .slice(0, 20)
    .flatMap(({ id, name }) => {
      const members = membersIn(id ?? name)
      return members.length === 0 ? [] : [{ name, address: '', use: null, isContact: true, members }]
    })
}
