import { domainToASCII } from 'node:url'
import {
  type DiscoveredServer,
  type DiscoveryReport,
  type DiscoverySource,
  discoveredServer,
  emailAddress,
  type LookUpPlaces,
} from '../../../../../shared/features/accounts/model'
import { SiegelError, toFailure } from '../../../../../shared/kit/result'
import { limits } from '../../../ports/limits'
import type { GateRequest, NetworkGate, WayForSetUp } from '../../../ports/net/gate'

/** A server as a provider describes it; `host` and `userName` may hold placeholders such as %EMAILADDRESS%. */
type ServerTemplate = Readonly<{
  protocol: 'imap' | 'smtp'
  host: string
  port: number
  security: 'tls' | 'starttls'
  userName: string
}>

/** Where settings come from without a network, and how providers' documents are read: `features/accounts/discovery/` is the real one. */
type SettingsSources = {
  knownProvider(domain: string): {
    name: string
    hint: string | null
    source: 'preset' | 'ispdb-snapshot'
    evidence: string
    servers: readonly ServerTemplate[]
  } | null
  /** Throws SiegelError for a document that cannot be used. */
  parseAutoconfig(document: Uint8Array): { providerName: string | null; servers: readonly ServerTemplate[] }
}

/** Opens the gate for exactly these requests while something is tried. */
export type TemporaryPermits = {
  permitDuring<T>(requests: readonly GateRequest[], work: () => Promise<T>): Promise<T>
}

export type DiscoveryDeps = Readonly<{
  gate: NetworkGate
  policy: TemporaryPermits
  sources: SettingsSources
}>

const DOCUMENT_TIMEOUT_MS = 8_000
const GUESS_TIMEOUT_MS = 6_000
const MAXIMUM_SERVERS = 20

type Step = DiscoveryReport['steps'][number]
type Found = { servers: DiscoveredServer[]; steps: Step[]; providerName: string | null; hint: string | null }

/**
 * Finds servers for an address: what is known here, then the provider's own document over HTTPS, then SRV records,
 * then guesses tried with a TLS handshake. A later source is asked only for what is still missing, so a known provider
 * costs no look-up at all. Nothing but host names leaves this machine: never the address, never a password. With
 * `localOnly` nobody is asked, and the report names whom a search would ask, by `way`.
 * Throws `bad-address`. Failures of single steps are in the report.
 */
