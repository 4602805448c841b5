import './open-app.css'
import { use, useEffect } from 'react'
import type { AppStatus } from '../../shared/kit/status'
import { AccountSetup } from '../features/accounts/setup/account-setup'
import { Onboarding } from '../features/onboarding/onboarding'
import { useLiveQuery } from '../state/live/use-live-query'
import { dismissAllToasts } from '../state/toasts'
import { resetUi, useUi } from '../state/ui-store'
import { FeatureList, useRooms } from '../ui/layout/feature'
import { ConnectionBanners } from './banners/connection-banners'
import { FailureBanners } from './banners/failure-banners'
import { Rail } from './rail'
import { ShortcutsDialog } from './shortcuts-dialog'
import { useAppCommands } from './use-app-commands'
import { useNotices } from './use-notices'

/** A room that is not there any more is no reason to show nothing. */
function RoomView({ id }: Readonly<{ id: string }>) {
  const rooms = useRooms()
  const room = rooms.find(each => each.id === id) ?? rooms[0]
  return room === undefined ? null : <room.View />
}

/** The open profile: rail, room, drafts in front. Without an account the welcome comes first. */
export function OpenApp({ status }: Readonly<{ status: AppStatus }>) {
  const all = use(FeatureList)
  const room = useUi(state => state.room)
  const dismissed = useUi(state => state.welcomeDismissed)
  const accounts = useLiveQuery('accounts.list', {})
  useAppCommands()
  useNotices()
  useEffect(
    () => () => {
      // Locked: what was chosen, searched for and said is forgotten with the rest.
      resetUi()
      for (const { forget } of all) forget?.()
      dismissAllToasts()
    },
    [all],
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
        <RoomView id={room} />
        <div className="app-banners">
          {all.map(({ id, Banner }) => (Banner === undefined ? null : <Banner key={id} />))}
          <ConnectionBanners />
          <FailureBanners />
        </div>
      </div>
      {all.map(({ id, Front }) => (Front === undefined ? null : <Front key={id} />))}
      <ShortcutsDialog />
    </div>
  )
}
