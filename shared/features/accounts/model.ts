import { z } from 'zod'
import { accountId } from '../../kit/ids'

/** How the TLS session begins. There is no clear-text choice (RFC 8314). */
const connectionSecurity = z.enum(['tls', 'starttls'])
export type ConnectionSecurity = z.infer<typeof connectionSecurity>

/** A host name, IP literal or onion address as the user or a provider wrote it; at most 253 octets (RFC 1035). */
export const hostName = z
  .string()
  .min(1)
  .max(253)
  .regex(/^[^\s/@:\\?#]+$|^\[?[0-9a-fA-F:.]+\]?$/)

/** A version 3 onion address with its own subdomains allowed (RFC 7686; rend-spec-v3 §6). */
export const onionName = z
  .string()
  .max(253)
  .regex(/^([a-z0-9-]+\.)*[a-z2-7]{56}\.onion$/)

/** One server: where and how. */
const serverEndpoint = z.object({
  host: hostName,
  port: z.number().int().min(1).max(65535),
  security: connectionSecurity,
  /** The provider's onion service for this server (Tor v3 address), dialled instead of `host` where the account goes
   * through Tor; TLS is still checked against `host`. */
  onion: onionName.optional(),
})
export type ServerEndpoint = z.infer<typeof serverEndpoint>

export const emailAddress = z
  .string()
  .min(3)
  .max(320)
  .regex(/^[^\s@<>(),;:"\\]+@[^\s@<>(),;:"\\]+$/)

export const sentCopies = z.enum(['automatic', 'always', 'never'])
export type SentCopies = z.infer<typeof sentCopies>

const ofAnyService = {
  /** As whom the account signs in there. */
  userName: z.string().min(1).max(320),
  /** Adds certificate authorities for the servers of this service only (test and company CAs). */
  caPem: z.string().max(200_000).nullable(),
  /** Switched off: kept as it is, and nothing is dialled for it. Absent: on. */
  isOff: z.literal(true).optional(),
}

/** Mail by IMAP and submission. */
export const mailService = z.object({
  ...ofAnyService,
  imap: serverEndpoint,
  smtp: serverEndpoint,
  /**
   * Copies of sent mail. `automatic`: one is filed, and taken away where the provider files its own. `always`: one is
   * filed, whatever the provider does. `never`: the provider alone. Absent: automatic.
   */
  sentCopies: sentCopies.optional(),
})
export type MailService = z.infer<typeof mailService>

/** `https://` host, port, path. Groups: host, port. No name or password may stand in it. */
export const davUrlForm = /^https:\/\/(\[[0-9a-f:.]+\]|[^\s/@:\\?#[\]]+)(?::(\d{1,5}))?(?:\/[^\s#]*)?$/i

/** A place where DAV is spoken, inside TLS always. */
const davUrl = z.string().max(2_000).regex(davUrlForm)

/** Calendars and address books by CalDAV (RFC 4791) and CardDAV (RFC 6352). */
export const davService = z.object({
  ...ofAnyService,
  /** Where everything is found from: a place, a principal, or one collection. */
  url: davUrl,
  /** Addresses of collections that are not wanted here. Absent: all are. */
  leftOut: z.array(z.string().min(1).max(2_000)).max(500).optional(),
})
export type DavService = z.infer<typeof davService>

/** Chat by XMPP (RFC 6120). `userName` is the Jabber address, without a resource. */
export const xmppService = z.object({
  ...ofAnyService,
  userName: emailAddress,
  /** Where to connect. Absent: where the domain of the address says (RFC 6120 §3.2, XEP-0368). */
  server: serverEndpoint.optional(),
  /** The password itself may be sent, inside TLS, to a server that knows nothing better and never did. Absent: never. */
  allowsPlain: z.literal(true).optional(),
})
export type XmppService = z.infer<typeof xmppService>

/**
 * What an account may have. A further kind is one line here; `services.ts` then does not compile until it says where the
 * servers of that kind are. Password and way of each are not in it: they are kept by kind, and no face reads a password.
 */
const accountServices = z.strictObject({
  mail: mailService.optional(),
  dav: davService.optional(),
  xmpp: xmppService.optional(),
})
export type AccountServices = z.infer<typeof accountServices>

export const serviceKind = accountServices.keyof()
export type ServiceKind = z.infer<typeof serviceKind>

/** The addresses of accounts that live on this machine only: the prefix of their folders on the command line. */
const localAddress = z.enum(['local', 'sample'])

/** Whose an account is and what it has. One without services is on this machine only, and no other one is. */
export const accountConfig = z
  .object({
    address: z.union([emailAddress, localAddress]),
    displayName: z.string().max(200),
    services: accountServices,
  })
  .refine(
    ({ address, services }) =>
      localAddress.safeParse(address).success ===
      Object.values(services).every(service => service === undefined),
    { path: ['address'], message: 'an account has servers, and only "local" and "sample" have none' },
  )
export type AccountConfig = z.infer<typeof accountConfig>

/** What a service of an account is doing now; `off`: it is switched off. `reason` is set for every state that needs the user. */
export const accountState = z.enum([
  'idle',
  'connecting',
  'syncing',
  'watching',
  'offline',
  'waiting',
  'error',
  'off',
])

export const accountSummary = z.object({
  id: accountId,
  config: accountConfig,
  /** True for the sample mailbox of the welcome screen. */
  sample: z.boolean(),
  signature: z.string().max(20_000),
  order: z.number().int(),
  /** True once the provider was seen to file copies of sent mail by itself. */
  filesSentMail: z.boolean().optional(),
})
export type AccountSummary = z.infer<typeof accountSummary>

/** Where a proposed setting came from, most trusted first. */
const discoverySource = z.enum(['preset', 'ispdb-snapshot', 'provider-autoconfig', 'srv', 'guess', 'manual'])
export type DiscoverySource = z.infer<typeof discoverySource>

export const discoveredServer = z.object({
  protocol: z.enum(['imap', 'smtp']),
  endpoint: serverEndpoint,
  userName: z.string().max(320),
  source: discoverySource,
  /** Where exactly: a URL, an SRV name, or a snapshot entry. Shown to the user. */
  evidence: z.string().max(500),
})
export type DiscoveredServer = z.infer<typeof discoveredServer>

const discoveryStep = z.object({
  source: discoverySource,
  target: z.string().max(500),
  outcome: z.enum(['found', 'nothing', 'failed']),
  detail: z.string().max(500),
})

/** Whom a search asks that goes further than this machine; nobody else is asked. */
const lookUpPlaces = z.object({
  domain: z.string().max(253),
  way: z.enum(['direct', 'tor', 'socks5']),
  /** Hosts that are asked over HTTPS for the provider's own document. */
  pages: z.array(z.string().max(300)).max(5),
  /** Names of SRV records (RFC 6186), looked up when no page names the servers. */
  records: z.array(z.string().max(300)).max(5),
  /** `host:port`, tried with a TLS handshake when neither does. */
  guesses: z.array(z.string().max(300)).max(10),
})
export type LookUpPlaces = z.infer<typeof lookUpPlaces>

/** What a chat server let us find when we signed in. */
export const xmppReport = z.object({
  host: z.string(),
  port: z.number().int(),
  security: connectionSecurity,
  tls: z.object({ version: z.string(), cipher: z.string() }),
  /** The full address that was given. */
  jid: z.string(),
  /** Of the server, as it names them: archive, carbons, blocking ... */
  features: z.array(z.string()),
  canResume: z.boolean(),
})
export type XmppReport = z.infer<typeof xmppReport>

export const discoveryReport = z.object({
  address: emailAddress,
  providerName: z.string().max(200).nullable(),
  /** A hint key of the provider that the interface words, e.g. 'mailbox.org-app-password'. */
  hint: z.string().max(100).nullable(),
  imap: z.array(discoveredServer).max(20),
  smtp: z.array(discoveredServer).max(20),
  steps: z.array(discoveryStep).max(50),
  /** What was left unasked as only this machine was to be searched, and something is missing; null otherwise. */
  unasked: lookUpPlaces.nullable(),
})
export type DiscoveryReport = z.infer<typeof discoveryReport>

const davStep = z.object({
  target: z.string(),
  outcome: z.enum(['found', 'nothing', 'failed']),
  /** For people who look closer: an address, a status, a code. */
  detail: z.string(),
})

/** Where DAV may be spoken for an address, found without anybody's name, and what was asked. */
export const davPlaces = z.object({
  places: z.array(
    z.object({
      url: z.string(),
      source: z.enum(['pasted', 'preset', 'srv', 'well-known']),
      evidence: z.string(),
    }),
  ),
  steps: z.array(davStep),
})

/** What an account has at its DAV server, found with its name. */
export const davReport = z.object({
  principal: z.string().nullable(),
  /** By which calendars know the person, `mailto:` left out. */
  addresses: z.array(z.string()),
  collections: z.array(
    z.object({
      url: z.string(),
      kind: z.enum(['calendar', 'contacts']),
      name: z.string(),
      colour: z.string().nullable(),
      /** The principal whose it is, where that is somebody else. */
      owner: z.string().nullable(),
      isReadOnly: z.boolean(),
      /** The server sends invitations itself. */
      schedules: z.boolean(),
    }),
  ),
  steps: z.array(davStep),
})

/** Why a certificate was refused, in the terms of RFC 5280. */
export const certificateProblem = z.object({
  host: hostName,
  port: z.number().int(),
  reason: z.enum([
    'expired',
    'not-yet-valid',
    'self-signed',
    'unknown-issuer',
    'wrong-host',
    'revoked',
    /** A signature that could be forged. */
    'weak',
    /** A key that could be computed: no pin helps. */
    'weak-key',
    /** Issued for something else than servers. */
    'wrong-purpose',
    'other',
  ]),
  detail: z.string().max(500),
  /** SHA-256 over the DER certificate, lower-case hex pairs joined by colons. */
  fingerprint256: z.string().max(100),
  subject: z.string().max(500),
  issuer: z.string().max(500),
  names: z.array(z.string().max(300)).max(50),
  validFrom: z.string().max(50),
  validTo: z.string().max(50),
})
export type CertificateProblem = z.infer<typeof certificateProblem>

/** The steps of a connection test, in the order they happen. */
const connectionTestStep = z.object({
  step: z.enum(['name', 'port', 'tls', 'certificate', 'login', 'capability']),
  outcome: z.enum(['ok', 'failed', 'skipped']),
  /** Error code of `shared/kit/result.ts` when failed. */
  code: z.string().max(60).nullable(),
  detail: z.string().max(1000),
})

const serverTestReport = z.object({
  protocol: z.enum(['imap', 'smtp']),
  endpoint: serverEndpoint,
  ok: z.boolean(),
  steps: z.array(connectionTestStep).max(10),
  certificate: certificateProblem.nullable(),
  tls: z.object({ version: z.string().max(20), cipher: z.string().max(80) }).nullable(),
  capabilities: z.array(z.string().max(100)).max(200),
})
export type ServerTestReport = z.infer<typeof serverTestReport>

export const connectionTestReport = z.object({
  ok: z.boolean(),
  imap: serverTestReport,
  smtp: serverTestReport,
})
export type ConnectionTestReport = z.infer<typeof connectionTestReport>
