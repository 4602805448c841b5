import { CalendarDays } from 'lucide-react'
import type { Feature } from '../../ui/layout/feature'
import { InvitationCards } from './invitation/invitation-cards'
import { CalendarRoom } from './room'
import { words } from './words/words'

export const calendar: Feature<typeof words.en> = {
  id: 'calendar',
  words,
  room: { id: 'calendar', icon: CalendarDays, label: t => t('app:rail.calendar'), View: CalendarRoom },
  OverMessage: InvitationCards,
}
