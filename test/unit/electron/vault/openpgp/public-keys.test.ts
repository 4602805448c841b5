import { PacketList, readKey, type UserAttributePacket } from 'openpgp'
import { expect, test } from 'vitest'
import { vaultForTests } from './support/open-vault'
import { packet } from './support/packets'

const at = vaultForTests()
const text = Buffer.from('Content-Type: text/plain\r\n\r\nHallo\r\n')
const read = async (bytes: Uint8Array) => (await at.vault.calls.readKeys(bytes)).keys

test('foreign certifications, pictures and subkeys that are not bound do not come in', async () => {
  const own = await readKey({ binaryKey: at.anna.bytes })
  const other = await readKey({ binaryKey: (await at.make('bert@siegel.example')).bytes })
  const list = new PacketList<UserAttributePacket>()
  list.push(...([...own.toPacketList()] as unknown as UserAttributePacket[]))
  const strange = Buffer.concat([
    list.write(),
    // Another key's subkey with its own binding, a picture, and a user ID nobody signed.
    Buffer.from(other.subkeys[0] ? subkeyPackets(other) : []),
    packet(17, Buffer.from([5, 1, 1, 2, 3, 4])),
    packet(13, Buffer.from('Mallory <mallory@siegel.example>')),
  ])
  const [key, ...more] = await read(strange)
  expect(more).toEqual([])
  expect(Buffer.from(key?.bytes ?? []).equals(at.anna.bytes)).toBe(true)
  expect(key?.facts).toEqual(at.anna.facts)
})

/** The last two packets of a new key: its subkey and the binding. */
const subkeyPackets = (key: Awaited<ReturnType<typeof readKey>>): Uint8Array => {
  const list = new PacketList<UserAttributePacket>()
  list.push(...([...key.toPacketList()].slice(-2) as unknown as UserAttributePacket[]))
  return list.write()
}

test('one broken key in a file does not spoil the others', async () => {
  const bert = await at.make('bert@siegel.example')
  const broken = Buffer.from(bert.bytes)
  broken.fill(0xee, 10, 40)
  const { keys, broken: count } = await at.vault.calls.readKeys(
    Buffer.concat([at.anna.bytes, broken, bert.bytes]),
  )
  expect(keys.map(({ facts }) => facts.userIds[0]?.address)).toEqual([
    'anna@siegel.example',
    'bert@siegel.example',
  ])
  expect(count).toBe(1)
})

test('another key is not merged into one that is known', async () => {
  const bert = await at.make('bert@siegel.example')
  await expect(at.vault.calls.mergeKeys(at.anna.bytes, bert.bytes)).rejects.toMatchObject({
    code: 'conflict',
  })
})

test('a newer copy brings its revocation, and a stale copy does not take it away', async () => {
  const revoked = await at.vault.calls.change(
    at.anna.facts.fingerprint,
    { kind: 'revoke', reason: 'superseded' },
    at.nowMs,
  )
  for (const [known, update] of [
    [at.anna.bytes, revoked.bytes],
    [revoked.bytes, at.anna.bytes],
  ] as const) {
    const merged = await at.vault.calls.mergeKeys(known, update)
    expect(merged.facts.problems).toContain('revoked')
    expect(merged.facts.canEncrypt).toBe(false)
  }
})

test('what a key signed before it was superseded stays good; compromised, nothing does; later it is of no use', async () => {
  const signature = Buffer.from(
    (await at.vault.calls.sign(text, at.anna.facts.fingerprint, at.nowMs - 30_000)).armored,
  )
  const late = Buffer.from(
    (await at.vault.calls.sign(text, at.anna.facts.fingerprint, at.nowMs + 30_000)).armored,
  )
  const verify = async (signed: Buffer, reason: 'superseded' | 'compromised' | 'none') => {
    const key = await at.vault.calls.change(at.anna.facts.fingerprint, { kind: 'revoke', reason }, at.nowMs)
    const options = { verifyWith: [key.bytes], nowMs: at.nowMs + 60_000 }
    return (await at.vault.calls.verify(text, signed, options))[0]
  }
  expect(await verify(signature, 'superseded')).toMatchObject({ state: 'good' })
  for (const [signed, reason] of [
    [late, 'superseded'],
    [signature, 'compromised'],
    [signature, 'none'],
  ] as const)
    expect(await verify(signed, reason)).toMatchObject({ state: 'key-unusable', problems: ['revoked'] })
})

