import type { TestEngine } from './engine-in-test'

/** A key that is backed up, as encrypted collections want it. */
export async function ownKeyOf(engine: TestEngine, address: string): Promise<string> {
  const { facts } = await engine.call('keys.generate', {
    ...{ name: address.split('@')[0] ?? '', address, accountId: null, version: 4, expiresAtMs: null },
  })
  await engine.call('keys.markBackedUp', { fingerprint: facts.fingerprint })
  return facts.fingerprint
}

/** Gives one person the other's key, compared and verified. */
export async function verifyKey(
  mine: TestEngine,
  theirs: TestEngine,
  address: string,
  fingerprint: string,
): Promise<void> {
  const { armored } = await theirs.call('keys.exportPublic', { fingerprint: fingerprint as never })
  await mine.call('keys.importPublic', { bytes: new TextEncoder().encode(armored), address })
  await mine.call('keys.setTrust', { address, fingerprint: fingerprint as never, trust: 'verified' })
}

/** A second machine of the same person. */
export async function shareKey(from: TestEngine, to: TestEngine, fingerprint: string): Promise<void> {
  const secret = await (await from.vault()).exportSecret(fingerprint as never, 'a phrase')
  const { keys } = await (await to.vault()).importSecret(Buffer.from(secret), 'a phrase')
  await to.call('keys.adopt', {
    keys: keys.map(({ facts, bytes, sealed, protection }) => ({
      ...{ facts, publicKey: bytes, sealed, protection, revocation: null },
    })),
    ...{ accountId: null, backedUp: true },
  } as never)
}
