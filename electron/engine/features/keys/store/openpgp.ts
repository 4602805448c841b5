import type { OpenpgpStore } from '../../../ports/keys/openpgp'
import type { StoreContext } from '../../../store/context'
import { createContactKeys } from './contact-keys'
import { createKeyConflicts } from './key-conflicts'
import { createOpenpgpSettings } from './openpgp-settings'
import { createOwnKeys } from './own-keys'

/** Everything the store keeps of OpenPGP. */
export const createOpenpgpStore = (context: StoreContext): OpenpgpStore => ({
  ...createOwnKeys(context),
  ...createContactKeys(context),
  ...createKeyConflicts(context),
  ...createOpenpgpSettings(context),
})
