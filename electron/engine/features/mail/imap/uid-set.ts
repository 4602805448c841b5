import { SiegelError } from '../../../../../shared/kit/result'

/** Longest sequence set sent in one command: many servers take lines of 8 kB and no more (RFC 7162 §4). */
const setCharacters = 4_000
/** UIDs are 32 bit (RFC 3501 §2.3.1.1). */
const highestUid = 0xffff_ffff

/** UIDs as sequence sets (`1:3,7`), each with the UIDs it names: at most `maxCount` UIDs and 4,000 characters. */
export function uidSets(
  uids: readonly number[],
  maxCount: number,
): readonly { set: string; uids: readonly number[] }[] {
  const sorted = [...new Set(uids)].sort((a, b) => a - b)
  const sets: { set: string; uids: readonly number[] }[] = []
  let text = ''
  let members: number[] = []
  for (let i = 0; i < sorted.length; ) {
    const first = sorted[i] ?? 0
    let last = first
    let next = i + 1
    while (next < sorted.length && sorted[next] === last + 1 && next - i + members.length < maxCount)
      last = sorted[next++] ?? last
    const range = first === last ? `${first}` : `${first}:${last}`
    if (
      members.length > 0 &&
      (text.length + range.length + 1 > setCharacters || members.length + next - i > maxCount)
    ) {
      sets.push({ set: text, uids: members })
      text = ''
      members = []
      continue
    }
    text = text === '' ? range : `${text},${range}`
    for (let at = i; at < next; at++) members.push(sorted[at] ?? 0)
    i = next
  }
  if (members.length > 0) sets.push({ set: text, uids: members })
  return sets
}

/**
 * Expands a sequence set a server sent, in the order it wrote it. Throws `protocol-violation` on anything that
 * is not one, and on more than `maxCount` UIDs: `1:4294967295` is twelve bytes and 32 GB.
 */
export function expandUidSet(set: string, maxCount: number): number[] {
  const uids: number[] = []
  for (const part of set.split(',')) {
    const match = /^(\d{1,10})(?::(\d{1,10}))?$/.exec(part)
    const first = Number(match?.[1])
    const last = match?.[2] === undefined ? first : Number(match[2])
    if (!match || first < 1 || last < 1 || first > highestUid || last > highestUid) {
      throw new SiegelError('protocol-violation', { detail: 'malformed UID set' })
    }
    if (uids.length + Math.abs(last - first) + 1 > maxCount) {
      throw new SiegelError('protocol-violation', { detail: 'UID set too large' })
    }
    const step = last < first ? -1 : 1
    for (let uid = first; uid !== last + step; uid += step) uids.push(uid)
  }
  return uids
}
