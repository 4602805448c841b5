import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { hasMailServer } from '../../../../shared/features/accounts/services'
import { useHost } from '../../../host/host-context'
import { makeFirstKey } from '../../../state/drafts/first-key'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { openSettings, useUi } from '../../../state/ui-store'
import { Button } from '../../../ui/actions/button'
import { Banner } from '../../../ui/feedback/banner'

/** After an account was added: one calm offer, gone with either answer. */
export function KeyOffer() {
  const { t } = useTranslation('openpgp')
  const host = useHost()
  const accountId = useUi(state => state.keyOfferFor)
  const account = (useLiveQuery('accounts.list', {}).data ?? []).find(({ id }) => id === accountId)
  const settings = useLiveQuery('keys.settings', accountId === null ? null : { accountId }).data
  const [busy, setBusy] = useState(false)
  if (account === undefined || !hasMailServer(account) || settings?.key !== null) return null
  const { address } = account.config
  const leave = () => useUi.setState({ keyOfferFor: null })
  const make = async () => {
    setBusy(true)
    const made = await makeFirstKey(host, account)
    setBusy(false)
    if (made === null) return
    leave()
    // What follows is the backup, and that is where it is offered.
    openSettings('keys')
  }
  return (
    <Banner
      icon={KeyRound}
      title={t('offer.title')}
      actions={
        <>
          <Button variant="plain" onPress={leave}>
            {t('offer.later')}
          </Button>
          <Button variant="primary" busy={busy} onPress={() => void make()}>
            {t('offer.make')}
          </Button>
        </>
      }
    >
      {t('offer.text', { address })}
    </Banner>
  )
}
