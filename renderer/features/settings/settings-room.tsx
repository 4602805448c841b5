import './settings.css'
import { use, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useUi } from '../../state/ui-store'
import { FeatureList } from '../../ui/layout/feature'
import { Tabs } from '../../ui/layout/tabs'
import { useLeavingByEscape } from './use-leaving-by-escape'

/** The settings room: the pages of every feature; `settingsSection` of the UI store says which one is shown. */
export function SettingsRoom() {
  const { t } = useTranslation(['app', 'settings'])
  const pages = use(FeatureList).flatMap(feature => feature.settings ?? [])
  const section = useUi(state => state.settingsSection)
  const room = useRef<HTMLElement>(null)
  const leave = useLeavingByEscape(room)
  return (
    <main ref={room} data-pane {...leave} tabIndex={-1} className="settings" aria-label={t('settings:title')}>
      <Tabs
        label={t('settings:title')}
        orientation="vertical"
        selected={section}
        onSelect={settingsSection => useUi.setState({ settingsSection })}
        tabs={pages.map(({ id, icon, label, Page }) => ({ id, icon, label: label(t), content: <Page /> }))}
      />
    </main>
  )
}
