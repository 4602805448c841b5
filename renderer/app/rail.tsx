import './rail.css'
import { Keyboard, Lock } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useHost } from '../host/host-context'
import { lockApp } from '../state/lock-app'
import { openRoom, useUi } from '../state/ui-store'
import { IconButton } from '../ui/actions/icon-button'
import { Seal } from '../ui/feedback/seal'
import { useRooms } from '../ui/layout/feature'
import { ActivityButton } from './activity/activity-button'
import { RailDrop } from './rail-drop'

/** The way between rooms; at its foot what goes on, and the lock. */
export function Rail() {
  const { t } = useTranslation(['app', 'settings'])
  const host = useHost()
  const current = useUi(state => state.room)
  const rooms = useRooms()
  return (
    <nav aria-label={t('rail.label')} className="rail" data-pane tabIndex={-1}>
      <span className="rail-seal">
        <Seal />
      </span>
      {rooms.map(({ id, icon, label, command, Badge }) => (
        <RailDrop key={id} room={id}>
          <span className="rail-room">
            <IconButton
              label={label(t)}
              icon={icon}
              {...(command === undefined ? {} : { command })}
              {...(id === current ? { 'aria-current': 'page' as const, className: 'rail-current' } : {})}
              onPress={() => openRoom(id)}
            />
            {Badge === undefined ? null : <Badge />}
          </span>
        </RailDrop>
      ))}
      <span className="rail-space" />
      <ActivityButton />
      <IconButton
        label={t('rail.shortcuts')}
        icon={Keyboard}
        command="shortcuts"
        onPress={() => useUi.setState({ shortcutsOpen: true })}
      />
      <IconButton label={t('rail.lock')} icon={Lock} command="lock" onPress={() => void lockApp(host)} />
    </nav>
  )
}
