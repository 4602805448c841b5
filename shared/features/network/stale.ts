import { any, asked, type StaleRule } from '../../kit/stale-rule'

const ways = [any('connection'), any('account'), { entity: 'settings', kinds: ['values', 'ways'] }] as const

/** What makes answers about the network old (`ipc/stale/stale.ts`). */
export const networkStale = {
  'net.connections': [any('connection')],
  'net.status': ways,
  'net.policy': ways,
  'transport.levels': asked,
  'transport.sending': asked,
  'transport.servers': asked,
} as const satisfies Record<string, readonly StaleRule[]>
