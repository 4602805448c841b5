import './settings.css'
import { BookOpen, HardDrive, Info, KeyRound, Network, Palette, PenLine, Shield, Users } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type SettingsSection, useUi } from '../../state/ui-store'
import { Tabs } from '../../ui/layout/tabs'
import { AboutPage } from './about-page'
import { AppearancePage } from './appearance-page'
import { CarePage } from './care-page'
import { NetworkPage } from './network-page'
import { ReadingPage } from './reading-page'
import { SecurityPage } from './security-page'
import { SettingsPage } from './settings-page'
import { useLeavingByEscape } from './use-leaving-by-escape'
import { WritingPage } from './writing-page'

/** The settings room; `settingsSection` of the UI store says which section is shown. */
export function SettingsRoom({ accounts, keys }: Readonly<{ accounts: ReactNode; keys: ReactNode }>) {
  const { t } = useTranslation(['settings', 'accounts', 'openpgp'])
  const section = useUi(state => state.settingsSection)
  const room = useRef<HTMLElement>(null)
  const leave = useLeavingByEscape(room)
  const tab = (id: SettingsSection, icon: typeof Users, content: ReactNode) => ({
    id,
    label: t(`settings:section.${id}`),
    icon,
    content,
  })
  return (
    <main ref={room} data-pane {...leave} tabIndex={-1} className="settings" aria-label={t('settings:title')}>
      <Tabs
        label={t('settings:title')}
        orientation="vertical"
        selected={section}
        onSelect={settingsSection => useUi.setState({ settingsSection })}
        tabs={[
          tab(
            'accounts',
            Users,
            <SettingsPage title={t('settings:section.accounts')} text={t('accounts:section.text')}>
              <div>{accounts}</div>
            </SettingsPage>,
          ),
          tab('reading', BookOpen, <ReadingPage />),
          tab('writing', PenLine, <WritingPage />),
          tab('appearance', Palette, <AppearancePage />),
          tab('security', Shield, <SecurityPage />),
          tab(
            'keys',
            KeyRound,
            <SettingsPage title={t('settings:section.keys')} text={t('openpgp:text')}>
              {keys}
            </SettingsPage>,
          ),
          tab('network', Network, <NetworkPage />),
          tab('care', HardDrive, <CarePage />),
          tab('about', Info, <AboutPage />),
        ]}
      />
    </main>
  )
}
