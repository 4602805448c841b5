import { limits } from '../../../ports/limits'

/** An image without what it does not show, and what was left out. */
export type Cleaned = Readonly<{ bytes: Uint8Array; tells: Tells }>

/** What the data that was left out says. `location`: where the picture was taken. */
export type Tells = Readonly<{ location: boolean }>

/** The file is not built as its format demands: what cannot be read cannot be cleaned either. */
export class UnreadableImage extends Error {}

/** Copies what is kept of a file, in order. */
export class Kept {
  readonly #pieces: Uint8Array[] = []

  /** Throws `UnreadableImage` for a file cut into more pieces than any picture has. */
  add(piece: Uint8Array): void {
    if (this.#pieces.length === limits.imagePieces) throw new UnreadableImage('too many pieces')
    this.#pieces.push(piece)
  }

  get sizeBytes(): number {
    return this.#pieces.reduce((sum, piece) => sum + piece.length, 0)
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.#pieces)
  }
}

/** A view for reading numbers; reading behind the end throws `UnreadableImage`. */
export const reader = (bytes: Uint8Array) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const demand = (at: number, length: number) => {
    if (at < 0 || at + length > bytes.length) throw new UnreadableImage('cut short')
  }
  return {
    byte(at: number): number {
      demand(at, 1)
      return view.getUint8(at)
    },
    short(at: number, littleEndian = false): number {
      demand(at, 2)
      return view.getUint16(at, littleEndian)
    },
    long(at: number, littleEndian = false): number {
      demand(at, 4)
      return view.getUint32(at, littleEndian)
    },
    slice(at: number, end: number): Uint8Array {
      demand(at, end - at)
      return bytes.subarray(at, end)
    },
    /** Latin-1 characters. */
    text(at: number, length: number): string {
      demand(at, length)
      return Buffer.from(bytes.buffer, bytes.byteOffset + at, length).toString('latin1')
    },
  }
}
