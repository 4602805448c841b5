import { useTranslation } from 'react-i18next'
import { useSettings } from '../../state/use-settings'
import { Switch } from '../../ui/actions/switch'
import { RadioGroup } from '../../ui/fields/radio-group'
import { Select } from '../../ui/fields/select'
import { SettingsPage } from '../../ui/layout/settings-page'

const formats = ['plain', 'html'] as const
const undoChoices = ['0', '5', '10', '30', '60', '120'] as const

export function WritingPage() {
  const { t } = useTranslation(['settings', 'contacts'])
  const { settings, set } = useSettings()
  if (settings === undefined) return null
  const undo = undoChoices.find(choice => Number(choice) >= settings.undoSendSeconds) ?? '120'
  return (
    <SettingsPage title={t('settings:section.writing')}>
      <RadioGroup
        label={t('settings:writing.format')}
        value={settings.composeFormat}
        onChange={composeFormat => set({ composeFormat })}
        options={formats.map(id => ({
          id,
          label: t(`settings:writing.formats.${id}`),
          description: t(`settings:writing.formats.${id}-text`),
        }))}
      />
      <Select<string>
        label={t('settings:writing.undo')}
        options={undoChoices.map(id => ({
          id,
          label:
            id === '0'
              ? t('settings:writing.undoNever')
              : t('settings:writing.undoFor', { count: Number(id) }),
        }))}
        value={undo}
        onChange={seconds => set({ undoSendSeconds: Number(seconds) })}
      />
      <Switch
        label={t('contacts:setting')}
        description={t('contacts:settingText')}
        isSelected={settings.collectAddresses}
        onChange={collectAddresses => set({ collectAddresses })}
      />
    </SettingsPage>
  )
}
