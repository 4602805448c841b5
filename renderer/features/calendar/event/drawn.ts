import type { CalendarId, EventId } from '../../../../shared/features/calendar/model'
import type { ShownEvent } from './shown'

/** Stands for an event that is being drawn and is not there yet. */
export const drawnEvent: ShownEvent = {
  key: 'drawn',
  title: '',
  span: { allDay: true, first: 0, last: 0 },
  colour: '#0c5a62',
  standing: 'normal',
  isReadOnly: true,
  instance: {
    id: 0 as EventId,
    calendarId: 0 as CalendarId,
    uid: '',
    instance: null,
    title: '',
    startMs: 0,
    endMs: 0,
    days: null,
    zone: null,
    endZone: null,
    location: '',
    status: 'confirmed',
    isTransparent: false,
    privacy: 'public',
    isRepeating: false,
    isChanged: false,
    hasAlarm: false,
    attendees: [],
    notes: [],
  },
}
