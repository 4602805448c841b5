import { z } from 'zod'
import { problem } from '../status'

/** What of a collection on a server waits for somebody, or is to be known by somebody. */
export const collectionWaitKind = z.enum([
  /** More than a third is gone from the server: it stays here until that was answered. */
  'asks-removal',
  /** The server has no such collection any more. What was in it stays here. */
  'gone',
  /** Changes wait, and the collection may no longer be written. */
  'read-only',
  /** The server does not take a change of this object. */
  'not-sent',
  /** An object of the server that cannot be read. */
  'unread',
  /** The server keeps an object otherwise than it was sent. */
  'altered',
  /** Both sides had changed it, and a person may want to look: see `stepNoteKind`. */
  ...(['kept-both', 'kept-theirs', 'kept-ours'] as const),
])
export type CollectionWaitKind = z.infer<typeof collectionWaitKind>

/** What a person may say to it. */
export const collectionAnswer = z.enum([
  /** The objects, or the whole collection, go from here as well. */
  'remove',
  /** What is gone from the server goes there again. */
  'put-back',
  /** The collection stays, on this machine only. */
  'keep',
  'try-again',
  /** The server's version counts again; what was written here goes. */
  'give-up',
  'seen',
])
export type CollectionAnswer = z.infer<typeof collectionAnswer>

/** Which answers there are to what. */
export const answersTo: Readonly<Record<CollectionWaitKind, readonly CollectionAnswer[]>> = {
  'asks-removal': ['remove', 'put-back'],
  gone: ['keep', 'remove'],
  'read-only': ['give-up'],
  'not-sent': ['try-again', 'give-up'],
  unread: ['try-again'],
  altered: ['seen'],
  'kept-both': ['seen'],
  'kept-theirs': ['seen'],
  'kept-ours': ['seen'],
}

/** What is told of it. */
export const collectionWaitFacts = z.object({
  /** How many objects it is about. */
  count: z.number().int().optional(),
  problem: problem.optional(),
  /** Properties that the server left out: they are still here. */
  lost: z.array(z.string()).optional(),
  /** Properties that the server keeps with another value, which is here now too. */
  changed: z.array(z.string()).optional(),
  /** The object that was made of what was written here. */
  second: z.number().int().nullable().optional(),
  /** What was answered; it is done with the next pass. */
  answer: collectionAnswer.optional(),
})
export type CollectionWaitFacts = z.infer<typeof collectionWaitFacts>
