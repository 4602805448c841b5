import { describe, expect, test } from 'vitest'
import { openKeys } from '../../../../../../../../electron/engine/features/keys/app/own/hold-keys'
import { remindOfRenewal } from '../../../../../../../../electron/engine/features/keys/app/own/remind-renewal'
import { bytes, seedAccount } from '../../../../store/support'
import { fingerprintOf, keyFactsOf } from '../../store/openpgp-support'
import { keyFor, keyWorld } from '../key-world'

const dayMs = 86_400_000
const made = { name: 'Anna', address: 'anna@example.org', version: 4, expiresAtMs: null } as const

describe("the user's own keys", () => {
  test('a new key is the key of its account at once, with a revocation certificate, and the vault holds it', async () => {
    const { cases, accountId, held } = keyWorld()
    const key = await cases['keys.generate']({ ...made, accountId })
    expect(key).toMatchObject({
      defaultFor: [accountId],
      hasRevocationCertificate: true,
      unlocked: true,
      backedUpAtMs: null,
      renewalDue: false,
    })
    expect(held.at(-1)).toEqual([key.facts.fingerprint])
    expect(await cases['keys.revocation']({ fingerprint: key.facts.fingerprint })).toEqual({
      armored: 'revocation',
    })
    expect(JSON.stringify(await cases['keys.list']({}))).not.toContain('sealed')
  })

  test('an expired key stays for reading when a new one takes its place', async () => {
    const { cases, accountId, clock, held } = keyWorld()
    const old = await cases['keys.generate']({ ...made, accountId, expiresAtMs: clock.now() + dayMs })
    clock.advance(2 * dayMs)
    const fresh = await cases['keys.generate']({ ...made, accountId })
    expect(await cases['keys.list']({})).toMatchObject([
      {
        facts: { fingerprint: old.facts.fingerprint, problems: ['expired'] },
        defaultFor: [],
        renewalDue: true,
      },
      { facts: { fingerprint: fresh.facts.fingerprint }, defaultFor: [accountId] },
    ])
    expect(held.at(-1)).toEqual([old.facts.fingerprint, fresh.facts.fingerprint])
  })

  test('a key that would have expired before it was made is refused', async () => {
    const { cases, clock } = keyWorld()
    await expect(
      cases['keys.generate']({ ...made, accountId: null, expiresAtMs: clock.now() }),
    ).rejects.toThrow('bad-request')
    expect(await cases['keys.list']({})).toEqual([])
  })

  test('a renewed key keeps its revocation certificate, and the vault holds the new form', async () => {
    const { cases, store, held } = keyWorld()
    const { facts } = await cases['keys.generate']({ ...made, accountId: null })
    const expiresAtMs = Date.UTC(2030, 0, 1)
    const changed = await cases['keys.change']({
      fingerprint: facts.fingerprint,
      change: { kind: 'expiry', expiresAtMs },
    })
    expect(changed).toMatchObject({ facts: { expiresAtMs }, hasRevocationCertificate: true })
    expect(store.openpgp.ownKey(facts.fingerprint)?.sealed).toEqual(bytes('changed'))
    expect(held).toHaveLength(2)
  })

  test('an imported key goes to the account it names, and never takes the place of the one that is there', async () => {
    const { cases, store, accountId } = keyWorld()
    const other = seedAccount(store, {
      address: 'work@example.org',
      displayName: '',
      services: {
        mail: {
          userName: 'work@example.org',
          imap: { host: 'i', port: 1, security: 'tls' },
          smtp: { host: 's', port: 1, security: 'tls' },
          caPem: null,
        },
      },
    }).accountId
    const sealed = (digit: string, address: string) => ({
      facts: keyFor(address, digit),
      publicKey: bytes('public'),
      sealed: bytes(`sealed ${digit}`),
      protection: 'vault' as const,
      revocation: null,
    })
    await cases['keys.adopt']({ keys: [sealed('a', 'Anna@example.org')], accountId: null })
    await cases['keys.adopt']({
      keys: [sealed('b', 'anna@example.org'), sealed('c', 'work@example.org')],
      accountId: null,
    })
    expect(store.openpgp.settings(accountId).key).toBe(fingerprintOf('a'))
    expect(store.openpgp.settings(other).key).toBe(fingerprintOf('c'))
    // Another seal of the same key: a passphrase was set. Its account was taken from it on purpose.
    store.openpgp.setSettings(accountId, { key: null })
    await cases['keys.adopt']({
      keys: [{ ...sealed('a', 'anna@example.org'), sealed: bytes('other'), protection: 'passphrase' }],
      accountId: null,
    })
    expect(store.openpgp.settings(accountId).key).toBeNull()
    expect(store.openpgp.ownKey(fingerprintOf('a'))?.protection).toBe('passphrase')
  })

  test('a key from a backup counts as backed up, also one that was here already; one from a setup message does not', async () => {
    const { cases } = keyWorld()
    const key = {
      facts: keyFor('anna@example.org', 'a'),
      publicKey: bytes('public'),
      sealed: bytes('sealed'),
      protection: 'vault' as const,
      revocation: null,
    }
    const [fromSetup] = await cases['keys.adopt']({ keys: [key], accountId: null })
    expect(fromSetup?.backedUpAtMs).toBeNull()
    const [fromFile] = await cases['keys.adopt']({ keys: [key], accountId: null, backedUp: true })
    expect(fromFile?.backedUpAtMs).not.toBeNull()
  })

  test('a removed key is taken from its accounts and from the vault', async () => {
    const { cases, store, accountId, held } = keyWorld()
    const { facts } = await cases['keys.generate']({ ...made, accountId })
    await cases['keys.forgetOwn']({ fingerprint: facts.fingerprint })
    expect(store.openpgp.settings(accountId).key).toBeNull()
    expect(held.at(-1)).toEqual([])
    expect(() => cases['keys.setSettings']({ accountId, change: { key: facts.fingerprint } })).toThrow(
      'not-found',
    )
  })

  test('a key that ends within sixty days is told once a day while an account uses it', async () => {
    const { cases, context, accountId, clock, notices, store } = keyWorld()
    await cases['keys.generate']({ ...made, accountId, expiresAtMs: clock.now() + 61 * dayMs })
    remindOfRenewal(context)
    expect(notices).toEqual([])
    clock.advance(2 * dayMs)
    remindOfRenewal(context)
    remindOfRenewal(context)
    expect(notices).toMatchObject([
      { code: 'key-expires', params: { address: 'anna@example.org', days: 59 } },
    ])
    clock.advance(60 * dayMs)
    remindOfRenewal(context)
    expect(notices.at(-1)?.code).toBe('key-expired')
    store.openpgp.setSettings(accountId, { key: null })
    clock.advance(2 * dayMs)
    remindOfRenewal(context)
    expect(notices).toHaveLength(2)
  })

  test('when the program opens the vault gets every key, also one whose description was lost', async () => {
    const { context, store, held } = keyWorld()
    store.openpgp.saveOwnKey({
      facts: keyFactsOf('a'),
      publicKey: bytes(JSON.stringify({ facts: keyFactsOf('a'), secret: false })),
      sealed: bytes('sealed'),
      protection: 'vault',
      revocation: null,
    })
    await openKeys(context)
    expect(held).toEqual([[fingerprintOf('a')]])
  })
})
