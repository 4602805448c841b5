import { z } from 'zod'
import { type Calls, nothing } from '../../ipc/call'
import { calendarId, eventId } from '../calendar/model'
import { todo, todoDetail, todoFields } from './model'

const zone = z.string().min(1).max(100)
const ids = z.array(eventId).min(1).max(1000)

/** What a change of to-dos answers. */
const changedTodos = z.object({
  ids: z.array(eventId),
  /** Of `undo.last`; null where it cannot be taken back. */
  undoId: z.number().int().nullable(),
})

/** To-dos, which lie in calendars beside events. */
export const todoCalls = {
  /** All of them, those that are done too, the newest of these first. `isCut`: there are more. */
  'todos.list': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ zone, calendarId: calendarId.nullable() }),
    out: z.object({ todos: z.array(todo), isCut: z.boolean() }),
  },
  'todos.get': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ id: eventId, zone }),
    out: todoDetail,
  },
  'todos.add': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ calendarId, fields: todoFields }),
    out: changedTodos,
  },
  'todos.change': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ id: eventId, fields: todoFields, zone }),
    out: changedTodos,
  },
  /** Done, with all that is a part of it, or open again. One that repeats goes on to its next time; `moved`: so many did. */
  'todos.done': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ ids, isDone: z.boolean(), zone }),
    out: changedTodos.extend({ moved: z.number().int() }),
  },
  /** Into another calendar, with all that is a part of them. What is left behind is no longer what they are a part of. */
  'todos.move': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ ids, calendarId, zone }),
    out: changedTodos,
  },
  /** With all that is a part of them. */
  'todos.remove': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ ids }),
    out: changedTodos,
  },
  /** Where new to-dos go unless somebody says otherwise: where the last one went; null where nothing can be written. */
  'todos.usual': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: nothing,
    out: z.object({ calendarId: calendarId.nullable() }),
  },
} as const satisfies Calls
