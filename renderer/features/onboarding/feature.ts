import type { Feature } from '../../ui/layout/feature'
import { words } from './words/words'

/** Shown by the shell before there is a profile. */
export const onboarding: Feature<typeof words.en> = { id: 'onboarding', words }
