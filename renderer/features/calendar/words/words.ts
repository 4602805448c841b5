import type { FeatureWords } from '../../../i18n/words'
import { calendar as german, commands as germanCommands } from './de'
import { calendar as english, commands as englishCommands } from './en'
import { invitation as germanInvitation } from './invitation-de'
import { invitation as englishInvitation } from './invitation-en'
import { subscription as germanSubscription } from './subscription-de'
import { subscription as englishSubscription } from './subscription-en'

export const words: FeatureWords<{
  calendar: typeof english
  commands: typeof englishCommands
  invitation: typeof englishInvitation
  subscription: typeof englishSubscription
}> = {
  en: {
    calendar: english,
    commands: englishCommands,
    invitation: englishInvitation,
    subscription: englishSubscription,
  },
  de: {
    calendar: german,
    commands: germanCommands,
    invitation: germanInvitation,
    subscription: germanSubscription,
  },
}
