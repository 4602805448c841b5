import { toFailure } from '../../../../shared/kit/result'
import type { DnsOutcome, DnssecStatus } from '../../ports/net/transport'
import { type Denial, proveDenial, provesNoCloser } from './denial'
import { type DnsMessage, type DnsRecord, negativeTtlSeconds, recordsOf } from './message'
import { ancestor, isUnder, labelsOf, nameOf, ROOT, textOf } from './names'
import { readDs, readRrsig, readTarget } from './rdata'
import { recordType, typeText } from './record-types'
import type { TrustAnchor } from './trust-anchor'
import { type Budget, dsMatches, isUsableDs, newBudget, type SecureZone, verifySet, zoneKeys } from './verify'

/** RFC 1034 §3.6.2 asks for chains of aliases to be short. */
const MAXIMUM_ALIASES = 8
/** How long an answer may be kept whatever it says. */
const MAXIMUM_TTL_SECONDS = 86_400

/** A judged answer. `records` are of the type asked for, at `name`, which is where the aliases led. */
export type Judged = Readonly<{
  status: DnssecStatus
  outcome: DnsOutcome
  name: string
  records: readonly DnsRecord[]
  ttlSeconds: number
  /** What was found on the way, one line a step. */
  evidence: readonly string[]
}>

/** Fetches one answer, with DO and CD set. Rejects with SiegelError. */
export type Ask = (name: string, type: number) => Promise<DnsMessage>

type Found =
  | { kind: 'secure'; zone: SecureZone }
  | { kind: 'insecure' }
  | { kind: 'bogus' }
  | { kind: 'indeterminate' }

/** Something that cannot be believed, or cannot be told, with the reason already noted. */
class Unproved extends Error {
  readonly status: 'bogus' | 'indeterminate'
  constructor(status: 'bogus' | 'indeterminate') {
    super(status)
    this.status = status
  }
}

/**
 * Looks a name up and proves the answer from the trust anchor down (RFC 4035 §5), trusting the server for nothing.
 * `insecure` needs a signed proof too; what should be signed and is not is `bogus`; `indeterminate` is what cannot be
 * told because nobody answered or the server strips signatures. Never rejects.
 */
export async function lookUp(
  deps: { ask: Ask; anchors: readonly TrustAnchor[]; nowMs: number },
  name: string,
  type: number,
): Promise<Judged> {
  const look = new Look(deps)
  try {
    return await look.run(name, type)
  } catch (error) {
    if (error instanceof Unproved) return look.failed(error.status, name)
    const { code, params } = toFailure(error)
    look.note(`${code}${params['detail'] === undefined ? '' : `: ${params['detail']}`}`)
    return look.failed('indeterminate', name)
  }
}

class Look {
  readonly #ask: Ask
  readonly #anchors: readonly TrustAnchor[]
  readonly #nowMs: number
  readonly #budget: Budget = newBudget()
  readonly #evidence: string[] = []
  #ttlSeconds = MAXIMUM_TTL_SECONDS

  constructor(deps: { ask: Ask; anchors: readonly TrustAnchor[]; nowMs: number }) {
    this.#ask = (name, type) => {
      if (this.#budget.questions-- <= 0) throw this.#unproved('indeterminate', 'too many questions')
      return deps.ask(name, type)
    }
    this.#anchors = deps.anchors
    this.#nowMs = deps.nowMs
  }

