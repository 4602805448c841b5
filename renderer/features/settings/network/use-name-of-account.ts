import { useTranslation } from 'react-i18next'
import type { AccountId } from '../../../../shared/kit/ids'
import { useAccountName } from '../../../i18n/use-account-name'
import { useLiveQuery } from '../../../state/live/use-live-query'

/** Names of accounts by their id; what belongs to none says so. */
export function useNameOfAccount(): (id: AccountId | null) => string {
  const { t } = useTranslation('settings')
  const nameOf = useAccountName()
  const accounts = useLiveQuery('accounts.list', {}).data ?? []
  return id => {
    const account = accounts.find(each => each.id === id)
    return account === undefined ? t('network.noAccount') : nameOf(account)
  }
}
