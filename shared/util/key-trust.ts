import type { KeyEvidence, KeySource, KeyTrust } from '../model/openpgp-key'

/**
 * Sources that one attacker has to fake separately. Everything that came inside a person's own mail counts once: whoever
 * can write one such mail in that person's name can write three.
 */
const independentGroup: Readonly<Record<KeySource, string>> = {
  own: 'own',
  imported: 'imported',
  wkd: 'wkd',
  keyserver: 'keyserver',
  autocrypt: 'mail',
  attachment: 'mail',
  vcard: 'mail',
  gossip: 'gossip',
}

const dayMs = 86_400_000

/** Autocrypt on this many different days counts as more than a single mail does. */
const autocryptDays = 3

/**
 * What the evidence alone is worth. `some`: the address's own domain names the key (WKD), two independent sources do, or
 * the same key was in its mail on three different days. `verified` only ever comes from the user.
 */
function trustFromEvidence(evidence: readonly KeyEvidence[]): 'none' | 'some' {
  const groups = new Set(evidence.map(each => independentGroup[each.source]))
  if (groups.has('own') || groups.has('wkd') || groups.size >= 2) return 'some'
  const days = new Set(
    evidence.filter(each => each.source === 'autocrypt').map(each => Math.floor(each.atMs / dayMs)),
  )
  return days.size >= autocryptDays ? 'some' : 'none'
}

const rank: Readonly<Record<KeyTrust, number>> = { none: 0, some: 1, verified: 2 }

/** The higher of what the evidence and the user's own word give. */
export function trustOf(evidence: readonly KeyEvidence[], ownWord: KeyTrust | null): KeyTrust {
  const found = trustFromEvidence(evidence)
  return ownWord !== null && rank[ownWord] > rank[found] ? ownWord : found
}

/** How many reasons are kept for one key and address. */
const maxEvidence = 20

/** With one more reason, oldest first. The same one again says nothing new; of very many the oldest and newest stay. */
export function withEvidence(evidence: readonly KeyEvidence[], found: KeyEvidence): readonly KeyEvidence[] {
  const known = evidence.some(
    each =>
      each.source === found.source &&
      each.detail === found.detail &&
      (found.source !== 'autocrypt' || Math.floor(each.atMs / dayMs) === Math.floor(found.atMs / dayMs)),
  )
  if (known) return evidence
  const all = [...evidence, { ...found, detail: found.detail.slice(0, 300) }]
  all.sort((one, other) => one.atMs - other.atMs)
  return all.length <= maxEvidence ? all : [...all.slice(0, maxEvidence / 2), ...all.slice(-maxEvidence / 2)]
}
