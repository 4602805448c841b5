import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Fingerprint } from '../../../shared/features/keys/model'
import { encryptedMime, entity, signedMime, textPart } from '../../support/protected-mail'
import { ReadingProfile } from '../../support/reading-profile'

let bert: ReadingProfile
beforeAll(async () => {
  bert = await ReadingProfile.open()
})
afterAll(() => bert.close())

const importing = (bytes: Uint8Array | string) =>
  bert.engine.call('keys.importPublic', { bytes: new Uint8Array(Buffer.from(bytes)), address: null })
const problemsOf = async (address: string) =>
  (await bert.engine.call('keys.contacts', { address })).keys[0]?.facts.problems ?? []
const fingerprintOf = (address: string): Fingerprint => {
  const listed = bert.gpg.run(['--with-colons', '--list-keys', address]).toString()
  return (/^fpr:+([0-9A-F]+):/m.exec(listed)?.[1] ?? '').toLowerCase() as Fingerprint
}
/** As GnuPG lays it beside the key when it makes one: words around, and a colon before the armor. */
const prepared = (fingerprint: string) =>
  readFileSync(`${bert.gpg.home}/openpgp-revocs.d/${fingerprint.toUpperCase()}.rev`)

test('GnuPG’s prepared certificate revokes the key of somebody else, colon, comment and all', async () => {
  bert.gpg.generate('Carl <carl@example.org>')
  await bert.meet(bert.gpg.publicKey('carl@example.org'))
  expect(await problemsOf('carl@example.org')).toEqual([])
  const carl = fingerprintOf('carl@example.org')
  const report = await importing(prepared(carl))
  expect(report).toMatchObject({ revoked: [carl], unknownRevocations: 0, keys: [] })
  expect(await problemsOf('carl@example.org')).toContain('revoked')
  // Once more changes nothing.
  expect((await importing(prepared(carl))).revoked).toEqual([carl])
})

test('a certificate without its colon, one in binary, and one inside a newer copy of the key do the same', async () => {
  const forms: ((certificate: string, address: string) => Uint8Array | string)[] = [
    certificate => certificate.slice(certificate.indexOf(':-----BEGIN') + 1),
    certificate => bert.gpg.run(['--dearmor'], certificate.slice(certificate.indexOf(':-----BEGIN') + 1)),
    (certificate, address) => {
      bert.gpg.import(certificate.replace(':-----BEGIN', '-----BEGIN'))
      return bert.gpg.publicKey(address)
    },
  ]
  for (const [at, form] of forms.entries()) {
    const address = `form${at}@example.org`
    bert.gpg.generate(`Form <${address}>`)
    await bert.meet(bert.gpg.publicKey(address))
    await importing(form(prepared(fingerprintOf(address)).toString(), address))
    expect(await problemsOf(address), address).toContain('revoked')
  }
})

test('a certificate for a key that is not here says so, and one of another key revokes nothing', async () => {
  bert.gpg.generate('Dora <dora@example.org>')
  const certificate = prepared(fingerprintOf('dora@example.org'))
  expect(await importing(certificate)).toMatchObject({ revoked: [], unknownRevocations: 1 })
  bert.gpg.generate('Emil <emil@example.org>')
  await bert.meet(bert.gpg.publicKey('emil@example.org'))
  // Emil’s key ID in the place of Dora’s: the signature does not hold.
  const packet = bert.gpg.run(['--dearmor'], certificate.toString().split(':-----').join('-----'))
  const [dora, emil] = ['dora@example.org', 'emil@example.org'].map(address =>
    Buffer.from(fingerprintOf(address), 'hex'),
  )
  if (!dora || !emil) throw new Error('no keys')
  const forged = Buffer.from(
    packet
      .toString('hex')
      .replaceAll(dora.toString('hex'), emil.toString('hex'))
      .replaceAll(dora.toString('hex').slice(-16), emil.toString('hex').slice(-16)),
    'hex',
  )
  expect((await importing(forged)).revoked).toEqual([])
  expect(await problemsOf('emil@example.org')).toEqual([])
})

test('the own certificate revokes the own key: nothing is signed with it, old mail still opens', async () => {
  const sealed = encryptedMime(bert.gpg.encrypted(textPart('Old letter'), ['bert@example.org']), {
    From: 'anna@example.org',
    Subject: 'Old',
    Date: new Date().toUTCString(),
  })
  const { armored } = await bert.engine.call('keys.revocation', { fingerprint: bert.own })
  const report = await importing(armored)
  expect(report.revoked).toEqual([bert.own])
  const [own] = await bert.engine.call('keys.list', {})
  expect(own?.facts).toMatchObject({ canSign: false, canEncrypt: false })
  expect(own?.facts.problems).toContain('revoked')
  expect((await bert.read(sealed)).text).toBe('Old letter')
  const { armored: shown } = await bert.engine.call('keys.exportPublic', { fingerprint: bert.own })
  bert.gpg.import(shown)
  expect(bert.gpg.run(['--with-colons', '--list-keys', 'bert@example.org']).toString()).toMatch(/^pub:r:/m)
})

test('a file that holds neither key nor certificate is refused', async () => {
  await expect(importing(entity({}, 'hello'))).rejects.toMatchObject({ code: 'import-unreadable' })
})

/** Packets of a kind that nothing here uses (RFC 9980, RFC 4880 §5.2.2), armored as their place wants. */
const armored = (label: string, packets: Buffer) =>
  `-----BEGIN PGP ${label}-----\n\n${packets.toString('base64')}\n-----END PGP ${label}-----\n`
const packetOf = (tag: number, body: readonly number[]) => Buffer.from([0xc0 | tag, body.length, ...body])
const postQuantumKey = packetOf(6, [6, 0x60, 0, 0, 0, 30, 0, 0, 0, 40, ...Array<number>(40).fill(7)])
const oldSignature = packetOf(2, [
  3,
  5,
  0,
  0x60,
  0,
  0,
  0,
  ...Array<number>(8).fill(0xaa),
  1,
  8,
  1,
  2,
  0,
  8,
  255,
])

test('a key of a kind that Siegel cannot use is refused by its name, and beside another it is told', async () => {
  const key = armored('PUBLIC KEY BLOCK', postQuantumKey)
  await expect(importing(key)).rejects.toMatchObject({ code: 'key-kind-unsupported' })
  bert.gpg.generate('Fritz <fritz@example.org>')
  const report = await importing(Buffer.concat([postQuantumKey, bert.gpg.publicKey('fritz@example.org')]))
  expect(report).toMatchObject({
    keys: [{ address: 'fritz@example.org' }],
    broken: 0,
    unusable: 1,
    unusableKinds: ['ML-DSA-65+Ed25519 (post-quantum)'],
  })
})

test('a signature of a kind that cannot be checked is not wrong, and the message says what it is', async () => {
  const part = textPart('Signed long ago')
  const { security, text } = await bert.read(signedMime(part, armored('SIGNATURE', oldSignature)))
  expect(text).toBe('Signed long ago')
  expect(security.signature).toBe('unsupported')
  expect(security.warnings).toContainEqual({ code: 'signature-kind', detail: 'OpenPGP v3' })
})
