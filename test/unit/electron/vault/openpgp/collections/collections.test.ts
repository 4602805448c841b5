import { beforeAll, describe, expect, test } from 'vitest'
import { paddedLength } from '../../../../../../electron/vault/openpgp/collections/envelope'
import { encryptedParts } from '../../../../../../electron/vault/openpgp/messages/decrypt-message'
import { recipientKeyId } from '../../../../../../electron/vault/openpgp/packets/outer-packets'
import type { CollectionFacts } from '../../../../../../shared/ipc/vault/collection-calls'
import type { VaultCallOutput } from '../../../../../../shared/ipc/vault/vault-calls'
import { vaultForTests } from '../support/open-vault'

const files = vaultForTests()
const collection = 'c0'.repeat(16)
const text = (value: string) => new TextEncoder().encode(value)
const asText = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8')

type Key = VaultCallOutput<'generate'>
const memberOf = (key: Key, from = 1, until: number | null = null) => ({
  ...{ fingerprint: key.facts.fingerprint, key: key.bytes, from, until },
})
const factsFor = (...members: CollectionFacts['members']): CollectionFacts => ({
  ...{ collection, kind: 'calendar', name: 'Work', serial: 1, phase: 'encrypted', showsBusy: false },
  ...{ generation: 1, leastGeneration: 1, members },
})
const write = async (facts: CollectionFacts, by: Key = files.anna) =>
  Buffer.from(
    (
      await files.vault.calls.writeCollectionKeys({
        facts,
        signWith: by.facts.fingerprint,
        nowMs: files.nowMs,
      })
    ).armored,
  )
const read = (armored: Uint8Array, hold: boolean, ...verifyWith: Uint8Array[]) =>
  files.vault.calls.readCollectionKeys({ armored, verifyWith, hold, nowMs: files.nowMs })
const seal = async (content: string, place: { uid?: string; revision?: number; by?: Key } = {}) =>
  (
    await files.vault.calls.sealObject({
      ...{ collection, uid: place.uid ?? 'u1', revision: place.revision ?? 1, content: text(content) },
      ...{ signWith: (place.by ?? files.anna).facts.fingerprint, nowMs: files.nowMs },
    })
  ).envelope
const open = (envelope: Uint8Array, uid = 'u1', of = collection) =>
  files.vault.calls.openObject({ collection: of, uid, envelope, nowMs: files.nowMs })

const recipientsOf = (armored: Uint8Array) => encryptedParts(armored).sessionKeyPackets.map(recipientKeyId)

let bob: Key
beforeAll(async () => {
  bob = await files.make('bob@siegel.example')
  await files.hold(files.anna, bob)
  const armored = await write(factsFor(memberOf(files.anna), memberOf(bob)))
  await read(armored, true)
})

test('keys of a collection name its signer, say all but the secrets, and name no reader outside', async () => {
  const armored = await write({ ...factsFor(memberOf(files.anna), memberOf(bob)), name: 'Größe' })
  const { facts, signedBy } = await read(armored, false)
  expect(facts).toMatchObject({ name: 'Größe', collection, serial: 1, generation: 1 })
  expect(facts.members.map(({ fingerprint }) => fingerprint)).toEqual([
    files.anna.facts.fingerprint,
    bob.facts.fingerprint,
  ])
  expect(signedBy).toBe(files.anna.facts.fingerprint)
  expect(JSON.stringify(facts)).not.toMatch(/secret/)
  // As a message nobody gets it, so no secret either.
  await expect(files.decrypt(armored)).rejects.toMatchObject({ code: 'message-malformed' })
  expect(recipientsOf(armored)).toEqual(['0'.repeat(16), '0'.repeat(16)])
})

test('an object opens where it belongs and nowhere else, and changed nowhere', async () => {
  const envelope = await seal('BEGIN:VCALENDAR')
  const opened = await open(envelope)
  expect(opened).toMatchObject({
    kind: 'opened',
    generation: 1,
    revision: 1,
    signedBy: files.anna.facts.fingerprint,
  })
  expect(opened.kind === 'opened' && asText(opened.content)).toBe('BEGIN:VCALENDAR')
  expect(await open(envelope, 'u2')).toEqual({ kind: 'refused', refusal: 'changed' })
  // Version, generation, revision, salt, text, tag: whichever byte is another one.
  for (const [at, refusal] of [
    [0, 'malformed'],
    [3, 'unknown-secret'],
    [11, 'changed'],
    [20, 'changed'],
    [60, 'changed'],
    [envelope.length - 1, 'changed'],
  ] as const) {
    const changed = new Uint8Array(envelope)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect([at, await open(changed)]).toEqual([at, { kind: 'refused', refusal }])
  }
  for (const cut of [0, 44, envelope.length - 1])
    expect(await open(envelope.subarray(0, cut))).toMatchObject({ kind: 'refused' })
  await expect(open(envelope, 'u1', 'ee'.repeat(16))).rejects.toMatchObject({ code: 'no-key' })
})

test('the same text twice is two envelopes of one length, and short texts all have one', async () => {
  const [one, two, other] = [await seal('A'), await seal('A'), await seal('A much longer text '.repeat(40))]
  expect(Buffer.from(one).equals(two)).toBe(false)
  expect(new Set([one.length, two.length, other.length]).size).toBe(1)
})

describe('padding', () => {
  test.each([
    [0, 4096],
    [4096, 4096],
    [4097, 4352],
    [9_000, 9_216],
    [100_000, 100_352],
    [1_000_001, 1_015_808],
  ])('%i bytes become %i', (length, padded) => {
    expect(paddedLength(length)).toBe(padded)
    expect(padded).toBeGreaterThanOrEqual(length)
  })
})

test('a member who was taken out opens nothing new, and what is signed by them under the new secret is refused', async () => {
  const before = await seal('before', { by: bob })
  const without = {
    ...factsFor(memberOf(files.anna), memberOf(bob, 1, 1)),
    ...{ serial: 2, generation: 2 },
  }
  const armored = await write(without)
  await read(armored, true)
  // What was written before still opens, until it is said that it counts no more.
  expect(await open(before)).toMatchObject({ kind: 'opened', generation: 1 })
  expect(await open(await seal('new'))).toMatchObject({ kind: 'opened', generation: 2 })
  expect(await open(await seal('forged', { by: bob }))).toEqual({ kind: 'refused', refusal: 'not-a-member' })
  await read(await write({ ...without, serial: 3, leastGeneration: 2 }), true)
  expect(await open(before)).toEqual({ kind: 'refused', refusal: 'old-secret' })
  await files.hold(bob)
  await expect(read(armored, false))
    .rejects.toMatchObject({ code: 'decrypt-failed' })
    .catch(error => {
      expect(String(error)).toMatch(/no-key|decrypt-failed/)
    })
  await files.hold(files.anna, bob)
})

test('keys that somebody else signed are told with their name, and what is no key object is refused', async () => {
  const eve = await files.make('eve@siegel.example')
  await files.hold(files.anna, bob, eve)
  const fresh = { ...factsFor(memberOf(files.anna)), collection: 'd1'.repeat(16) }
  const armored = await write(fresh, eve)
  // She is neither among the members nor given: nobody is named.
  expect((await read(armored, false)).signedBy).toBeNull()
  expect((await read(armored, false, eve.bytes)).signedBy).toBe(eve.facts.fingerprint)
  for (const content of ['{}', 'no json', '{"format":"encrypted-collection/2"}'])
    await expect(read(await files.encrypt(text(content), files.anna), false)).rejects.toMatchObject({
      code: 'message-malformed',
    })
})
