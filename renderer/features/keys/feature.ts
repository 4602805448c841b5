import { KeyRound } from 'lucide-react'
import type { Feature } from '../../ui/layout/feature'
import { KeysPage } from './keys-page'
import { KeyOffer } from './own/key-offer'

export const keys: Feature = {
  id: 'keys',
  Banner: KeyOffer,
  settings: [{ id: 'keys', icon: KeyRound, label: t => t('settings:section.keys'), Page: KeysPage }],
}
