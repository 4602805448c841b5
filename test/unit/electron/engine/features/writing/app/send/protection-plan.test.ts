import { describe, expect, test } from 'vitest'
import {
  type PlanFacts,
  planProtection,
} from '../../../../../../../../electron/engine/features/writing/app/send/protection-plan'
import type { Fingerprint, KeyConflict } from '../../../../../../../../shared/features/keys/model'
import { noChoice, type RecipientKeyState } from '../../../../../../../../shared/features/writing/protection'

const conflict: KeyConflict = {
  address: 'bo@example.net',
  known: 'a'.repeat(40) as Fingerprint,
  knownTrust: 'some',
  found: 'b'.repeat(40) as Fingerprint,
  source: 'autocrypt',
  atMs: 0,
}
const person = (
  state: RecipientKeyState['state'],
  change: Partial<RecipientKeyState> = {},
): RecipientKeyState => ({
  address: 'bo@example.net',
  state,
  fingerprint: null,
  trust: 'none',
  problems: [],
  conflict: null,
  prefersEncryption: null,
  ...change,
})
const ready = person('ready')
const missing = person('missing')
const changed = person('decide', { conflict })
const own = { problems: [], canSign: true, unlocked: true }
const plan = (change: Partial<PlanFacts>) =>
  planProtection({
    choice: noChoice,
    policy: 'automatic',
    signAlways: false,
    repliesToEncrypted: false,
    own,
    recipients: [ready],
    undecided: [],
    ...change,
  })

describe('of itself', () => {
  test('a message to people with keys is encrypted and signed, and its subject hidden', () => {
    expect(plan({})).toEqual({ encrypts: 'yes', reason: 'all-reachable', signs: true, hidesSubject: true })
  })
  test('a message to people without keys goes in clear, unsigned', () => {
    expect(plan({ recipients: [missing] })).toMatchObject({
      encrypts: 'no',
      signs: false,
      hidesSubject: false,
    })
  })
  test('a message to both never goes half encrypted, nor silently in clear', () => {
    expect(plan({ recipients: [ready, missing] })).toMatchObject({
      encrypts: 'stop',
      reason: 'not-all-reachable',
    })
  })
  test('a changed key stops it, also when nobody else could be reached', () => {
    expect(plan({ recipients: [changed] })).toMatchObject({ encrypts: 'stop', reason: 'key-changed' })
    expect(plan({ recipients: [missing, changed] })).toMatchObject({ encrypts: 'stop' })
  })
  test('what a recipient’s program prefers forces nothing', () => {
    const eager = { ...ready, prefersEncryption: true }
    expect(plan({ policy: 'when-replying', recipients: [eager] }).encrypts).toBe('no')
    expect(plan({ recipients: [{ ...ready, prefersEncryption: false }] }).encrypts).toBe('yes')
  })
  test('an account without a key sends as before', () => {
    expect(plan({ own: null })).toEqual({
      encrypts: 'no',
      reason: 'no-own-key',
      signs: false,
      hidesSubject: false,
    })
  })
  test('an own key that has expired stops instead of going in clear', () => {
    expect(plan({ own: { ...own, problems: ['expired'] } })).toMatchObject({
      encrypts: 'stop',
      reason: 'own-key-unusable',
    })
  })
  test('a locked key asks for its passphrase, and not when nothing is signed', () => {
    const locked = { ...own, unlocked: false }
    expect(plan({ own: locked })).toMatchObject({ encrypts: 'stop', reason: 'own-key-locked' })
    expect(plan({ own: locked, choice: { encrypt: 'auto', sign: 'off' } }).encrypts).toBe('yes')
    expect(plan({ own: locked, recipients: [missing] }).encrypts).toBe('no')
  })
})

describe('by policy', () => {
  test('always: stops where it cannot', () => {
    expect(plan({ policy: 'always' })).toMatchObject({ encrypts: 'yes', reason: 'policy' })
    expect(plan({ policy: 'always', recipients: [missing] }).encrypts).toBe('stop')
    expect(plan({ policy: 'always', own: null })).toMatchObject({ encrypts: 'stop', reason: 'no-own-key' })
  })
  test('ask: asks where it could, and only there', () => {
    expect(plan({ policy: 'ask' })).toMatchObject({ encrypts: 'stop', reason: 'all-reachable' })
    expect(plan({ policy: 'ask', recipients: [missing] }).encrypts).toBe('no')
  })
  test('never: not of itself', () => {
    expect(plan({ policy: 'never' })).toMatchObject({ encrypts: 'no', reason: 'policy' })
  })
  test('signs everything where the account does', () => {
    expect(plan({ signAlways: true, recipients: [missing] })).toMatchObject({ encrypts: 'no', signs: true })
  })
})

describe('an answer to an encrypted message', () => {
  for (const policy of ['automatic', 'when-replying', 'ask', 'always', 'never'] as const)
    test(`stays encrypted with the policy "${policy}", or stops`, () => {
      expect(plan({ policy, repliesToEncrypted: true })).toMatchObject({
        encrypts: 'yes',
        reason: 'reply-to-encrypted',
      })
      expect(plan({ policy, repliesToEncrypted: true, recipients: [missing] }).encrypts).toBe('stop')
      expect(plan({ policy, repliesToEncrypted: true, own: null }).encrypts).toBe('stop')
    })
  test('goes in clear only when that was chosen', () => {
    const choice = { encrypt: 'off', sign: 'auto' } as const
    expect(plan({ repliesToEncrypted: true, choice })).toMatchObject({ encrypts: 'no', reason: 'chosen' })
  })
})

describe('what was chosen', () => {
  const choice = { encrypt: 'on', sign: 'auto' } as const
  test('encryption that is asked for happens or stops', () => {
    expect(plan({ policy: 'never', choice })).toMatchObject({ encrypts: 'yes', reason: 'chosen' })
    for (const recipients of [[missing], [ready, missing], [changed], [person('decide')]])
      expect(plan({ choice, recipients }).encrypts).toBe('stop')
  })
  test('a signature that is asked for is not left out', () => {
    const signed = { encrypt: 'off', sign: 'on' } as const
    expect(plan({ choice: signed })).toMatchObject({ encrypts: 'no', signs: true })
    expect(plan({ choice: signed, own: null })).toMatchObject({ encrypts: 'stop', reason: 'no-own-key' })
  })
  test('nobody addressed is nothing to decide', () => {
    expect(plan({ choice, recipients: [] })).toMatchObject({ encrypts: 'no', reason: 'nobody-addressed' })
  })
})

describe('people whom nothing protected names', () => {
  test('stop it for a decision, whatever was chosen and whoever has a key', () => {
    const undecided = ['mallory@evil.example']
    for (const encrypt of ['auto', 'on', 'off'] as const)
      for (const recipients of [[ready], [missing], []])
        for (const repliesToEncrypted of [true, false])
          expect(
            plan({ undecided, recipients, repliesToEncrypted, choice: { ...noChoice, encrypt } }),
          ).toMatchObject({ encrypts: 'stop', reason: 'unprotected-address', hidesSubject: false })
  })
})
