import type { Preferences } from '../../shared/kit/status'
import type { Host } from '../host/host'
import { useAppStore } from './app-store'

/** Shows the new looks at once and has main remember them; what main answers is the truth. */
export async function savePreferences(host: Host, change: Partial<Preferences>): Promise<void> {
  useAppStore.setState(state => ({ preferences: { ...state.preferences, ...change } }))
  const result = await host.call('prefs.set', change)
  if (result.ok) useAppStore.setState({ preferences: result.value })
}
