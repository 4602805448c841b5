import { describe, expect, test } from 'vitest'
import { openConnection } from '../../../../../../../electron/engine/store/connection'
import { defaultOpenpgpSettings } from '../../../../../../../shared/features/writing/protection'
import { freshStore, openAt, seedAccount, storeKey } from '../../../store/support'
import { contactKeyOf, evidenceOf, fingerprintOf, keyFactsOf, ownKeyRow } from './openpgp-support'

const dayMs = 86_400_000
const bob = 'bob@example.net'

describe('own keys', () => {
  test('a key is there again after a restart, with what only the vault can open', () => {
    const { store, directory } = freshStore()
    store.openpgp.saveOwnKey(ownKeyRow('a'))
    store.openpgp.markBackedUp(fingerprintOf('a'))
    store.close()
    const again = openAt(directory).store
    expect(again.openpgp.ownKeys()).toMatchObject([
      {
        facts: keyFactsOf('a'),
        sealed: Buffer.from('sealed a'),
        protection: 'vault',
        revocation: 'revocation a',
        backedUpAtMs: Date.UTC(2026, 5, 1),
      },
    ])
    again.close()
  })

  test('a change of a key keeps its revocation certificate, its backup and its place', () => {
    const { store } = freshStore()
    store.openpgp.saveOwnKey(ownKeyRow('a'))
    store.openpgp.saveOwnKey(ownKeyRow('b'))
    store.openpgp.markBackedUp(fingerprintOf('a'))
    store.openpgp.saveOwnKey({ ...ownKeyRow('a', { expiresAtMs: Date.UTC(2030, 0, 1) }), revocation: null })
    expect(store.openpgp.ownKeys().map(key => key.facts.fingerprint)).toEqual([
      fingerprintOf('a'),
      fingerprintOf('b'),
    ])
    const changed = store.openpgp.ownKey(fingerprintOf('a'))
    expect(changed?.facts.expiresAtMs).toBe(Date.UTC(2030, 0, 1))
    expect(changed?.revocation).toBe('revocation a')
    expect(changed?.backedUpAtMs).not.toBeNull()
  })

  test('a key that expires while the program runs no longer says that it can encrypt', () => {
    const { store, clock } = freshStore()
    const expiresAtMs = clock.now() + dayMs
    store.openpgp.saveOwnKey(ownKeyRow('a', { expiresAtMs }))
    store.openpgp.saveContactKey(contactKeyOf(bob, 'b', undefined, { encryptionExpiresAtMs: expiresAtMs }))
    expect(store.openpgp.ownKeys()[0]?.facts).toMatchObject({ canEncrypt: true, problems: [] })
    clock.advance(dayMs)
    expect(store.openpgp.ownKeys()[0]?.facts).toMatchObject({ canSign: false, problems: ['expired'] })
    expect(store.openpgp.keysFor(bob)[0]?.facts).toMatchObject({
      canEncrypt: false,
      canSign: true,
      problems: ['no-encryption-subkey'],
    })
  })

  test('a key whose description was lost is not lost: it can be read and saved again', () => {
    const { store, directory } = freshStore()
    store.openpgp.saveOwnKey(ownKeyRow('a'))
    store.close()
    const connection = openConnection(`${directory}/store.db`, storeKey)
    connection.exec(`UPDATE own_keys SET facts = '{"fing'`)
    connection.close()
    const again = openAt(directory).store
    const [found] = again.openpgp.ownKeysWithoutFacts()
    expect(found?.sealed).toEqual(Buffer.from('sealed a'))
    again.openpgp.saveOwnKey({ ...found!, facts: keyFactsOf('a') })
    expect(again.openpgp.ownKeys()).toHaveLength(1)
    expect(again.openpgp.ownKeysWithoutFacts()).toEqual([])
    again.close()
  })
})

