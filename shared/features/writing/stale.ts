import { any, asked, type StaleRule } from '../../kit/stale-rule'

const thisDraft = { ...any('draft'), about: 'draftId' } as const

/** What makes answers about drafts and queues old (`ipc/stale/stale.ts`). */
export const writingStale = {
  'drafts.get': [thisDraft],
  'drafts.list': [any('draft')],
  'drafts.readAttachment': asked,
  'drafts.preview': asked,
  'drafts.explain': [
    thisDraft,
    any('transport'),
    any('account'),
    any('key'),
    { entity: 'settings', kinds: ['values', 'ways'] },
  ],
  'outbox.selfCheck': asked,
  'outbox.list': [any('outbox')],
  'tasks.list': [any('task')],
} as const satisfies Record<string, readonly StaleRule[]>
