import type { Feature } from '../../ui/layout/feature'
import { FoundThings } from './found-things'
import { words } from './words/words'

export const find: Feature<typeof words.en> = { id: 'find', words, Found: FoundThings }
