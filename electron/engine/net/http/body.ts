import type { IncomingMessage } from 'node:http'
import { pipeline, Readable, type Transform } from 'node:stream'
import { createGunzip, createInflate } from 'node:zlib'
import { SiegelError } from '../../../../shared/kit/result'
import type { HttpOptions } from '../../ports/net/http'

type Place = Readonly<{ host: string; port: number }>

/**
 * The body as it comes, decompressed where the server compressed it (RFC 9110 §8.4.1). Throws `too-large` for more bytes on
 * the wire or after decompression than permitted, `connection-timeout` when nothing comes, `protocol-violation` for other codings.
 */
export async function* bodyOf(
  response: IncomingMessage,
  options: HttpOptions,
  place: Place,
): AsyncGenerator<Uint8Array, void, void> {
  const decoder = decoderOf(response.headers['content-encoding'], place)
  const wire = capped(arriving(response, options, place), options.maxBytes, place)
  if (decoder === null) return yield* wire
  // The reader of the decoder learns of every failure, those of the wire included.
  const decoded = pipeline(Readable.from(wire, { objectMode: false }), decoder, () => undefined)
  yield* capped(decoded, options.maxDecodedBytes ?? options.maxBytes, place)
}

async function* arriving(response: IncomingMessage, options: HttpOptions, place: Place) {
  const pieces = response[Symbol.asyncIterator]() as AsyncIterableIterator<Uint8Array>
  const idleMs = options.idleTimeoutMs ?? options.timeoutMs
  for (;;) {
    const timer = setTimeout(
      () => response.destroy(new SiegelError('connection-timeout', { ...place, timeoutMs: idleMs })),
      idleMs,
    )
    try {
      const { done, value } = await pieces.next()
      if (done) return
      yield value
    } finally {
      clearTimeout(timer)
    }
  }
}

async function* capped(pieces: AsyncIterable<Uint8Array>, maxBytes: number, place: Place) {
  let size = 0
  for await (const piece of pieces) {
    size += piece.length
    if (size > maxBytes) throw new SiegelError('too-large', { ...place, limitBytes: maxBytes })
    yield piece
  }
}

function decoderOf(encoding: string | undefined, place: Place): Transform | null {
  const name = (encoding ?? 'identity').trim().toLowerCase()
  if (name === '' || name === 'identity') return null
  if (name === 'gzip' || name === 'x-gzip') return createGunzip()
  if (name === 'deflate') return createInflate()
  throw new SiegelError('protocol-violation', { ...place, detail: `content-encoding ${name.slice(0, 50)}` })
}
