import type { KeyFacts, KeyProblem } from './model'

/** The facts of a key as they are at a time: what was read yesterday may have expired today. */
export function keyFactsAt(facts: KeyFacts, nowMs: number): KeyFacts {
  const problems = new Set<KeyProblem>(facts.problems)
  const keyEnded = facts.expiresAtMs !== null && facts.expiresAtMs <= nowMs
  const subkeyEnded = facts.encryptionExpiresAtMs !== null && facts.encryptionExpiresAtMs <= nowMs
  if (keyEnded) problems.add('expired')
  if (subkeyEnded && facts.canEncrypt) problems.add('no-encryption-subkey')
  return {
    ...facts,
    canEncrypt: facts.canEncrypt && !keyEnded && !subkeyEnded,
    canSign: facts.canSign && !keyEnded,
    problems: [...problems],
  }
}

const dayMs = 86_400_000
/** How long before its end a key should be renewed. */
const renewalWindowMs = 60 * dayMs

/** Whether a key has expired or does so within 60 days; a revoked one is not worth renewing. */
export function isRenewalDue(facts: KeyFacts, nowMs: number): boolean {
  if (facts.problems.includes('revoked')) return false
  const ends = [facts.expiresAtMs, facts.encryptionExpiresAtMs].filter(end => end !== null)
  return ends.some(end => end - nowMs <= renewalWindowMs)
}
