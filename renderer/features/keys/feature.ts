import { KeyRound } from 'lucide-react'
import type { Feature } from '../../ui/layout/feature'
import { KeysPage } from './keys-page'
import { KeyOffer } from './own/key-offer'
import { words } from './words/words'

export const keys: Feature<typeof words.en> = {
  id: 'keys',
  words,
  Banner: KeyOffer,
  settings: [{ id: 'keys', icon: KeyRound, label: t => t('settings:section.keys'), Page: KeysPage }],
}
