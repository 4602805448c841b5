import type { FeatureWords } from '../../../i18n/words'
import { calendar as german, commands as germanCommands } from './de'
import { calendar as english, commands as englishCommands } from './en'

export const words: FeatureWords<{ calendar: typeof english; commands: typeof englishCommands }> = {
  en: { calendar: english, commands: englishCommands },
  de: { calendar: german, commands: germanCommands },
}
