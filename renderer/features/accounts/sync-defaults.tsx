import { useTranslation } from 'react-i18next'
import type { Settings } from '../../../shared/kit/status'
import { useHost } from '../../host/host-context'
import { useFormat } from '../../i18n/use-format'
import { useLiveQuery } from '../../state/live/use-live-query'
import { runCommand } from '../../state/run-command'
import { Select } from '../../ui/fields/select'

const kinds = ['all', 'months', 'headers'] as const
const monthChoices = ['1', '3', '6', '12', '24', '60'] as const
const limits = ['1000000', '5000000', '20000000', '1000000000'] as const
const nearest = (choices: readonly string[], value: number): string =>
  choices.find(choice => Number(choice) >= value) ?? choices.at(-1) ?? ''

/** How much mail is kept here, for folders that appear from now on. */
export function SyncDefaults() {
  const { t } = useTranslation('accounts')
  const host = useHost()
  const format = useFormat()
  const settings = useLiveQuery('settings.get', {}).data
  if (settings === undefined) return null
  const set = (change: Partial<Settings>) => void runCommand(host, 'settings.set', change)
  const window = settings.defaultWindow
  return (
    <section className="account-defaults">
      <h3 className="account-legend">{t('section.sync')}</h3>
      <div className="account-defaults-row">
        <Select
          label={t('section.window')}
          options={kinds.map(id => ({ id, label: t(`section.windowKind.${id}`) }))}
          value={window.kind}
          onChange={kind => set({ defaultWindow: { ...window, kind } })}
        />
        {window.kind === 'months' ? (
          <Select<string>
            label={t('section.months')}
            options={monthChoices.map(id => ({ id, label: id }))}
            value={nearest(monthChoices, window.months)}
            onChange={months => set({ defaultWindow: { ...window, months: Number(months) } })}
          />
        ) : null}
        <Select<string>
          label={t('section.bodyLimit')}
          options={limits.map(id => ({
            id,
            label:
              id === limits.at(-1)
                ? t('section.bodyLimitNever')
                : t('section.bodyLimitOver', { size: format.byteSize(Number(id)) }),
          }))}
          value={nearest(limits, settings.backgroundBodyLimitBytes)}
          onChange={limit => set({ backgroundBodyLimitBytes: Number(limit) })}
        />
      </div>
      <p className="ui-description">{t('section.windowHint')}</p>
    </section>
  )
}