describe("other people's keys", () => {
  test('the first usable key of an address is used, and a second one never takes its place by itself', () => {
    const { store } = freshStore()
    store.openpgp.saveContactKey(contactKeyOf('Bob@Example.net', 'b'))
    store.openpgp.saveContactKey(contactKeyOf(bob, 'c'))
    expect(store.openpgp.keysFor(bob).map(key => [key.facts.fingerprint[0], key.inUse])).toEqual([
      ['b', true],
      ['c', false],
    ])
    store.openpgp.setInUse(bob, fingerprintOf('c'))
    expect(
      store.openpgp.keysFor('BOB@example.net').map(key => [key.facts.fingerprint[0], key.inUse]),
    ).toEqual([
      ['c', true],
      ['b', false],
    ])
  })

  test('a rejected key is out of use and does not come back by being met again', () => {
    const { store } = freshStore()
    store.openpgp.saveContactKey(contactKeyOf(bob, 'b'))
    store.openpgp.setRejected(bob, fingerprintOf('b'), true)
    store.openpgp.saveContactKey(contactKeyOf(bob, 'b', evidenceOf('wkd', 'example.net')))
    expect(store.openpgp.keysFor(bob)).toMatchObject([{ inUse: false, rejected: true }])
  })

  test('trust grows with evidence, is verified by the user alone, and never falls by what is met', () => {
    const { store } = freshStore()
    store.openpgp.saveContactKey(contactKeyOf(bob, 'b'))
    const trust = () => store.openpgp.keysFor(bob)[0]?.trust
    expect(trust()).toBe('none')
    store.openpgp.saveContactKey(contactKeyOf(bob, 'b', evidenceOf('wkd', 'example.net')))
    expect(trust()).toBe('some')
    store.openpgp.setTrust(bob, fingerprintOf('b'), 'verified')
    store.openpgp.saveContactKey(contactKeyOf(bob, 'b', evidenceOf('gossip')))
    expect(trust()).toBe('verified')
    store.openpgp.setTrust(bob, fingerprintOf('b'), 'none')
    expect(trust()).toBe('some')
    expect(store.openpgp.keysFor(bob)[0]?.verifiedAtMs).toBeNull()
  })

  test('a signature finds its key by the id of a subkey, own and foreign', () => {
    const { store } = freshStore()
    store.openpgp.saveOwnKey(ownKeyRow('a'))
    store.openpgp.saveContactKey(contactKeyOf(bob, 'b'))
    expect(store.openpgp.byKeyId(`${'A'.repeat(15)}0`)).toMatchObject([{ own: true, facts: keyFactsOf('a') }])
    expect(store.openpgp.byKeyId(`${'b'.repeat(15)}0`)).toMatchObject([
      { own: false, facts: keyFactsOf('b') },
    ])
    expect(store.openpgp.byKeyId('0'.repeat(16))).toEqual([])
  })

  test('a key of two addresses stays for the other one when it is removed from the first', () => {
    const { store } = freshStore()
    store.openpgp.saveContactKey(contactKeyOf(bob, 'b'))
    store.openpgp.saveContactKey(contactKeyOf('robert@example.net', 'b'))
    store.openpgp.removeContactKey(bob, fingerprintOf('b'))
    expect(store.openpgp.keysFor(bob)).toEqual([])
    expect(store.openpgp.keysFor('robert@example.net')).toHaveLength(1)
    store.openpgp.removeContactKey('robert@example.net', fingerprintOf('b'))
    expect(store.openpgp.publicKey(fingerprintOf('b'))).toBeNull()
    expect(() => store.openpgp.removeContactKey(bob, fingerprintOf('b'))).toThrow('not-found')
  })

  test('an older message does not change what an address prefers', () => {
    const { store } = freshStore()
    store.openpgp.setPreference(bob, true, 2000)
    store.openpgp.setPreference(bob, false, 1000)
    expect(store.openpgp.preference(bob)).toEqual({ prefersEncryption: true, atMs: 2000 })
  })

  test('a conflict stands until it is cleared', () => {
    const { store, directory } = freshStore()
    const conflict = {
      address: bob,
      known: fingerprintOf('b'),
      knownTrust: 'verified' as const,
      found: fingerprintOf('c'),
      source: 'autocrypt' as const,
      atMs: 5,
    }
    store.openpgp.setConflict(conflict)
    store.close()
    const again = openAt(directory).store
    expect(again.openpgp.conflict('Bob@example.net')).toEqual(conflict)
    again.openpgp.clearConflict(bob)
    expect(again.openpgp.conflicts()).toEqual([])
    again.close()
  })
})

describe('settings of an account', () => {
  test('start calm, are kept, and go with the account', () => {
    const { store } = freshStore()
    const { accountId } = seedAccount(store)
    expect(store.openpgp.settings(accountId)).toEqual(defaultOpenpgpSettings)
    store.openpgp.setSettings(accountId, { policy: 'always', wkd: undefined })
    expect(store.openpgp.settings(accountId)).toEqual({ ...defaultOpenpgpSettings, policy: 'always' })
    store.accounts.remove(accountId)
    expect(() => store.openpgp.settings(accountId)).toThrow('not-found')
  })

  test('that cannot be read never mean less encryption or more look-ups', () => {
    const { store, directory } = freshStore()
    const { accountId } = seedAccount(store)
    store.openpgp.setSettings(accountId, { policy: 'always' })
    store.close()
    const connection = openConnection(`${directory}/store.db`, storeKey)
    connection.exec(`UPDATE openpgp_settings SET value = '{"policy":"sometimes"}'`)
    connection.close()
    const again = openAt(directory).store
    expect(again.openpgp.settings(accountId)).toMatchObject({
      policy: 'always',
      wkd: 'off',
      keyserver: 'off',
    })
    again.close()
  })
})
