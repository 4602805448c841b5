import { describe, expect, test } from 'vitest'
import type { KeyLookupAnswer } from '../../../../../../../electron/engine/ports/keys/openpgp'
import { bytes } from '../../../store/support'
import { fingerprintOf } from '../store/openpgp-support'
import { keyBlock, keyFor, keyring, keyWorld } from './key-world'

const bob = 'bob@example.net'
const wkdAnswer = (block: Uint8Array): KeyLookupAnswer[] => [
  {
    step: { source: 'wkd-advanced', target: 'https://openpgpkey.example.net/', outcome: 'found', detail: '' },
    host: 'openpgpkey.example.net',
    bytes: block,
  },
]
type World = ReturnType<typeof keyWorld>
const inUse = ({ store }: World, address = bob) =>
  store.openpgp.keysFor(address).find(key => key.inUse)?.facts.fingerprint
const find = ({ cases, accountId }: World, by: 'user' | 'addressing' = 'user') =>
  cases['keys.find']({ address: 'Bob@example.net', accountId, by })

describe('looking for a key', () => {
  test('asks the directory when the user says so, not while addressing, and no key server that is off', async () => {
    const world = keyWorld()
    world.answers.set('wkd', wkdAnswer(keyBlock(keyFor(bob, 'b'))))
    expect((await find(world, 'addressing')).steps.map(({ outcome, detail }) => [outcome, detail])).toEqual([
      ['nothing', ''],
      ['off', 'asks first'],
      ['off', 'off'],
    ])
    expect(world.asked).toEqual([])
    const found = await find(world)
    expect(world.asked).toEqual(['wkd Bob@example.net'])
    expect(found.found).toMatchObject([{ address: bob, trust: 'some', inUse: true }])
  })

  test('asks nobody while look-ups are off or the program is offline, and says so', async () => {
    const world = keyWorld()
    world.store.openpgp.setSettings(world.accountId, { wkd: 'automatic', keyserver: 'automatic' })
    for (const [change, word] of [
      [{ lookups: false }, 'look-ups are off'],
      [{ lookups: true, offline: true }, 'offline'],
    ] as const) {
      world.store.settings.set(change)
      expect((await find(world)).steps.slice(1)).toMatchObject([
        { outcome: 'off', detail: word },
        { outcome: 'off', detail: word },
      ])
    }
    expect(world.asked).toEqual([])
  })

  test('a key for another address is refused, also when it came from the right place', async () => {
    const world = keyWorld()
    world.answers.set('wkd', wkdAnswer(keyBlock(keyFor('mallory@example.net', 'f'))))
    const { found, steps } = await find(world)
    expect(found).toEqual([])
    expect(steps[1]).toMatchObject({ outcome: 'refused', detail: 'the key does not name this address' })
    world.answers.set('wkd', wkdAnswer(bytes('<html>')))
    expect((await find(world)).steps[1]).toMatchObject({ outcome: 'nothing', detail: 'not a key' })
  })

  test('a user ID that is not certified does not count as the address', async () => {
    const world = keyWorld()
    const facts = keyFor(bob, 'f', { userIds: [{ name: '', address: bob, valid: false }] })
    world.answers.set('wkd', wkdAnswer(keyBlock(facts)))
    expect((await find(world)).found).toEqual([])
  })

  test('what anybody can leave on a key server is offered, not used', async () => {
    const world = keyWorld()
    world.store.openpgp.setSettings(world.accountId, {
      keyserver: 'automatic',
      keyservers: ['keys.example.com', 'keys.openpgp.org'],
    })
    const answer = (host: string, digit: string): KeyLookupAnswer[] => [
      {
        step: { source: 'keyserver', target: host, outcome: 'found', detail: '' },
        host,
        bytes: keyBlock(keyFor(bob, digit)),
      },
    ]
    world.answers.set('keys.example.com', answer('keys.example.com', 'b'))
    expect((await find(world)).found).toMatchObject([{ inUse: false, trust: 'none' }])
    world.answers.set('keys.openpgp.org', answer('keys.openpgp.org', 'c'))
    await find(world)
    expect(inUse(world)).toBe(fingerprintOf('c'))
    expect(world.store.openpgp.conflict(bob)).toBeNull()
  })
})

