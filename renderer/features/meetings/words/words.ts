import type { FeatureWords } from '../../../i18n/words'
import { meetings as german, errors as germanErrors, things as germanThings } from './de'
import { meetings as english, errors as englishErrors, things as englishThings } from './en'

export const words: FeatureWords<{
  meetings: typeof english
  errors: typeof englishErrors
  things: typeof englishThings
}> = {
  en: { meetings: english, errors: englishErrors, things: englishThings },
  de: { meetings: german, errors: germanErrors, things: germanThings },
}
