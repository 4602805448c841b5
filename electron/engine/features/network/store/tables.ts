import type { TableRule } from '../../../store/tables'

/** Tables of what is known of the way to others. */
export const networkTables: readonly TableRule[] = [
  { name: 'transport_domains', keep: 'precious', look: 'whole', salvage: { key: null } },
  { name: 'transport_tlsa', keep: 'precious', look: 'whole', salvage: { key: null } },
]
