import type { SharedFeature } from '../../kit/shared-feature'
import { accountStale } from './stale'

export const accounts = {
  changes: { account: ['state'] },
  stale: accountStale,
  errors: {
    /**
     * Somebody between the chat server and us took something away, or claims to be it. `reason`: signature (the server does not know the
     * password), hash, hash-missing, bindings, mechanism.
     */
    'login-downgraded': ['reason'],
    /** The chat server ended the stream for a reason that the person has to settle; `serverCode` names it. */
    'stream-refused': [],
    /** Twice in a row the chat server ended the connection for another one of this account: the profile may run twice. */
    'chat-elsewhere': [],
  },
} as const satisfies SharedFeature
