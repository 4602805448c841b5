import type { FeatureWords } from '../../../i18n/words'
import { mail as german } from './de'
import { mail as english } from './en'

export const words: FeatureWords<{ mail: typeof english }> = { en: { mail: english }, de: { mail: german } }
