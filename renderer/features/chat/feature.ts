import type { Feature } from '../../ui/layout/feature'
import { words } from './words/words'

export const chat: Feature<typeof words.en> = { id: 'chat', words }
