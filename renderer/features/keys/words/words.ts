import type { FeatureWords } from '../../../i18n/words'
import { openpgp as german } from './de'
import { openpgp as english } from './en'

export const words: FeatureWords<{ openpgp: typeof english }> = {
  en: { openpgp: english },
  de: { openpgp: german },
}
