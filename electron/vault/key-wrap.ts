import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { hashRaw } from '@node-rs/argon2'
import { keyBytes, type PassphraseVault } from './protocol'

/** RFC 9106 section 4, second recommendation: 64 MiB, three passes, four lanes. About 60 ms on a desktop. */
const costs = { memoryKiB: 65_536, passes: 3, lanes: 4 } as const

/** Argon2id by number: the package exports a `const enum`, which single-file compilation cannot read. */
const argon2id = 2

const tagBytes = 16

type Unchecked = Omit<PassphraseVault, 'checksum'>

/** Everything that must not be changed without the seal breaking. */
const boundData = (profileId: string, { version, kdf }: Unchecked): Buffer =>
  Buffer.from(
    JSON.stringify(['siegel/vault', profileId, version, kdf.algorithm, kdf.memoryKiB, kdf.passes, kdf.lanes]),
  )

const checksumOf = ({ version, kdf, cipher, nonce, sealed }: Unchecked): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        version,
        kdf.algorithm,
        kdf.memoryKiB,
        kdf.passes,
        kdf.lanes,
        kdf.salt,
        cipher,
        nonce,
        sealed,
      ]),
    )
    .digest('hex')

const sealingKey = (passphrase: Uint8Array, kdf: PassphraseVault['kdf']): Promise<Buffer> =>
  hashRaw(passphrase, {
    algorithm: argon2id,
    memoryCost: kdf.memoryKiB,
    timeCost: kdf.passes,
    parallelism: kdf.lanes,
    outputLen: keyBytes,
    salt: Buffer.from(kdf.salt, 'base64'),
  })

/** Seals a 32-byte key under a passphrase, with a fresh salt and nonce. */
export const sealKey = async (
  key: Uint8Array,
  passphrase: Uint8Array,
  profileId: string,
): Promise<PassphraseVault> => {
  const kdf = { algorithm: 'argon2id' as const, ...costs, salt: randomBytes(16).toString('base64') }
  const nonce = randomBytes(12)
  const header = { version: 1 as const, kdf, cipher: 'aes-256-gcm' as const, nonce: nonce.toString('base64') }
  const wrapping = await sealingKey(passphrase, kdf)
  try {
    const cipher = createCipheriv('aes-256-gcm', wrapping, nonce, { authTagLength: tagBytes })
    cipher.setAAD(boundData(profileId, { ...header, sealed: '' }))
    const sealed = Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()]).toString('base64')
    return { ...header, sealed, checksum: checksumOf({ ...header, sealed }) }
  } finally {
    wrapping.fill(0)
  }
}

/** The key, or why not. `vault-damaged` is only said when the stored bytes themselves have changed. */
export const openKey = async (
  vault: PassphraseVault,
  passphrase: Uint8Array,
  profileId: string,
): Promise<Buffer | 'wrong-passphrase' | 'vault-damaged'> => {
  if (checksumOf(vault) !== vault.checksum) return 'vault-damaged'
  const sealed = Buffer.from(vault.sealed, 'base64')
  const wrapping = await sealingKey(passphrase, vault.kdf)
  try {
    const decipher = createDecipheriv('aes-256-gcm', wrapping, Buffer.from(vault.nonce, 'base64'), {
      authTagLength: tagBytes,
    })
    decipher.setAAD(boundData(profileId, vault))
    decipher.setAuthTag(sealed.subarray(keyBytes))
    return Buffer.concat([decipher.update(sealed.subarray(0, keyBytes)), decipher.final()])
  } catch {
    return 'wrong-passphrase'
  } finally {
    wrapping.fill(0)
  }
}

/** HKDF-SHA256 (RFC 5869) with the profile as salt. One purpose, one key. */
export const deriveKey = (
  master: Uint8Array,
  profileId: string,
  purpose: 'siegel/store/v1' | 'siegel/key-check/v1',
  lengthBytes: number,
): Uint8Array<ArrayBuffer> => new Uint8Array(hkdfSync('sha256', master, profileId, purpose, lengthBytes))
