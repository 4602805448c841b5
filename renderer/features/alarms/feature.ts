import { Bell } from 'lucide-react'
import type { Feature } from '../../ui/layout/feature'
import { AlarmCards } from './alarm-cards'
import { NoticesPage } from './notices-page'
import { words } from './words/words'

export const alarms: Feature<typeof words.en> = {
  id: 'alarms',
  words,
  settings: [{ id: 'alarms', icon: Bell, label: t => t('alarms:settingTitle'), Page: NoticesPage }],
  Front: AlarmCards,
}
