import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { type CollectionFacts, collectionFacts } from '../../../../shared/ipc/vault/collection-calls'
import type { VaultCallOutput, VaultQuestion } from '../../../../shared/ipc/vault/vault-calls'
import { SiegelError } from '../../../../shared/kit/result'
import type { HeldKeys, SealPlace } from '../keys/held-keys'
import { decryptMessage } from '../messages/decrypt-message'
import { encryptMessage } from '../messages/encrypt-message'
import { paddedLength } from './envelope'

const format = 'encrypted-collection/1'
const secretBytes = 32
/** How the text of every key object begins: by this it is known, and never given out. */
const beginning = Buffer.from(`{"format":"${format}",`)

/** Whether a text holds the secrets of a collection. */
export const isKeyObject = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, beginning.length)).equals(beginning)

const base64 = (most: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9+/]*={0,2}$/)
    .max(most)

/** What stands inside a key object, as JSON: docs/formats/encrypted-collections.md. What a later version adds is passed over. */
const written = collectionFacts
  .omit({ members: true })
  .strip()
  .extend({
    format: z.literal(format),
    secrets: z
      .array(z.object({ generation: z.number().int().min(1), secret: base64(44) }))
      .min(1)
      .max(10_000),
    members: z
      .array(collectionFacts.shape.members.element.strip().extend({ key: base64(540_000) }))
      .min(1)
      .max(200),
  })

/** Makes a key object for those who are members now; a secret that is missing for the generation is made. */
export async function writeCollectionKeys(
  { facts, signWith, nowMs }: VaultQuestion<'writeCollectionKeys'>,
  held: HeldKeys,
  place: SealPlace,
): Promise<VaultCallOutput<'writeCollectionKeys'>> {
  const known = held.collections.secretsOf(facts.collection)
  if (!known.has(facts.generation) && known.size !== facts.generation - 1)
    throw new SiegelError('conflict', { what: 'key' })
  const secrets = new Map(known)
  if (!secrets.has(facts.generation)) secrets.set(facts.generation, randomBytes(secretBytes))
  const { members, ...rest } = facts
  const text = JSON.stringify({
    format,
    ...rest,
    secrets: [...secrets].map(([generation, secret]) => ({
      generation,
      secret: Buffer.from(secret).toString('base64'),
    })),
    members: members.map(({ key, ...member }) => ({ ...member, key: Buffer.from(key).toString('base64') })),
  })
  const size = Buffer.byteLength(text)
  const data = Buffer.from(text + ' '.repeat(paddedLength(size) - size))
  try {
    const { armored } = await encryptMessage(
      {
        data,
        // Who reads a collection is nothing that its server must know.
        recipients: members.filter(({ until }) => until === null).map(({ key }) => ({ key, hidden: true })),
        ...{ signWith, nowMs },
      },
      held,
      place,
    )
    return { armored }
  } finally {
    data.fill(0)
  }
}

function read(bytes: Uint8Array): { facts: CollectionFacts; secrets: ReadonlyMap<number, Uint8Array> } {
  const malformed = (detail: string) => new SiegelError('message-malformed', { detail })
  if (!isKeyObject(bytes)) throw malformed('the keys of a collection')
  let json: unknown
  try {
    json = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'))
  } catch {
    throw malformed('the keys of a collection')
  }
  const parsed = written.safeParse(json)
  if (!parsed.success) throw malformed('the keys of a collection')
  const { format: _, secrets, members, ...rest } = parsed.data
  const held = new Map(secrets.map(each => [each.generation, Buffer.from(each.secret, 'base64')] as const))
  const facts: CollectionFacts = {
    ...rest,
    members: members.map(({ key, ...member }) => ({
      ...member,
      key: new Uint8Array(Buffer.from(key, 'base64')),
    })),
  }
  const isWhole =
    held.has(rest.generation) &&
    rest.leastGeneration <= rest.generation &&
    [...held.values()].every(({ length }) => length === secretBytes)
  if (!isWhole) throw malformed('the secrets of a collection')
  return { facts, secrets: held }
}

/** Opens a key object; see `readCollectionKeys` of the calls. */
export async function readCollectionKeys(
  { armored, verifyWith, hold, nowMs }: VaultQuestion<'readCollectionKeys'>,
  held: HeldKeys,
  place: SealPlace,
): Promise<VaultCallOutput<'readCollectionKeys'>> {
  const opened = await decryptMessage({ data: armored, verifyWith: [], nowMs }, held, place, () => null)
  try {
    const { facts, secrets } = read(opened.bytes)
    // Its own members' keys only name the signer; whether that one may say so is for the engine to judge.
    const keys = [...verifyWith, ...facts.members.map(({ key }) => key)].slice(0, 100)
    const { signatures } = await decryptMessage(
      { data: armored, verifyWith: keys, nowMs },
      held,
      place,
      () => null,
    )
    const [signature, ...more] = signatures
    const signedBy = signature?.state === 'good' && more.length === 0 ? signature.fingerprint : null
    if (hold) held.collections.hold(facts, secrets)
    return { facts, signedBy }
  } finally {
    opened.bytes.fill(0)
  }
}
