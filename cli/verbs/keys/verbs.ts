import type { Verb } from '../../kit/verb'
import { attachedKeyVerbs } from './attached-keys'
import { contactKeyVerbs } from './contact-keys'
import { keyVerbs } from './keys'

/** In the order of the help text. */
export const keys: readonly Verb[] = [...keyVerbs, ...attachedKeyVerbs, ...contactKeyVerbs]
