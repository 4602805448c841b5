import { createHash } from 'node:crypto'
import type { DnsRecord } from './message'
import {
  ancestor,
  commonAncestor,
  compareNames,
  isUnder,
  labelsOf,
  labelToWire,
  nameToWire,
  ROOT,
} from './names'
import { type Nsec3Data, readNsec, readNsec3 } from './rdata'
import { recordType } from './record-types'
import type { Budget } from './verify'

/** RFC 9276 §3.2: answers with more may be taken as unsigned; what costs time to check is no proof (CVE-2023-50868). */
const MAXIMUM_ITERATIONS = 100

/**
 * What verified NSEC or NSEC3 records prove about a name and type.
 * - `no-data`: the name exists (or a wildcard answers for it), the type does not.
 * - `no-name`: nothing answers to this name.
 * - `delegation`: the name is an unsigned delegation (asked for DS only).
 * - `opt-out`: signed proof that this part of the zone may hold unsigned delegations.
 * - `null`: proves nothing of the kind.
 */
export type Denial = 'no-data' | 'no-name' | 'delegation' | 'opt-out' | null

/** NSEC and NSEC3 records of one zone whose signatures were verified. */
export function proveDenial(
  records: readonly DnsRecord[],
  zone: string,
  name: string,
  type: number,
  budget: Budget,
): Denial {
  const nsecs = readNsecs(records, zone)
  const hashed = hashedZone(records, zone, budget)
  if (hashed === 'too-costly') return 'opt-out'
  return nsecDenial(nsecs, zone, name, type) ?? (hashed ? nsec3Denial(hashed, zone, name, type) : null)
}

/** Whether the name that lies one label below `encloser` on the way to `name` is proved absent (RFC 4035 §5.3.4). */
export function provesNoCloser(
  records: readonly DnsRecord[],
  zone: string,
  name: string,
  encloser: string,
  budget: Budget,
): 'yes' | 'opt-out' | 'no' {
  if (readNsecs(records, zone).some(nsec => covers(nsec, zone, name))) return 'yes'
  const hashed = hashedZone(records, zone, budget)
  if (hashed === 'too-costly') return 'opt-out'
  const closer = ancestor(name, labelsOf(encloser).length + 1)
  const covering = hashed?.covering(closer)
  if (!covering) return 'no'
  return covering.optOut ? 'opt-out' : 'yes'
}

// ---------------------------------------------------------------------------------------------- NSEC

type Nsec = Readonly<{ owner: string; next: string; types: ReadonlySet<number> }>

function readNsecs(records: readonly DnsRecord[], zone: string): Nsec[] {
  return records
    .filter(record => record.type === recordType.NSEC && isUnder(record.name, zone))
    .map(record => ({ owner: record.name, ...readNsec(record.rdata) }))
}

/** At a delegation the parent's record speaks for nothing below it (RFC 6840 §4.1), at a DNAME neither. */
const isCut = (types: ReadonlySet<number>) => types.has(recordType.NS) && !types.has(recordType.SOA)

function covers(nsec: Nsec, zone: string, name: string): boolean {
  if (compareNames(nsec.owner, name) >= 0) return false
  const isLast = nsec.next === zone
  if (!isLast && compareNames(name, nsec.next) >= 0) return false
  const isBelow = isUnder(name, nsec.owner)
  return !(isBelow && (isCut(nsec.types) || nsec.types.has(recordType.DNAME)))
}

/** What the bitmap at the very name says. */
function typesDenial(types: ReadonlySet<number>, type: number): Denial {
  if (types.has(type) || types.has(recordType.CNAME)) return null
  if (type === recordType.DS) {
    // The child's own apex cannot speak about the DS that its parent holds.
    if (types.has(recordType.SOA)) return null
    return types.has(recordType.NS) ? 'delegation' : 'no-data'
  }
  return isCut(types) ? null : 'no-data'
}

function nsecDenial(nsecs: readonly Nsec[], zone: string, name: string, type: number): Denial {
  const exact = nsecs.find(nsec => nsec.owner === name)
  if (exact) return typesDenial(exact.types, type)
  const covering = nsecs.find(nsec => covers(nsec, zone, name))
  if (!covering) return null
  // An empty non-terminal: it has no record of its own, but the next name lies below it.
  if (isUnder(covering.next, name)) return 'no-data'
  const left = commonAncestor(name, covering.owner)
  const right = commonAncestor(name, covering.next)
  const encloser = labelsOf(left).length > labelsOf(right).length ? left : right
  const wildcard = wildcardOf(encloser)
  const atWildcard = nsecs.find(nsec => nsec.owner === wildcard)
  if (atWildcard) return typesDenial(atWildcard.types, type) === null ? null : 'no-data'
  return nsecs.some(nsec => covers(nsec, zone, wildcard)) ? 'no-name' : null
}

