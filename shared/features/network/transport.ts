import { z } from 'zod'

/**
 * How well mail to a domain is protected between providers, best first.
 * - `dane`: proved by DNSSEC: every mail server has usable TLSA records (RFC 7672).
 * - `enforced`: an MTA-STS policy in mode enforce (RFC 8461).
 * - `unknown`: TLS where both sides happen to offer it, or it could not be told.
 * - `none`: no mail can be delivered safely: bogus answers, no such domain, a policy that its own servers break.
 */
export const transportLevelName = z.enum(['dane', 'enforced', 'unknown', 'none'])
export type TransportLevelName = z.infer<typeof transportLevelName>

/** Why a level is what it is. The renderer and the command line have words for each. */
const transportReason = z.enum([
  'dane-published',
  'dane-partial',
  'dane-unusable',
  'sts-enforce',
  'sts-testing',
  'sts-remembered',
  'sts-mx-mismatch',
  'sts-unusable',
  'opportunistic',
  'domain-unsigned',
  'dnssec-bogus',
  /** One of several servers has forged answers and is passed over. */
  'server-bogus',
  'no-such-domain',
  'no-mail-here',
  'lookup-failed',
  'no-resolver',
  'timeout',
  'offline',
  'lookups-off',
  'bad-address',
])
export type TransportReason = z.infer<typeof transportReason>

/** One thing that was looked at. */
const transportEvidence = z.object({
  step: z.enum(['mx', 'address', 'tlsa', 'mta-sts']),
  /** The name that was asked for. */
  subject: z.string().max(300),
  /** Null for what is not DNS. */
  dnssec: z.enum(['secure', 'insecure', 'bogus', 'indeterminate']).nullable(),
  /** One line for the details view. */
  finding: z.string().max(500),
})
export type TransportEvidence = z.infer<typeof transportEvidence>

/** What is known about one domain. */
export const transportLevel = z.object({
  domain: z.string().max(253),
  level: transportLevelName,
  /** True when a better level was seen before and the user has not given it up. */
  dropped: z.boolean(),
  /** The better level seen before; null when there is none. */
  previous: transportLevelName.nullable(),
  reasons: z.array(transportReason).max(20),
  evidence: z.array(transportEvidence).max(200),
  /** The domain's mail servers, where they were found. */
  hosts: z.array(z.string().max(253)).max(20).optional(),
  checkedAtMs: z.number(),
  expiresAtMs: z.number(),
})
export type TransportLevel = z.infer<typeof transportLevel>

/** The level of each address asked for; several of one domain share their answer. */
export const addressTransport = transportLevel.extend({ address: z.string().max(320) })
export type AddressTransport = z.infer<typeof addressTransport>

/** A DNS server that the user chose. */
export const dnsServer = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('tcp'),
    host: z.string().min(1).max(253),
    port: z.number().int().min(1).max(65_535),
  }),
  z.strictObject({
    kind: z.literal('https'),
    host: z.string().min(1).max(253),
    port: z.number().int().min(1).max(65_535),
    path: z
      .string()
      .regex(/^\/[!-~]*$/)
      .max(500),
  }),
])
