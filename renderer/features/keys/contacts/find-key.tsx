import { Search } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountSummary } from '../../../../shared/features/accounts/model'
import type { KeyLookupReport } from '../../../../shared/features/keys/model'
import { useHost } from '../../../host/host-context'
import { runCommand } from '../../../state/run-command'
import { Button } from '../../../ui/actions/button'
import { TextField } from '../../../ui/fields/text-field'

/** Looks for the key of an address and says where that was tried. */
export function FindKey({ accounts }: Readonly<{ accounts: readonly AccountSummary[] }>) {
  const { t } = useTranslation('openpgp')
  const host = useHost()
  const [address, setAddress] = useState('')
  const [report, setReport] = useState<KeyLookupReport | null>(null)
  const [busy, setBusy] = useState(false)
  const wanted = address.trim()
  const find = async () => {
    setBusy(true)
    setReport(null)
    setReport(
      await runCommand(host, 'keys.find', {
        address: wanted,
        accountId: accounts[0]?.id ?? null,
        by: 'user',
      }),
    )
    setBusy(false)
  }
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        if (wanted.includes('@') && !busy) void find()
      }}
    >
      <div className="key-find">
        <TextField
          label={t('people.find')}
          type="email"
          maxLength={320}
          placeholder="name@example.org"
          value={address}
          onChange={setAddress}
        />
        <Button type="submit" icon={Search} busy={busy} isDisabled={!wanted.includes('@')}>
          {t('people.findGo')}
        </Button>
      </div>
      <p className="ui-description">{t('people.findText')}</p>
      {report === null ? null : (
        <div role="status">
          <p>
            {report.found.length === 0 ? t('lookup.nothing', { address: report.address }) : t('lookup.found')}
          </p>
          <ul className="key-steps selectable" aria-label={t('lookup.steps')}>
            {report.steps.map(step => (
              <li key={`${step.source} ${step.target}`} title={step.target}>
                {t(`lookup.source.${step.source}`)}: {t(`lookup.outcome.${step.outcome}`)}
                {step.detail === '' ? '' : ` (${step.detail})`}
              </li>
            ))}
          </ul>
        </div>
      )}
    </form>
  )
}
