import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountId, MessageId } from '../../../../../shared/kit/ids'
import { useHost } from '../../../../host/host-context'
import { useFailureWords } from '../../../../i18n/use-failure-words'
import { showToast } from '../../../../state/toasts'
import { Button } from '../../../../ui/actions/button'
import { TextField } from '../../../../ui/fields/text-field'
import { Dialog } from '../../../../ui/overlays/dialog'

/** Nine groups of four digits (Autocrypt Level 1 §4.4.3). */
const codeDigits = 36

/** As the other program shows it, whatever was typed or pasted between the digits. */
const inGroups = (text: string): string =>
  text
    .replace(/\D/g, '')
    .slice(0, codeDigits)
    .replace(/(\d{4})(?=\d)/g, '$1-')

/** Takes over the user's own key from another program, by the code that program shows. */
export function SetupMessageDialog({
  messageId,
  partId,
  accountId,
  onClose,
}: Readonly<{ messageId: MessageId; partId: string; accountId: AccountId; onClose: () => void }>) {
  const { t } = useTranslation(['mail', 'openpgp', 'common'])
  const host = useHost()
  const words = useFailureWords()
  const [code, setCode] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const isWhole = code.replace(/\D/g, '').length === codeDigits
  const take = async () => {
    setBusy(true)
    const result = await host.call('keys.importSetupMessage', { messageId, partId, code, accountId })
    setBusy(false)
    if (!result.ok) {
      const isWrong = result.error.code === 'wrong-passphrase'
      setError(isWrong ? t('mail:reader.keys.setupWrong') : words(result.error).what)
      return
    }
    const count = result.value.imported.length
    showToast({ kind: 'notice', text: t('openpgp:import.done', { count }), action: null })
    onClose()
  }
  return (
    <Dialog
      title={t('mail:reader.keys.setupTitle')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button variant="primary" busy={busy} isDisabled={!isWhole} onPress={() => void take()}>
            {t('mail:reader.keys.setupGo')}
          </Button>
        </>
      }
    >
      <p>{t('mail:reader.keys.setupText')}</p>
      <TextField
        className="setup-code"
        autoFocus
        label={t('mail:reader.keys.setupCode')}
        inputMode="numeric"
        autoComplete="off"
        spellCheck="false"
        value={code}
        error={error}
        onChange={text => {
          setCode(inGroups(text))
          setError(null)
        }}
        onKeyDown={event => {
          if (event.key === 'Enter' && isWhole) void take()
          // Escape is for the dialog around it.
          else event.continuePropagation()
        }}
      />
    </Dialog>
  )
}
