import { useTranslation } from 'react-i18next'
import type { Settings } from '../../../../shared/kit/status'
import { useSettings } from '../../../state/use-settings'
import { Switch } from '../../../ui/actions/switch'
import { Select } from '../../../ui/fields/select'
import { SettingsPage } from '../../../ui/layout/settings-page'
import { ImageSenders } from './image-senders'

/** Seconds; -1 is never. */
const seenChoices = ['-1', '0', '1', '3', '10'] as const

const textWidths = ['auto', 'fixed', 'proportional'] as const

export function ReadingPage() {
  const { t } = useTranslation('settings')
  const { settings, set } = useSettings()
  if (settings === undefined) return null
  const seen = seenChoices.find(choice => Number(choice) >= settings.markSeenAfterSeconds) ?? '10'
  const label = (choice: (typeof seenChoices)[number]) =>
    choice === '-1'
      ? t('reading.seenNever')
      : choice === '0'
        ? t('reading.seenAtOnce')
        : t('reading.seenAfter', { count: Number(choice) })
  return (
    <SettingsPage title={t('section.reading')}>
      <Select<string>
        label={t('reading.seen')}
        options={seenChoices.map(id => ({ id, label: label(id) }))}
        value={seen}
        onChange={choice => set({ markSeenAfterSeconds: Number(choice) })}
      />
      <Switch
        label={t('reading.plain')}
        description={t('reading.plainText')}
        isSelected={settings.preferPlainText}
        onChange={preferPlainText => set({ preferPlainText })}
      />
      <Select<Settings['textWidth']>
        label={t('reading.textWidth')}
        options={textWidths.map(id => ({ id, label: t(`reading.textWidths.${id}`) }))}
        value={settings.textWidth}
        onChange={textWidth => set({ textWidth })}
      />
      <ImageSenders />
    </SettingsPage>
  )
}