describe('another key for an address that has one', () => {
  const conflicted = async () => {
    const world = keyWorld()
    await world.cases['keys.importPublic']({ bytes: keyBlock(keyFor(bob, 'b')), address: null })
    world.cases['keys.setTrust']({ address: bob, fingerprint: fingerprintOf('b'), trust: 'verified' })
    world.answers.set('wkd', wkdAnswer(keyBlock(keyFor(bob, 'c'))))
    await find(world)
    return world
  }

  test('does not take its place, and the conflict says what is known of the old one', async () => {
    const world = await conflicted()
    expect(inUse(world)).toBe(fingerprintOf('b'))
    expect(world.cases['keys.contacts']({ address: bob })).toMatchObject({
      keys: [
        { inUse: true, trust: 'verified' },
        { inUse: false, trust: 'some' },
      ],
      conflicts: [
        { known: fingerprintOf('b'), knownTrust: 'verified', found: fingerprintOf('c'), source: 'wkd' },
      ],
    })
  })

  test('is used when the user says so, and the old one stays for old signatures', async () => {
    const world = await conflicted()
    world.cases['keys.useKey']({ address: bob, fingerprint: fingerprintOf('c') })
    expect(inUse(world)).toBe(fingerprintOf('c'))
    expect(world.store.openpgp.conflict(bob)).toBeNull()
    expect(world.store.openpgp.byKeyId('b'.repeat(16))).toHaveLength(1)
  })

  test('once rejected does not ask again, however often it turns up', async () => {
    const world = await conflicted()
    world.cases['keys.reject']({ address: bob, fingerprint: fingerprintOf('c') })
    expect(world.store.openpgp.conflict(bob)).toBeNull()
    await find(world)
    expect(world.store.openpgp.conflict(bob)).toBeNull()
    expect(inUse(world)).toBe(fingerprintOf('b'))
  })

  test('the same key again brings its newest statements and keeps the trust', async () => {
    const world = await conflicted()
    const revoked = keyFor(bob, 'b', { problems: ['revoked'] })
    world.answers.set('wkd', wkdAnswer(keyBlock(revoked)))
    await find(world)
    expect(world.store.openpgp.keysFor(bob)[0]).toMatchObject({
      trust: 'verified',
      facts: { problems: ['revoked'], canEncrypt: false },
    })
  })
})

describe('keys from files and messages', () => {
  test('a keyring gives each key to each of its addresses, and says what was left out', async () => {
    const { cases } = keyWorld()
    const two = keyFor(bob, 'b', {
      userIds: [
        { name: '', address: bob, valid: true },
        { name: '', address: 'robert@example.net', valid: true },
      ],
    })
    const nameless = keyFor('', 'c')
    const report = await cases['keys.importPublic']({
      bytes: keyring(
        keyBlock(two),
        keyBlock(nameless),
        keyBlock(keyFor('eve@x.example', 'd'), true),
        bytes('?'),
      ),
      address: null,
    })
    expect(report).toMatchObject({ broken: 1, secretCount: 1, withoutAddress: 1, conflicts: [] })
    expect(report.keys.map(key => key.address).sort()).toEqual([bob, 'eve@x.example', 'robert@example.net'])
    await expect(cases['keys.importPublic']({ bytes: bytes('no key'), address: null })).rejects.toThrow(
      'import-unreadable',
    )
  })

  test('a sender speaks for the own address: a key for somebody else is kept aside', async () => {
    const { cases, store, inbox } = keyWorld()
    const block = keyring(keyBlock(keyFor(bob, 'b')), keyBlock(keyFor('carol@example.net', 'c')))
    const raw = bytes(
      [
        'From: Bob <bob@example.net>',
        'Subject: my key',
        'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary=x',
        '',
        '--x',
        'Content-Type: application/pgp-keys; name=key.asc',
        'Content-Disposition: attachment; filename=key.asc',
        'Content-Transfer-Encoding: base64',
        '',
        Buffer.from(block).toString('base64'),
        '--x--',
        '',
      ].join('\r\n'),
    )
    const { mime } = await import('../../../../../../../electron/engine/formats/mime/mime')
    const parsed = mime.parseMessage(raw)
    const id = store.messages.insertLocal(inbox, {
      uid: null,
      flags: [],
      modseq: null,
      internalDateMs: 0,
      sizeBytes: raw.length,
      header: parsed.header,
      raw,
      parsed,
    })
    const partId = parsed.attachments[0]?.partId ?? ''
    await cases['keys.importFromMessage']({ messageId: id, partId })
    expect(store.openpgp.keysFor(bob)).toMatchObject([{ inUse: true, evidence: [{ source: 'attachment' }] }])
    expect(store.openpgp.keysFor('carol@example.net')).toMatchObject([{ inUse: false }])
  })
})

test('both people see the same sixty digits, and others for any other key', async () => {
  const { cases } = keyWorld()
  const own = await cases['keys.generate']({
    name: '',
    address: 'anna@example.org',
    accountId: null,
    version: 4,
    expiresAtMs: null,
  })
  await cases['keys.importPublic']({ bytes: keyBlock(keyFor(bob, 'b')), address: null })
  const shown = await cases['keys.compare']({ address: bob, fingerprint: fingerprintOf('b'), own: null })
  expect(shown.number).toMatch(/^\d{5}( \d{5}){11}$/)
  const { compareKeys } = await import('../../../../../../../electron/engine/features/keys/app/compare-keys')
  expect(compareKeys(fingerprintOf('b'), own.facts.fingerprint)).toEqual({
    number: shown.number,
    code: shown.code,
  })
  expect(compareKeys(fingerprintOf('c'), own.facts.fingerprint).number).not.toBe(shown.number)
  // The way it is computed is a promise to other versions: this value must never change.
  expect(compareKeys(fingerprintOf('a'), fingerprintOf('b'))).toMatchInlineSnapshot(`
    {
      "code": "SIEGEL-KEYS:1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB",
      "number": "17792 93667 01050 84732 01250 50670 57708 58542 68256 77444 06888 64501",
    }
  `)
})
