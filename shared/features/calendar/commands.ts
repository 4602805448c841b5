import type { Commands } from '../../kit/command-spec'

/** Commands of the calendar, heard while it is shown: there its keys come before those of other rooms. */
export const calendarCommands = {
  calendarToday: { keys: ['t'], group: 'calendar', inFields: false, room: 'calendar' },
  calendarNext: { keys: ['j'], group: 'calendar', inFields: false, room: 'calendar' },
  calendarPrevious: { keys: ['k'], group: 'calendar', inFields: false, room: 'calendar' },
  calendarGoTo: { keys: ['g'], group: 'calendar', inFields: false, room: 'calendar' },
  calendarDay: { keys: ['d'], group: 'calendar', inFields: false, room: 'calendar' },
  calendarWorkWeek: { keys: ['x'], group: 'calendar', inFields: false, room: 'calendar' },
  calendarWeek: { keys: ['w'], group: 'calendar', inFields: false, room: 'calendar' },
  calendarMonth: { keys: ['m'], group: 'calendar', inFields: false, room: 'calendar' },
  calendarYear: { keys: ['y'], group: 'calendar', inFields: false, room: 'calendar' },
  calendarAgenda: { keys: ['a'], group: 'calendar', inFields: false, room: 'calendar' },
  calendarNew: { keys: ['n'], group: 'calendar', inFields: false, room: 'calendar' },
  calendarLarger: { keys: ['+'], group: 'calendar', inFields: false, room: 'calendar' },
  calendarSmaller: { keys: ['-'], group: 'calendar', inFields: false, room: 'calendar' },
} as const satisfies Commands
