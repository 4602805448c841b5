import { z } from 'zod'
import { type Calls, done, nothing } from './call'

/** Something to tell the user once: undo offers, sent mail, queued failures. */
export const notice = z.object({
  code: z.string().max(60),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  undoId: z.number().nullable(),
})

/** Menu, tray and system ask the page to do something. */
export const command = z.object({
  name: z.enum(['compose', 'settings', 'search', 'shortcuts', 'sync', 'undo', 'lock', 'mailto']),
  argument: z.string().max(8000).nullable(),
})

const waiting = z.object({ id: z.number().int() })

/** What main has for the page waits in main until the page says that it has it. */
export const pageCalls = {
  'page.waiting': {
    kind: 'query',
    host: 'main',
    face: 'all',
    in: nothing,
    out: z.object({
      notices: z.array(waiting.extend({ notice })),
      commands: z.array(waiting.extend({ command })),
    }),
  },
  'page.took': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ ids: z.array(z.number().int()).max(10_000) }),
    out: done,
  },
} as const satisfies Calls
