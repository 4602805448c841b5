import './rail.css'
import { Keyboard, Lock, Mail, Settings } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useHost } from '../host/host-context'
import { lockApp } from '../state/lock-app'
import { openRoom, type Room, useUi } from '../state/ui-store'
import type { IconShape } from '../ui/actions/icon'
import { IconButton } from '../ui/actions/icon-button'
import { Seal } from '../ui/feedback/seal'
import { ActivityButton } from './activity/activity-button'

const rooms: readonly Readonly<{ room: Room; icon: IconShape }>[] = [
  { room: 'mail', icon: Mail },
  { room: 'settings', icon: Settings },
]

/** The way between rooms; at its foot what goes on, and the lock. */
export function Rail() {
  const { t } = useTranslation('app')
  const host = useHost()
  const current = useUi(state => state.room)
  return (
    <nav aria-label={t('rail.label')} className="rail" data-pane tabIndex={-1}>
      <span className="rail-seal">
        <Seal />
      </span>
      {rooms.map(({ room, icon }) => (
        <IconButton
          key={room}
          label={t(`rail.${room}`)}
          icon={icon}
          {...(room === 'settings' ? { command: 'settings' as const } : {})}
          {...(room === current ? { 'aria-current': 'page' as const, className: 'rail-current' } : {})}
          onPress={() => openRoom(room)}
        />
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
