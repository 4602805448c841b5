import type { TableRule } from '../store/tables'
import { collectionWaits } from './collections/0016-collection-waits'

/** Tables of settings and of the queue of changes. */
export const kitTables: readonly TableRule[] = [
  { name: 'settings', keep: 'precious', look: 'whole', salvage: { key: null, json: ['value'] } },
  {
    name: 'tasks',
    keep: 'precious',
    after: ['accounts', 'messages'],
    look: 'whole',
    salvage: { key: 'id', json: ['payload'] },
  },
  { name: 'task_messages', keep: 'derived', after: ['tasks', 'messages'] },
  { name: 'undo_journal', keep: 'derived' },
  // The next pass finds again what still waits.
  { name: 'collection_waits', keep: 'derived' },
]

/** Steps of the schema that are no feature's. */
export const kitMigrations = [collectionWaits]
