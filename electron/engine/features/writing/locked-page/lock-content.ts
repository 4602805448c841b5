import { createCipheriv } from 'node:crypto'
import { hashRaw } from '@node-rs/argon2'
import {
  additionalData,
  type LockedHead,
  lockedPageFormat,
  paddingBytes,
  type SealedContent,
} from '../../../../../shared/features/writing/locked-page-format'

const argon2id = 2
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** Seals a message and its files under a passphrase, in the form of shared/features/writing/locked-page-format.ts. */
export async function lockContent(
  content: { head: LockedHead; files: readonly Uint8Array[] },
  passphrase: string,
  randomBytes: (count: number) => Uint8Array,
): Promise<SealedContent> {
  const { version, memoryKiB, passes, lanes, keyBytes, saltBytes, nonceBytes } = lockedPageFormat
  const salt = randomBytes(saltBytes)
  const nonce = randomBytes(nonceBytes)
  const key = await hashRaw(passphrase.normalize('NFC'), {
    algorithm: argon2id,
    memoryCost: memoryKiB,
    timeCost: passes,
    parallelism: lanes,
    outputLen: keyBytes,
    salt,
  })
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(additionalData, 'utf8'))
  const sealed = Buffer.concat([cipher.update(contentBytes(content)), cipher.final(), cipher.getAuthTag()])
  key.fill(0)
  return { version, salt: base64(salt), nonce: base64(nonce), data: base64(sealed) }
}

function contentBytes({ head, files }: { head: LockedHead; files: readonly Uint8Array[] }): Buffer {
  const json = Buffer.from(JSON.stringify(head), 'utf8')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(json.length)
  const whole = [length, json, ...files]
  const sizeBytes = whole.reduce((sum, each) => sum + each.length, 0)
  return Buffer.concat([...whole, Buffer.alloc(paddingBytes - (sizeBytes % paddingBytes))])
}
