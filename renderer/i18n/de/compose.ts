import type { compose as english } from '../en/compose'
import type { Words } from '../words'

export const compose: Words<typeof english> = {}
