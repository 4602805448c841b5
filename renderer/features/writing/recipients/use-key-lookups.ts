import { useEffect, useRef } from 'react'
import type { ProtectionPlan } from '../../../../shared/features/writing/protection'
import type { AccountId } from '../../../../shared/kit/ids'
import { useHost } from '../../../host/host-context'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { createKeyLookups } from './key-lookups'

/** Looks for keys of those recipients of a plan who have none, each once a day whichever draft names them. */
export const lookForKeys = createKeyLookups()

/** The same for a draft that is being written: `plan` holds only the people who may be asked about. */
export function useKeyLookups(plan: ProtectionPlan | undefined, accountId: AccountId): void {
  const host = useHost()
  const offline = useLiveQuery('settings.get', {}).data?.offline
  const torState = useLiveQuery('net.status', {}).data?.tor.state
  const torBefore = useRef(torState)
  useEffect(() => {
    const wayOpened = torState === 'ready' && torBefore.current !== 'ready'
    torBefore.current = torState
    // Offline nobody can be asked; whoever is addressed meanwhile is looked for when the user goes online.
    if (plan !== undefined && offline === false) void lookForKeys(host, plan, accountId, { wayOpened })
  }, [host, plan, accountId, offline, torState])
}
