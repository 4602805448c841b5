import type { Direction } from '../../../ports/keys/inbox-encryption'
import { encryptedKeyword, leaseKeyword } from '../../../ports/keys/inbox-encryption'

/** Flags that belong to a session, to a removal or to the replacing itself, in lower case: none is carried over. */
const notCarried: ReadonlySet<string> = new Set([
  '\\recent',
  '\\deleted',
  leaseKeyword.toLowerCase(),
  encryptedKeyword.toLowerCase(),
])

/** Whether a flag may be stored in a mailbox for good (RFC 3501 §7.1). */
export function mayStore(permanentFlags: readonly string[] | null, flag: string): boolean {
  if (permanentFlags === null) return true
  // `\*`: new keywords may be made; a keyword, that is, never a flag with a backslash.
  if (!flag.startsWith('\\') && permanentFlags.includes('\\*')) return true
  return permanentFlags.some(each => each.toLowerCase() === flag.toLowerCase())
}

/** Flags and keywords of the original that its stand-in must have. */
function carriedFlags(flags: readonly string[]): readonly string[] {
  return flags.filter(flag => !notCarried.has(flag.toLowerCase()))
}

/** Flags for the APPEND. What the server would not keep is left out: some refuse the whole APPEND for it. */
export function flagsToAppend(
  flags: readonly string[],
  direction: Direction,
  permanentFlags: readonly string[] | null,
): readonly string[] {
  const wanted = direction === 'encrypt' ? [...carriedFlags(flags), encryptedKeyword] : carriedFlags(flags)
  return wanted.filter(flag => mayStore(permanentFlags, flag))
}

/** What has to change on the copy so that it carries what the original carries now. */
export function flagChange(
  original: readonly string[],
  copy: readonly string[],
): { add: readonly string[]; remove: readonly string[] } {
  const want = carriedFlags(original)
  const have = carriedFlags(copy)
  const missingIn = (from: readonly string[]) => {
    const there = new Set(from.map(flag => flag.toLowerCase()))
    return (flag: string) => !there.has(flag.toLowerCase())
  }
  return { add: want.filter(missingIn(have)), remove: have.filter(missingIn(want)) }
}

export const hasFlag = (flags: readonly string[], wanted: string): boolean =>
  flags.some(flag => flag.toLowerCase() === wanted.toLowerCase())
