import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../shared/kit/result'
import type { AppStatus, KeyCustody } from '../../../shared/kit/status'
import { useHost } from '../../host/host-context'
import { inSentences } from '../../i18n/describe-failure'
import { useFailureWords } from '../../i18n/use-failure-words'
import { Button } from '../../ui/actions/button'
import { Banner } from '../../ui/feedback/banner'
import { isUsable, type NewPassphrase, PassphraseFields } from '../../ui/fields/passphrase-fields'
import { RadioGroup } from '../../ui/fields/radio-group'
import { RestoreDialog } from './restore-dialog'

const nothingTyped: NewPassphrase = { passphrase: '', again: '' }

/** Where the key of the store is kept: the one question before a profile exists. */
export function KeyStep({ status }: Readonly<{ status: AppStatus }>) {
  const { t } = useTranslation('onboarding')
  const host = useHost()
  const words = useFailureWords()
  const { keychain } = status
  const [custody, setCustody] = useState<KeyCustody>(
    keychain.state === 'unavailable' ? 'passphrase' : 'keychain',
  )
  const [typed, setTyped] = useState(nothingTyped)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  const [restoring, setRestoring] = useState(false)
  const needsPassphrase = custody === 'passphrase'
  const isReady = !needsPassphrase || isUsable(typed)

  const create = async () => {
    setBusy(true)
    setFailure(null)
    const passphrase = needsPassphrase ? typed.passphrase : null
    const result = await host.call('app.createProfile', { custody, passphrase })
    setBusy(false)
    if (result.ok) setTyped(nothingTyped)
    else setFailure(result.error)
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (isReady && !busy) void create()
  }
  const problem = failure === null ? null : words(failure)
  return (
    <>
      <form className="onboarding-form" onSubmit={onSubmit}>
        <RadioGroup<KeyCustody>
          label={t('key.question')}
          value={custody}
          onChange={setCustody}
          options={[
            {
              id: 'keychain',
              label: keychain.state === 'unavailable' ? t('key.keychainNone') : t('key.keychain', keychain),
              description:
                keychain.state === 'unavailable' ? t('key.keychainNoneText') : t('key.keychainText'),
              isDisabled: keychain.state === 'unavailable',
            },
            { id: 'passphrase', label: t('key.passphrase'), description: t('key.passphraseText') },
          ]}
        />
        {keychain.state === 'unavailable' && keychain.detail !== '' ? (
          <details className="ui-description">
            <summary>{t('key.keychainDetail')}</summary>
            <span className="selectable">{keychain.detail}</span>
          </details>
        ) : null}
        {keychain.state === 'locked' && !needsPassphrase ? (
          <Banner tone="notice">{t('key.keychainLocked', keychain)}</Banner>
        ) : null}
        {needsPassphrase ? <PassphraseFields value={typed} onChange={setTyped} /> : null}
        {problem === null ? null : (
          <Banner tone="danger" title={problem.what}>
            {inSentences([problem.why, problem.fix, ...problem.facts])}
          </Banner>
        )}
        <div className="onboarding-actions">
          <Button variant="plain" isDisabled={busy} onPress={() => setRestoring(true)}>
            {t('restore.offer')}
          </Button>
          <Button type="submit" variant="primary" busy={busy} isDisabled={!isReady}>
            {busy ? t('key.creating') : t('key.continue')}
          </Button>
        </div>
      </form>
      {restoring ? <RestoreDialog onClose={() => setRestoring(false)} /> : null}
    </>
  )
}
