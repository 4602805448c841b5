import { useTranslation } from 'react-i18next'
import { useSettings } from '../../state/use-settings'
import { Switch } from '../../ui/actions/switch'
import { SettingsPage } from '../../ui/layout/settings-page'

/** Whether those to whom mail is written are shown and suggested. */
export function CollectingPage() {
  const { t } = useTranslation('contacts')
  const { settings, set } = useSettings()
  if (settings === undefined) return null
  return (
    <SettingsPage title={t('title')}>
      <Switch
        label={t('setting')}
        description={t('settingText')}
        isSelected={settings.collectAddresses}
        onChange={collectAddresses => set({ collectAddresses })}
      />
      <Switch
        label={t('birthdays')}
        description={t('birthdaysText')}
        isSelected={settings.birthdayCalendar}
        onChange={birthdayCalendar => set({ birthdayCalendar })}
      />
    </SettingsPage>
  )
}
