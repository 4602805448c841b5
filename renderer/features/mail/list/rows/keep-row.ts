import type { MessageId } from '../../../../../shared/kit/ids'

/**
 * The message being read stays in a list of unread ones, in its old place, until another is opened. Otherwise
 * reading it would take it away, open the next, and so read the whole list by itself.
 */
export function keepRow(
  before: readonly MessageId[],
  after: readonly MessageId[],
  keptId: MessageId | null,
): readonly MessageId[] {
  if (keptId === null || after.includes(keptId)) return after
  const at = before.indexOf(keptId)
  if (at < 0) return after
  const here = new Set(after)
  const above = before.slice(0, at).findLast(id => here.has(id))
  const place = above === undefined ? 0 : after.indexOf(above) + 1
  return after.toSpliced(place, 0, keptId)
}
