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

/** Why an object of an encrypted collection is not believed. */
export const objectRefusal = z.enum([
  /** No envelope, or one of another version. */
  'malformed',
  /** Under a secret that is not in the key object. */
  'unknown-secret',
  /** Under a secret from before somebody was taken out. */
  'old-secret',
  /** The ciphertext was changed, or belongs to another object or collection. */
  'changed',
  /** Signed by nobody who was a member then. */
  'not-a-member',
  /** An older version than the one that was here already. */
  'rolled-back',
  /** It was removed, and is back as it was. */
  'brought-back',
  /** It lies where another one lay, or twice. */
  'elsewhere',
  /** Nothing of it is encrypted. */
  'clear',
])
export type ObjectRefusal = z.infer<typeof objectRefusal>

/** An object of an encrypted collection that is not believed: it is not shown, and what was here stays. */
export const refusedObject = z.object({ href: z.string(), refusal: objectRefusal })
export type RefusedObject = z.infer<typeof refusedObject>

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
  /** Objects that were encrypted or decrypted. */
  converted: z.number().int(),
  /** Objects of an encrypted collection that are not believed: they are not shown, and what was here stays. */
  refused: z.array(refusedObject),
})
export type CollectionStep = z.infer<typeof collectionStep>

/** What could not be done for an account, or for one of its collections. */
export const stepProblem = z.object({ accountId, problem })
