import type { ReactNode } from 'react'
import { I18nProvider } from 'react-aria-components'
import { useFormat } from '../i18n/use-format'

/** Gives the control library the language shown, for the words it says to screen readers itself. */
export function LocaleProvider({ children }: Readonly<{ children: ReactNode }>) {
  const { locale } = useFormat()
  return <I18nProvider locale={locale}>{children}</I18nProvider>
}
