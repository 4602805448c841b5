import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../shared/kit/result'
import { useHost } from '../../host/host-context'
import { useFailureWords } from '../../i18n/use-failure-words'
import { showToast, untilClosedMs } from '../../state/toasts'
import { Button } from '../../ui/actions/button'
import { Banner } from '../../ui/feedback/banner'
import { TextField } from '../../ui/fields/text-field'
import { Dialog } from '../../ui/overlays/dialog'

type Source = 'file' | 'profile'

/** Takes in a secret key from a file or a Thunderbird profile that main asks for, or from pasted text. */
export function ImportKeyDialog({ onClose }: Readonly<{ onClose: () => void }>) {
  const { t } = useTranslation('openpgp')
  const host = useHost()
  const words = useFailureWords()
  const [passphrase, setPassphrase] = useState('')
  const [text, setText] = useState('')
  const [failure, setFailure] = useState<Failure | null>(null)
  const [picked, setPicked] = useState<Source | null>(null)
  const [busy, setBusy] = useState(false)
  const typed = passphrase === '' ? null : passphrase
  const fail = (error: Failure, source: Source | null) => {
    setFailure(error)
    setPicked(source)
  }
  const lostWords = (lost: readonly string[]) =>
    t('import.lostSubkeys', {
      count: lost.length,
      kinds: [...new Set(lost.map(kind => kind || t('import.lostUnknown')))].join(', '),
    })
  const done = (message: string, stays = false) => {
    showToast({
      kind: 'notice',
      text: message,
      action: null,
      ...(stays ? { shownForMs: untilClosedMs } : {}),
    })
    onClose()
  }
  const take = async (kind: 'file' | 'again' | 'text') => {
    setBusy(true)
    const result = await host.call('keys.importSecret', {
      from: kind === 'text' ? { kind, text } : { kind },
      passphrase: typed,
      accountId: null,
    })
    setBusy(false)
    if (!result.ok) return fail(result.error, kind === 'text' ? null : 'file')
    if (result.value === null) return
    const { imported, revoked, lostSubkeys } = result.value
    const parts = [
      ...(imported.length === 0 ? [] : [t('import.done', { count: imported.length })]),
      ...(revoked.length === 0 ? [] : [t('import.revoked', { count: revoked.length })]),
      ...(lostSubkeys.length === 0 ? [] : [lostWords(lostSubkeys)]),
    ]
    done(parts.join('. '), lostSubkeys.length > 0)
  }
  const takeProfile = async (from: 'folder' | 'again') => {
    setBusy(true)
    const result = await host.call('keys.importThunderbird', {
      from,
      primaryPassword: typed,
      accountId: null,
    })
    setBusy(false)
    if (!result.ok) return fail(result.error, 'profile')
    if (result.value === null) return
    const { imported, locked, broken, others } = result.value
    const parts = [
      t('import.thunderbirdDone', { count: imported.length, others: others.keys.length }),
      ...(locked === 0 ? [] : [t('import.thunderbirdLocked', { count: locked })]),
      ...(broken === 0 ? [] : [t('import.thunderbirdBroken', { count: broken })]),
    ]
    done(parts.join(' '))
  }
  const problem = failure === null ? null : words(failure)
  return (
    <Dialog
      title={t('import.title')}
      isOpen
      onClose={onClose}
      size="medium"
      actions={
        <>
          {picked === 'file' ? (
            <Button busy={busy} onPress={() => void take('again')}>
              {t('import.again')}
            </Button>
          ) : null}
          {picked === 'profile' ? (
            <Button busy={busy} onPress={() => void takeProfile('again')}>
              {t('import.thunderbirdAgain')}
            </Button>
          ) : null}
          {text.trim() === '' ? (
            <>
              <Button busy={busy} onPress={() => void takeProfile('folder')}>
                {t('import.thunderbird')}
              </Button>
              <Button variant="primary" busy={busy} onPress={() => void take('file')}>
                {t('import.choose')}
              </Button>
            </>
          ) : (
            <Button variant="primary" busy={busy} onPress={() => void take('text')}>
              {t('import.pasteGo')}
            </Button>
          )}
        </>
      }
    >
      <div className="key-form">
        <p>{t('import.text')}</p>
        {problem === null ? null : (
          <Banner tone="warning" title={problem.what}>
            {problem.why} {problem.fix}
          </Banner>
        )}
        <TextField
          label={t('import.passphrase')}
          description={t('import.passphraseText')}
          type="password"
          autoComplete="off"
          maxLength={1000}
          value={passphrase}
          onChange={setPassphrase}
        />
        <TextField
          label={t('import.paste')}
          rows={3}
          spellCheck="false"
          placeholder="-----BEGIN PGP PRIVATE KEY BLOCK-----"
          value={text}
          onChange={setText}
        />
        <p className="ui-description">{t('import.gnupg')}</p>
        <p className="ui-description">{t('import.thunderbirdText')}</p>
      </div>
    </Dialog>
  )
}
