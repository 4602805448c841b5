import type { TableRule } from '../../../store/tables'

export const calendarTables: readonly TableRule[] = [
  // Objects that are on a server come again from there; those of calendars on this machine are only here, and a change may wait.
  { name: 'calendars', keep: 'precious', after: ['accounts'], look: 'whole', salvage: { key: 'id' } },
  {
    name: 'calendar_objects',
    keep: 'precious',
    after: ['calendars'],
    look: 'ends',
    salvage: { key: 'id', counted: 'events' },
  },
  {
    name: 'invitation_versions',
    keep: 'precious',
    after: ['accounts'],
    look: 'whole',
    salvage: { key: 'id' },
  },
  {
    name: 'invitation_answers',
    keep: 'precious',
    after: ['accounts'],
    look: 'whole',
    salvage: { key: 'id' },
  },
  {
    name: 'calendar_subscriptions',
    keep: 'precious',
    after: ['calendars'],
    look: 'whole',
    salvage: { key: 'calendar' },
  },
  { name: 'calendar_events', keep: 'derived', after: ['calendar_objects'] },
]
