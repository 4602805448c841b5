import { useEffect } from 'react'
import { languageFor, setLanguage } from '../i18n/start-i18n'
import { useAppStore } from '../state/app-store'

/** Puts theme, density and language of the preferences on the page. */
export function useAppearance(): void {
  const { theme, density, language } = useAppStore(state => state.preferences)
  useEffect(() => {
    const { dataset } = document.documentElement
    dataset.density = density
    if (theme === 'system') delete dataset.theme
    else dataset.theme = theme
  }, [theme, density])
  useEffect(() => {
    void setLanguage(languageFor(language, navigator.languages))
  }, [language])
}
