import { describe, expect, test } from 'vitest'
import { mime } from '../../../../../../../electron/engine/formats/mime/mime'
import type { MailboxId } from '../../../../../../../shared/kit/ids'
import { bytes } from '../../../store/support'
import { fingerprintOf } from '../store/openpgp-support'
import { keyBlock, keyFor, keyring, keyWorld } from './key-world'

const bob = 'bob@example.net'
const dayMs = 86_400_000
const header = (address: string, digit: string, more = '') =>
  `Autocrypt: addr=${address};${more} keydata=${Buffer.from(keyBlock(keyFor(address, digit))).toString('base64')}`

type World = ReturnType<typeof keyWorld>
async function receive(
  { store, harvest, inbox, clock }: World,
  lines: readonly string[],
  options: { to?: MailboxId; atMs?: number; from?: string } = {},
): Promise<void> {
  const date = new Date(options.atMs ?? clock.now()).toUTCString()
  const raw = bytes(
    [`From: ${options.from ?? `Bob <${bob}>`}`, `Date: ${date}`, ...lines, '', 'Hello', ''].join('\r\n'),
  )
  const parsed = mime.parseMessage(raw)
  const id = store.messages.insertLocal(options.to ?? inbox, {
    uid: null,
    flags: [],
    modseq: null,
    internalDateMs: 0,
    sizeBytes: raw.length,
    header: parsed.header,
    raw,
    parsed,
  })
  harvest.noteAutocrypt([{ id, raw }])
  await harvest.settled()
}

describe('keys that come with mail', () => {
  test('the key of a sender is there after the first mail, with what the sender prefers', async () => {
    const world = keyWorld()
    await receive(world, [header(bob, 'b', ' prefer-encrypt=mutual;')])
    expect(world.store.openpgp.keysFor(bob)).toMatchObject([
      { inUse: true, trust: 'none', prefersEncryption: true, evidence: [{ source: 'autocrypt' }] },
    ])
  })

  test('the same key on three days is some evidence, three mails on one day are not', async () => {
    const world = keyWorld()
    for (let times = 0; times < 3; times++) await receive(world, [header(bob, 'b')])
    expect(world.store.openpgp.keysFor(bob)[0]?.trust).toBe('none')
    for (const days of [1, 2])
      await receive(world, [header(bob, 'b')], { atMs: world.clock.now() - days * dayMs })
    expect(world.store.openpgp.keysFor(bob)[0]?.trust).toBe('some')
  })

  test('another key asks the user, and an old mail with an old key does not', async () => {
    const world = keyWorld()
    await receive(world, [header(bob, 'b')])
    await receive(world, [header(bob, 'c')], { atMs: world.clock.now() - dayMs })
    expect(world.store.openpgp.keysFor(bob)).toHaveLength(1)
    world.clock.advance(dayMs)
    await receive(world, [header(bob, 'd')])
    expect(world.store.openpgp.conflict(bob)).toMatchObject({
      known: fingerprintOf('b'),
      found: fingerprintOf('d'),
    })
    expect(world.store.openpgp.keysFor(bob)[0]).toMatchObject({
      facts: { fingerprint: fingerprintOf('b') },
      inUse: true,
    })
  })

  test('a date in the future does not make a header stand above later ones', async () => {
    const world = keyWorld()
    await receive(world, [header(bob, 'b', ' prefer-encrypt=mutual;')], { atMs: Date.UTC(2090, 0, 1) })
    world.clock.advance(dayMs)
    await receive(world, [header(bob, 'b')])
    expect(world.store.openpgp.preference(bob)?.prefersEncryption).toBe(false)
  })

  test.each([
    ['two headers', [header(bob, 'b'), header(bob, 'c')], {}],
    ['a header for another address', [header('eve@example.net', 'b')], {}],
    ['a bounce', [header(bob, 'b'), 'Content-Type: multipart/report; boundary=x'], {}],
    ['several senders', [header(bob, 'b')], { from: `${bob}, carol@example.net` }],
    ['the own address', [header('anna@example.org', 'b')], { from: 'anna@example.org' }],
    [
      'a secret key',
      [`Autocrypt: addr=${bob}; keydata=${Buffer.from(keyBlock(keyFor(bob, 'b'), true)).toString('base64')}`],
      {},
    ],
    [
      'two keys in one header',
      [
        `Autocrypt: addr=${bob}; keydata=${Buffer.from(keyring(keyBlock(keyFor(bob, 'b')), keyBlock(keyFor(bob, 'c')))).toString('base64')}`,
      ],
      {},
    ],
    [
      'a sender the provider calls forged',
      ['Authentication-Results: mx.example.org; dmarc=fail header.from=example.net', header(bob, 'b')],
      {},
    ],
  ] as const)('nothing is taken from a mail with %s', async (_, lines, options) => {
    const world = keyWorld()
    await receive(world, lines, options)
    expect(world.store.openpgp.contactKeys()).toEqual([])
  })

  test('nothing is taken from the junk folder', async () => {
    const world = keyWorld()
    const junk = world.store.mailboxes.create({
      accountId: world.accountId,
      path: 'Junk',
      delimiter: '/',
      role: 'junk',
    })
    await receive(world, [header(bob, 'b')], { to: junk.id })
    expect(world.store.openpgp.contactKeys()).toEqual([])
  })

  test('gossip about a recipient is kept for the user to choose, never used, and never questions a known key', async () => {
    const world = keyWorld()
    const gossip = (address: string, digit: string) =>
      header(address, digit).replace('Autocrypt:', 'Autocrypt-Gossip:')
    const inside = bytes([gossip(bob, 'b'), gossip('eve@example.net', 'e'), '', 'text'].join('\r\n'))
    await world.harvest.noteGossip(inside, ['Bob@example.net'], world.clock.now())
    expect(world.store.openpgp.keysFor(bob)).toMatchObject([
      { inUse: false, evidence: [{ source: 'gossip' }] },
    ])
    expect(world.store.openpgp.keysFor('eve@example.net')).toEqual([])
    await receive(world, [header(bob, 'c')])
    await world.harvest.noteGossip(bytes(`${gossip(bob, 'd')}\r\n\r\n`), [bob], world.clock.now())
    expect(world.store.openpgp.conflict(bob)).toBeNull()
    expect(world.store.openpgp.keysFor(bob)[0]?.facts.fingerprint).toBe(fingerprintOf('c'))
  })
})
