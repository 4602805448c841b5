import type { ContactId } from '../../../../../shared/features/contacts/model'
import { SiegelError } from '../../../../../shared/kit/result'
import { newUid } from '../../../kit/objects/new-uid'
import type { CardFacts } from '../../../ports/contacts/card-format'
import type { CardRow } from '../../../ports/contacts/contact-store'
import type { UseCases } from '../../../ports/use-cases'
import { type ChangeContext, noteUndo, requireCard, requireWritable } from './context'

const mostConflicts = 200

/** Several cards of one person become one. */
export function mergeUseCases(context: ChangeContext): Pick<UseCases, 'contacts.merge'> {
  const { store, cards } = context
  return {
    'contacts.merge': ({ ids }) => {
      const [first, ...others] = [...new Set(ids)].map(id => requireCard(context, id))
      if (first === undefined || others.length === 0) throw new SiegelError('bad-request', { field: 'ids' })
      for (const card of [first, ...others]) {
        requireWritable(context, card.bookId)
        if (cards.facts(card.raw).kind === 'group') throw new SiegelError('unsupported', { reason: 'group' })
      }
      return store.transaction(() => {
        let raw = first.raw
        const conflicts: { name: string; kept: string; other: string }[] = []
        for (const other of others) {
          const merged = cards.merge(raw, other.raw, null)
          raw = merged.raw
          conflicts.push(...merged.conflicts)
        }
        const before = [first, ...others]
        if (cards.facts(raw).uid === '') raw = cards.withUid(raw, newUid(context))
        store.contacts.replace(first.id, raw)
        before.push(...renameMembers(context, first, cards.facts(raw), others))
        store.contacts.remove(others.map(({ id }) => id))
        return {
          id: first.id,
          conflicts: conflicts.slice(0, mostConflicts).map(each => ({
            name: each.name.slice(0, 100),
            kept: each.kept.slice(0, 2000),
            other: each.other.slice(0, 2000),
          })),
          undoId: noteUndo(context, before, []),
        }
      })
    },
  }
}

/** Groups that named one of those that go name the one that stays; answers them as they were. Where that is in another book they lose nobody by it: the name stays as it is. */
function renameMembers(
  { store, cards }: ChangeContext,
  kept: CardRow,
  { uid }: CardFacts,
  gone: readonly CardRow[],
): CardRow[] {
  const goneKeys = new Set(
    gone
      .filter(({ bookId }) => bookId === kept.bookId)
      .map(({ raw }) => cards.facts(raw).uidKey)
      .filter(key => key !== ''),
  )
  const groups = store.contacts
    .groups()
    .flatMap(({ id, bookId }) => (id !== null && bookId === kept.bookId ? [id] : []))
  return groups.flatMap((id: ContactId) => {
    const group = store.contacts.card(id)
    if (group === null) return []
    const { members } = cards.facts(group.raw)
    const keyOf = (text: string) => text.replace(/^urn:uuid:/i, '').toLowerCase()
    if (!members.some(member => goneKeys.has(keyOf(member.uid)))) return []
    const renamed = members.map(member => (goneKeys.has(keyOf(member.uid)) ? { uid, address: '' } : member))
    store.contacts.replace(id, cards.editMembers(group.raw, renamed))
    return [group]
  })
}
