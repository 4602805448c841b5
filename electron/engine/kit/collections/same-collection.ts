import type { Spelling } from '../../ports/dav/remote-objects'

/** Whether two addresses are of one collection: servers answer with and without the last slash. */
export function isSameCollection(one: string, other: string, spelling: Spelling): boolean {
  const at = (path: string): string => path.replace(/\/$/, '')
  return at(spelling(one, other)) === at(spelling(other, other))
}
