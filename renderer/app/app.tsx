import { useTranslation } from 'react-i18next'
import { assertNever } from '../../shared/kit/assert-never'
import { Onboarding } from '../features/onboarding/onboarding'
import { useAppStore } from '../state/app-store'
import { OpenApp } from './open-app'
import { FailedScreen } from './screens/failed-screen'
import { OpeningScreen } from './screens/opening-screen'
import { StartFailedScreen } from './screens/start-failed-screen'
import { UnlockScreen } from './screens/unlock-screen'
import { ToastRegion } from './toast-region'
import { useAppearance } from './use-appearance'

function Screen() {
  const status = useAppStore(state => state.status)
  const startFailure = useAppStore(state => state.startFailure)
  if (status === null)
    return startFailure === null ? <OpeningScreen /> : <StartFailedScreen failure={startFailure} />
  switch (status.state) {
    case 'no-profile':
      return <Onboarding status={status} stage="profile" onLeave={null} accountSetup={null} />
    case 'locked':
      return <UnlockScreen status={status} />
    case 'opening':
      return <OpeningScreen />
    case 'failed':
      return <FailedScreen status={status} />
    case 'open':
      return <OpenApp status={status} />
    default:
      return assertNever(status.state)
  }
}

/** The page: one screen for the state main is in, and the place where things are said once. */
export function App() {
  const { t } = useTranslation('app')
  useAppearance()
  return (
    <>
      <title>{t('name')}</title>
      <Screen />
      <ToastRegion />
    </>
  )
}
