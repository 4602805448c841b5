import { useTranslation } from 'react-i18next'
import type { AccountId } from '../../../../shared/kit/ids'
import { useHost } from '../../../host/host-context'
import { makeFirstKey } from '../../../state/drafts/first-key'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { showToast, untilClosedMs } from '../../../state/toasts'
import { openSettings } from '../../../state/ui-store'

/** Makes the first key of an account where it turned out to be missing; the draft stays, and the backup is named. */
export function useMakeKey(accountId: AccountId): () => Promise<void> {
  const { t } = useTranslation('compose')
  const host = useHost()
  const account = (useLiveQuery('accounts.list', {}).data ?? []).find(({ id }) => id === accountId)
  return async () => {
    if (account === undefined || (await makeFirstKey(host, account)) === null) return
    showToast({
      kind: 'notice',
      text: t('protection.keyMade', { address: account.config.address }),
      action: { label: t('protection.keyBackUp'), run: () => openSettings('keys') },
      shownForMs: untilClosedMs,
    })
  }
}
