/** The record types that are asked for or read (IANA DNS parameters). */
export const recordType = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  DNAME: 39,
  OPT: 41,
  DS: 43,
  RRSIG: 46,
  NSEC: 47,
  DNSKEY: 48,
  NSEC3: 50,
  TLSA: 52,
} as const

const names = new Map<number, string>(Object.entries(recordType).map(([name, number]) => [number, name]))

/** A type in words, for evidence. */
export const typeText = (type: number): string => names.get(type) ?? `TYPE${type}`
