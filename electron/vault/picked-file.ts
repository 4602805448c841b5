import { open } from 'node:fs/promises'
import { SiegelError } from '../../shared/kit/result'

/**
 * A file of secret keys that the person picked, read where they are opened and nowhere else: into one piece of memory, to be
 * wiped by who asked. Throws `file-unreadable`, `too-large`.
 */
export const readPickedFile = async (path: string, limitBytes: number): Promise<Uint8Array> => {
  try {
    const file = await open(path, 'r')
    try {
      const { size } = await file.stat()
      if (size > limitBytes) throw new SiegelError('too-large', { limitBytes: limitBytes })
      const bytes = new Uint8Array(size)
      let filled = 0
      while (filled < size) {
        const { bytesRead } = await file.read(bytes, filled, size - filled, filled)
        if (bytesRead === 0) break
        filled += bytesRead
      }
      return bytes.subarray(0, filled)
    } finally {
      await file.close()
    }
  } catch (error) {
    if (error instanceof SiegelError) throw error
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new SiegelError('file-unreadable', { path, reason }, { cause: error })
  }
}
