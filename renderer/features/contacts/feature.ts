import { Contact } from 'lucide-react'
import type { Feature } from '../../ui/layout/feature'
import { ContactsRoom } from './room'

export const contacts: Feature = {
  id: 'contacts',
  room: { id: 'contacts', icon: Contact, label: t => t('app:rail.contacts'), View: ContactsRoom },
}
