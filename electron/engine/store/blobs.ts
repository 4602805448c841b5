import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { SiegelError } from '../../../shared/kit/result'

/** Below this a message gains less than its row costs. */
const compressAboveBytes = 512
const zstdOptions = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/** A blob as stored. encoding: 0 as it is, 1 zstd (RFC 8878). */
export type Packed = Readonly<{ encoding: 0 | 1; bytes: Uint8Array }>

/** Compresses where it helps; what comes back from `unpack` is byte-equal. */
export function pack(bytes: Uint8Array): Packed {
  if (bytes.length < compressAboveBytes) return { encoding: 0, bytes }
  const packed = zstdCompressSync(bytes, zstdOptions)
  return packed.length < bytes.length * 0.9 ? { encoding: 1, bytes: packed } : { encoding: 0, bytes }
}

/** Throws `store-damaged` when the bytes are not what was packed. */
export function unpack(encoding: number, bytes: Uint8Array, sizeBytes: number): Uint8Array {
  if (encoding === 0) return bytes
  try {
    const whole = zstdDecompressSync(bytes, { maxOutputLength: Math.max(1, sizeBytes) })
    if (whole.length === sizeBytes) return whole
  } catch (error) {
    throw new SiegelError('store-damaged', { detail: 'message bytes' }, { cause: error })
  }
  throw new SiegelError('store-damaged', { detail: 'message bytes' })
}

/** A JSON value as a small blob. */
export function packJson(value: unknown): Uint8Array {
  return zstdCompressSync(Buffer.from(JSON.stringify(value)), zstdOptions)
}

export function unpackJson<T>(bytes: Uint8Array): T {
  return JSON.parse(zstdDecompressSync(bytes).toString('utf8')) as T
}
