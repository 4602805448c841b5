import 'i18next'
import type { english } from './en'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    returnNull: false
    resources: typeof english
  }
}
