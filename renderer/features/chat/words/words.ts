import type { FeatureWords } from '../../../i18n/words'
import {
  chat as german,
  commands as germanCommands,
  errors as germanErrors,
  things as germanThings,
} from './de'
import {
  chat as english,
  commands as englishCommands,
  errors as englishErrors,
  things as englishThings,
} from './en'

export const words: FeatureWords<{
  chat: typeof english
  commands: typeof englishCommands
  errors: typeof englishErrors
  things: typeof englishThings
}> = {
  en: { chat: english, commands: englishCommands, errors: englishErrors, things: englishThings },
  de: { chat: german, commands: germanCommands, errors: germanErrors, things: germanThings },
}
