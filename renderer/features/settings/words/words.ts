import type { FeatureWords } from '../../../i18n/words'
import { settings as german } from './de'
import { settings as english } from './en'

export const words: FeatureWords<{ settings: typeof english }> = {
  en: { settings: english },
  de: { settings: german },
}
