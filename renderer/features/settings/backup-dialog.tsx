import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../shared/kit/result'
import type { KeyCustody } from '../../../shared/kit/status'
import { useHost } from '../../host/host-context'
import { inSentences } from '../../i18n/describe-failure'
import { useFailureWords } from '../../i18n/use-failure-words'
import { useFormat } from '../../i18n/use-format'
import { useJobProgress } from '../../state/use-job-progress'
import { Button } from '../../ui/actions/button'
import { Banner } from '../../ui/feedback/banner'
import { WorkProgress } from '../../ui/feedback/work-progress'
import { isUsable, PassphraseFields } from '../../ui/fields/passphrase-fields'
import { TextField } from '../../ui/fields/text-field'
import { Dialog } from '../../ui/overlays/dialog'

const formId = 'make-backup'
const nothing = { passphrase: '', again: '' }

/** Asks for the passphrase that will open the backup: the profile's own, or a new one where a keychain keeps the key. */
export function BackupDialog({
  custody,
  onClose,
}: Readonly<{ custody: KeyCustody | null; onClose: (saved: readonly string[]) => void }>) {
  const { t } = useTranslation('settings')
  const host = useHost()
  const words = useFailureWords()
  const format = useFormat()
  const [typed, setTyped] = useState(nothing)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  const [stopping, setStopping] = useState(false)
  const [stopped, setStopped] = useState(false)
  const part = useJobProgress('backup', busy)
  const isOwn = custody === 'passphrase'
  const isReady = isOwn ? typed.passphrase !== '' : isUsable(typed)
  const backUp = async () => {
    setBusy(true)
    setFailure(null)
    setStopped(false)
    const result = await host.call('profile.backup', { passphrase: typed.passphrase })
    setBusy(false)
    setStopping(false)
    if (!result.ok && result.error.code === 'cancelled') setStopped(true)
    else if (!result.ok) setFailure(result.error)
    else if (result.value.saved.length > 0) onClose(result.value.saved)
  }
  const stop = async () => {
    setStopping(true)
    await host.call('profile.stop', {})
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (isReady && !busy) void backUp()
  }
  const isWrong = failure?.code === 'wrong-passphrase'
  const problem = failure === null || isWrong ? null : words(failure)
  return (
    <Dialog
      title={t('care.backup')}
      isOpen
      onClose={busy ? () => undefined : () => onClose([])}
      actions={
        <>
          {part === null || !busy ? null : (
            <Button busy={stopping} onPress={() => void stop()}>
              {t('care.backupStop')}
            </Button>
          )}
          <Button type="submit" form={formId} variant="primary" busy={busy} isDisabled={!isReady}>
            {busy ? t('care.backingUp') : t('care.backupWhere')}
          </Button>
        </>
      }
    >
      <form id={formId} className="backup-form" onSubmit={onSubmit}>
        <p>{t(isOwn ? 'care.backupOwn' : 'care.backupNew')}</p>
        {problem === null ? null : (
          <Banner tone="danger" title={problem.what}>
            {inSentences([problem.why, problem.fix, ...problem.facts])}
          </Banner>
        )}
        {stopped ? <Banner title={t('care.backupStopped')} /> : null}
        {isOwn ? (
          <TextField
            label={t('care.backupPassphrase')}
            type="password"
            autoComplete="off"
            autoFocus
            value={typed.passphrase}
            onChange={passphrase => setTyped({ ...nothing, passphrase })}
            error={isWrong ? t('care.backupWrong') : null}
          />
        ) : (
          <PassphraseFields value={typed} onChange={setTyped} autoFocus />
        )}
        {part === null || !busy ? null : (
          <WorkProgress
            label={t(part < 1 / 3 ? 'care.backupCopying' : 'care.backupProving')}
            value={part}
            words={format.percent(part)}
          />
        )}
      </form>
    </Dialog>
  )
}
