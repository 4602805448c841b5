import { z } from 'zod'
import { collectionAnswer, collectionWaitFacts, collectionWaitKind } from '../../kit/collection-wait'
import { bookId, contactId } from './model'

/** Something of an address book on a server that waits for somebody, or is to be known. */
export const contactWait = z.object({
  id: z.number().int().positive(),
  bookId,
  what: collectionWaitKind,
  /** Null where it is about the book, or a contact that is not here. */
  contactId: contactId.nullable(),
  /** Of that contact; empty where it has none. */
  name: z.string(),
  /** The address of a card that could not be read. */
  href: z.string().nullable(),
  ...collectionWaitFacts.shape,
  answers: z.array(collectionAnswer),
  atMs: z.number(),
})
export type ContactWait = z.infer<typeof contactWait>
