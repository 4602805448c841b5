import type { ProtectionPlan, RecipientKeyState } from '../../../../shared/features/writing/protection'
import type { DraftId } from '../../../../shared/kit/ids'
import { useLiveQuery } from '../../../state/live/use-live-query'

export type KeyStates = ReadonlyMap<string, RecipientKeyState>

const none: KeyStates = new Map()

/** What sending would do about encryption, as of the last save of the draft. */
export function usePlan(draftId: DraftId): { plan: ProtectionPlan | undefined; keys: KeyStates } {
  const plan = useLiveQuery('keys.plan', { draftId }).data
  // Without a key of one's own nobody can be reached; marks at every recipient would say nothing.
  if (plan === undefined || plan.reason === 'no-own-key') return { plan, keys: none }
  return { plan, keys: new Map(plan.recipients.map(each => [each.address, each])) }
}
