import { Contact } from 'lucide-react'
import { openRoom, useUi } from '../../state/ui-store'
import type { Feature } from '../../ui/layout/feature'
import { CollectingPage } from './collecting-page'
import { ContactsRoom } from './room'
import { words } from './words/words'

export const contacts: Feature<typeof words.en> = {
  id: 'contacts',
  words,
  showThing: thing => {
    if (thing.kind !== 'contact') return
    useUi.setState({ pointed: { kind: 'contact', id: thing.id } })
    openRoom('contacts')
  },
  room: { id: 'contacts', icon: Contact, label: t => t('contacts:title'), View: ContactsRoom },
  settings: [{ id: 'contacts', icon: Contact, label: t => t('contacts:title'), Page: CollectingPage }],
}
