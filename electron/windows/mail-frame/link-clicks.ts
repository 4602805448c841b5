/** Two clicks of one hand: what systems take for a double click, and a little. */
const doubleClickMs = 700

/** Tells a click from the second half of a double click on the same link, which asks nothing and opens nothing. */
export const createLinkClicks = (now: () => number) => {
  let last = { url: '', atMs: Number.NEGATIVE_INFINITY }
  return (url: string): boolean => {
    const isSecond = last.url === url && now() - last.atMs < doubleClickMs
    last = { url, atMs: now() }
    return !isSecond
  }
}
