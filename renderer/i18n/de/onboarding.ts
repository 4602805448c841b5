import type { onboarding as english } from '../en/onboarding'
import type { Words } from '../words'

export const onboarding: Words<typeof english> = {}
