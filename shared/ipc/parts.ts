/**
 * Large values on their way through main, which draws windows and must not stand still: they go ahead of their message in
 * parts, and the message names them. Both the engine's end and main's end use it.
 */
import { z } from 'zod'

/** Bytes, or characters, that go over at once: main copies, packs and sends them within a frame of 16 ms, with room to spare. */
export const partLength = 262_144
/** All that may wait for its message: one message of the largest size, what is signed of it, and some to spare. */
const maxWaitingLength = 450_000_000

const isSmall = (piece: { length: number }) => piece.length <= partLength
/** One part. `value`: which large value of the message it belongs to; `totalLength`: how long that one is. */
export const messagePart = z.strictObject({
  value: z.number().int().min(0).max(200),
  totalLength: z.number().int().min(0).max(maxWaitingLength),
  piece: z.union([z.instanceof(Uint8Array).refine(isSmall), z.string().refine(isSmall)]),
})
export type MessagePart = z.infer<typeof messagePart>

type Large = Uint8Array | string
const mark = 'siegelLargeValue'

const isLarge = (value: unknown): value is Large =>
  (value instanceof Uint8Array || typeof value === 'string') && value.length > partLength

const mapValues = (value: object, map: (each: unknown) => unknown): unknown =>
  Array.isArray(value)
    ? value.map(map)
    : Object.fromEntries(Object.entries(value).map(([name, each]) => [name, map(each)]))

/** A message without its large values, and those in order. */
const takeApart = (message: unknown): { rest: unknown; large: readonly Large[] } => {
  const large: Large[] = []
  const walk = (value: unknown): unknown => {
    if (isLarge(value)) {
      large.push(value)
      return { [mark]: large.length - 1 }
    }
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
    return mapValues(value, walk)
  }
  return { rest: walk(message), large }
}

/**
 * Sends the large values of `message` and answers what is left of it, to be sent last. `pause` lets others have their turn
 * between two parts.
 */
export const sendLargeValues = async (
  message: unknown,
  send: (part: MessagePart) => void,
  pause: () => Promise<void>,
): Promise<unknown> => {
  const { rest, large } = takeApart(message)
  for (const [value, whole] of large.entries())
    for (let at = 0; at < whole.length; at += partLength) {
      send({ value, totalLength: whole.length, piece: pieceOf(whole, at) })
      await pause()
    }
  return rest
}

/** A copy: a view, such as what `slice` makes of a Buffer, would take all the memory behind it along. */
const pieceOf = (whole: Large, at: number): MessagePart['piece'] =>
  typeof whole === 'string'
    ? whole.slice(at, at + partLength)
    : new Uint8Array(whole.subarray(at, at + partLength))

type Waiting = { bytes: Uint8Array | null; text: string[]; length: number; totalLength: number }

/** Parts that wait for their message, by its id. What does not fit together is dropped, and the message will not parse. */
export class PartsReceived {
  readonly #waiting = new Map<number, Map<number, Waiting>>()
  #length = 0

  add(id: number, { value, totalLength, piece }: MessagePart): void {
    const values = this.#waiting.get(id) ?? new Map<number, Waiting>()
    this.#waiting.set(id, values)
    let waiting = values.get(value)
    if (!waiting) {
      if (this.#length + totalLength > maxWaitingLength) return
      const bytes = typeof piece === 'string' ? null : new Uint8Array(totalLength)
      waiting = { bytes, text: [], length: 0, totalLength }
      this.#length += totalLength
      values.set(value, waiting)
    }
    if (waiting.length + piece.length > waiting.totalLength) return
    if (typeof piece === 'string') waiting.text.push(piece)
    else waiting.bytes?.set(piece, waiting.length)
    waiting.length += piece.length
  }

  drop(id: number): void {
    for (const { totalLength } of this.#waiting.get(id)?.values() ?? []) this.#length -= totalLength
    this.#waiting.delete(id)
  }

  /** The message as it was. A value that did not arrive whole is undefined. */
  complete(id: number, rest: unknown): unknown {
    const values = this.#waiting.get(id)
    if (!values) return rest
    this.drop(id)
    const walk = (value: unknown): unknown => {
      if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
      if (mark in value) {
        const waiting = values.get(Number(value[mark]))
        return waiting && waiting.length === waiting.totalLength
          ? (waiting.bytes ?? waiting.text.join(''))
          : undefined
      }
      return mapValues(value, walk)
    }
    return walk(rest)
  }
}
