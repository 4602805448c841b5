import { create } from 'zustand'
import type { ServiceKind } from '../../shared/features/accounts/model'
import type { AccountId } from '../../shared/kit/ids'
import type { Failure } from '../../shared/kit/result'
import type { AppStatus, Preferences, SyncStatus } from '../../shared/kit/status'
import type { Host } from '../host/host'

/** What main says of itself: profile state, looks, and what the engine does for each service of an account. */
type AppState = Readonly<{
  status: AppStatus | null
  /** Why main did not even tell its state; the start can be tried again. */
  startFailure: Failure | null
  preferences: Preferences
  /** By `serviceKey`. */
  sync: ReadonlyMap<string, SyncStatus>
}>

/** Under which a service's state is kept. */
export const serviceKey = (accountId: AccountId, service: ServiceKind): string => `${accountId} ${service}`
const keyOf = ({ accountId, service }: SyncStatus) => serviceKey(accountId, service)

/** The looks until main has told its own. */
const defaultPreferences: Preferences = {
  language: 'system',
  theme: 'system',
  density: 'normal',
  zoomPercent: 100,
  panes: { folders: 232, list: 380 },
}

export const useAppStore = create<AppState>(() => ({
  status: null,
  startFailure: null,
  preferences: defaultPreferences,
  sync: new Map(),
}))

const setStatus = (status: AppStatus) => useAppStore.setState({ status, startFailure: null })
const setPreferences = (preferences: Preferences) => useAppStore.setState({ preferences })

async function readSync(host: Host): Promise<void> {
  const result = await host.call('sync.status', {})
  if (!result.ok) return
  useAppStore.setState({ sync: new Map(result.value.map(status => [keyOf(status), status])) })
}

/** Counting messages during a first sync is told many times a second; the window is drawn a few times. */
const gatherMs = 150

/** Takes sync states as they come and shows the newest of each account together. */
function gatherSync(): (status: SyncStatus) => void {
  const waiting = new Map<string, SyncStatus>()
  let timer: ReturnType<typeof setTimeout> | null = null
  return status => {
    waiting.set(keyOf(status), status)
    if (timer !== null) return
    timer = setTimeout(() => {
      timer = null
      // Locked meanwhile: what the engine did is nobody's business any more.
      if (useAppStore.getState().status?.state === 'open')
        useAppStore.setState(({ sync }) => ({ sync: new Map([...sync, ...waiting]) }))
      waiting.clear()
    }, gatherMs)
  }
}

/** Asks main for its state; a failure to answer is kept to be shown. */
export async function askAppState(host: Host): Promise<void> {
  const [status, preferences] = await Promise.all([host.call('app.status', {}), host.call('prefs.get', {})])
  if (preferences.ok) setPreferences(preferences.value)
  if (!status.ok) {
    useAppStore.setState({ startFailure: status.error })
    return
  }
  setStatus(status.value)
  if (status.value.state === 'open') await readSync(host)
}

/** Asks main for its state, then listens. Call once. Returns when the first state is known. */
export async function connectAppStore(host: Host): Promise<void> {
  host.on('app', status => {
    const before = useAppStore.getState().status?.state
    setStatus(status)
    if (status.state === 'open' && before !== 'open') void readSync(host)
    if (status.state !== 'open') useAppStore.setState({ sync: new Map() })
  })
  host.on('prefs', setPreferences)
  host.on('sync', gatherSync())
  host.on('changed', record => {
    if (record.entity === 'account') void readSync(host)
  })
  await askAppState(host)
}
