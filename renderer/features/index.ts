import { accounts } from './accounts/feature'
import { alarms } from './alarms/feature'
import { calendar } from './calendar/feature'
import { chat } from './chat/feature'
import { collectionEncryption } from './collection-encryption/feature'
import { contacts } from './contacts/feature'
import { find } from './find/feature'
import { keys } from './keys/feature'
import { mail } from './mail/feature'
import { meetings } from './meetings/feature'
import { onboarding } from './onboarding/feature'
import { settings } from './settings/feature'
import { todos } from './todos/feature'
import { writing } from './writing/feature'

/** The features of the window, in the order of the rail and of the pages of settings. */
export const features = [
  accounts,
  mail,
  chat,
  calendar,
  todos,
  meetings,
  contacts,
  collectionEncryption,
  alarms,
  find,
  writing,
  keys,
  settings,
  onboarding,
] as const
