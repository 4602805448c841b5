import { accounts } from './accounts/feature'
import { calendar } from './calendar/feature'
import { collectionEncryption } from './collection-encryption/feature'
import { contacts } from './contacts/feature'
import { inboxEncryption } from './inbox-encryption/feature'
import { keys } from './keys/feature'
import { mail } from './mail/feature'
import { network } from './network/feature'
import { profile } from './profile/feature'
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
} as const
