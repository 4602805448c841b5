import { useEffect } from 'react'
import type { AccountId } from '../../../shared/model/ids'
import type { ProtectionPlan } from '../../../shared/model/protection'
import { useHost } from '../../host/host-context'
import { createKeyLookups } from './key-lookups'

const lookFor = createKeyLookups()

/** Looks for keys of recipients who have none, as far as the account's settings allow it. */
export function useKeyLookups(plan: ProtectionPlan | undefined, accountId: AccountId): void {
  const host = useHost()
  useEffect(() => {
    if (plan !== undefined) void lookFor(host, plan, accountId)
  }, [host, plan, accountId])
}
