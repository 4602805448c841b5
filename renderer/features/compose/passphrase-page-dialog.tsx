import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { isUsable, PassphraseFields } from '../../ui/passphrase-fields'

/** As the engine's floor (electron/engine/app/agreed-passphrase.ts): whoever has the mail can guess for ever. */
const minimumCharacters = 12

/** Sends the message as a sealed page, for people without a key, and says what that protects and what not. */
export function PassphrasePageDialog({
  onSend,
  onClose,
}: Readonly<{ onSend: (passphrase: string) => void; onClose: () => void }>) {
  const { t } = useTranslation('compose')
  const [value, setValue] = useState({ passphrase: '', again: '' })
  return (
    <Dialog
      title={t('protection.page.title')}
      isOpen
      onClose={onClose}
      size="medium"
      actions={
        <>
          <Button onPress={onClose}>{t('ask.back')}</Button>
          <Button
            variant="primary"
            isDisabled={!isUsable(value, minimumCharacters)}
            onPress={() => onSend(value.passphrase)}
          >
            {t('protection.page.send')}
          </Button>
        </>
      }
    >
      <p>{t('protection.page.what')}</p>
      <ul className="decision-list">
        <li>{t('protection.page.protects')}</li>
        <li>{t('protection.page.not')}</li>
        <li>{t('protection.page.strength', { count: minimumCharacters })}</li>
        <li>{t('protection.page.otherWay')}</li>
      </ul>
      <PassphraseFields value={value} onChange={setValue} autoFocus atLeast={minimumCharacters} />
    </Dialog>
  )
}
