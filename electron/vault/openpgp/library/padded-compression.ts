/**
 * Compressed data (RFC 9580 §5.6) ends where its deflate stream ends; whatever lies behind it in the packet says nothing.
 * Sequoia pads messages there so that their length tells less, and the decompression of the Web streams that the library
 * uses takes the padding for damage. So the data is unpacked here, with zlib, and the library gets it as uncompressed data:
 * the grammar of what is inside and its caps stay the library's.
 */
import { promisify } from 'node:util'
import { inflate, inflateRaw } from 'node:zlib'
import { CompressedDataPacket, type Config, enums } from 'openpgp'
import { type Pieces, wholeBytes } from './whole-bytes'

const unpack = {
  [enums.compression.zip]: promisify(inflateRaw),
  [enums.compression.zlib]: promisify(inflate),
} as const

type Packet = {
  algorithm: enums.compression
  read(bytes: Uint8Array | Pieces, config: Config): Promise<void>
}

const packet = CompressedDataPacket.prototype as unknown as Packet
const read = packet.read

const isTooLarge = (error: unknown): boolean =>
  error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'

packet.read = async function (bytes, config) {
  const whole = await wholeBytes(bytes)
  const algorithm = whole[0]
  if (algorithm !== enums.compression.zip && algorithm !== enums.compression.zlib)
    return read.call(this, whole, config)
  let plain: Buffer
  try {
    plain = await unpack[algorithm](whole.subarray(1), { maxOutputLength: config.maxDecompressedMessageSize })
  } catch (error) {
    // The library's own words for it, which its callers look for.
    throw isTooLarge(error) ? new Error('Maximum decompressed message size exceeded') : error
  }
  await read.call(this, Buffer.concat([Uint8Array.of(enums.compression.uncompressed), plain]), config)
  this.algorithm = algorithm
}
