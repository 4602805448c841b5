import type { FeatureWords } from '../../../i18n/words'
import { compose as german } from './de'
import { compose as english } from './en'

export const words: FeatureWords<{ compose: typeof english }> = {
  en: { compose: english },
  de: { compose: german },
}
