import { z } from 'zod'
import type { Calls } from '../../ipc/call'
import { eventInstance } from '../calendar/model'
import { foundChat } from '../chat/model'
import { contactSummary } from '../contacts/model'
import { todo } from '../todos/model'

/** The one search, in what is not mail. Mail answers to the same text (`search.query`). */
export const findCalls = {
  /** Events (a series once), people, to-dos and chat (newest first) for what was typed; `isCut`: there are more of some kind than `limit`. */
  'find.query': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({
      text: z.string().max(1000),
      zone: z.string().min(1).max(100),
      limit: z.number().int().min(1).max(1000),
    }),
    out: z.object({
      events: z.array(eventInstance),
      contacts: z.array(contactSummary),
      todos: z.array(todo),
      chats: z.array(foundChat),
      isCut: z.boolean(),
    }),
  },
} as const satisfies Calls
