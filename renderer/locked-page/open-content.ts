import { gcm } from '@noble/ciphers/aes.js'
import { argon2idAsync } from '@noble/hashes/argon2.js'
import {
  additionalData,
  type LockedHead,
  lockedPageFormat,
  type SealedContent,
} from '../../shared/features/writing/locked-page-format'

/** What a page held: the message, and the bytes of each of its files. */
export type OpenedContent = Readonly<{ head: LockedHead; files: readonly Uint8Array[] }>

/**
 * Opens what the engine sealed (electron/engine/features/writing/locked-page/lock-content.ts); null when the passphrase is another one or
 * a byte was changed. Plain script throughout, as not every place a file is opened in has Web Crypto.
 */
export async function openContent(
  sealed: SealedContent,
  passphrase: string,
  onProgress: (share: number) => void,
): Promise<OpenedContent | null> {
  const { memoryKiB, passes, lanes, keyBytes } = lockedPageFormat
  const key = await argon2idAsync(utf8(passphrase.normalize('NFC')), fromBase64(sealed.salt), {
    m: memoryKiB,
    t: passes,
    p: lanes,
    dkLen: keyBytes,
    onProgress,
  })
  try {
    return readContent(
      gcm(key, fromBase64(sealed.nonce), utf8(additionalData)).decrypt(fromBase64(sealed.data)),
    )
  } catch {
    return null
  }
}

function readContent(bytes: Uint8Array): OpenedContent {
  const headLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + headLength))) as LockedHead
  let at = 4 + headLength
  const files = head.files.map(({ sizeBytes }) => {
    const file = bytes.subarray(at, at + sizeBytes)
    at += sizeBytes
    return file
  })
  return { head, files }
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

function fromBase64(text: string): Uint8Array {
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at)
  return bytes
}
