import { SiegelError } from '../../../../shared/kit/result'
import { isUnder, labelFromWire, nameOf, nameToWire } from './names'
import { recordType } from './record-types'

/** RFC 1035 §4.2.2: the length before a message over TCP has two bytes. */
const MAXIMUM_MESSAGE_BYTES = 65_535
/** Answers to what is asked here have a few dozen records; more is an attempt to keep us busy. */
const MAXIMUM_RECORDS = 400
const MAXIMUM_NAME_BYTES = 255
/** RFC 8467 §4.1: queries are padded to a multiple of this. */
const PADDING_BLOCK_BYTES = 128
/** What we would take over UDP. It is never used, but a usual value says nothing about us (DNS flag day 2020). */
const USUAL_UDP_SIZE = 1232

const RECURSION_DESIRED = 0x0100
/** RFC 4035 §3.2.2: the server hands out what it holds for bogus too, and the judgement is ours. */
const CHECKING_DISABLED = 0x0010
const DNSSEC_OK = 0x8000
const CLASS_IN = 1
const OPTION_PADDING = 12

/** One record. `rdata` is in canonical form (RFC 4034 §6.2): names inside are uncompressed and in lower case. */
export type DnsRecord = Readonly<{ name: string; type: number; ttlSeconds: number; rdata: Buffer }>

/** An answer, read and bounded. Records of other classes than IN are left out. */
export type DnsMessage = Readonly<{
  id: number
  rcode: number
  question: { name: string; type: number } | null
  answers: readonly DnsRecord[]
  authorities: readonly DnsRecord[]
}>

/** One question with the DO and CD bits, padded (RFC 6891, RFC 7830). `id`: 16 bit. */
export function encodeQuery(id: number, name: string, type: number): Buffer {
  const header = Buffer.alloc(12)
  header.writeUInt16BE(id, 0)
  header.writeUInt16BE(RECURSION_DESIRED | CHECKING_DISABLED, 2)
  header.writeUInt16BE(1, 4)
  header.writeUInt16BE(1, 10)
  const question = Buffer.concat([nameToWire(name), Buffer.from([type >> 8, type & 255, 0, CLASS_IN])])
  const withoutPadding = header.length + question.length + 11 + 4
  const padding = (PADDING_BLOCK_BYTES - (withoutPadding % PADDING_BLOCK_BYTES)) % PADDING_BLOCK_BYTES
  const options = Buffer.alloc(11 + 4 + padding)
  options.writeUInt16BE(recordType.OPT, 1)
  options.writeUInt16BE(USUAL_UDP_SIZE, 3)
  options.writeUInt16BE(DNSSEC_OK, 7)
  options.writeUInt16BE(4 + padding, 9)
  options.writeUInt16BE(OPTION_PADDING, 11)
  options.writeUInt16BE(padding, 13)
  return Buffer.concat([header, question, options])
}

/** Reads an answer. Throws `protocol-violation` for everything that is not one, whole and within the limits. */
export function decodeMessage(bytes: Buffer): DnsMessage {
  if (bytes.length < 12 || bytes.length > MAXIMUM_MESSAGE_BYTES) throw violation('size')
  const flags = bytes.readUInt16BE(2)
  if ((flags & 0x8000) === 0 || (flags & 0x7800) !== 0) throw violation('not an answer')
  // TC over TCP: what is here is cut, and no larger transport is left.
  if ((flags & 0x0200) !== 0) throw violation('truncated')
  const [questions, answers, authorities] = [4, 6, 8].map(at => bytes.readUInt16BE(at))
  if (questions === undefined || answers === undefined || authorities === undefined) throw violation('size')
  if (questions > 1 || answers + authorities > MAXIMUM_RECORDS) throw violation('too many records')
  const reader = new Reader(bytes, 12)
  let question: DnsMessage['question'] = null
  if (questions === 1) {
    const name = reader.name().name
    question = { name, type: reader.uint16() }
    reader.uint16()
  }
  const section = (count: number) => Array.from({ length: count }, () => readRecord(reader)).flat()
  return {
    id: bytes.readUInt16BE(0),
    rcode: flags & 0x000f,
    question,
    answers: section(answers),
    authorities: section(authorities),
  }
}

