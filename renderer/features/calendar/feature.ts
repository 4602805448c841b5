import { CalendarDays } from 'lucide-react'
import { openRoom } from '../../state/ui-store'
import type { Feature } from '../../ui/layout/feature'
import { InvitationCards } from './invitation/invitation-cards'
import { CalendarRoom } from './room'
import { showDay } from './state/view-state'
import { words } from './words/words'

export const calendar: Feature<typeof words.en> = {
  id: 'calendar',
  words,
  showThing: thing => {
    if (thing.kind !== 'event') return
    openRoom('calendar')
    showDay(Math.round(Date.parse(thing.day) / 86_400_000))
  },
  room: { id: 'calendar', icon: CalendarDays, label: t => t('app:rail.calendar'), View: CalendarRoom },
  OverMessage: InvitationCards,
}
