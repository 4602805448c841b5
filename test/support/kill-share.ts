/** Kill tests run every third of their points; SIEGEL_KILLS=all runs every one. */
export const killShare = process.env['SIEGEL_KILLS'] === 'all' ? 1 : 3

/** Some of the points, the first and the last among them whatever the share is. */
export const everyNth = <T>(points: readonly T[]): T[] =>
  points.filter((_, index) => index % killShare === 0 || index === points.length - 1)
