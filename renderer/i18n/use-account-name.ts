import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountSummary } from '../../shared/features/accounts/model'
import { isLocal } from '../../shared/features/accounts/services'

/** The name of an account in lists: the sample and the local one have names of their own, others their address. */
export function useAccountName(): (account: AccountSummary) => string {
  const { t } = useTranslation('common')
  return useCallback(
    account => {
      if (account.sample) return t('sampleAccount')
      if (isLocal(account)) return account.config.displayName || t('localAccount')
      return account.config.address
    },
    [t],
  )
}
