import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../shared/kit/result'
import { useHost } from '../../host/host-context'
import { inSentences } from '../../i18n/describe-failure'
import { useFailureWords } from '../../i18n/use-failure-words'
import { useFormat } from '../../i18n/use-format'
import { useJobProgress } from '../../state/use-job-progress'
import { Button } from '../../ui/actions/button'
import { Banner } from '../../ui/feedback/banner'
import { WorkProgress } from '../../ui/feedback/work-progress'
import { TextField } from '../../ui/fields/text-field'
import { Dialog } from '../../ui/overlays/dialog'

const formId = 'restore-backup'

/** Chooses a backup in a dialog of main's, asks for its passphrase, and makes it the profile of this place. */
export function RestoreDialog({ onClose }: Readonly<{ onClose: () => void }>) {
  const { t } = useTranslation('onboarding')
  const host = useHost()
  const words = useFailureWords()
  const format = useFormat()
  const [name, setName] = useState<string | null>(null)
  const [passphrase, setPassphrase] = useState('')
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  const [stopping, setStopping] = useState(false)
  const part = useJobProgress('restore', busy)

  const choose = async () => {
    setFailure(null)
    const chosen = await host.call('profile.chooseBackup', {})
    if (!chosen.ok) setFailure(chosen.error)
    else if (chosen.value.name !== null) setName(chosen.value.name)
  }
  const restore = async () => {
    setBusy(true)
    setFailure(null)
    const result = await host.call('profile.restore', { passphrase })
    setBusy(false)
    setStopping(false)
    // The open profile takes the place of this screen. Whoever stopped it knows.
    if (!result.ok) setFailure(result.error.code === 'cancelled' ? null : result.error)
    else onClose()
  }
  const stop = async () => {
    setStopping(true)
    await host.call('profile.stop', {})
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (!busy && passphrase !== '') void restore()
  }
  const problem = failure === null ? null : words(failure)
  const isWrong = failure?.code === 'wrong-passphrase'
  return (
    <Dialog
      title={t('restore.title')}
      isOpen
      onClose={busy ? () => undefined : onClose}
      actions={
        name === null ? (
          <Button variant="primary" onPress={() => void choose()}>
            {t('restore.choose')}
          </Button>
        ) : (
          <>
            {part === null || !busy ? (
              <Button isDisabled={busy} onPress={() => void choose()}>
                {t('restore.another')}
              </Button>
            ) : (
              <Button busy={stopping} isDisabled={part === 1} onPress={() => void stop()}>
                {t('restore.stop')}
              </Button>
            )}
            <Button type="submit" form={formId} variant="primary" busy={busy} isDisabled={passphrase === ''}>
              {busy ? t('restore.restoring') : t('restore.go')}
            </Button>
          </>
        )
      }
    >
      <form id={formId} className="restore-form" onSubmit={onSubmit}>
        <p>{t('restore.text')}</p>
        {problem === null || isWrong ? null : (
          <Banner tone="danger" title={problem.what}>
            {inSentences([problem.why, problem.fix, ...problem.facts])}
          </Banner>
        )}
        {name === null ? null : (
          <>
            <p className="restore-file selectable">{name}</p>
            <TextField
              label={t('restore.passphrase')}
              type="password"
              autoComplete="off"
              autoFocus
              value={passphrase}
              onChange={setPassphrase}
              error={isWrong ? t('restore.wrong') : null}
            />
          </>
        )}
        {part === null || !busy ? null : (
          <WorkProgress label={t('restore.copying')} value={part} words={format.percent(part)} />
        )}
      </form>
    </Dialog>
  )
}