test('what a key signed before it expired stays good, what it says to have signed tomorrow does not', async () => {
  const key = await at.make('eva@siegel.example', { expiresAtMs: at.nowMs + 60_000 })
  await at.hold(key)
  const sign = async (time: number) =>
    Buffer.from((await at.vault.calls.sign(text, key.facts.fingerprint, time)).armored)
  const signature = await sign(at.nowMs)
  const verify = async (signed: Buffer, nowMs: number) =>
    (await at.vault.calls.verify(text, signed, { verifyWith: [key.bytes], nowMs }))[0]
  expect(await verify(signature, at.nowMs + 10 * 86_400_000)).toMatchObject({ state: 'good' })
  await expect(sign(at.nowMs + 61_000)).rejects.toMatchObject({ code: 'key-unusable' })
  const future = await at.vault.calls.sign(text, key.facts.fingerprint, at.nowMs + 59_000)
  expect(await verify(Buffer.from(future.armored), at.nowMs - 2 * 86_400_000)).toMatchObject({
    state: 'key-unusable',
    problems: ['not-yet-valid'],
  })
  await at.hold(at.anna)
})

test('a renewed key stays the same key: what it signed before is good, and it encrypts again', async () => {
  const old = await at.make('fred@siegel.example', {
    createdMs: at.nowMs - 10 * 86_400_000,
    expiresAtMs: at.nowMs - 86_400_000,
  })
  expect((await read(old.bytes))[0]?.facts.problems).toContain('expired')
  await at.hold(old)
  const before = await at.vault.calls.sign(text, old.facts.fingerprint, at.nowMs - 5 * 86_400_000)
  const renewed = await at.vault.calls.change(
    old.facts.fingerprint,
    { kind: 'expiry', expiresAtMs: null },
    at.nowMs,
  )
  expect(renewed.facts).toMatchObject({ expiresAtMs: null, canEncrypt: true, canSign: true, problems: [] })
  const options = { verifyWith: [renewed.bytes], nowMs: at.nowMs }
  expect(await at.vault.calls.verify(text, Buffer.from(before.armored), options)).toMatchObject([
    { state: 'good' },
  ])
  await at.hold(renewed)
  expect((await at.decrypt(await at.encrypt(text, renewed))).openedBy).toBe(old.facts.fingerprint)
  await at.hold(at.anna)
})

test('nothing is encrypted when one recipient has no usable key', async () => {
  const expired = await at.make('gina@siegel.example', {
    createdMs: at.nowMs - 100_000,
    expiresAtMs: at.nowMs - 1000,
  })
  await expect(at.encrypt(text, at.anna, expired)).rejects.toMatchObject({
    code: 'key-unusable',
    params: { fingerprint: expired.facts.fingerprint },
  })
})

test.each([3, 23])('a key from a clock that is %i minutes or hours ahead is used as it is', async ahead => {
  const createdMs = at.nowMs + ahead * (ahead < 10 ? 60_000 : 3_600_000)
  const early = await at.make('early@siegel.example', { createdMs })
  const [key] = await read(early.bytes)
  expect(key?.facts).toMatchObject({ problems: [], canEncrypt: true, canSign: true })
  expect((await at.encrypt(text, early)).length).toBeGreaterThan(text.length)
})

test.each([2, 400])('a key that begins in %i days names its owner, and is only not valid yet', async days => {
  const future = await at.make('future@siegel.example', { createdMs: at.nowMs + days * 86_400_000 })
  const [key] = await read(future.bytes)
  expect(key?.facts).toMatchObject({
    userIds: [{ address: 'future@siegel.example', valid: true }],
    canEncrypt: false,
    canSign: false,
  })
  expect(key?.facts.problems).toContain('not-yet-valid')
  expect(key?.facts.problems).not.toContain('no-valid-user-id')
  await expect(at.encrypt(text, future)).rejects.toMatchObject({ code: 'key-unusable' })
  // A signature that it made in its own time is no forgery, and does not count today.
  await at.hold(at.anna, future)
  const { armored } = await at.vault.calls.sign(
    text,
    future.facts.fingerprint,
    at.nowMs + (days + 1) * 86_400_000,
  )
  const judged = await at.vault.calls.verify(text, Buffer.from(armored), {
    verifyWith: [future.bytes],
    nowMs: at.nowMs,
  })
  expect(judged).toMatchObject([{ state: 'key-unusable', problems: ['not-yet-valid'] }])
  await at.hold(at.anna)
})

test('an expired key names its owner, and is said to be expired', async () => {
  const dayMs = 86_400_000
  const old = await at.make('old@siegel.example', {
    createdMs: at.nowMs - 20 * dayMs,
    expiresAtMs: at.nowMs - dayMs,
  })
  const [key] = await read(old.bytes)
  expect(key?.facts.problems).toContain('expired')
  expect(key?.facts.userIds).toMatchObject([{ address: 'old@siegel.example', valid: true }])
  await expect(at.encrypt(text, old)).rejects.toMatchObject({ code: 'key-unusable' })
})

test('a curve identifier that was changed on the way is damage, not a curve', async () => {
  const damaged = Buffer.from(at.anna.bytes)
  damaged.fill(0xee, 10, 40)
  expect(await at.vault.calls.readKeys(damaged)).toMatchObject({ keys: [], broken: 1, unusable: [] })
})
