import type { AddressBook, BookId, ContactId, ContactKind } from '../../../shared/features/contacts/model'
import { useLiveQuery } from '../../state/live/use-live-query'

/** What the page shows: a contact, or somebody who was only written to. */
export type Shown =
  | Readonly<{ kind: 'contact'; id: ContactId }>
  | Readonly<{ kind: 'collected'; name: string; address: string }>

/** A line of the list. */
export type Line = Readonly<{ key: string; name: string; detail: string; kind: ContactKind; shown: Shown }>

export type Listed = Readonly<{ lines: readonly Line[]; isCollected: boolean; isLoaded: boolean }>

/** The lines of a book, or of what is found in it; nothing typed shows all. */
export function useListed(books: readonly AddressBook[], bookId: BookId | null, text: string): Listed {
  const typed = text.trim()
  const isCollected = books.find(({ id }) => id === bookId)?.kind === 'collected'
  const all = useLiveQuery('contacts.list', isCollected || typed !== '' ? null : { bookId })
  const found = useLiveQuery('contacts.find', isCollected || typed === '' ? null : { text: typed })
  const collected = useLiveQuery('contacts.collected', isCollected ? {} : null)
  if (isCollected) {
    const words = typed.toLowerCase()
    return {
      isCollected,
      isLoaded: collected.data !== undefined,
      lines: (collected.data ?? [])
        .filter(({ name, address }) => `${name} ${address}`.toLowerCase().includes(words))
        .map(({ name, address }) => ({
          key: address,
          name: name || address,
          detail: name === '' ? '' : address,
          kind: 'individual',
          shown: { kind: 'collected', name, address },
        })),
    }
  }
  const data = typed === '' ? all.data : found.data
  return {
    isCollected,
    isLoaded: data !== undefined,
    lines: (data ?? [])
      .filter(contact => bookId === null || contact.bookId === bookId)
      .map(contact => ({
        key: String(contact.id),
        name: contact.name,
        detail: [contact.emails[0] ?? contact.phones[0] ?? contact.organisation]
          .filter(word => word !== contact.name)
          .join(''),
        kind: contact.kind,
        shown: { kind: 'contact', id: contact.id },
      })),
  }
}
