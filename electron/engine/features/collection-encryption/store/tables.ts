import type { TableRule } from '../../../store/tables'

export const encryptedCollectionTables: readonly TableRule[] = [
  // What was seen last is known here alone: with it goes the proof that a server does not show something older.
  {
    name: 'encrypted_collections',
    keep: 'precious',
    after: ['accounts'],
    look: 'whole',
    salvage: { key: 'id', json: ['facts', 'refused', 'stays_clear'] },
  },
  {
    name: 'encrypted_objects',
    keep: 'precious',
    after: ['encrypted_collections'],
    look: 'ends',
    salvage: { key: 'id' },
  },
  {
    name: 'encrypted_moves',
    keep: 'precious',
    after: ['encrypted_collections'],
    look: 'whole',
    salvage: { key: 'id' },
  },
]
