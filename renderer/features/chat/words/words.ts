import type { FeatureWords } from '../../../i18n/words'
import { chat as german, errors as germanErrors, things as germanThings } from './de'
import { chat as english, errors as englishErrors, things as englishThings } from './en'

export const words: FeatureWords<{
  chat: typeof english
  errors: typeof englishErrors
  things: typeof englishThings
}> = {
  en: { chat: english, errors: englishErrors, things: englishThings },
  de: { chat: german, errors: germanErrors, things: germanThings },
}
