import { LockKeyhole, ShieldX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { MessageSecurity } from '../../../../shared/model/message-security'
import { EmptyState } from '../../../ui/empty-state'
import { whyClosed } from './security-state'

/** In the place of a message that could not be opened: nothing of it, and why. */
export function ClosedBody({ security }: Readonly<{ security: MessageSecurity }>) {
  const { t } = useTranslation('mail')
  return (
    <div className="body-missing">
      <EmptyState
        icon={security.encryption === 'locked' ? LockKeyhole : ShieldX}
        title={t(`reader.security.encryption.${security.encryption}`)}
      >
        {t(`reader.security.why.${whyClosed(security.failure)}`)}
      </EmptyState>
    </div>
  )
}
