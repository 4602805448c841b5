import type { TableRule } from '../../../store/tables'

/** Tables of the encrypted inbox. */
export const inboxTables: readonly TableRule[] = [
  {
    name: 'inbox_encryption',
    keep: 'precious',
    after: ['accounts'],
    look: 'whole',
    salvage: { key: 'account' },
  },
  {
    name: 'inbox_replacements',
    keep: 'precious',
    after: ['accounts', 'mailboxes', 'messages'],
    look: 'whole',
    salvage: { key: 'id' },
  },
  // Both name mail of servers by the number of its row, which is another one after a recovery.
  { name: 'inbox_messages', keep: 'server', after: ['messages'] },
  { name: 'inbox_originals', keep: 'server', after: ['messages', 'accounts'] },
]
