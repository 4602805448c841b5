import { useTranslation } from 'react-i18next'
import { type Preferences, zoomSteps } from '../../../shared/kit/status'
import { useHost } from '../../host/host-context'
import { useFormat } from '../../i18n/use-format'
import { useAppStore } from '../../state/app-store'
import { savePreferences } from '../../state/save-preferences'
import { RadioGroup } from '../../ui/fields/radio-group'
import { Select } from '../../ui/fields/select'
import { SettingsPage } from '../../ui/layout/settings-page'

const languages = ['system', 'en', 'de'] as const
const themes = ['system', 'light', 'dark'] as const
const densities = ['compact', 'normal', 'relaxed'] as const

export function AppearancePage() {
  const { t } = useTranslation('settings')
  const host = useHost()
  const format = useFormat()
  const preferences = useAppStore(state => state.preferences)
  const set = (change: Partial<Preferences>) => void savePreferences(host, change)
  return (
    <SettingsPage title={t('section.appearance')}>
      <RadioGroup
        label={t('appearance.language')}
        value={preferences.language}
        onChange={language => set({ language })}
        options={languages.map(id => ({ id, label: t(`appearance.languages.${id}`) }))}
      />
      <RadioGroup
        label={t('appearance.theme')}
        value={preferences.theme}
        onChange={theme => set({ theme })}
        options={themes.map(id => ({ id, label: t(`appearance.themes.${id}`) }))}
      />
      <RadioGroup
        label={t('appearance.density')}
        value={preferences.density}
        onChange={density => set({ density })}
        options={densities.map(id => ({ id, label: t(`appearance.densities.${id}`) }))}
      />
      <Select
        label={t('appearance.zoom')}
        value={String(preferences.zoomPercent)}
        onChange={zoom => set({ zoomPercent: Number(zoom) })}
        options={zoomSteps.map(percent => ({ id: String(percent), label: format.percent(percent / 100) }))}
      />
    </SettingsPage>
  )
}
