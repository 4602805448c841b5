import type { FeatureWords } from '../../../i18n/words'
import { accounts as german } from './de'
import { accounts as english } from './en'

export const words: FeatureWords<{ accounts: typeof english }> = {
  en: { accounts: english },
  de: { accounts: german },
}