export async function discoverAccount(
  deps: DiscoveryDeps,
  address: string,
  reach: Readonly<{ localOnly: true; way: WayForSetUp } | { localOnly: false }> = { localOnly: false },
): Promise<DiscoveryReport> {
  const parsed = emailAddress.safeParse(address.trim())
  const typed = parsed.success ? parsed.data.slice(parsed.data.lastIndexOf('@') + 1).toLowerCase() : ''
  // `domainToASCII` would take these for the end of the name and cut the rest off.
  const domain = /[/?#%[\]]/.test(typed) ? '' : domainToASCII(typed)
  if (!parsed.success || domain === '' || !domain.includes('.'))
    throw new SiegelError('bad-address', { address: address.slice(0, 320) })

  const report: DiscoveryReport = {
    address: parsed.data,
    providerName: null,
    hint: null,
    imap: [],
    smtp: [],
    steps: [],
    unasked: null,
  }
  const place: Place = { ...deps, address: parsed.data, domain }
  for (const source of [askKnown, askProvider, askSrv, guess]) {
    const missing = { imap: report.imap.length === 0, smtp: report.smtp.length === 0 }
    if (!missing.imap && !missing.smtp) break
    // A provider that has no IMAP at all is an answer too.
    if (report.hint === 'no-imap') break
    if (reach.localOnly && source !== askKnown) {
      report.unasked = placesToAsk(domain, missing, reach.way)
      break
    }
    const found = await source(place, missing)
    report.steps.push(...found.steps)
    report.providerName ??= found.providerName
    report.hint ??= found.hint
    for (const protocol of ['imap', 'smtp'] as const)
      if (missing[protocol])
        report[protocol] = found.servers.filter(one => one.protocol === protocol).slice(0, MAXIMUM_SERVERS)
  }
  return report
}

type Place = DiscoveryDeps & { address: string; domain: string }
type Missing = { imap: boolean; smtp: boolean }

async function askKnown({ sources, address, domain }: Place): Promise<Found> {
  const provider = sources.knownProvider(domain)
  if (!provider) return nothing([step('ispdb-snapshot', domain, 'nothing', 'not in the bundled list')])
  const { name, hint, source, evidence } = provider
  const servers = filled(provider.servers, address, source, evidence)
  return { servers, providerName: name, hint, steps: [step(source, domain, 'found', evidence)] }
}

const pagesOf = (domain: string) => [
  { host: `autoconfig.${domain}`, path: '/mail/config-v1.1.xml' },
  { host: domain, path: '/.well-known/autoconfig/mail/config-v1.1.xml' },
]

/** Many sites move from the bare domain to www; nowhere else may an answer lead. */
const movedPage = (domain: string) => `www.${domain}`

/** The very places that the steps below ask, so that what a person agrees to is what happens. */
function placesToAsk(domain: string, missing: Missing, { overTor, likeAccount }: WayForSetUp): LookUpPlaces {
  return {
    domain,
    way: overTor ? 'tor' : likeAccount === undefined ? 'direct' : 'socks5',
    pages: [...pagesOf(domain).map(({ host }) => host), movedPage(domain)],
    records: recordsOf(domain, missing).map(({ record }) => record),
    guesses: guessesOf(domain, missing).map(({ host, port }) => `${host}:${port}`),
  }
}

/** Asked without the address in the query: the provider need not know who sets up an account before that is decided. */
async function askProvider({ gate, policy, sources, address, domain }: Place): Promise<Found> {
  const documents = pagesOf(domain)
  const request = (host: string): GateRequest => ({ accountId: null, purpose: 'autoconfig', host, port: 443 })
  const permits = [...documents.map(document => request(document.host)), request(movedPage(domain))]
  const answers = await policy.permitDuring(permits, () =>
    Promise.all(
      documents.map(async ({ host, path }) => {
        const url = `https://${host}${path}`
        try {
          const options = {
            timeoutMs: DOCUMENT_TIMEOUT_MS,
            maxBytes: limits.autoconfigBytes,
            accept: 'application/xml, text/xml',
          }
          const { status, body } = await gate.httpsGet({ ...request(host), path }, options)
          if (status !== 200) return nothing([step('provider-autoconfig', url, 'nothing', `HTTP ${status}`)])
          const { providerName, servers } = sources.parseAutoconfig(body)
          const usable = filled(servers, address, 'provider-autoconfig', url)
          const outcome = usable.length > 0 ? 'found' : 'nothing'
          return {
            servers: usable,
            providerName,
            hint: null,
            steps: [step('provider-autoconfig', url, outcome, `${usable.length} servers`)],
          }
        } catch (error) {
          return nothing([step('provider-autoconfig', url, 'failed', wordsOf(error))])
        }
      }),
    ),
  )
  const best = answers.find(answer => answer.servers.length > 0)
  return { ...(best ?? nothing([])), steps: answers.flatMap(answer => answer.steps) }
}

/** RFC 6186 and RFC 8314 §5.1; the services that begin with TLS come first. */
const services = [
  { protocol: 'imap', name: '_imaps._tcp', security: 'tls' },
  { protocol: 'imap', name: '_imap._tcp', security: 'starttls' },
  { protocol: 'smtp', name: '_submissions._tcp', security: 'tls' },
  { protocol: 'smtp', name: '_submission._tcp', security: 'starttls' },
] as const

const recordsOf = (domain: string, missing: Missing) =>
  services
    .filter(service => missing[service.protocol])
    .map(service => ({ ...service, record: `${service.name}.${domain}` }))

async function askSrv({ gate, policy, address, domain }: Place, missing: Missing): Promise<Found> {
  const wanted = recordsOf(domain, missing)
  const permits = wanted.map(
    ({ record }): GateRequest => ({ accountId: null, purpose: 'dns', host: record, port: 53 }),
  )
  const answers = await policy.permitDuring(permits, () =>
    Promise.all(
      wanted.map(async service => {
        const { record: name } = service
        try {
          const records = await gate.resolveSrv(name, null)
          // "." says that the service is not offered (RFC 6186 §3.4).
          const usable = records.filter(record => record.host !== '' && record.host !== '.')
          usable.sort((a, b) => a.priority - b.priority || b.weight - a.weight)
          const templates = usable.map(({ host, port }) => ({
            ...service,
            host: host.replace(/\.$/, ''),
            port,
            userName: '%EMAILADDRESS%',
          }))
          const servers = filled(templates, address, 'srv', name)
          const detail = servers.map(one => `${one.endpoint.host}:${one.endpoint.port}`).join(' ')
          return {
            ...nothing([step('srv', name, servers.length > 0 ? 'found' : 'nothing', detail)]),
            servers,
          }
        } catch (error) {
          return nothing([step('srv', name, 'failed', wordsOf(error))])
        }
      }),
    ),
  )
  return {
    ...nothing(answers.flatMap(answer => answer.steps)),
    servers: answers.flatMap(answer => answer.servers),
  }
}

/** Usual names on the ports that begin with TLS. */
const guessesOf = (domain: string, missing: Missing) => [
  ...(missing.imap ? [`imap.${domain}`, `mail.${domain}`, domain] : []).map(host => ({
    protocol: 'imap' as const,
    host,
    port: 993,
  })),
  ...(missing.smtp ? [`smtp.${domain}`, `mail.${domain}`, domain] : []).map(host => ({
    protocol: 'smtp' as const,
    host,
    port: 465,
  })),
]

/** A handshake with a good certificate is the whole test. */
async function guess({ gate, policy, address, domain }: Place, missing: Missing): Promise<Found> {
  const candidates = guessesOf(domain, missing)
  const request = ({ protocol, host, port }: (typeof candidates)[number]): GateRequest => ({
    accountId: null,
    purpose: protocol,
    host,
    port,
  })
  const answers = await policy.permitDuring(candidates.map(request), () =>
    Promise.all(
      candidates.map(async candidate => {
        const target = `${candidate.host}:${candidate.port}`
        try {
          const trust = { serverName: candidate.host, caPem: null }
          const socket = await gate.dialTls(request(candidate), trust, { timeoutMs: GUESS_TIMEOUT_MS })
          socket.stream.destroy()
          const template = { ...candidate, security: 'tls' as const, userName: '%EMAILADDRESS%' }
          return {
            ...nothing([step('guess', target, 'found', socket.tls?.version ?? '')]),
            servers: filled([template], address, 'guess', target),
          }
        } catch (error) {
          return nothing([step('guess', target, 'failed', wordsOf(error))])
        }
      }),
    ),
  )
  return {
    ...nothing(answers.flatMap(answer => answer.steps)),
    servers: answers.flatMap(answer => answer.servers),
  }
}

/** Templates with this address in them; what does not make a valid server is left out. */
function filled(
  templates: readonly ServerTemplate[],
  address: string,
  source: DiscoverySource,
  evidence: string,
): DiscoveredServer[] {
  const at = address.lastIndexOf('@')
  const fill = (text: string) =>
    text
      .replaceAll('%EMAILADDRESS%', address)
      .replaceAll('%EMAILLOCALPART%', address.slice(0, at))
      .replaceAll('%EMAILDOMAIN%', address.slice(at + 1))
  return templates.flatMap(({ protocol, host, port, security, userName }) => {
    const endpoint = { host: fill(host).toLowerCase(), port, security }
    const server = discoveredServer.safeParse({
      protocol,
      endpoint,
      userName: fill(userName),
      source,
      evidence: evidence.slice(0, 500),
    })
    return server.success && !server.data.endpoint.host.includes('%') ? [server.data] : []
  })
}

const nothing = (steps: Step[]): Found => ({ servers: [], steps, providerName: null, hint: null })

const step = (source: DiscoverySource, target: string, outcome: Step['outcome'], detail: string): Step => ({
  source,
  target: target.slice(0, 500),
  outcome,
  detail: detail.slice(0, 500),
})

function wordsOf(error: unknown): string {
  const { code, params } = toFailure(error)
  const more = params['reason'] ?? params['detail']
  return more === undefined ? code : `${code}: ${more}`
}
