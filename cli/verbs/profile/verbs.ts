import type { Verb } from '../../kit/verb'
import { backupVerbs } from './backup'
import { profileVerbs } from './profile'
import { settingsVerbs } from './settings'

/** In the order of the help text. */
export const profile: readonly Verb[] = [...profileVerbs, ...settingsVerbs, ...backupVerbs]
