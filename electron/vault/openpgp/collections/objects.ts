import type { VaultCallOutput, VaultQuestion } from '../../../../shared/ipc/vault/vault-calls'
import { SiegelError } from '../../../../shared/kit/result'
import type { HeldKeys, SealPlace } from '../keys/held-keys'
import { signDetached } from '../messages/sign-message'
import { verifyDetached } from '../messages/verify-message'
import { dearmor } from '../packets/armor'
import { envelopeHead, openEnvelope, type Place, sealEnvelope, signedBytes } from './envelope'

/** Signs and encrypts one object, and opens it again before it is handed out. */
export async function sealObject(
  { collection, uid, revision, content, signWith, nowMs }: VaultQuestion<'sealObject'>,
  held: HeldKeys,
  place: SealPlace,
): Promise<VaultCallOutput<'sealObject'>> {
  const { facts, secrets } = held.collections.get(collection)
  const secret = secrets.get(facts.generation)
  if (!secret) throw new SiegelError('no-key', { keyIds: '' })
  const where: Place = { collection, uid, generation: facts.generation, revision }
  const data = signedBytes(where, content)
  const { armored } = await signDetached({ data, fingerprint: signWith, nowMs }, held, place)
  const [signature] = dearmor(Buffer.from(armored, 'latin1'), ['SIGNATURE'], 1)
  const envelope = sealEnvelope(secret, where, { content, signature: signature ?? Buffer.alloc(0) })
  const back = openEnvelope(secret, where, envelope)
  if (!signature || !back?.content.equals(content))
    throw new SiegelError('self-check-failed', { detail: 'the envelope does not open' })
  return { envelope: new Uint8Array(envelope), generation: facts.generation }
}

/** Opens one object and judges it by what the key object that is held says. */
export async function openObject(
  { collection, uid, envelope, nowMs }: VaultQuestion<'openObject'>,
  held: HeldKeys,
): Promise<VaultCallOutput<'openObject'>> {
  const { facts, secrets } = held.collections.get(collection)
  const refused = (refusal: (VaultCallOutput<'openObject'> & { kind: 'refused' })['refusal']) =>
    ({ kind: 'refused', refusal }) as const
  const head = envelopeHead(envelope)
  if (head === null) return refused('malformed')
  const { generation, revision } = head
  const secret = secrets.get(generation)
  if (!secret) return refused('unknown-secret')
  const where: Place = { collection, uid, ...head }
  const opened = openEnvelope(secret, where, envelope)
  if (opened === null) return refused('changed')
  if (generation < facts.leastGeneration) return refused('old-secret')
  const members = facts.members.filter(
    ({ from, until }) => from <= generation && (until === null || generation <= until),
  )
  const [signature, ...more] = await verifyDetached({
    ...{ data: signedBytes(where, opened.content), signature: opened.signature, nowMs },
    verifyWith: members.map(({ key }) => key).slice(0, 100),
  }).catch((): never[] => [])
  const signedBy = signature?.state === 'good' && more.length === 0 ? signature.fingerprint : null
  // A key of the members, and one that its member is known by.
  if (signedBy === null || !members.some(({ fingerprint }) => fingerprint === signedBy))
    return refused('not-a-member')
  return { kind: 'opened', content: new Uint8Array(opened.content), generation, revision, signedBy }
}
