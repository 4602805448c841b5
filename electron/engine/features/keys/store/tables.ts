import type { TableRule } from '../../../store/tables'

/** Tables of keys. */
export const keyTables: readonly TableRule[] = [
  // Facts that cannot be read are read from the public part again; the sealed part is what must not be lost.
  { name: 'own_keys', keep: 'precious', look: 'whole', salvage: { key: 'number', counted: 'keys' } },
  { name: 'public_keys', keep: 'precious', look: 'whole', salvage: { key: 'number' } },
  {
    name: 'key_addresses',
    keep: 'precious',
    after: ['public_keys'],
    look: 'whole',
    salvage: { key: 'number' },
  },
  { name: 'key_ids', keep: 'precious', after: ['public_keys'], look: 'whole', salvage: { key: null } },
  { name: 'address_preferences', keep: 'precious', look: 'whole', salvage: { key: null } },
  {
    name: 'key_conflicts',
    keep: 'precious',
    after: ['public_keys'],
    look: 'whole',
    salvage: { key: null },
  },
  {
    name: 'openpgp_settings',
    keep: 'precious',
    after: ['accounts', 'own_keys'],
    look: 'whole',
    salvage: { key: 'account' },
  },
]
