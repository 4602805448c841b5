import { RefreshCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useAppStore } from '../../state/app-store'
import { useLiveQuery } from '../../state/live/use-live-query'
import { useUi } from '../../state/ui-store'
import { IconButton } from '../../ui/actions/icon-button'
import { PopoverPanel } from '../../ui/overlays/popover-panel'
import { classNames } from '../../ui/tokens/class-names'
import { ActivityPanel } from './activity-panel'
import { overallState } from './overall-state'

/** The state of everything that goes on behind the window, as one dot; the panel says it in words. */
export function ActivityButton() {
  const { t } = useTranslation('app')
  const isOpen = useUi(state => state.activityOpen)
  const sync = useAppStore(state => state.sync)
  const outbox = useLiveQuery('outbox.list', {})
  const tasks = useLiveQuery('tasks.list', {})
  const state = overallState([...sync.values()], outbox.data ?? [], tasks.data ?? [])
  return (
    <PopoverPanel
      label={t('activity.title')}
      isOpen={isOpen}
      onOpenChange={open => useUi.setState({ activityOpen: open })}
      trigger={
        <span className="rail-activity">
          <IconButton
            label={`${t('sync.label')}: ${t(`sync.${state.word}`)}`}
            icon={RefreshCw}
            className={classNames(state.word === 'syncing' && 'rail-turning')}
            onPress={() => useUi.setState({ activityOpen: true })}
          />
          {state.dot === null ? null : <span className={`rail-dot rail-dot-${state.dot}`} />}
        </span>
      }
    >
      <ActivityPanel outbox={outbox.data ?? []} tasks={tasks.data ?? []} />
    </PopoverPanel>
  )
}
