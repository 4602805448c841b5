import { accounts } from './accounts/feature'
import { alarms } from './alarms/feature'
import { calendar } from './calendar/feature'
import { chat } from './chat/feature'
import { collectionEncryption } from './collection-encryption/feature'
import { contacts } from './contacts/feature'
import { find } from './find/feature'
import { inboxEncryption } from './inbox-encryption/feature'
import { keys } from './keys/feature'
import { mail } from './mail/feature'
import { meetings } from './meetings/feature'
import { network } from './network/feature'
import { profile } from './profile/feature'
import { todos } from './todos/feature'
import { writing } from './writing/feature'

/** What every feature says of itself, a line a feature. Its calls are joined in `ipc/contract.ts`, because they have schemas. */
export const features = {
  profile,
  accounts,
  mail,
  writing,
  contacts,
  inboxEncryption,
  network,
  keys,
  calendar,
  collectionEncryption,
  alarms,
  todos,
  chat,
  meetings,
  find,
} as const
