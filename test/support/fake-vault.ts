import type { OpenpgpStore, Vault } from '../../electron/engine/ports/keys/openpgp'
import { type Fingerprint, fingerprint } from '../../shared/features/keys/model'
import { SiegelError } from '../../shared/kit/result'
import { packet, packetsOf } from './crafted-openpgp'

export const fakeFingerprint: Fingerprint = fingerprint.parse('ab'.repeat(20))

const notHere = () => Promise.reject(new Error('not part of the fake vault'))

/** What the fake vault makes of these bytes: a session key packet and one of encrypted data. */
export function fakeArmor(data: Uint8Array): string {
  const body = Buffer.concat([packet(1, Buffer.alloc(12, 3)), packet(18, turned(data))])
    .toString('base64')
    .replace(/(.{64})/g, '$1\n')
  return `-----BEGIN PGP MESSAGE-----\n\n${body}\n-----END PGP MESSAGE-----\n`
}

/**
 * A vault for tests of what is around it: "encryption" is the turned bytes in packets and armor, so that nothing of the
 * clear text can be read by accident and everything comes back exactly. The real one is tested with the real mail.
 */
export function fakeVault(): Vault & { locked: boolean } {
  const vault = {
    locked: false,
    readKeys: notHere,
    mergeKeys: notHere,
    reduceKey: notHere,
    generate: notHere,
    hold: async () => undefined,
    unlocked: async () => (vault.locked ? [] : [fakeFingerprint]),
    change: notHere,
    verify: notHere,
    verifyCleartext: notHere,
    sign: notHere,
    writeCollectionKeys: notHere,
    readCollectionKeys: notHere,
    sealObject: notHere,
    openObject: notHere,
    encrypt: async ({ data }: { data: Uint8Array }) => ({ armored: fakeArmor(data), recipientKeyIds: [] }),
    async decrypt(data: Uint8Array) {
      if (vault.locked) throw new SiegelError('key-locked', { fingerprint: fakeFingerprint })
      const text = Buffer.from(data).toString('latin1')
      const body = /^-----BEGIN PGP MESSAGE-----\s+([A-Za-z0-9+/=\s]*?)-----END PGP MESSAGE-----\s*$/.exec(
        text,
      )
      if (!body) throw new SiegelError('decrypt-failed', { detail: '' })
      const packets = packetsOf(Buffer.from(body[1] ?? '', 'base64'))
      const bytes = turned(packets.find(({ tag }) => tag === 18)?.body ?? Buffer.alloc(0))
      const facts = { signatures: [], recipientKeyIds: [], openedBy: fakeFingerprint, cipher: '', aead: true }
      return { bytes, ...facts }
    },
  }
  return vault as unknown as Vault & { locked: boolean }
}

/** An own key for the fake vault, with a backup. */
export function addFakeKey(openpgp: OpenpgpStore): void {
  openpgp.saveOwnKey({
    facts: {
      fingerprint: fakeFingerprint,
      keyIds: [fakeFingerprint.slice(-16)],
      version: 4,
      algorithm: 'none',
      createdAtMs: 0,
      expiresAtMs: null,
      encryptionExpiresAtMs: null,
      userIds: [],
      canEncrypt: true,
      canSign: true,
      readsAead: true,
      problems: [],
    },
    publicKey: new Uint8Array([1]),
    sealed: new Uint8Array([2]),
    protection: 'vault',
    revocation: null,
  })
  openpgp.markBackedUp(fakeFingerprint)
}

function turned(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.map(byte => byte ^ 0xa5))
}
