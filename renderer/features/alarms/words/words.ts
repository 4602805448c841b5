import type { FeatureWords } from '../../../i18n/words'
import { alarms as german } from './de'
import { alarms as english } from './en'

export const words: FeatureWords<{ alarms: typeof english }> = {
  en: { alarms: english },
  de: { alarms: german },
}
