import type { ContactId } from '../../../../../shared/features/contacts/model'
import { SiegelError } from '../../../../../shared/kit/result'
import { newUid } from '../../../kit/objects/new-uid'
import type { CardMember } from '../../../ports/contacts/card-format'
import type { CardRow } from '../../../ports/contacts/contact-store'
import type { UseCases } from '../../../ports/use-cases'
import { type ChangeContext, noteUndo, requireCard, requireWritable } from './context'

/** Adding, changing and deleting; each can be taken back. */
export function changeContactUseCases(
  context: ChangeContext,
): Pick<
  UseCases,
  | 'contacts.add'
  | 'contacts.change'
  | 'contacts.delete'
  | 'contacts.move'
  | 'contacts.addBook'
  | 'contacts.renameBook'
  | 'contacts.removeBook'
> {
  const { store, cards, clock } = context
  /** A member is named by the UID of its card; a card that has none gets one. */
  const memberOf = (member: ContactId | string, before: CardRow[]): CardMember => {
    if (typeof member === 'string') return { uid: '', address: member }
    const card = requireCard(context, member)
    const { uid } = cards.facts(card.raw)
    if (uid !== '') return { uid, address: '' }
    requireWritable(context, card.bookId)
    const made = newUid(context)
    before.push(card)
    store.contacts.replace(member, cards.withUid(card.raw, made))
    return { uid: made, address: '' }
  }
  const pictured = (raw: Uint8Array, photo: string | null | undefined): Uint8Array => {
    if (photo === undefined) return raw
    const picture = photo === null ? null : Buffer.from(photo, 'base64')
    const made = cards.withPhoto(raw, picture, clock.now())
    if (made === null) throw new SiegelError('picture-unreadable')
    return made
  }
  return {
    'contacts.add': ({ bookId, fields, members, photo }) => {
      requireWritable(context, bookId)
      return store.transaction(() => {
        const before: CardRow[] = []
        const made = pictured(cards.make(newUid(context), withoutGaps(fields), members !== undefined), photo)
        const raw =
          members === undefined
            ? made
            : cards.editMembers(
                made,
                members.map(member => memberOf(member, before)),
              )
        const id = store.contacts.add({ bookId, raw })
        return { id, undoId: noteUndo(context, before, [id]) }
      })
    },
    'contacts.change': ({ id, change, members, photo }) => {
      const card = requireCard(context, id)
      requireWritable(context, card.bookId)
      return store.transaction(() => {
        const before: CardRow[] = [card]
        const edited = pictured(cards.edit(card.raw, change, clock.now()), photo)
        const raw =
          members === undefined
            ? edited
            : cards.editMembers(
                edited,
                members.map(member => memberOf(member, before)),
              )
        if (Buffer.from(raw).equals(card.raw)) return { undoId: null }
        store.contacts.replace(id, raw)
        return { undoId: noteUndo(context, before, []) }
      })
    },
    'contacts.delete': ({ ids }) => {
      const before = [...new Set(ids)].map(id => requireCard(context, id))
      for (const bookId of new Set(before.map(card => card.bookId))) requireWritable(context, bookId)
      return store.transaction(() => {
        store.contacts.remove(ids)
        return { undoId: noteUndo(context, before, []) }
      })
    },
    'contacts.move': ({ ids, bookId }) => {
      requireWritable(context, bookId)
      const before = [...new Set(ids)]
        .map(id => requireCard(context, id))
        .filter(card => card.bookId !== bookId)
      for (const from of new Set(before.map(card => card.bookId))) requireWritable(context, from)
      if (before.length === 0) return { ids: [], undoId: null }
      return store.transaction(() => {
        // New there and none here: on a server that is how both books learn of it.
        store.contacts.remove(before.map(({ id }) => id))
        const came = before.map(({ raw }) => store.contacts.add({ bookId, raw }))
        return { ids: came, undoId: noteUndo(context, before, came) }
      })
    },
    'contacts.addBook': ({ name }) => ({ bookId: store.contacts.addBook(name) }),
    'contacts.renameBook': ({ bookId, name }) => {
      requireWritable(context, bookId)
      store.contacts.renameBook(bookId, name)
      return {}
    },
    'contacts.removeBook': ({ bookId }) => {
      requireWritable(context, bookId)
      const books = store.contacts.books()
      if (books.some(({ id, accountId }) => id === bookId && accountId !== null))
        throw new SiegelError('unsupported', { reason: 'the address book is on a server' })
      const first = books.find(({ kind, accountId }) => kind === 'personal' && accountId === null)
      // What mail is kept for while nothing else is there: without it there would be no place to add anybody.
      if (first?.id === bookId) throw new SiegelError('conflict', { what: 'address book', state: 'first' })
      store.contacts.removeBook(bookId)
      return {}
    },
  }
}

const withoutGaps = <T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
