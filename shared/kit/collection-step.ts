import { z } from 'zod'
import { accountId } from './ids'
import { problem } from './status'

/** How an object that was changed here and on its server stands now. */
export const stepNoteKind = z.enum([
  /** Both changes are in it. */
  'merged',
  /** Both changed the same: the server's stays what it is, what was written here is another object now. */
  'kept-both',
  /** Removed here, changed there: it is back. */
  'kept-theirs',
  /** Removed there, changed here: it is there again. */
  'kept-ours',
])
export type StepNoteKind = z.infer<typeof stepNoteKind>

/** What bringing one collection into step with its server came to. */
export const collectionStep = z.object({
  outcome: z.enum(['unchanged', 'done', 'asks-about-removal', 'incomplete', 'gone']),
  received: z.number().int(),
  sent: z.number().int(),
  removed: z.number().int(),
  /** Objects that would go, or that could not be read. */
  concerned: z.number().int(),
  /** Changes that the server still has not. */
  waiting: z.number().int(),
})
export type CollectionStep = z.infer<typeof collectionStep>

/** What could not be done for an account, or for one of its collections. */
export const stepProblem = z.object({ accountId, problem })
