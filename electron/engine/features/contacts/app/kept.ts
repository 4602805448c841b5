import type { KeptKind } from '../../../ports/dav/dav-sync'
import type { Needs } from '../../../ports/parts'

/** Address books as they are brought into step with servers. */
export const keptContacts = ({ store, cards }: Needs<'cards', 'contacts'>): KeptKind => ({
  kind: 'contacts',
  extension: 'vcf',
  collections: store.contacts,
  nameOf: bookId => store.contacts.books().find(({ id }) => id === bookId)?.name ?? '',
  titleOf: () => '',
  uidOf: bytes => cards.facts(bytes).uidKey || null,
})
