import type { Suggestion } from '../../../../shared/features/contacts/model'
import type { Candidate } from '../../ports/contacts/people'
import { wordsOfPerson } from './address-words'

const halfLifeDays = 180
const nobody = /^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|mailer-daemon|bounces?|notifications?)\b/i

/**
 * The one judgement of who comes first. Addresses that nobody reads come last, unless they are a contact's; who is found by the
 * domain alone comes after those found by name; contacts and groups come before those whom only mail knows, whom the user wrote
 * to before the others, and then by how much and how lately. Each address stands once.
 */
export function rankPeople(
  candidates: readonly Candidate[],
  typed: readonly string[],
  nowMs: number,
): Suggestion[] {
  const rank = (one: Candidate): number[] => {
    const { weight = 0, lastUsedMs = 0, written = 0 } = one.use ?? {}
    return [
      !one.isContact && nobody.test(one.address) ? 1 : 0,
      isByDomainAlone(one, typed) ? 1 : 0,
      one.isContact ? 0 : 1,
      written > 0 ? 0 : 1,
      -weight * 0.5 ** (Math.max(0, nowMs - lastUsedMs) / 86_400_000 / halfLifeDays),
      -lastUsedMs,
    ]
  }
  const seen = new Set<string>()
  return candidates
    .map(one => ({ one, rank: rank(one) }))
    .sort((one, other) => compareRanks(one.rank, other.rank))
    .map(({ one }) => one)
    .filter(({ address, members }) => {
      const key = address.toLowerCase()
      if (members !== undefined) return true
      if (seen.has(key)) return false
      seen.add(key)
      return true
    })
    .map(({ name, address, members }) =>
      members === undefined ? { name, address } : { name, address, members: [...members] },
    )
}

function compareRanks(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((value, place) => value !== other[place])
  return at === -1 ? 0 : (one[at] ?? 0) - (other[at] ?? 0)
}

/** A nickname or a group's name is no address, and what was typed is looked for in the name then. */
function isByDomainAlone({ name, address, isContact }: Candidate, typed: readonly string[]): boolean {
  const at = address.lastIndexOf('@')
  const ofPerson = wordsOfPerson({ name, address: address.slice(0, Math.max(0, at)) })
  if (typed.some(word => ofPerson.includes(` ${word}`))) return false
  const ofDomain = wordsOfPerson({ name: '', address: address.slice(at) })
  return !isContact || typed.some(word => ofDomain.includes(` ${word}`))
}
