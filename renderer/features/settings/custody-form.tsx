import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../shared/kit/result'
import type { AppStatus, KeyCustody } from '../../../shared/kit/status'
import { useHost } from '../../host/host-context'
import { useFailureWords } from '../../i18n/use-failure-words'
import { Button } from '../../ui/actions/button'
import { Banner } from '../../ui/feedback/banner'
import { isUsable, PassphraseFields } from '../../ui/fields/passphrase-fields'
import { TextField } from '../../ui/fields/text-field'

const nothing = { passphrase: '', again: '' }

/** Moves the key to another place, or under another passphrase. */
export function CustodyForm({
  status,
  to,
  onDone,
}: Readonly<{ status: AppStatus; to: KeyCustody; onDone: () => void }>) {
  const { t } = useTranslation(['settings', 'common'])
  const host = useHost()
  const words = useFailureWords()
  const [current, setCurrent] = useState('')
  const [typed, setTyped] = useState(nothing)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  const asksCurrent = status.custody === 'passphrase'
  const isReady = (!asksCurrent || current !== '') && (to === 'keychain' || isUsable(typed))
  const change = async () => {
    setBusy(true)
    setFailure(null)
    const result = await host.call('app.changeCustody', {
      custody: to,
      currentPassphrase: asksCurrent ? current : null,
      newPassphrase: to === 'passphrase' ? typed.passphrase : null,
    })
    setBusy(false)
    setCurrent('')
    if (!result.ok) {
      setFailure(result.error)
      return
    }
    setTyped(nothing)
    onDone()
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (isReady && !busy) void change()
  }
  const problem = failure === null ? null : words(failure)
  return (
    <form className="settings-custody" onSubmit={onSubmit}>
      {problem === null ? null : (
        <Banner tone="danger" title={problem.what}>
          {problem.why} {problem.fix}
        </Banner>
      )}
      {asksCurrent ? (
        <TextField
          label={t('settings:security.current')}
          type="password"
          autoComplete="off"
          value={current}
          onChange={setCurrent}
          autoFocus
        />
      ) : null}
      {to === 'passphrase' ? <PassphraseFields value={typed} onChange={setTyped} /> : null}
      <div className="settings-actions">
        <Button onPress={onDone}>{t('common:cancel')}</Button>
        <Button type="submit" variant="primary" busy={busy} isDisabled={!isReady}>
          {t(`settings:security.change.${to}`)}
        </Button>
      </div>
    </form>
  )
}
