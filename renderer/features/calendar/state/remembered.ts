import { useEffect } from 'react'
import type { Settings } from '../../../../shared/kit/status'
import { useHost } from '../../../host/host-context'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { runCommand } from '../../../state/run-command'
import { isKnownZone } from '../time/known-zone'
import { useView, type ViewState } from './view-state'

type Remembered = Settings['calendarView']

/** What of the room is remembered from one start to the next. */
export const rememberedOf = ({ view, hourPx, secondZone, isBeside }: ViewState): Remembered => ({
  view,
  hourPx,
  secondZone,
  isBeside,
})

/** The room as it was left. A zone that this machine does not know is not shown. */
export const recalled = ({ secondZone, isBeside, ...rest }: Remembered): Partial<ViewState> => ({
  ...rest,
  isBeside: isBeside === true,
  secondZone: secondZone !== null && isKnownZone(secondZone) ? secondZone : null,
  isRecalled: true,
})

/**
 * Puts the room as it was left, once, and keeps what becomes of it. False until that is known. A settings row that cannot be had leaves the
 * room as it is anew.
 */
export function useRemembered(): boolean {
  const host = useHost()
  const { data: settings, failure } = useLiveQuery('settings.get', {})
  const isRecalled = useView(state => state.isRecalled)
  const isAnswered = settings !== undefined || failure !== null
  useEffect(() => {
    if (isRecalled || !isAnswered) return
    useView.setState(settings === undefined ? { isRecalled: true } : recalled(settings.calendarView))
  }, [isRecalled, isAnswered, settings])
  useEffect(() => {
    if (!isRecalled) return
    return useView.subscribe((now, before) => {
      const [next, last] = [rememberedOf(now), rememberedOf(before)]
      if (JSON.stringify(next) !== JSON.stringify(last))
        void runCommand(host, 'settings.set', { calendarView: next })
    })
  }, [host, isRecalled])
  return isRecalled
}
