import type { FeatureWords } from '../../../i18n/words'
import { find as german } from './de'
import { find as english } from './en'

export const words: FeatureWords<{ find: typeof english }> = {
  en: { find: english },
  de: { find: german },
}
