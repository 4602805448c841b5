import { createHash } from 'node:crypto'
import type { BookId, ContactId } from '../../../../../shared/features/contacts/model'
import type { Undone } from '../../../../../shared/features/writing/model'
import { SiegelError } from '../../../../../shared/kit/result'
import type { CardRow } from '../../../ports/contacts/contact-store'
import type { Needs } from '../../../ports/parts'
import type { UndoEntry } from '../../../ports/store'

/** What changing contacts works with. */
export type ChangeContext = Needs<'cards' | 'clock' | 'random', 'contacts' | 'tasks' | 'transaction'>

type WithContacts = Needs<never, 'contacts'>

/** Throws `not-found`. */
export function requireCard({ store }: WithContacts, id: ContactId): CardRow {
  const found = store.contacts.card(id)
  if (found === null) throw new SiegelError('not-found', { what: 'contact', name: String(id) })
  return found
}

/** Throws `not-found` and `book-read-only`. */
export function requireWritable({ store }: WithContacts, bookId: BookId): void {
  const found = store.contacts.books().find(({ id }) => id === bookId)
  if (found === undefined) throw new SiegelError('not-found', { what: 'address book' })
  if (found.readOnly) throw new SiegelError('book-read-only', { name: found.name })
}

/** What a card is now, as one word: null where there is none. */
const stateOf = ({ store }: WithContacts, id: ContactId): string | null => {
  const card = store.contacts.card(id)
  return card && createHash('sha256').update(card.raw).digest('base64')
}

/** Notes what takes a change back: cards as they were, and those that came. Inside the transaction of the change, after it. */
export function noteUndo(
  { store }: Pick<ChangeContext, 'store'>,
  before: readonly CardRow[],
  came: readonly ContactId[],
): number {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
  return store.tasks.addUndo({
    label: 'contacts',
    inverse: {
      kind: 'contacts',
      before: before.map(({ id, bookId, raw }) => ({ id, bookId, raw: base64(raw) })),
      came,
      after: [...before.map(({ id }) => id), ...came].map(id => ({ id, state: stateOf({ store }, id) })),
    },
  })
}

/**
 * Takes it back: how many cards changed, null for what was no change of cards. Throws `changed-since` and changes nothing where a card
 * is not as that change left it.
 */
export function takeBackContacts({ store }: WithContacts, entry: UndoEntry): Undone | null {
  if (entry.kind !== 'contacts') return null
  if (!entry.after.every(({ id, state }) => stateOf({ store }, id) === state))
    throw new SiegelError('changed-since')
  store.contacts.remove(entry.came)
  const books = new Set(store.contacts.books().map(({ id }) => id))
  const there = entry.before.filter(({ bookId }) => books.has(bookId))
  for (const card of there)
    store.contacts.restore({ id: card.id, bookId: card.bookId, raw: Buffer.from(card.raw, 'base64') })
  return { what: 'contact', count: there.length + entry.came.length }
}
