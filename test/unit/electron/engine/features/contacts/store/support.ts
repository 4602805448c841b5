import type { Store } from '../../../../../../../electron/engine/ports/store'
import type { BookId, ContactId } from '../../../../../../../shared/features/contacts/model'

export const rawCard = (lines: string): Uint8Array =>
  Buffer.from(`BEGIN:VCARD\nVERSION:3.0\n${lines}\nEND:VCARD\n`.replaceAll('\n', '\r\n'))

/** The address book of this machine that one writes into. */
export function ownBook(store: Store): BookId {
  const found = store.contacts.books().find(({ kind }) => kind === 'personal')
  if (found === undefined) throw new Error('no address book')
  return found.id
}

export const addCard = (store: Store, lines: string, bookId = ownBook(store)): ContactId =>
  store.contacts.add({ bookId, raw: rawCard(lines) })
