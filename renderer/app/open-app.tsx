import './open-app.css'
import { useEffect } from 'react'
import type { AppStatus } from '../../shared/model/status'
import { assertNever } from '../../shared/util/assert-never'
import { AccountSetup } from '../features/accounts/account-setup'
import { AccountsSection } from '../features/accounts/accounts-section'
import { ComposeLayer } from '../features/compose/compose-layer'
import { KeyOffer } from '../features/keys/key-offer'
import { KeysSection } from '../features/keys/keys-section'
import { MailRoom } from '../features/mail/mail-room'
import { Onboarding } from '../features/onboarding/onboarding'
import { SettingsRoom } from '../features/settings/settings-room'
import { dismissAllToasts } from '../state/toasts'
import { type Room, resetUi, useUi } from '../state/ui-store'
import { useLiveQuery } from '../state/use-live-query'
import { ConnectionBanners } from './connection-banners'
import { FailureBanners } from './failure-banners'
import { Rail } from './rail'
import { ShortcutsDialog } from './shortcuts-dialog'
import { useAppCommands } from './use-app-commands'
import { useNotices } from './use-notices'

function RoomView({ room }: Readonly<{ room: Room }>) {
  switch (room) {
    case 'mail':
      return <MailRoom />
    case 'settings':
      return <SettingsRoom accounts={<AccountsSection />} keys={<KeysSection />} />
    default:
      return assertNever(room)
  }
}

/** The open profile: rail, room, drafts in front. Without an account the welcome comes first. */
export function OpenApp({ status }: Readonly<{ status: AppStatus }>) {
  const room = useUi(state => state.room)
  const dismissed = useUi(state => state.welcomeDismissed)
  const accounts = useLiveQuery('accounts.list', {})
  useAppCommands()
  useNotices()
  useEffect(
    () => () => {
      // Locked: what was chosen, searched for and said is forgotten with the rest.
      resetUi()
      dismissAllToasts()
    },
    [],
  )

  if (accounts.data?.length === 0 && !dismissed)
    return (
      <Onboarding
        status={status}
        stage="account"
        onLeave={() => useUi.setState({ welcomeDismissed: true })}
        accountSetup={(provider, onLeave) => (
          <AccountSetup
            key={provider}
            provider={provider}
            onDone={account => {
              useUi.setState({ keyOfferFor: account.id })
              onLeave()
            }}
            onLeave={onLeave}
          />
        )}
      />
    )
  return (
    <div className="app">
      <Rail />
      <div className="app-room">
        <RoomView room={room} />
        <div className="app-banners">
          <KeyOffer />
          <ConnectionBanners />
          <FailureBanners />
        </div>
      </div>
      <ComposeLayer />
      <ShortcutsDialog />
    </div>
  )
}
