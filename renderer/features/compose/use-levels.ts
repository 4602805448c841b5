import { useEffect, useRef, useState } from 'react'
import type { AccountId } from '../../../shared/model/ids'
import type { Address } from '../../../shared/model/mail'
import type { TransportLevel } from '../../../shared/model/transport'
import { useHost } from '../../host/host-context'
import { useLiveQuery } from '../../state/use-live-query'
import { LevelAsker } from './level-asker'
import { isValidAddress } from './parse-addresses'

export type Levels = ReadonlyMap<string, TransportLevel>

const none: Levels = new Map()

/** Levels by domain of the recipients of a draft, as they become known; none while look-ups are off. */
export function useLevels(recipients: readonly Address[], accountId: AccountId | null): Levels {
  const host = useHost()
  const isOn = useLiveQuery('settings.get', {}).data?.lookups === true
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
  const addresses = recipients.filter(isValidAddress).map(({ address }) => address)
  const key = addresses.join(' ')
  useEffect(() => {
    if (isOn && key !== '') asker.current?.want(key.split(' '), accountId)
  }, [isOn, key, accountId])
  return isOn ? levels : none
}
