import { useTranslation } from 'react-i18next'
import { useSettings } from '../../state/use-settings'
import { RadioGroup } from '../../ui/fields/radio-group'
import { Select } from '../../ui/fields/select'
import { SettingsPage } from '../../ui/layout/settings-page'

const formats = ['plain', 'html'] as const
const undoChoices = ['0', '5', '10', '30', '60', '120'] as const

export function WritingPage() {
  const { t } = useTranslation('settings')
  const { settings, set } = useSettings()
  if (settings === undefined) return null
  const undo = undoChoices.find(choice => Number(choice) >= settings.undoSendSeconds) ?? '120'
  return (
    <SettingsPage title={t('section.writing')}>
      <RadioGroup
        label={t('writing.format')}
        value={settings.composeFormat}
        onChange={composeFormat => set({ composeFormat })}
        options={formats.map(id => ({
          id,
          label: t(`writing.formats.${id}`),
          description: t(`writing.formats.${id}-text`),
        }))}
      />
      <Select<string>
        label={t('writing.undo')}
        options={undoChoices.map(id => ({
          id,
          label: id === '0' ? t('writing.undoNever') : t('writing.undoFor', { count: Number(id) }),
        }))}
        value={undo}
        onChange={seconds => set({ undoSendSeconds: Number(seconds) })}
      />
    </SettingsPage>
  )
}
