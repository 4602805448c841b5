import type { Verb } from '../../kit/verb'
import { draftVerbs } from './drafts'
import { selfCheckVerbs } from './self-check'
import { writeVerbs } from './write'

/** In the order of the help text. */
export const writing: readonly Verb[] = [...writeVerbs, ...draftVerbs, ...selfCheckVerbs]
