import { createHash, createPublicKey, type KeyObject, verify as verifyBytes } from 'node:crypto'
import { type DnsRecord, recordsOf } from './message'
import { ancestor, isUnder, labelsOf, nameToWire } from './names'
import { type DnskeyData, type DsData, readDnskey, readRrsig } from './rdata'
import { recordType } from './record-types'

/** A zone whose keys were reached from the trust anchor. */
export type SecureZone = Readonly<{ name: string; keys: readonly DnskeyData[] }>

/** Work that one look-up may cost (CVE-2023-50387: colliding keys and signatures multiply). */
export type Budget = { signatures: number; hashes: number; questions: number }
export const newBudget = (): Budget => ({ signatures: 200, hashes: 20_000, questions: 80 })

/** More signatures over one set than this are not tried. */
const SIGNATURES_PER_SET = 8

/**
 * What can be verified (RFC 8624 §3.1 as RFC 9905 left it): RSA with SHA-256 and SHA-512, ECDSA P-256 and P-384,
 * Ed25519. A zone with nothing else, SHA-1 included, counts as unsigned (RFC 4035 §5.2).
 */
const algorithms: ReadonlyMap<number, { hash: string | null; key: (bytes: Buffer) => KeyObject }> = new Map([
  [8, { hash: 'sha256', key: rsaKey }],
  [10, { hash: 'sha512', key: rsaKey }],
  [13, { hash: 'sha256', key: bytes => curveKey(bytes, 'P-256', 32) }],
  [14, { hash: 'sha384', key: bytes => curveKey(bytes, 'P-384', 48) }],
  [15, { hash: null, key: edwardsKey }],
])

/** SHA-1 digests are left out (RFC 4509 §3, RFC 9905). */
const digests: ReadonlyMap<number, string> = new Map([
  [2, 'sha256'],
  [4, 'sha384'],
])

/** Whether a delegation by this DS can be followed at all. */
export function isUsableDs(ds: DsData): boolean {
  return algorithms.has(ds.algorithm) && digests.has(ds.digestType)
}

/** Whether a DS names this key (RFC 4034 §5.1.4). */
export function dsMatches(ds: DsData, zone: string, key: DnskeyData): boolean {
  const hash = digests.get(ds.digestType)
  if (!hash || ds.keyTag !== key.keyTag || ds.algorithm !== key.algorithm) return false
  return createHash(hash).update(nameToWire(zone)).update(key.rdata).digest().equals(ds.digest)
}

/** The keys of a set that may sign (RFC 4034 §2.1.1; revoked ones may not: RFC 5011 §2.1). */
export function zoneKeys(records: readonly DnsRecord[]): DnskeyData[] {
  return records
    .map(record => readDnskey(record.rdata))
    .filter(key => (key.flags & 0x0100) !== 0 && (key.flags & 0x0080) === 0 && key.protocol === 3)
}

/** What a signature says about a set, when it holds. */
export type VerifiedSet = Readonly<{
  ok: true
  ttlSeconds: number
  /** The closest encloser when the set was made from a wildcard: then a proof must show that nothing is closer. */
  wildcardOf: string | null
}>
export type UnverifiedSet = Readonly<{ ok: false; why: string }>

