import type { TableRule } from '../../../store/tables'

/** Tables of accounts. */
export const accountTables: readonly TableRule[] = [
  { name: 'pins', keep: 'precious', look: 'whole', salvage: { key: null } },
  {
    name: 'accounts',
    keep: 'precious',
    look: 'whole',
    salvage: { key: 'number', json: ['config'], counted: 'accounts' },
  },
  {
    name: 'account_passwords',
    keep: 'precious',
    after: ['accounts'],
    look: 'whole',
    salvage: { key: 'account', beside: 'service' },
  },
  // What is gone on with on one machine alone: never carried over.
  { name: 'chat_streams', keep: 'derived', after: ['accounts'], stays: true },
  { name: 'chat_unacked', keep: 'derived', after: ['accounts'], stays: true },
]
