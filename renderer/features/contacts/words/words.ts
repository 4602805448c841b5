import type { FeatureWords } from '../../../i18n/words'
import { contacts as german } from './de'
import { contacts as english } from './en'

export const words: FeatureWords<{ contacts: typeof english }> = {
  en: { contacts: english },
  de: { contacts: german },
}
