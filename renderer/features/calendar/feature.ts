import { CalendarDays } from 'lucide-react'
import type { Feature } from '../../ui/layout/feature'
import { CalendarRoom } from './room'

export const calendar: Feature = {
  id: 'calendar',
  room: { id: 'calendar', icon: CalendarDays, label: t => t('app:rail.calendar'), View: CalendarRoom },
}
