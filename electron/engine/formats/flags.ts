import type { SystemFlag } from '../../../shared/features/mail/model'
import { imapNameOfFlag } from '../ports/store'

/** System flags as bits of `messages.flags`; the order is part of the schema. */
export const flagBits: Readonly<Record<SystemFlag, number>> = {
  seen: 1,
  flagged: 2,
  answered: 4,
  draft: 8,
  forwarded: 16,
}

const bitOfName: ReadonlyMap<string, number> = new Map([
  ...Object.entries(flagBits).flatMap(([name, bit]) => [
    [name, bit] as const,
    [`\\${name}`, bit] as const,
    [`$${name}`, bit] as const,
  ]),
])

const keywordsPerMessage = 100
const keywordCharacters = 200

/** Flags of one message: system flags as bits, the rest as sorted keywords. */
export type FlagSet = Readonly<{ bits: number; keywords: readonly string[] }>

/** From IMAP names (`\Seen`, `$Forwarded`, keywords) or from Siegel's (`seen`); unknown ones are keywords. */
export function parseFlags(names: readonly string[]): FlagSet {
  let bits = 0
  const keywords = new Set<string>()
  for (const name of names) {
    const bit = bitOfName.get(name.toLowerCase())
    if (bit !== undefined) bits |= bit
    // \Recent belongs to a session, not to a message (RFC 3501 §2.3.2).
    else if (name !== '' && name.toLowerCase() !== '\\recent' && name.length <= keywordCharacters)
      keywords.add(name)
  }
  return { bits, keywords: [...keywords].slice(0, keywordsPerMessage).sort() }
}

/** The whole set under IMAP names: `\\Seen`, `$Forwarded`, keywords as they are. */
export function imapFlagNames(flags: FlagSet): readonly string[] {
  return [...systemFlags(flags.bits).map(flag => imapNameOfFlag[flag]), ...flags.keywords]
}

export function systemFlags(bits: number): SystemFlag[] {
  const names: SystemFlag[] = []
  for (const name of ['seen', 'flagged', 'answered', 'draft', 'forwarded'] as const) {
    if ((bits & flagBits[name]) !== 0) names.push(name)
  }
  return names
}

export function withChange(
  flags: FlagSet,
  change: { add: readonly string[]; remove: readonly string[] },
): FlagSet {
  const add = parseFlags(change.add)
  const remove = parseFlags(change.remove)
  const gone = new Set(remove.keywords)
  return {
    bits: (flags.bits & ~remove.bits) | add.bits,
    keywords: [...new Set([...flags.keywords.filter(keyword => !gone.has(keyword)), ...add.keywords])].sort(),
  }
}

/** What of `flags` is not in `others`. */
export function withoutFlags(flags: FlagSet, others: FlagSet): FlagSet {
  const known = new Set(others.keywords)
  return { bits: flags.bits & ~others.bits, keywords: flags.keywords.filter(each => !known.has(each)) }
}

/** Column form of keywords: JSON, or NULL for the usual case of none. */
export function keywordsColumn(keywords: readonly string[]): string | null {
  return keywords.length === 0 ? null : JSON.stringify(keywords)
}

export function readFlags(bits: number, keywords: string | null): FlagSet {
  return { bits, keywords: keywords === null ? [] : (JSON.parse(keywords) as string[]) }
}

export function sameFlags(left: FlagSet, right: FlagSet): boolean {
  return left.bits === right.bits && left.keywords.join('\n') === right.keywords.join('\n')
}
