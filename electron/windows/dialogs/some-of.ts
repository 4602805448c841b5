/** The first of many for a window of main's own, which cannot scroll; how many there are in all when some are left out. */
export const someOf = (all: readonly string[], most: number): readonly string[] =>
  all.length <= most ? all : [...all.slice(0, most), `… (${all.length})`]
