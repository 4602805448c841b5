import { useTranslation } from 'react-i18next'
import type { ChatAccount } from '../../../shared/features/chat/model'
import type { AccountId } from '../../../shared/kit/ids'
import { Select } from '../../ui/fields/select'

/** At least one: without any the room says how to get one. */
export type ChatAccounts = readonly [ChatAccount, ...ChatAccount[]]

/** Which account it is done with; nothing is asked where there is only one. */
export function AccountField({
  accounts,
  value,
  onChange,
}: Readonly<{
  accounts: ChatAccounts
  value: AccountId
  onChange: (accountId: AccountId) => void
}>) {
  const { t } = useTranslation('chat')
  if (accounts.length < 2) return null
  return (
    <Select<string>
      label={t('begin.account')}
      options={accounts.map(({ accountId, address }) => ({ id: String(accountId), label: address }))}
      value={String(value)}
      onChange={id =>
        onChange(accounts.find(({ accountId }) => String(accountId) === id)?.accountId ?? value)
      }
    />
  )
}
