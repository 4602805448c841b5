/** Passes on how far work is only when another whole percent is done, so that long work in small pieces floods nobody. */
export const eachPercent = (
  report: (done: number, total: number) => void,
): ((done: number, total: number) => void) => {
  let last = -1
  return (done, total) => {
    const percent = Math.floor((100 * done) / total)
    if (percent === last) return
    last = percent
    report(done, total)
  }
}
