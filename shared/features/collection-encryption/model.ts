import { z } from 'zod'
import { refusedObject } from '../../kit/collection-step'
import { fingerprint } from '../keys/model'

/** What an encrypted collection holds. */
export const collectionKind = z.enum(['calendar', 'contacts'])
export type CollectionKind = z.infer<typeof collectionKind>

/** The number that an encrypted collection has for itself: 16 random bytes in hex. */
export const collectionNumber = z.string().regex(/^[0-9a-f]{32}$/)

/** How far a collection is: `encrypting` and `decrypting` while objects of both forms lie in it. */
export const collectionPhase = z.enum(['encrypting', 'encrypted', 'decrypting'])
export type CollectionPhase = z.infer<typeof collectionPhase>

/** Somebody who can read an encrypted collection. */
export const collectionMember = z.object({ fingerprint, address: z.string(), isOwn: z.boolean() })
export type CollectionMember = z.infer<typeof collectionMember>

/** How a collection of an account stands. */
export const collectionProtection = z.object({
  /** `joinable`: it is encrypted, and this machine was not told yet that this is right. */
  state: z.enum(['clear', 'joinable', 'encrypting', 'encrypted', 'decrypting']),
  showsBusy: z.boolean(),
  /** Of `joinable`: who could read it, and who says so. */
  members: z.array(collectionMember),
  /** Of `joinable`: whose signature its keys bear; null for one that is not known here. */
  madeBy: fingerprint.nullable(),
  /** Objects that still have to take the other form. */
  left: z.number().int(),
  /** Events that stay clear, since the server invites their guests itself. */
  staysClear: z.array(z.object({ id: z.number().int(), title: z.string() })),
  /** What the last pass did not believe. */
  refused: z.array(refusedObject),
})
export type CollectionProtection = z.infer<typeof collectionProtection>
