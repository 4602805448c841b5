import type { SharedFeature } from '../../kit/shared-feature'
import { any, type StaleRule } from '../../kit/stale-rule'

const stale = {
  'find.query': [
    ...[any('event'), any('calendar'), any('contact')],
    { entity: 'chat', kinds: ['messages', 'state'] },
  ],
} as const satisfies Record<string, readonly StaleRule[]>

export const find = { stale } as const satisfies SharedFeature
