/** What the engine may ask of the vault about encrypted collections (docs/formats/encrypted-collections.md). Their secrets are on no answer. */
import { z } from 'zod'
import { collectionKind, collectionNumber, collectionPhase } from '../../features/collection-encryption/model'
import { fingerprint } from '../../features/keys/model'
import { objectRefusal } from '../../kit/collection-step'

const bytesUpTo = (limit: number) =>
  z.custom<Uint8Array>(value => value instanceof Uint8Array && value.byteLength <= limit, {
    error: `at most ${limit} bytes expected`,
  })

/** Content of an object: above the cap of objects of calendars and address books. */
const content = bytesUpTo(20_000_000)
const envelope = bytesUpTo(25_000_000)
const generation = z.number().int().min(1).max(10_000)
const revision = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER)
const nowMs = z.number().int().nonnegative().max(8.64e15)

/** Members of one collection, those that were one included. */
const mostMembers = 200

/** What a key object says but for the secrets. */
export const collectionFacts = z.strictObject({
  collection: collectionNumber,
  kind: collectionKind,
  name: z.string().max(500),
  /** One more with every key object of the collection. */
  serial: z.number().int().min(1).max(1_000_000),
  phase: collectionPhase,
  showsBusy: z.boolean(),
  /** Of the secret that is written with. */
  generation,
  /** Objects under secrets before it count no more. */
  leastGeneration: generation,
  members: z
    .array(
      z.strictObject({
        fingerprint,
        key: bytesUpTo(400_000),
        from: generation,
        /** The last generation that they were told the secret of; null: they are a member now. */
        until: generation.nullable(),
      }),
    )
    .min(1)
    .max(mostMembers),
})
export type CollectionFacts = z.infer<typeof collectionFacts>

/** By its beginning, of an armored key object. */
const keyObject = bytesUpTo(60_000_000)

export const collectionCalls = {
  /**
   * A key object, encrypted to those who are members now. The secrets are those that the vault holds of the collection; where it has none for
   * the generation a new one is made. Throws `no-key`, `key-locked`, `key-unusable`, `conflict` where secrets of earlier generations are not held.
   */
  writeCollectionKeys: {
    in: z.strictObject({ facts: collectionFacts, signWith: fingerprint, nowMs }),
    out: z.object({ armored: z.string() }),
  },
  /**
   * What a key object says, and by which of the given keys or of its own members it is signed (null: by none in a good way). `hold`: its secrets are used from now
   * on. Throws what `decrypt` throws, and `message-malformed`.
   */
  readCollectionKeys: {
    in: z.strictObject({
      armored: keyObject,
      verifyWith: z.array(bytesUpTo(400_000)).max(mostMembers).readonly(),
      hold: z.boolean(),
      nowMs,
    }),
    out: z.object({ facts: collectionFacts, signedBy: fingerprint.nullable() }),
  },
  /** Signs and encrypts one object. Throws `no-key` where the collection's secrets are not held, `key-locked`, `key-unusable`. */
  sealObject: {
    in: z.strictObject({
      collection: collectionNumber,
      uid: z.string().min(1).max(500),
      revision,
      content,
      signWith: fingerprint,
      nowMs,
    }),
    out: z.object({ envelope, generation }),
  },
  /** Opens one object, or says why it is not believed. Throws `no-key` where the collection's secrets are not held. */
  openObject: {
    in: z.strictObject({ collection: collectionNumber, uid: z.string().min(1).max(500), envelope, nowMs }),
    out: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('opened'), content, generation, revision, signedBy: fingerprint }),
      z.object({ kind: z.literal('refused'), refusal: objectRefusal }),
    ]),
  },
} as const
