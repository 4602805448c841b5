import type { Verb } from '../../kit/verb'
import { accountVerbs } from './account'
import { accountDavVerbs } from './account-dav'
import { accountRouteVerbs } from './account-route'
import { accountServiceVerbs } from './account-service'
import { accountXmppVerbs } from './account-xmpp'

/** In the order of the help text. */
export const accounts: readonly Verb[] = [
  ...accountVerbs,
  ...accountRouteVerbs,
  ...accountServiceVerbs,
  ...accountDavVerbs,
  ...accountXmppVerbs,
]
