import { initial } from './0001-initial'
import { search } from './0002-search'
import { writing } from './0003-writing'
import { routes } from './0004-routes'
import { transport } from './0005-transport'
import { remoteSenders } from './0006-remote-senders'
import { openpgp } from './0007-openpgp'
import { encryptedMessages } from './0008-encrypted-messages'
import { inboxEncryption } from './0009-inbox-encryption'
import { searchFolding } from './0010-search-folding'
import { services } from './0011-services'

/** One step of the schema. Once released it is never changed; what follows is a new file. */
export type Migration = Readonly<{ version: number; name: string; statements: string }>

/**
 * The steps until features had their own, which stand with each of them (`features/<f>/feature.ts`). The version of a database is the
 * number of the last step it went through; `compose/features.ts` has all of them in order.
 */
export const firstMigrations: readonly Migration[] = [
  initial,
  search,
  writing,
  routes,
  transport,
  remoteSenders,
  openpgp,
  encryptedMessages,
  inboxEncryption,
  searchFolding,
  services,
]
