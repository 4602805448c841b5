import type { ContactDetail, ContactId } from '../../../../../shared/features/contacts/model'
import { byteTextOf } from '../../../formats/content-lines/byte-text'
import { photoOf } from '../../../formats/vcard/fields/photo'
import { birthdayText, readFields, unreadNames } from '../../../formats/vcard/fields/read-fields'
import { readCard } from '../../../formats/vcard/read-card'
import type { ContactStore } from '../../../ports/contacts/contact-store'
import type { StoreContext } from '../../../store/context'
import { sql } from '../../../store/sql'
import { createBooks } from './books'
import { createCards } from './cards'
import { type IndexRow, listIn, summaryOf } from './contact-rows'
import { createFinder } from './find-contacts'
import { createGroups, foundMembers } from './groups'
import { createRemoteBooks } from './remote-books'

/** Address books and their cards. */
export function createContactStore(context: StoreContext): ContactStore {
  const { read } = context.database
  const cards = createCards(context)
  const detail = (id: ContactId): ContactDetail | null => {
    const row = read.get<IndexRow & { raw: Uint8Array }>(sql`
      SELECT c.id, c.book, c.uid, c.raw, i.kind, i.name, i.organisation, i.emails, i.phones, i.categories
      FROM cards c JOIN card_index i ON i.card = c.id WHERE c.id = ${id}`)
    if (row === undefined) return null
    const card = readCard(byteTextOf(row.raw))
    const { photo, hasRemote } = photoOf(card)
    return {
      ...summaryOf(row),
      fields: readFields(card),
      version: card.version,
      photo,
      hasRemotePhoto: hasRemote,
      birthdayText: birthdayText(card),
      members:
        row.kind === 'group'
          ? foundMembers(read, id).map(member => ({
              id: member.card?.id ?? null,
              name: member.card?.name ?? '',
              address: member.card === null ? member.address : (listIn(member.card.emails)[0] ?? ''),
            }))
          : [],
      others: unreadNames(card),
    }
  }
  return {
    ...createBooks(context),
    ...cards,
    ...createFinder(context),
    ...createGroups(context),
    ...createRemoteBooks(context),
    detail,
  }
}
