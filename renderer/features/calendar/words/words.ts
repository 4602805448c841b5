import type { FeatureWords } from '../../../i18n/words'
import { calendar as german, commands as germanCommands } from './de'
import { calendar as english, commands as englishCommands } from './en'
import { invitation as germanInvitation } from './invitation-de'
import { invitation as englishInvitation } from './invitation-en'

export const words: FeatureWords<{
  calendar: typeof english
  commands: typeof englishCommands
  invitation: typeof englishInvitation
}> = {
  en: { calendar: english, commands: englishCommands, invitation: englishInvitation },
  de: { calendar: german, commands: germanCommands, invitation: germanInvitation },
}
