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
import { calendars } from './0012-calendars'

/** One step of the schema. Once released it is never changed; what follows is a new file. */
export type Migration = Readonly<{ version: number; name: string; statements: string }>

/** All steps in order; the version of a database is the number of the last one it went through. */
export const migrations: readonly Migration[] = [
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
  calendars,
]
