import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../shared/ipc/result'
import { useHost } from '../../host/host-context'
import { useFailureWords } from '../../i18n/use-failure-words'
import { showToast } from '../../state/toasts'
import { Banner } from '../../ui/banner'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { TextField } from '../../ui/text-field'

/** Takes in a secret key from a file that main asks for, or from pasted text. */
export function ImportKeyDialog({ onClose }: Readonly<{ onClose: () => void }>) {
  const { t } = useTranslation('openpgp')
  const host = useHost()
  const words = useFailureWords()
  const [passphrase, setPassphrase] = useState('')
  const [text, setText] = useState('')
  const [failure, setFailure] = useState<Failure | null>(null)
  const [hasFile, setHasFile] = useState(false)
  const [busy, setBusy] = useState(false)
  const take = async (kind: 'file' | 'again' | 'text') => {
    setBusy(true)
    const result = await host.call('keys.importSecret', {
      from: kind === 'text' ? { kind, text } : { kind },
      passphrase: passphrase === '' ? null : passphrase,
      accountId: null,
    })
    setBusy(false)
    if (!result.ok) {
      setFailure(result.error)
      setHasFile(kind !== 'text')
      return
    }
    if (result.value === null) return
    const count = result.value.imported.length
    showToast({ kind: 'notice', text: t('import.done', { count }), action: null })
    onClose()
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
          {hasFile ? (
            <Button busy={busy} onPress={() => void take('again')}>
              {t('import.again')}
            </Button>
          ) : null}
          {text.trim() === '' ? (
            <Button variant="primary" busy={busy} onPress={() => void take('file')}>
              {t('import.choose')}
            </Button>
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
        <p className="ui-description">{t('import.thunderbird')}</p>
      </div>
    </Dialog>
  )
}
