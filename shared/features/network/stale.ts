import type { StaleBy } from '../../ipc/stale/stale-by'
import { any, asked } from '../../ipc/stale/stale-by'

const ways = [any('connection'), any('account'), { entity: 'settings', kinds: ['values', 'ways'] }] as const

/** What makes answers about the network old (`ipc/stale.ts`). */
export const networkStale = {
  'net.connections': [any('connection')],
  'net.status': ways,
  'net.policy': ways,
  'transport.levels': asked,
  'transport.sending': asked,
  'transport.servers': asked,
} as const satisfies Record<string, readonly StaleBy[]>
