import type { Verb } from '../../kit/verb'
import { networkVerbs } from './network'
import { torExitVerbs } from './tor-exit'
import { torSettingsVerbs } from './tor-settings'
import { transportVerbs } from './transport'

/** In the order of the help text. */
export const network: readonly Verb[] = [
  ...networkVerbs,
  ...torSettingsVerbs,
  ...torExitVerbs,
  ...transportVerbs,
]
