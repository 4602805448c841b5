import type { Verb } from '../../kit/verb'
import { calendarVerbs } from './calendars'
import { eventVerbs } from './events'
import { quickVerbs } from './quick'

/** In the order of the help text. */
export const calendar: readonly Verb[] = [...calendarVerbs, ...eventVerbs, ...quickVerbs]
