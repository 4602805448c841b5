const all = process.env['SIEGEL_KILLS'] === 'all'

/** Kill tests run a fifth of their points, spread over the whole run; SIEGEL_KILLS=all runs every one. */
export const killsOf = (points: number): number => (all ? points : Math.ceil(points / 5))

/** Some of the points, the first and the last among them whatever the share is. */
export const everyNth = <T>(points: readonly T[]): T[] =>
  points.filter((_, index) => all || index % 5 === 0 || index === points.length - 1)
