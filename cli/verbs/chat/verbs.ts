import type { Verb } from '../../kit/verb'
import { manage } from './manage'
import { rooms } from './rooms'
import { talk } from './talk'

/** In the order of the help text. */
export const chat: readonly Verb[] = [...talk, ...rooms, ...manage]
