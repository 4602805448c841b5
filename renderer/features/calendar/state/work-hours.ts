import { defaultSettings, type Settings } from '../../../../shared/kit/status'
import { useLiveQuery } from '../../../state/live/use-live-query'

/** The hours of a working day, which stand out from the rest. */
export const useWorkHours = (): Settings['workHours'] =>
  useLiveQuery('settings.get', {}).data?.workHours ?? defaultSettings.workHours
