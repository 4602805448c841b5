import i18next, { type ResourceLanguage } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Preferences } from '../../shared/kit/status'

export type Language = 'en' | 'de'

/** The language to speak: the chosen one, otherwise the system's when it is one of ours, otherwise English. */
export function languageFor(
  preference: Preferences['language'],
  systemLanguages: readonly string[],
): Language {
  if (preference !== 'system') return preference
  for (const tag of systemLanguages) {
    if (tag.toLowerCase().startsWith('de')) return 'de'
    if (tag.toLowerCase().startsWith('en')) return 'en'
  }
  return 'en'
}

/** The locale for dates and numbers: the system's own region when it speaks the language shown. */
export const localeFor = (language: Language, systemLanguages: readonly string[]): string =>
  systemLanguages.find(tag => tag.toLowerCase().startsWith(language)) ?? language

/** Both languages are part of the program; nothing is loaded later. */
export async function startI18n(
  language: Language,
  words: Readonly<{ english: ResourceLanguage; german: ResourceLanguage }>,
): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'common',
    ns: Object.keys(words.english),
    resources: { en: words.english, de: words.german },
    interpolation: { escapeValue: false },
    returnNull: false,
  })
}

export async function setLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}
