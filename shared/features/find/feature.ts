import type { SharedFeature } from '../../kit/shared-feature'
import { any, type StaleRule } from '../../kit/stale-rule'

export const find = {
  stale: {
    'find.query': [any('event'), any('calendar'), any('contact')],
  } satisfies Record<string, readonly StaleRule[]>,
} as const satisfies SharedFeature
