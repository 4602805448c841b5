/**
 * Content of mail that was handed to the window, until Chromium has it: then its memory here is wiped. What was never
 * fetched is wiped at the lock.
 */
export class GivenContent {
  /** By address; a message can be asked for again while the first answer is on its way. */
  readonly #given = new Map<string, { bytes: Uint8Array[]; due: number }>()

  /** A body of one piece: two would be put together in memory of somebody else. */
  bodyOf(url: string, bytes: Uint8Array): ReadableStream<Uint8Array> {
    const given = this.#given.get(url) ?? { bytes: [], due: 0 }
    given.bytes.push(bytes)
    given.due += 1
    this.#given.set(url, given)
    return new ReadableStream<Uint8Array>({
      pull(controller) {
        if (bytes.byteLength > 0) controller.enqueue(bytes)
        controller.close()
      },
    })
  }

  /** An answer at this address is through, or was given up. */
  completed(url: string): void {
    const given = this.#given.get(url)
    if (!given) return
    given.due -= 1
    if (given.due > 0) return
    for (const bytes of given.bytes) bytes.fill(0)
    this.#given.delete(url)
  }

  wipe(): void {
    for (const { bytes } of this.#given.values()) for (const each of bytes) each.fill(0)
    this.#given.clear()
  }
}
