import type { EngineFeature } from '../../kit/feature'
import type { Needs } from '../../ports/parts'
import { networkUseCases } from './app/network'
import { transportUseCases } from './app/transport-levels'
import { networkTables } from './store/tables'

export const network = {
  tables: networkTables,
  useCases: (
    parts: Needs<
      'background' | 'gate' | 'network' | 'offers' | 'outbox' | 'sync' | 'transport',
      'accounts' | 'network' | 'settings' | 'transport'
    >,
  ) => ({ ...networkUseCases(parts), ...transportUseCases(parts) }),
} as const satisfies EngineFeature