  note(line: string): void {
    if (this.#evidence.length < 60 && this.#evidence.at(-1) !== line) this.#evidence.push(line.slice(0, 300))
  }

  failed(status: DnssecStatus, name: string): Judged {
    return { status, outcome: 'failed', name, records: [], ttlSeconds: 0, evidence: this.#evidence }
  }

  async run(first: string, type: number): Promise<Judged> {
    let name = first
    let status: 'secure' | 'insecure' = 'secure'
    const done = (outcome: DnsOutcome, records: readonly DnsRecord[]): Judged => {
      this.note(`${textOf(name)} ${typeText(type)}: ${outcome}, ${status}`)
      return { status, outcome, name, records, ttlSeconds: this.#ttlSeconds, evidence: this.#evidence }
    }
    for (let hops = 0; hops <= MAXIMUM_ALIASES; hops++) {
      const message = await this.#ask(name, type)
      if (message.rcode !== 0 && message.rcode !== 3)
        throw this.#unproved(
          'indeterminate',
          `${textOf(name)} ${typeText(type)}: server says ${message.rcode}`,
        )
      const place = await this.#zoneOf(name, type, message)
      if (place.kind === 'bogus' || place.kind === 'indeterminate') throw new Unproved(place.kind)
      if (place.kind === 'insecure') status = 'insecure'
      const zone = place.kind === 'secure' ? place.zone : null

      const records = recordsOf(message.answers, name, type)
      if (records.length > 0) {
        if (zone && this.#believe(records, message, zone) === 'insecure') status = 'insecure'
        this.#limitTtl(Math.min(...records.map(record => record.ttlSeconds)))
        return done('found', records)
      }
      const alias = this.#alias(name, message, zone)
      if (alias !== null) {
        if (alias.isInsecure) status = 'insecure'
        this.note(`${textOf(name)} is an alias of ${textOf(alias.target)}`)
        name = alias.target
        continue
      }
      this.#limitTtl(negativeTtlSeconds(message, name))
      if (!zone) return done(message.rcode === 3 ? 'no-name' : 'no-data', [])
      const denial = this.#denial(message, zone, name, type)
      switch (denial) {
        case 'no-data':
        case 'no-name':
          return done(denial, [])
        case 'opt-out':
          status = 'insecure'
          return done(message.rcode === 3 ? 'no-name' : 'no-data', [])
        case 'delegation':
        case null:
          throw this.#unproved('bogus', `${textOf(name)} ${typeText(type)}: absence is not proved`)
      }
    }
    throw this.#unproved('indeterminate', `${textOf(first)}: too many aliases`)
  }

  // -------------------------------------------------------------------------------- from the root to a zone

  /** The zone that must have signed the answer for `name`, or that there is none. */
  async #zoneOf(name: string, type: number, message: DnsMessage): Promise<Found> {
    let zone = await this.#root()
    const signer = deepestSigner(message, name, type)
    const labels = labelsOf(name)
    for (let count = 1; count <= labels.length; count++) {
      // The signer named in the answer only saves questions: a false one ends in a signature that does not hold.
      if (signer !== null && labelsOf(zone.name).length >= labelsOf(signer).length) break
      const child = ancestor(name, count)
      const step = await this.#descend(zone, child)
      if (step === 'absent') break
      if (step === 'same-zone') continue
      if (step === 'insecure') return { kind: 'insecure' }
      zone = step
    }
    return { kind: 'secure', zone }
  }

  async #root(): Promise<SecureZone> {
    const message = await this.#ask(ROOT, recordType.DNSKEY)
    const records = recordsOf(message.answers, ROOT, recordType.DNSKEY)
    const anchors = this.#anchors.map(anchor => ({ ...anchor, digest: Buffer.from(anchor.digestHex, 'hex') }))
    const entry = zoneKeys(records).filter(key => anchors.some(anchor => dsMatches(anchor, ROOT, key)))
    const signed = verifySet(records, message.answers, { name: ROOT, keys: entry }, this.#nowMs, this.#budget)
    if (signed.ok) {
      this.#limitTtl(signed.ttlSeconds)
      return { name: ROOT, keys: zoneKeys(records) }
    }
    // A server that knows nothing of DNSSEC hides every signature; that alone says nothing about any domain.
    const isStripped = !message.answers.some(record => record.type === recordType.RRSIG)
    throw this.#unproved(
      'indeterminate',
      isStripped ? 'the resolver gives no signatures' : `root keys: ${signed.why}`,
    )
  }

  /** One label down: a signed delegation, proof of an unsigned one, or no zone cut there. */
  async #descend(zone: SecureZone, child: string): Promise<SecureZone | 'same-zone' | 'insecure' | 'absent'> {
    const message = await this.#ask(child, recordType.DS)
    if (message.rcode !== 0 && message.rcode !== 3)
      throw this.#unproved('indeterminate', `${textOf(child)} DS: server says ${message.rcode}`)
    const records = recordsOf(message.answers, child, recordType.DS)
    if (records.length > 0) {
      const signed = verifySet(records, message.answers, zone, this.#nowMs, this.#budget)
      if (!signed.ok || signed.wildcardOf !== null)
        throw this.#unproved('bogus', `${textOf(child)} DS: ${signed.ok ? 'from a wildcard' : signed.why}`)
      this.#limitTtl(signed.ttlSeconds)
      return this.#enter(child, records)
    }
    // A name that is an alias, or lies below one, is no delegation.
    if (this.#alias(child, message, zone) !== null) return 'same-zone'
    switch (this.#denial(message, zone, child, recordType.DS)) {
      case 'no-data':
        return 'same-zone'
      case 'no-name':
        return 'absent'
      case 'delegation':
        this.note(`${textOf(child)} is an unsigned delegation (proved)`)
        return 'insecure'
      case 'opt-out':
        this.note(`${textOf(child)} is not covered by signatures (opt-out)`)
        return 'insecure'
      case null:
        throw this.#unproved('bogus', `${textOf(child)} DS: neither there nor proved absent`)
    }
  }

  async #enter(child: string, dsRecords: readonly DnsRecord[]): Promise<SecureZone | 'insecure'> {
    const usable = dsRecords.map(record => readDs(record.rdata)).filter(isUsableDs)
    if (usable.length === 0) {
      this.note(`${textOf(child)} is signed only with algorithms that are too weak or unknown`)
      return 'insecure'
    }
    const message = await this.#ask(child, recordType.DNSKEY)
    const records = recordsOf(message.answers, child, recordType.DNSKEY)
    const keys = zoneKeys(records)
    const entry = keys.filter(key => usable.some(ds => dsMatches(ds, child, key)))
    if (entry.length === 0)
      throw this.#unproved('bogus', `${textOf(child)}: no key matches the DS record of its parent`)
    const signed = verifySet(
      records,
      message.answers,
      { name: child, keys: entry },
      this.#nowMs,
      this.#budget,
    )
    if (!signed.ok) throw this.#unproved('bogus', `${textOf(child)} DNSKEY: ${signed.why}`)
    this.#limitTtl(signed.ttlSeconds)
    this.note(`${textOf(child)} is a signed zone`)
    return { name: child, keys }
  }

  // ------------------------------------------------------------------------------------- within one zone

  /** Verifies a positive set; throws when it does not hold. */
  #believe(records: readonly DnsRecord[], message: DnsMessage, zone: SecureZone): 'secure' | 'insecure' {
    const [first] = records
    if (!first) return 'secure'
    const what = `${textOf(first.name)} ${typeText(first.type)}`
    const signed = verifySet(records, message.answers, zone, this.#nowMs, this.#budget)
    if (!signed.ok) throw this.#unproved('bogus', `${what}: ${signed.why}`)
    this.#limitTtl(signed.ttlSeconds)
    if (signed.wildcardOf === null) return 'secure'
    const proofs = this.#proofs(message, zone)
    const closer = provesNoCloser(proofs, zone.name, first.name, signed.wildcardOf, this.#budget)
    if (closer === 'no') throw this.#unproved('bogus', `${what}: wildcard without proof`)
    return closer === 'opt-out' ? 'insecure' : 'secure'
  }

  /** Where a CNAME at the name, or a DNAME above it, leads; null when there is none. */
  #alias(
    name: string,
    message: DnsMessage,
    zone: SecureZone | null,
  ): { target: string; isInsecure: boolean } | null {
    const dname = message.answers.find(
      record => record.type === recordType.DNAME && record.name !== name && isUnder(name, record.name),
    )
    if (dname) {
      const isInsecure = zone !== null && this.#believe([dname], message, zone) === 'insecure'
      const labels = labelsOf(name)
      const kept = labels.slice(0, labels.length - labelsOf(dname.name).length)
      const target = nameOf([...kept, ...labelsOf(readTarget(dname.rdata))])
      if (target.length > 255) throw this.#unproved('bogus', `${textOf(name)}: alias too long`)
      this.#limitTtl(dname.ttlSeconds)
      return { target, isInsecure }
    }
    const cnames = recordsOf(message.answers, name, recordType.CNAME)
    const [cname] = cnames
    if (!cname) return null
    const isInsecure = zone !== null && this.#believe(cnames, message, zone) === 'insecure'
    this.#limitTtl(cname.ttlSeconds)
    return { target: readTarget(cname.rdata), isInsecure }
  }

  #denial(message: DnsMessage, zone: SecureZone, name: string, type: number): Denial {
    return proveDenial(this.#proofs(message, zone), zone.name, name, type, this.#budget)
  }

  /** The NSEC and NSEC3 records of an answer that the zone really signed. */
  #proofs(message: DnsMessage, zone: SecureZone): DnsRecord[] {
    return message.authorities.filter(record => {
      if (record.type !== recordType.NSEC && record.type !== recordType.NSEC3) return false
      const set = recordsOf(message.authorities, record.name, record.type)
      const signed = verifySet(set, message.authorities, zone, this.#nowMs, this.#budget)
      if (!signed.ok) {
        this.note(`${textOf(record.name)} ${typeText(record.type)}: ${signed.why}`)
        return false
      }
      // RFC 4035 §5.3.4: a proof made from a wildcard would prove anything.
      if (signed.wildcardOf !== null) return false
      this.#limitTtl(signed.ttlSeconds)
      return true
    })
  }

  #limitTtl(seconds: number): void {
    this.#ttlSeconds = Math.max(0, Math.min(this.#ttlSeconds, seconds))
  }

  #unproved(status: 'bogus' | 'indeterminate', line: string): Unproved {
    this.note(line)
    return new Unproved(status)
  }
}

/** The longest zone name that signatures in the answer give for this name; null when there are none. */
function deepestSigner(message: DnsMessage, name: string, type: number): string | null {
  let deepest: string | null = null
  const consider = (record: DnsRecord) => {
    if (record.type !== recordType.RRSIG) return
    const { signer } = readRrsig(record.rdata)
    if (!isUnder(name, signer)) return
    if (deepest === null || labelsOf(signer).length > labelsOf(deepest).length) deepest = signer
  }
  const isAnswer = recordsOf(message.answers, name, type).length > 0
  for (const record of message.answers)
    if (record.name === name || (!isAnswer && isUnder(name, record.name))) consider(record)
  for (const record of message.authorities) consider(record)
  return deepest
}
