import { z } from 'zod'
import { type Calls, done, nothing } from './call'
import type { CommandId } from './commands'

/** Everything that is said once. What stands until it is decided (a refused change, an unsent message) is told by its row. */
const noticeCode = z.enum([
  'sent',
  'provider-files-sent-mail',
  'certificate-issuer-changed',
  'store-rebuilt',
  'profile-open-to-others',
  'key-expires',
  'key-expired',
])

/** Work long enough to be counted before the eyes of who waits for it. */
export const progressJob = z.enum(['import', 'export', 'backup', 'restore', 'decrypt'])

/** Something to tell the user once. */
export const notice = z.object({
  code: noticeCode,
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  undoId: z.number().nullable(),
})

/** Commands of the window that main's menu offers, too. */
const menuCommands = [
  'compose',
  'settings',
  'search',
  'shortcuts',
  'syncNow',
  'undo',
  'lock',
] as const satisfies readonly CommandId[]
export type MenuCommand = (typeof menuCommands)[number]

/** Menu, tray and system ask the page to do something. */
export const command = z.object({
  name: z.enum([...menuCommands, 'mailto']),
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
