import type { TableRule } from '../../../store/tables'

/** Tables of mail. */
export const mailTables: readonly TableRule[] = [
  { name: 'remote_senders', keep: 'precious', look: 'whole', salvage: { key: null } },
  {
    name: 'mailboxes',
    keep: 'precious',
    after: ['accounts'],
    look: 'whole',
    salvage: { key: 'id', json: ['sync_window'] },
  },
  // Mail that is only here: of local accounts, and what waits to be appended. The rest is downloaded again.
  {
    name: 'messages',
    keep: 'precious',
    after: ['accounts', 'mailboxes'],
    look: 'ends',
    salvage: { key: 'id', only: 'uid IS NULL AND unmatched = 0', counted: 'localMessages' },
  },
  {
    name: 'raw_messages',
    keep: 'precious',
    after: ['messages'],
    look: 'ends',
    salvage: { key: 'message', of: 'messages' },
  },
  { name: 'message_texts', keep: 'server', after: ['messages'] },
  { name: 'remembered_uids', keep: 'server', after: ['mailboxes', 'messages'] },
  { name: 'encrypted_messages', keep: 'server', after: ['messages'] },
  { name: 'thread_names', keep: 'derived', after: ['accounts'] },
  { name: 'address_book', keep: 'derived' },
  { name: 'search_renewal', keep: 'derived' },
  { name: 'find_headers', keep: 'derived', after: ['messages'] },
  { name: 'find_bodies', keep: 'derived', after: ['messages'] },
  { name: 'find_header_words', keep: 'derived', after: ['find_headers'] },
  { name: 'find_body_words', keep: 'derived', after: ['find_bodies'] },
]
