import type { FileHandle } from 'node:fs/promises'

/** How much is read at once; lines are handed out as views into it. */
const chunkBytes = 1 << 20
/** A line without an end is handed out in pieces of this size: memory stays bounded on any file. */
const maxLineBytes = 1 << 20

/** One line with its line end, or a piece of an endless one (which starts or ends no line). */
export type Line = Readonly<{ bytes: Buffer; startsLine: boolean; endsLine: boolean }>

/** The lines of a file, in order; concatenated they are the file. Each chunk is a buffer of its own: views may be kept. */
export async function* readLines(file: FileHandle): AsyncGenerator<readonly Line[]> {
  let held: Buffer = Buffer.alloc(0)
  let startsLine = true
  for (;;) {
    const chunk = Buffer.allocUnsafe(chunkBytes)
    const { bytesRead } = await file.read(chunk, 0, chunkBytes, null)
    if (bytesRead === 0) break
    const data: Buffer =
      held.length === 0 ? chunk.subarray(0, bytesRead) : Buffer.concat([held, chunk.subarray(0, bytesRead)])
    const lines: Line[] = []
    let at = 0
    for (;;) {
      const stop = data.indexOf(0x0a, at)
      if (stop === -1) break
      lines.push({ bytes: data.subarray(at, stop + 1), startsLine, endsLine: true })
      startsLine = true
      at = stop + 1
    }
    if (data.length - at >= maxLineBytes) {
      lines.push({ bytes: data.subarray(at), startsLine, endsLine: false })
      startsLine = false
      at = data.length
    }
    held = data.subarray(at)
    if (lines.length > 0) yield lines
  }
  if (held.length > 0) yield [{ bytes: held, startsLine, endsLine: true }]
}
