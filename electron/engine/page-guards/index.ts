import type { CallGuards, GuardParts } from './guard'
import { keyGuards } from './key-guards'
import { lookupGuards } from './lookup-guards'
import { setUpGuards } from './set-up-guards'
import { settingsGuards } from './settings-guards'
import { subscriptionGuards } from './subscription-guards'

/** Everything that stands between the page and the engine. */
export const pageGuards = (parts: GuardParts & Readonly<{ now: () => number }>): CallGuards => ({
  ...setUpGuards(parts),
  ...lookupGuards(parts),
  ...keyGuards(parts),
  ...settingsGuards(parts),
  ...subscriptionGuards(parts),
})
