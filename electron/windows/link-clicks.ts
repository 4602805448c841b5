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

/** Before the name of the window that a link asks for: the sanitiser writes there what the words of the link name. */
const mark = 'siegel-says:'

/** What the words of a link name when that is not where it leads; null when nothing is to be said. */
export const saidByLink = (windowName: string): string | null =>
  windowName.startsWith(mark)
    ? windowName.slice(mark.length).replaceAll(/\p{C}/gu, '').slice(0, 200) || null
    : null
