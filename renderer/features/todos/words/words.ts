import type { FeatureWords } from '../../../i18n/words'
import {
  todos as german,
  commands as germanCommands,
  errors as germanErrors,
  things as germanThings,
} from './de'
import {
  todos as english,
  commands as englishCommands,
  errors as englishErrors,
  things as englishThings,
} from './en'

export const words: FeatureWords<{
  todos: typeof english
  commands: typeof englishCommands
  errors: typeof englishErrors
  things: typeof englishThings
}> = {
  en: { todos: english, commands: englishCommands, errors: englishErrors, things: englishThings },
  de: { todos: german, commands: germanCommands, errors: germanErrors, things: germanThings },
}
