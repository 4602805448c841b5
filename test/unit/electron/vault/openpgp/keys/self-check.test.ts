import { expect, test } from 'vitest'
import { HeldKeys } from '../../../../../../electron/vault/openpgp/keys/held-keys'
import { checkSessionKey, selfCheck } from '../../../../../../electron/vault/openpgp/keys/self-check'
import { encryptedParts } from '../../../../../../electron/vault/openpgp/messages/decrypt-message'
import { sessionKeys } from '../../../../../../electron/vault/openpgp/messages/session-key'
import { runOperation } from '../../../../../../electron/vault/openpgp/operations'

const place = { master: new Uint8Array(32).fill(5), profileId: 'ab'.repeat(16) }
const nowMs = Date.now()
const text = Buffer.from('Content-Type: text/plain\r\n\r\nHallo\r\n')

test.each([
  ['too short', new Uint8Array(16).fill(9).map((_, index) => index), 'aes256'],
  ['all zero', new Uint8Array(32), 'aes256'],
  ['all the same', new Uint8Array(16).fill(0xaa), 'aes128'],
  ['of a cipher that is not written', Uint8Array.from({ length: 24 }, (_, index) => index), 'tripledes'],
] as const)('a session key that is %s is not used', (_, data, algorithm) => {
  expect(() => checkSessionKey({ data, algorithm }, null)).toThrow('self-check-failed')
})

test('a session key that comes twice is not used', () => {
  const key = { data: Uint8Array.from({ length: 32 }, (_, index) => index), algorithm: 'aes256' as const }
  const hash = checkSessionKey(key, null)
  expect(() => checkSessionKey(key, hash)).toThrow('self-check-failed')
})

test('a message with another content, another recipient, or without its signature does not pass', async () => {
  const held = new HeldKeys()
  const anna = await runOperation(
    'generate',
    { userIds: [{ name: 'A', address: 'a@example.org' }], version: 4, expiresAtMs: null, nowMs },
    place,
  )
  held.hold([{ fingerprint: anna.facts.fingerprint, sealed: anna.sealed }])
  await runOperation('hold', { keys: [{ fingerprint: anna.facts.fingerprint, sealed: anna.sealed }] }, place)
  const { armored, recipientKeyIds } = await runOperation(
    'encrypt',
    { data: text, recipients: [{ key: anna.bytes, hidden: false }], signWith: anna.facts.fingerprint, nowMs },
    place,
  )
  const { sessionKeyPackets } = encryptedParts(Buffer.from(armored))
  const { value } = await sessionKeys(sessionKeyPackets, held, place).next()
  const { data, algorithm } = value.sessionKey
  const stored = await held.stored(anna.facts.fingerprint, place)
  const finished = {
    armored,
    data: text,
    named: recipientKeyIds,
    hiddenCount: 0,
    signer: stored.toPublic(),
    nowMs,
  }
  // The session key counts as used once it was checked, so another check comes in between.
  const check = async (change: Partial<typeof finished>) => {
    await runOperation(
      'encrypt',
      { data: text, recipients: [{ key: anna.bytes, hidden: false }], signWith: null, nowMs },
      place,
    )
    return selfCheck({
      ...finished,
      sessionKey: { data: Uint8Array.from(data), algorithm: algorithm ?? 'aes256' },
      ...change,
    })
  }
  await check({})
  for (const change of [
    { data: Buffer.concat([text, text]) },
    { named: [] },
    { named: [...recipientKeyIds, ...recipientKeyIds] },
    { named: ['1'.repeat(16)] },
    { hiddenCount: 1 },
    { armored: armored.replace('\r\n\r\n', '\r\nVersion: Siegel\r\n\r\n') },
  ])
    await expect(check(change), JSON.stringify(Object.keys(change))).rejects.toMatchObject({
      code: 'self-check-failed',
    })
  held.drop()
})
