import { Contact } from 'lucide-react'
import type { Feature } from '../../ui/layout/feature'
import { CollectingPage } from './collecting-page'
import { ContactsRoom } from './room'
import { words } from './words/words'

export const contacts: Feature<typeof words.en> = {
  id: 'contacts',
  words,
  room: { id: 'contacts', icon: Contact, label: t => t('contacts:title'), View: ContactsRoom },
  settings: [{ id: 'contacts', icon: Contact, label: t => t('contacts:title'), Page: CollectingPage }],
}
