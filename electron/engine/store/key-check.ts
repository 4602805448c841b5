import { createHmac, timingSafeEqual } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { z } from 'zod'

const metaFile = z.object({
  format: z.literal(1),
  cipher: z.literal('chacha20'),
  keyCheck: z.string().regex(/^[0-9a-f]{32}$/),
})

/**
 * Half of an HMAC over a constant: it says whether a key is the one of this store and nothing else. With it a
 * damaged first page is told from a wrong key, which SQLite reports alike.
 */
function keyCheckOf(key: Uint8Array): string {
  return createHmac('sha256', key).update('siegel store key check 1').digest('hex').slice(0, 32)
}

/** Compares a key with the check value beside the store. `unknown`: no readable check value. */
export function checkKey(path: string, key: Uint8Array): 'right' | 'wrong' | 'unknown' {
  let meta: z.infer<typeof metaFile>
  try {
    meta = metaFile.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return 'unknown'
  }
  return timingSafeEqual(Buffer.from(meta.keyCheck), Buffer.from(keyCheckOf(key))) ? 'right' : 'wrong'
}

/** Writes the check value, whole or not at all. */
export function writeKeyCheck(path: string, key: Uint8Array): void {
  const text = `${JSON.stringify({ format: 1, cipher: 'chacha20', keyCheck: keyCheckOf(key) })}\n`
  const file = openSync(`${path}.new`, 'w', 0o600)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(`${path}.new`, path)
}
