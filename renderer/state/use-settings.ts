import type { Settings } from '../../shared/kit/status'
import { useHost } from '../host/host-context'
import { useLiveQuery } from './live/use-live-query'
import { runCommand } from './run-command'

/** The settings of the profile, and how to change some; a change takes effect at once. */
export function useSettings() {
  const host = useHost()
  const settings = useLiveQuery('settings.get', {}).data
  const set = (change: Partial<Settings>) => void runCommand(host, 'settings.set', change)
  return { settings, set }
}
