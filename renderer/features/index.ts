import type { Feature } from '../ui/layout/feature'
import { accounts } from './accounts/feature'
import { calendar } from './calendar/feature'
import { keys } from './keys/feature'
import { mail } from './mail/feature'
import { settings } from './settings/feature'
import { writing } from './writing/feature'

/** The features of the window, in the order of the rail and of the pages of settings. */
export const features: readonly Feature[] = [accounts, mail, calendar, writing, keys, settings]
