const all = process.env['SIEGEL_KILLS'] === 'all'

/** Kill tests run a fifth of their points (the slowest fewer: `oneIn`), spread over the whole run; SIEGEL_KILLS=all runs every one. */
export const killsOf = (points: number, oneIn = 5): number => (all ? points : Math.ceil(points / oneIn))

/** Some of the points, the first and the last among them whatever the share is. */
export const everyNth = <T>(points: readonly T[]): T[] =>
  points.filter((_, index) => all || index % 5 === 0 || index === points.length - 1)
