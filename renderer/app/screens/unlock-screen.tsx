import './screen.css'
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../shared/kit/result'
import type { AppStatus } from '../../../shared/kit/status'
import { useHost } from '../../host/host-context'
import { useFailureWords } from '../../i18n/use-failure-words'
import { Button } from '../../ui/actions/button'
import { Seal } from '../../ui/feedback/seal'
import { TextField } from '../../ui/fields/text-field'

/** Locked. Opens with the keychain or with the passphrase, whichever keeps the key of this profile. */
export function UnlockScreen({ status }: Readonly<{ status: AppStatus }>) {
  const { t } = useTranslation('app')
  const host = useHost()
  const words = useFailureWords()
  const [passphrase, setPassphrase] = useState('')
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  const [capsLock, setCapsLock] = useState(false)
  const byPassphrase = status.custody === 'passphrase'

  const unlock = async () => {
    setBusy(true)
    setFailure(null)
    const result = await host.call('app.unlock', { passphrase: byPassphrase ? passphrase : null })
    setBusy(false)
    if (!result.ok) setFailure(result.error)
    else setPassphrase('')
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (!busy && (!byPassphrase || passphrase !== '')) void unlock()
  }
  const onKey = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))

  const { backend, state } = status.keychain
  const text = byPassphrase
    ? t('unlock.passphraseText')
    : state === 'locked'
      ? t('unlock.keychainLockedText', { backend })
      : state === 'unavailable'
        ? t('unlock.keychainGoneText')
        : t('unlock.keychainText', { backend })
  const problem = failure === null ? null : words(failure)

  return (
    <main className="screen">
      <form className="screen-sheet" onSubmit={onSubmit}>
        <Seal size={40} />
        <h1 className="screen-title">{t('unlock.title')}</h1>
        <p className="screen-text">{text}</p>
        <div className="screen-form">
          {byPassphrase ? (
            <TextField
              label={t('unlock.passphrase')}
              type="password"
              autoComplete="off"
              autoFocus
              value={passphrase}
              onChange={setPassphrase}
              onKeyDown={onKey}
              onKeyUp={onKey}
              error={problem === null ? null : `${problem.what}. ${problem.fix}`}
              {...(capsLock
                ? { description: <span className="screen-caps">{t('unlock.capsLock')}</span> }
                : {})}
            />
          ) : problem === null ? null : (
            <p role="alert" className="ui-error">
              {problem.what}. {problem.why} {problem.fix}
            </p>
          )}
          <Button
            type="submit"
            variant="primary"
            busy={busy}
            isDisabled={byPassphrase && passphrase === ''}
            autoFocus={!byPassphrase}
          >
            {busy ? t('unlock.unlocking') : t('unlock.unlock')}
          </Button>
        </div>
        {problem === null || problem.facts.length === 0 ? null : (
          <div className="screen-facts selectable">
            {problem.facts.map(fact => (
              <p key={fact}>{fact}</p>
            ))}
          </div>
        )}
      </form>
    </main>
  )
}
