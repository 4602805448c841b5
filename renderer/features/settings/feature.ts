import { HardDrive, Info, Network, Palette, Settings, Shield } from 'lucide-react'
import type { Feature } from '../../ui/layout/feature'
import { AboutPage } from './about-page'
import { AppearancePage } from './appearance-page'
import { CarePage } from './care-page'
import { NetworkPage } from './network-page'
import { SecurityPage } from './security-page'
import { SettingsRoom } from './settings-room'
import { words } from './words/words'

export const settings: Feature<typeof words.en> = {
  id: 'settings',
  words,
  room: {
    id: 'settings',
    icon: Settings,
    label: t => t('app:rail.settings'),
    command: 'settings',
    View: SettingsRoom,
  },
  settings: [
    { id: 'appearance', icon: Palette, label: t => t('settings:section.appearance'), Page: AppearancePage },
    { id: 'security', icon: Shield, label: t => t('settings:section.security'), Page: SecurityPage },
    { id: 'network', icon: Network, label: t => t('settings:section.network'), Page: NetworkPage },
    { id: 'care', icon: HardDrive, label: t => t('settings:section.care'), Page: CarePage },
    { id: 'about', icon: Info, label: t => t('settings:section.about'), Page: AboutPage },
  ],
}
