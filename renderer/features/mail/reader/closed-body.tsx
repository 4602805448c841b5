import { LockKeyhole, ShieldX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { MessageSecurity } from '../../../../shared/model/message-security'
import { openOwnKeys } from '../../../state/ui-store'
import { useLiveQuery } from '../../../state/use-live-query'
import { Button } from '../../../ui/button'
import { EmptyState } from '../../../ui/empty-state'
import { whyClosed } from './security-state'

/** In the place of a message that could not be opened: nothing of it, and why. */
export function ClosedBody({ security }: Readonly<{ security: MessageSecurity }>) {
  const { t } = useTranslation('mail')
  const ownKeys = useLiveQuery('keys.list', {}).data
  const accounts = useLiveQuery('accounts.list', {}).data ?? []
  const hasNone = security.failure === 'no-key' && ownKeys?.length === 0
  const canMake = accounts.some(({ config, sample }) => config.kind === 'imap' && !sample)
  return (
    <div className="body-missing">
      <EmptyState
        icon={security.encryption === 'locked' ? LockKeyhole : ShieldX}
        title={t(`reader.security.encryption.${security.encryption}`)}
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
        {t(`reader.security.why.${hasNone ? 'no-own-key' : whyClosed(security.failure)}`)}
      </EmptyState>
    </div>
  )
}
