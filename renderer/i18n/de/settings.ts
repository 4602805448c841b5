import type { settings as english } from '../en/settings'
import type { Words } from '../words'

export const settings: Words<typeof english> = {}
