/** Encrypted files (XEP-0454): AES-256-GCM, the tag behind the file. In pieces, so that a film needs no more memory than a picture. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { FileKey } from './link'

const fileTagBytes = 16

/** New for each try of an upload: the same key must never encrypt two files. */
export const createFileKey = (): FileKey => ({
  iv: new Uint8Array(randomBytes(12)),
  key: new Uint8Array(randomBytes(32)),
})

/** Bytes that are uploaded for a file of this size. */
export const encryptedFileBytes = (sizeBytes: number): number => sizeBytes + fileTagBytes

export async function* encryptFile(
  content: AsyncIterable<Uint8Array>,
  { iv, key }: FileKey,
): AsyncGenerator<Uint8Array> {
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: fileTagBytes })
  for await (const piece of content) yield cipher.update(piece)
  const last = cipher.final()
  yield Buffer.concat([last, cipher.getAuthTag()])
}

/** Opens a file piece by piece. What `update` gave is nobody's word before `isWhole` said yes: until then it is shown to nobody. */
export type FileOpening = Readonly<{
  update(piece: Uint8Array): Uint8Array
  /** At the end: whether the tag holds. False also for what is shorter than a tag. */
  isWhole(): boolean
}>

export function openFile({ iv, key }: FileKey): FileOpening {
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: fileTagBytes })
  /** The last bytes so far: they may be the tag. */
  let held: Buffer = Buffer.alloc(0)
  return {
    update(piece) {
      const all = Buffer.concat([held, piece])
      const known = Math.max(0, all.byteLength - fileTagBytes)
      held = Buffer.from(all.subarray(known))
      return decipher.update(all.subarray(0, known))
    },
    isWhole() {
      if (held.byteLength !== fileTagBytes) return false
      try {
        decipher.setAuthTag(held)
        return decipher.final().byteLength === 0
      } catch {
        return false
      }
    },
  }
}
