import { useTranslation } from 'react-i18next'
import { alarmNoticeChoices } from '../../../shared/features/alarms/notices'
import { useSettings } from '../../state/use-settings'
import { Select } from '../../ui/fields/select'
import { SettingsPage } from '../../ui/layout/settings-page'

/** What the desktop is told of reminders. */
export function NoticesPage() {
  const { t } = useTranslation('alarms')
  const { settings, set } = useSettings()
  if (settings === undefined) return null
  return (
    <SettingsPage title={t('title')} text={t('settingText')}>
      <Select
        label={t('setting')}
        options={alarmNoticeChoices.map(id => ({ id, label: t(`notices.${id}`) }))}
        value={settings.alarmNotices}
        onChange={alarmNotices => set({ alarmNotices })}
      />
    </SettingsPage>
  )
}
