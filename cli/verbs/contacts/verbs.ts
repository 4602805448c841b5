import type { Verb } from '../../kit/verb'
import { contactBookVerbs } from './books'
import { contactVerbs } from './contacts'
import { contactEditVerbs } from './edit'
import { contactEncryptionVerbs } from './encryption'
import { contactFileVerbs } from './files'
import { contactSyncVerbs } from './sync'
import { contactWaitVerbs } from './waits'

/** In the order of the help text. */
export const contacts: readonly Verb[] = [
  ...contactVerbs,
  ...contactEditVerbs,
  ...contactBookVerbs,
  ...contactSyncVerbs,
  ...contactEncryptionVerbs,
  ...contactWaitVerbs,
  ...contactFileVerbs,
]
