import type { SharedFeature } from '../../kit/shared-feature'
import { todoCommands } from './commands'
import { todoStale } from './stale'

export const todos = {
  stale: todoStale,
  commands: todoCommands,
  errors: {
    /** It is due before it begins, or one is a day and the other a time. */
    'todo-due-before-start': [],
    /** What repeats needs a time to repeat from. */
    'todo-rule-needs-time': [],
    /** It would be a part of itself. */
    'todo-part-of-itself': [],
  },
  things: { todo: true },
} as const satisfies SharedFeature
