import type { Verb } from '../../kit/verb'
import { inboxEncryptionVerbs } from './inbox-encryption'

/** In the order of the help text. */
export const inboxEncryption: readonly Verb[] = [...inboxEncryptionVerbs]
