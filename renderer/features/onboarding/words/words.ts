import type { FeatureWords } from '../../../i18n/words'
import { onboarding as german } from './de'
import { onboarding as english } from './en'

export const words: FeatureWords<{ onboarding: typeof english }> = {
  en: { onboarding: english },
  de: { onboarding: german },
}