const wildcardOf = (encloser: string) => (encloser === ROOT ? '*.' : `*.${encloser}`)

// --------------------------------------------------------------------------------------------- NSEC3

type HashedZone = Readonly<{
  matching(name: string): Nsec3Data | null
  covering(name: string): Nsec3Data | null
}>

function hashedZone(
  records: readonly DnsRecord[],
  zone: string,
  budget: Budget,
): HashedZone | 'too-costly' | null {
  const zoneLabels = labelsOf(zone).length
  const entries = records.flatMap(record => {
    if (record.type !== recordType.NSEC3 || !isUnder(record.name, zone)) return []
    const labels = labelsOf(record.name)
    const owner = fromBase32Hex(labels[0] ?? '')
    const data = readNsec3(record.rdata)
    return labels.length === zoneLabels + 1 && owner && data.algorithm === 1 ? [{ owner, data }] : []
  })
  const first = entries[0]
  if (!first) return null
  const { iterations, salt } = first.data
  if (iterations > MAXIMUM_ITERATIONS) return 'too-costly'
  // RFC 5155 §8.2: records with other parameters are another chain.
  const chain = entries.filter(entry => entry.data.iterations === iterations && entry.data.salt.equals(salt))
  const known = new Map<string, Buffer>()
  const hashOf = (name: string): Buffer => {
    const before = known.get(name)
    if (before) return before
    budget.hashes -= iterations + 1
    let hash = sha1(nameToWire(name), salt)
    if (budget.hashes > 0) for (let round = 0; round < iterations; round++) hash = sha1(hash, salt)
    known.set(name, hash)
    return hash
  }
  return {
    matching: name => chain.find(entry => entry.owner.equals(hashOf(name)))?.data ?? null,
    covering: name => {
      const hash = hashOf(name)
      return chain.find(({ owner, data }) => coversHash(owner, data.next, hash))?.data ?? null
    },
  }
}

const sha1 = (bytes: Buffer, salt: Buffer) => createHash('sha1').update(bytes).update(salt).digest()

function coversHash(owner: Buffer, next: Buffer, hash: Buffer): boolean {
  const isAfterOwner = Buffer.compare(owner, hash) < 0
  const isBeforeNext = Buffer.compare(hash, next) < 0
  return Buffer.compare(owner, next) < 0 ? isAfterOwner && isBeforeNext : isAfterOwner || isBeforeNext
}

function nsec3Denial(hashed: HashedZone, zone: string, name: string, type: number): Denial {
  const exact = hashed.matching(name)
  if (exact) return typesDenial(exact.types, type)
  // RFC 5155 §8.3: the closest ancestor that exists, and proof that the next name towards ours does not.
  const depth = labelsOf(name).length
  for (let count = depth - 1; count >= labelsOf(zone).length; count--) {
    const encloser = ancestor(name, count)
    const at = hashed.matching(encloser)
    if (!at) continue
    if (isCut(at.types) || at.types.has(recordType.DNAME)) return null
    const covering = hashed.covering(ancestor(name, count + 1))
    if (!covering) return null
    if (covering.optOut) return 'opt-out'
    const wildcard = wildcardOf(encloser)
    const atWildcard = hashed.matching(wildcard)
    if (atWildcard) return typesDenial(atWildcard.types, type) === null ? null : 'no-data'
    return hashed.covering(wildcard) ? 'no-name' : null
  }
  return null
}

/** RFC 4648 §7 without padding; null for anything else. */
function fromBase32Hex(label: string): Buffer | null {
  const bytes: number[] = []
  let bits = 0
  let value = 0
  for (const code of labelToWire(label)) {
    const digit = '0123456789abcdefghijklmnopqrstuv'.indexOf(String.fromCharCode(code))
    if (digit < 0) return null
    value = (value << 5) | digit
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes.push((value >> bits) & 255)
      value &= (1 << bits) - 1
    }
  }
  return Buffer.from(bytes)
}
