import { Reader } from './message'

/** Readers of record data in canonical form. Each throws `protocol-violation` when the data is too short. */

/** RFC 4034 §5. */
export type DsData = Readonly<{ keyTag: number; algorithm: number; digestType: number; digest: Buffer }>
export function readDs(rdata: Buffer): DsData {
  const reader = new Reader(rdata)
  return {
    keyTag: reader.uint16(),
    algorithm: reader.uint8(),
    digestType: reader.uint8(),
    digest: reader.rest(),
  }
}

/** RFC 4034 §2. */
export type DnskeyData = Readonly<{
  flags: number
  protocol: number
  algorithm: number
  key: Buffer
  keyTag: number
  rdata: Buffer
}>
export function readDnskey(rdata: Buffer): DnskeyData {
  const reader = new Reader(rdata)
  return {
    flags: reader.uint16(),
    protocol: reader.uint8(),
    algorithm: reader.uint8(),
    key: reader.rest(),
    keyTag: keyTagOf(rdata),
    rdata,
  }
}

/** RFC 4034 appendix B. */
function keyTagOf(rdata: Buffer): number {
  let sum = 0
  for (const [at, byte] of rdata.entries()) sum += at & 1 ? byte : byte << 8
  return (sum + (sum >>> 16)) & 0xffff
}

/** RFC 4034 §3. Times in seconds since 1970. `signedPart` is the data without the signature. */
export type RrsigData = Readonly<{
  typeCovered: number
  algorithm: number
  labels: number
  originalTtlSeconds: number
  expirationSeconds: number
  inceptionSeconds: number
  keyTag: number
  signer: string
  signature: Buffer
  signedPart: Buffer
}>
export function readRrsig(rdata: Buffer): RrsigData {
  const reader = new Reader(rdata)
  const fields = {
    typeCovered: reader.uint16(),
    algorithm: reader.uint8(),
    labels: reader.uint8(),
    originalTtlSeconds: reader.uint32(),
    expirationSeconds: reader.uint32(),
    inceptionSeconds: reader.uint32(),
    keyTag: reader.uint16(),
    signer: reader.name().name,
  }
  const signedPart = rdata.subarray(0, reader.at)
  return { ...fields, signature: reader.rest(), signedPart }
}

/** RFC 4034 §4. */
export type NsecData = Readonly<{ next: string; types: ReadonlySet<number> }>
export function readNsec(rdata: Buffer): NsecData {
  const reader = new Reader(rdata)
  return { next: reader.name().name, types: readTypes(reader) }
}

/** RFC 5155 §3. `next` is a raw hash. */
export type Nsec3Data = Readonly<{
  algorithm: number
  optOut: boolean
  iterations: number
  salt: Buffer
  next: Buffer
  types: ReadonlySet<number>
}>
export function readNsec3(rdata: Buffer): Nsec3Data {
  const reader = new Reader(rdata)
  return {
    algorithm: reader.uint8(),
    optOut: (reader.uint8() & 1) === 1,
    iterations: reader.uint16(),
    salt: reader.bytes(reader.uint8()),
    next: reader.bytes(reader.uint8()),
    types: readTypes(reader),
  }
}

/** RFC 4034 §4.1.2. */
function readTypes(reader: Reader): ReadonlySet<number> {
  const types = new Set<number>()
  while (!reader.isAtEnd) {
    const window = reader.uint8()
    const bits = reader.bytes(reader.uint8())
    for (const [at, byte] of bits.entries())
      for (let bit = 0; bit < 8; bit++) if (byte & (0x80 >> bit)) types.add(window * 256 + at * 8 + bit)
  }
  return types
}

/** RFC 1035 §3.3.9. */
export function readMx(rdata: Buffer): { preference: number; exchange: string } {
  const reader = new Reader(rdata)
  return { preference: reader.uint16(), exchange: reader.name().name }
}

/** RFC 1035 §3.3.14: the strings of one record, joined. */
export function readTxt(rdata: Buffer): string {
  const reader = new Reader(rdata)
  const parts: Buffer[] = []
  while (!reader.isAtEnd) parts.push(reader.bytes(reader.uint8()))
  return Buffer.concat(parts).toString('latin1')
}

/** RFC 6698 §2.1. */
export function readTlsa(rdata: Buffer): {
  usage: number
  selector: number
  matchingType: number
  data: Uint8Array
} {
  const reader = new Reader(rdata)
  return {
    usage: reader.uint8(),
    selector: reader.uint8(),
    matchingType: reader.uint8(),
    data: Uint8Array.from(reader.rest()),
  }
}

/** RFC 2782. `target` is the root name where the service is not offered. */
export function readSrv(rdata: Buffer): { priority: number; weight: number; port: number; target: string } {
  const reader = new Reader(rdata)
  return {
    priority: reader.uint16(),
    weight: reader.uint16(),
    port: reader.uint16(),
    target: reader.name().name,
  }
}

/** The one name that CNAME and DNAME hold. */
export function readTarget(rdata: Buffer): string {
  return new Reader(rdata).name().name
}
