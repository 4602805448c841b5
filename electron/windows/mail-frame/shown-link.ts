/** Keys that move the focus from link to link. */
const movingKeys = /^(Tab|F6)$/

/**
 * Which link is shown at the reader's edge: the one under the pointer, or the focused one once the keyboard moved the focus.
 * Chromium names the focused link, and at the next drawing of the page again the link on which the pointer happens to rest,
 * while Enter opens the focused one. What it names without a pointer having moved is therefore passed over when it is the
 * pointer's link.
 */
export class ShownLink {
  readonly #show: (url: string) => void
  /** What Chromium named last. */
  #named = ''
  /** What it named last because the pointer moved. */
  #underPointer = ''
  #shown = ''
  #cause: 'pointer' | 'key' | 'focus' = 'pointer'

  constructor(show: (url: string) => void) {
    this.#show = show
  }

  /** Chromium names a link; empty: none is under the pointer or has the focus. */
  name(url: string): void {
    this.#named = url
    if (this.#cause === 'pointer') this.#underPointer = url
    else if (this.#cause === 'key') this.#cause = 'focus'
    else if (url !== '' && url === this.#underPointer) return
    this.#put(url)
  }

  /** A key goes down. When the focus gets to no link, or to the one under the pointer, nothing new is named. */
  press(key: string): void {
    if (!movingKeys.test(key)) return
    this.#cause = 'key'
    this.#put(this.#named)
  }

  /** The pointer moves, also over the link that was named last. */
  move(): void {
    this.#cause = 'pointer'
    this.#underPointer = this.#named
    this.#put(this.#named)
  }

  #put(url: string): void {
    if (url === this.#shown) return
    this.#shown = url
    this.#show(url)
  }
}
