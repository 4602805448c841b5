import { accounts } from '../features/accounts/feature'
import { alarms } from '../features/alarms/feature'
import { birthdays } from '../features/birthdays/feature'
import { calendar } from '../features/calendar/feature'
import { chat } from '../features/chat/feature'
import { collectionEncryption } from '../features/collection-encryption/feature'
import { contacts } from '../features/contacts/feature'
import { find } from '../features/find/feature'
import { inboxEncryption } from '../features/inbox-encryption/feature'
import { keys } from '../features/keys/feature'
import { mail } from '../features/mail/feature'
import { meetings } from '../features/meetings/feature'
import { network } from '../features/network/feature'
import { profile } from '../features/profile/feature'
import { todos } from '../features/todos/feature'
import { writing } from '../features/writing/feature'

/** What every feature gives the engine, a line a feature. */
export const features = {
  accounts,
  mail,
  writing,
  contacts,
  inboxEncryption,
  keys,
  network,
  profile,
  calendar,
  collectionEncryption,
  alarms,
  todos,
  birthdays,
  chat,
  meetings,
  find,
} as const