/** Checks a set of one name and type against a zone's keys (RFC 4035 §5.3). `section` holds the signatures. */
export function verifySet(
  records: readonly DnsRecord[],
  section: readonly DnsRecord[],
  zone: SecureZone,
  nowMs: number,
  budget: Budget,
): VerifiedSet | UnverifiedSet {
  const first = records[0]
  if (!first) return { ok: false, why: 'nothing to verify' }
  const { name, type } = first
  const nowSeconds = Math.floor(nowMs / 1000)
  const labels = labelsOf(name)
  const ownLabels = labels[0] === '*' ? labels.length - 1 : labels.length
  let why = 'unsigned'
  let tried = 0
  for (const record of recordsOf(section, name, recordType.RRSIG)) {
    const signature = readRrsig(record.rdata)
    if (signature.typeCovered !== type) continue
    if (tried++ >= SIGNATURES_PER_SET) break
    if (signature.signer !== zone.name || !isUnder(name, zone.name)) {
      why = 'signed by another zone'
      continue
    }
    if (signature.labels > ownLabels) {
      why = 'signature for a longer name'
      continue
    }
    if (nowSeconds > signature.expirationSeconds) {
      why = `signature expired ${dateText(signature.expirationSeconds)}`
      continue
    }
    if (nowSeconds < signature.inceptionSeconds) {
      why = `signature begins ${dateText(signature.inceptionSeconds)}`
      continue
    }
    const isWildcard = signature.labels < ownLabels
    const encloser = ancestor(name, signature.labels)
    const owner = isWildcard ? Buffer.concat([Buffer.from('\x01*'), nameToWire(encloser)]) : nameToWire(name)
    const signed = signedBytes(records, owner, type, signature.originalTtlSeconds, signature.signedPart)
    for (const key of zone.keys) {
      if (key.keyTag !== signature.keyTag || key.algorithm !== signature.algorithm) continue
      if (budget.signatures-- <= 0) return { ok: false, why: 'too many signatures' }
      if (!isSignedBy(key, signed, signature.signature)) {
        why = 'wrong signature'
        continue
      }
      const ttls = records.map(each => each.ttlSeconds)
      const ttlSeconds = Math.min(
        ...ttls,
        signature.originalTtlSeconds,
        signature.expirationSeconds - nowSeconds,
      )
      return { ok: true, ttlSeconds, wildcardOf: isWildcard ? encloser : null }
    }
    if (why === 'unsigned') why = 'signed by an unknown key'
  }
  return { ok: false, why }
}

/** RFC 4034 §3.1.8.1: the signature's own fields, then each record in canonical form and order, no duplicates. */
function signedBytes(
  records: readonly DnsRecord[],
  owner: Buffer,
  type: number,
  originalTtlSeconds: number,
  signedPart: Buffer,
): Buffer {
  const parts = [signedPart]
  const datas = records.map(record => record.rdata).sort(Buffer.compare)
  for (const [at, rdata] of datas.entries()) {
    if (at > 0 && datas[at - 1]?.equals(rdata)) continue
    const fixed = Buffer.alloc(10)
    fixed.writeUInt16BE(type, 0)
    fixed.writeUInt16BE(1, 2)
    fixed.writeUInt32BE(originalTtlSeconds, 4)
    fixed.writeUInt16BE(rdata.length, 8)
    parts.push(owner, fixed, rdata)
  }
  return Buffer.concat(parts)
}

function isSignedBy(key: DnskeyData, signed: Buffer, signature: Buffer): boolean {
  const algorithm = algorithms.get(key.algorithm)
  if (!algorithm) return false
  try {
    const publicKey = algorithm.key(key.key)
    return verifyBytes(algorithm.hash, signed, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)
  } catch {
    // A key or signature of a wrong size is simply not a signature.
    return false
  }
}

/** RFC 3110 §2. Keys under 1024 bits are broken, over 4096 only cost time. */
function rsaKey(bytes: Buffer): KeyObject {
  const short = bytes.readUInt8(0)
  const exponentAt = short === 0 ? 3 : 1
  const exponentBytes = short === 0 ? bytes.readUInt16BE(1) : short
  const e = bytes.subarray(exponentAt, exponentAt + exponentBytes)
  const n = bytes.subarray(exponentAt + exponentBytes)
  if (n.length < 128 || n.length > 512 || e.length > 8) throw new Error('RSA key size')
  return createPublicKey({
    key: { kty: 'RSA', n: n.toString('base64url'), e: e.toString('base64url') },
    format: 'jwk',
  })
}

/** RFC 6605 §4: both coordinates, one after the other. */
function curveKey(bytes: Buffer, crv: 'P-256' | 'P-384', size: number): KeyObject {
  if (bytes.length !== 2 * size) throw new Error('ECDSA key size')
  const x = bytes.subarray(0, size).toString('base64url')
  const y = bytes.subarray(size).toString('base64url')
  return createPublicKey({ key: { kty: 'EC', crv, x, y }, format: 'jwk' })
}

/** RFC 8080 §3. */
function edwardsKey(bytes: Buffer): KeyObject {
  if (bytes.length !== 32) throw new Error('Ed25519 key size')
  return createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') },
    format: 'jwk',
  })
}

const dateText = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 16)
