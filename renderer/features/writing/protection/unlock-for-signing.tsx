import { useTranslation } from 'react-i18next'
import type { AccountId } from '../../../../shared/kit/ids'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { useUnlockKey } from '../../../state/use-unlock-key'
import { UnlockDialog } from '../../../ui/overlays/unlock-dialog'

/** Asks for the passphrase of the writer's key, without which nothing can be signed. */
export function UnlockForSigning({
  accountId,
  onUnlocked,
  onClose,
}: Readonly<{ accountId: AccountId; onUnlocked: () => void; onClose: () => void }>) {
  const { t } = useTranslation('compose')
  const settings = useLiveQuery('keys.settings', { accountId })
  const unlock = useUnlockKey()
  const fingerprint = settings.data?.key ?? null
  if (fingerprint === null) return null
  return (
    <UnlockDialog
      title={t('protection.unlock.title')}
      confirm={t('protection.unlock.go')}
      onClose={onClose}
      onAnswer={async answer => {
        const problem = await unlock({ fingerprint, ...answer })
        if (problem === null) onUnlocked()
        return problem
      }}
    >
      <p>{t('protection.unlock.text')}</p>
    </UnlockDialog>
  )
}
