import './notices-page.css'
import { useTranslation } from 'react-i18next'
import { alarmNoticeChoices } from '../../../shared/features/alarms/notices'
import { useFormat } from '../../i18n/use-format'
import { useSettings } from '../../state/use-settings'
import { Switch } from '../../ui/actions/switch'
import { Select } from '../../ui/fields/select'
import { SettingsPage } from '../../ui/layout/settings-page'

const usualHours = { from: 22, until: 7 } as const

/** What the desktop is told of reminders and messages, and when of nothing. */
export function NoticesPage() {
  const { t } = useTranslation('alarms')
  const { settings, set } = useSettings()
  const { locale } = useFormat()
  if (settings === undefined) return null
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })
  const hours = settings.quietHours
  const hourOptions = (without: number) =>
    Array.from({ length: 24 }, (_, hour) => hour)
      .filter(hour => hour !== without)
      .map(hour => ({ id: String(hour), label: clock.format(new Date(2000, 0, 1, hour)) }))
  return (
    <SettingsPage title={t('settingTitle')} text={t('settingText')}>
      <Select
        label={t('setting')}
        options={alarmNoticeChoices.map(id => ({ id, label: t(`notices.${id}`) }))}
        value={settings.alarmNotices}
        onChange={alarmNotices => set({ alarmNotices })}
      />
      <Switch
        label={t('quiet')}
        isSelected={hours !== null}
        isDisabled={settings.alarmNotices === 'none'}
        onChange={isOn => set({ quietHours: isOn ? usualHours : null })}
      />
      {hours === null ? null : (
        <div className="notices-hours">
          <Select
            label={t('quietFrom')}
            options={hourOptions(hours.until)}
            value={String(hours.from)}
            onChange={from => set({ quietHours: { ...hours, from: Number(from) } })}
          />
          <Select
            label={t('quietUntil')}
            options={hourOptions(hours.from)}
            value={String(hours.until)}
            onChange={until => set({ quietHours: { ...hours, until: Number(until) } })}
          />
        </div>
      )}
    </SettingsPage>
  )
}
