import { useCallback, useEffect, useRef, useState } from 'react'
import type { AccountId } from '../../../../shared/kit/ids'
import { useHost } from '../../../host/host-context'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { LevelAsker, type Levels } from './level-asker'

export type { Levels } from './level-asker'

const none: Levels = new Map()

/** Levels by domain as they become known, and a way to ask for more of them at once. */
type LevelsOfDraft = Readonly<{
  levels: Levels
  /** Whether anybody is asked at all. */
  isOn: boolean
  askNow: (addresses: readonly string[]) => Promise<Levels>
}>

/**
 * Levels of those recipients of a draft that may be asked about (`use-asked-people.ts`); none while look-ups are off, and none
 * for an account without servers, which is null here.
 */
export function useLevels(addresses: readonly string[], accountId: AccountId | null): LevelsOfDraft {
  const host = useHost()
  const lookups = useLiveQuery('settings.get', {}).data?.lookups === true
  const isOn = lookups && accountId !== null
  const [levels, setLevels] = useState(none)
  const asker = useRef<LevelAsker | null>(null)
  useEffect(() => {
    if (!isOn) return
    const made = new LevelAsker(host, setLevels)
    asker.current = made
    return () => {
      made.close()
      asker.current = null
      setLevels(none)
    }
  }, [host, isOn])
  const key = addresses.join(' ')
  useEffect(() => {
    if (isOn && key !== '') asker.current?.want(key.split(' '), accountId)
  }, [isOn, key, accountId])
  const askNow = useCallback(
    async (more: readonly string[]) => (await asker.current?.askNow(more, accountId)) ?? none,
    [accountId],
  )
  return { levels: isOn ? levels : none, isOn, askNow }
}
