import type { TableRule } from '../../../store/tables'

/** Tables of address books. Cards of servers as well are precious: one that was changed here is only here until it is sent. */
export const contactTables: readonly TableRule[] = [
  { name: 'address_books', keep: 'precious', after: ['accounts'], look: 'whole', salvage: { key: 'id' } },
  {
    name: 'cards',
    keep: 'precious',
    after: ['address_books'],
    look: 'ends',
    salvage: { key: 'id', counted: 'contacts' },
  },
  { name: 'card_index', keep: 'derived', after: ['cards'] },
  { name: 'card_addresses', keep: 'derived', after: ['cards'] },
]