function readRecord(reader: Reader): DnsRecord[] {
  const { name } = reader.name()
  const type = reader.uint16()
  const recordClass = reader.uint16()
  const ttl = reader.uint32()
  const end = reader.uint16() + reader.at
  const rdata = canonicalRdata(reader, type, end)
  if (recordClass !== CLASS_IN) return []
  // RFC 2181 §8: a TTL with the top bit set counts as zero.
  return [{ name, type, ttlSeconds: ttl > 0x7fff_ffff ? 0 : ttl, rdata }]
}

/** The only types whose data may hold compressed names (RFC 3597 §4); RRSIG and NSEC names are read alike. */
function canonicalRdata(reader: Reader, type: number, end: number): Buffer {
  const parts: Buffer[] = []
  const name = () => parts.push(nameToWire(reader.name().name))
  switch (type) {
    case recordType.NS:
    case recordType.CNAME:
    case recordType.PTR:
    case recordType.DNAME:
      name()
      break
    case recordType.SOA:
      name()
      name()
      break
    case recordType.MX:
      parts.push(reader.bytes(2))
      name()
      break
    case recordType.SRV:
      parts.push(reader.bytes(6))
      name()
      break
    case recordType.RRSIG:
      parts.push(reader.bytes(18))
      name()
      break
    case recordType.NSEC:
      // RFC 6840 §5.1: the next name keeps its case.
      parts.push(reader.name().wire)
      break
    default:
  }
  if (reader.at > end) throw violation('record data too short')
  parts.push(reader.bytes(end - reader.at))
  return Buffer.concat(parts)
}

/** Reads names and numbers with bounds. */
export class Reader {
  readonly #bytes: Buffer
  at: number

  constructor(bytes: Buffer, at = 0) {
    this.#bytes = bytes
    this.at = at
  }

  get isAtEnd(): boolean {
    return this.at >= this.#bytes.length
  }

  bytes(count: number): Buffer {
    if (count < 0 || this.at + count > this.#bytes.length) throw violation('ends too early')
    const taken = this.#bytes.subarray(this.at, this.at + count)
    this.at += count
    return taken
  }

  rest(): Buffer {
    return this.bytes(this.#bytes.length - this.at)
  }

  uint8(): number {
    return this.bytes(1).readUInt8(0)
  }

  uint16(): number {
    return this.bytes(2).readUInt16BE(0)
  }

  uint32(): number {
    return this.bytes(4).readUInt32BE(0)
  }

  /** A name, following compression pointers, which may only lead backwards (RFC 1035 §4.1.4). */
  name(): { name: string; wire: Buffer } {
    const labels: string[] = []
    const wire: Buffer[] = []
    let size = 1
    let resumeAt: number | null = null
    let lowest = this.at
    for (;;) {
      const length = this.uint8()
      if (length === 0) break
      if ((length & 0xc0) === 0xc0) {
        const target = ((length & 0x3f) << 8) | this.uint8()
        resumeAt ??= this.at
        if (target >= lowest) throw violation('compression pointer')
        lowest = target
        this.at = target
        continue
      }
      if (length > 63) throw violation('label')
      const label = this.bytes(length)
      size += length + 1
      if (size > MAXIMUM_NAME_BYTES) throw violation('name too long')
      labels.push(labelFromWire(label))
      wire.push(Buffer.of(length), label)
    }
    if (resumeAt !== null) this.at = resumeAt
    return { name: nameOf(labels), wire: Buffer.concat([...wire, Buffer.of(0)]) }
  }
}

/** The records of one name and type. */
export function recordsOf(records: readonly DnsRecord[], name: string, type: number): readonly DnsRecord[] {
  return records.filter(record => record.type === type && record.name === name)
}

/** How long a negative answer holds (RFC 2308 §5): the smaller of the SOA's TTL and its last field. */
export function negativeTtlSeconds(message: DnsMessage, name: string): number {
  const soa = message.authorities.find(record => record.type === recordType.SOA && isUnder(name, record.name))
  if (!soa || soa.rdata.length < 4) return 0
  return Math.min(soa.ttlSeconds, soa.rdata.readUInt32BE(soa.rdata.length - 4))
}

const violation = (detail: string) =>
  new SiegelError('protocol-violation', { host: 'dns', detail: `DNS: ${detail}` })
