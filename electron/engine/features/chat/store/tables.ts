import type { TableRule } from '../../../store/tables'

/**
 * Tables of chat. History, decisions about devices and what waits are nowhere else, and leave with a backup. The own device and its sessions
 * do not: what was rolled back would use a key twice, so a restored or salvaged profile becomes a new device.
 */
export const chatTables: readonly TableRule[] = [
  {
    name: 'chat_accounts',
    keep: 'precious',
    after: ['accounts'],
    look: 'whole',
    salvage: { key: 'account' },
  },
  {
    name: 'chat_conversations',
    keep: 'precious',
    after: ['accounts'],
    look: 'whole',
    salvage: { key: 'id' },
  },
  {
    name: 'chat_messages',
    keep: 'precious',
    after: ['chat_conversations'],
    look: 'ends',
    salvage: { key: 'id' },
  },
  { name: 'chat_edits', keep: 'precious', after: ['chat_messages'], look: 'ends', salvage: { key: 'id' } },
  {
    name: 'chat_reactions',
    keep: 'precious',
    after: ['chat_messages'],
    look: 'ends',
    salvage: { key: 'id' },
  },
  { name: 'chat_early', keep: 'derived', after: ['chat_conversations'] },
  { name: 'chat_files', keep: 'precious', after: ['chat_messages'], look: 'ends', salvage: { key: 'id' } },
  // Read again from the server; what is here already is known by its ids.
  { name: 'chat_ranges', keep: 'server', after: ['accounts'] },
  {
    name: 'chat_outgoing',
    keep: 'precious',
    after: ['chat_conversations', 'chat_messages'],
    look: 'whole',
    salvage: { key: 'id', json: ['content'] },
  },
  { name: 'chat_roster', keep: 'server', after: ['accounts'] },
  { name: 'chat_roster_versions', keep: 'server', after: ['accounts'] },
  { name: 'chat_blocked', keep: 'server', after: ['accounts'] },
  { name: 'chat_devices', keep: 'precious', after: ['accounts'], look: 'whole', salvage: { key: 'id' } },
  // Derived means here: never carried over. The vault makes a new device.
  { name: 'chat_own_device', keep: 'derived', after: ['accounts'], stays: true },
  { name: 'chat_sessions', keep: 'derived', after: ['accounts'], stays: true },
  { name: 'chat_words', keep: 'derived', after: ['chat_messages'] },
]
