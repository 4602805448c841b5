import type { Commands } from '../../kit/command-spec'

/** Commands of to-dos, heard while they are shown. */
export const todoCommands = {
  todoNew: { keys: ['n'], group: 'calendar', inFields: false, room: 'todos' },
  todoToday: { keys: ['t'], group: 'calendar', inFields: false, room: 'todos' },
  todoPlanned: { keys: ['p'], group: 'calendar', inFields: false, room: 'todos' },
  todoAll: { keys: ['a'], group: 'calendar', inFields: false, room: 'todos' },
  todoDone: { keys: ['d'], group: 'calendar', inFields: false, room: 'todos' },
} as const satisfies Commands
