import type { FeatureWords } from '../../../i18n/words'
import { collections as german } from './de'
import { collections as english } from './en'

export const words: FeatureWords<{ collections: typeof english }> = {
  en: { collections: english },
  de: { collections: german },
}
