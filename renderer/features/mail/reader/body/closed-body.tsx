import { LockKeyhole, ShieldX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { hasMailServer } from '../../../../../shared/features/accounts/services'
import type { MessageSecurity } from '../../../../../shared/features/mail/message-security'
import { useLiveQuery } from '../../../../state/live/use-live-query'
import { openOwnKeys } from '../../../../state/ui-store'
import { Button } from '../../../../ui/actions/button'
import { EmptyState } from '../../../../ui/feedback/empty-state'
import { encryptionWords, waitsForPassphrase, whyClosed } from '../security/security-state'

/** In the place of a message that could not be opened: nothing of it, and why. */
export function ClosedBody({ security }: Readonly<{ security: MessageSecurity }>) {
  const { t } = useTranslation('mail')
  const ownKeys = useLiveQuery('keys.list', {}).data
  const accounts = useLiveQuery('accounts.list', {}).data ?? []
  const hasNone = security.failure === 'no-key' && ownKeys?.length === 0
  const opensToo = security.passphrase === 'opens' && !waitsForPassphrase(security)
  const canMake = accounts.some(hasMailServer)
  return (
    <div className="body-missing">
      <EmptyState
        icon={security.encryption === 'locked' || waitsForPassphrase(security) ? LockKeyhole : ShieldX}
        title={t(`reader.security.encryption.${encryptionWords(security)}`)}
        actions={
          hasNone ? (
            <>
              {canMake ? (
                <Button variant="primary" onPress={() => openOwnKeys('create')}>
                  {t('reader.security.makeKey')}
                </Button>
              ) : null}
              <Button onPress={() => openOwnKeys('import')}>{t('reader.security.importKey')}</Button>
            </>
          ) : undefined
        }
      >
        {t(`reader.security.why.${hasNone ? 'no-own-key' : whyClosed(security)}`, {
          method: security.method,
        })}
        {opensToo ? ` ${t('reader.security.why.passphrase-too')}` : null}
      </EmptyState>
    </div>
  )
}
