import { createHash, X509Certificate } from 'node:crypto'
import { davPresetFor } from '../../../shared/features/accounts/dav-places'
import type {
  AccountSummary,
  DavService,
  MailService,
  ServerEndpoint,
  XmppService,
} from '../../../shared/features/accounts/model'
import {
  hostsOf,
  isLocal,
  mailServiceOf,
  placesOf,
  servicesOf,
} from '../../../shared/features/accounts/services'
import type { AccountRoute } from '../../../shared/features/network/model'
import type { CallOutput } from '../../../shared/ipc/contract'
import type { PageReason } from '../../../shared/ipc/page-question'
import type { Result } from '../../../shared/kit/result'
import { ask, type CallGuards, type GuardParts, mustConfirm } from './guard'

/** IMAP and submission with and without TLS from the start (RFC 8314 §3.2, RFC 6409), and what providers use beside them. */
const mailPorts: ReadonlySet<number> = new Set([143, 993, 25, 465, 587, 2525])

/** XMPP with STARTTLS and with TLS from the start (RFC 6120 §14.7, XEP-0368), and where firewalls let through nothing else. */
const chatPorts: ReadonlySet<number> = new Set([5222, 5223, 443])

/** So many tries in so long a time need no word: a person who types does not come near. */
const FREE_TRIES = 10
const PERIOD_MS = 10 * 60_000
/** Consent to be seen while setting up holds for one sitting. */
const SITTING_MS = 10 * 60_000

type Configured = Pick<AccountSummary, 'config'>
type Reach = 'direct' | 'hidden'

/**
 * Set-up can be aimed at any place, so a hostile page could look around in networks or say things to strangers. Without a
 * question it goes the strictest way in use, to ports of mail and public places, and not often; what was reached by a test
 * may be added. Everything else is asked in a window of main's own, with the places.
 */
export function setUpGuards({
  confirm,
  callEngine,
  now,
}: GuardParts & Readonly<{ now: () => number }>): Pick<
  CallGuards,
  | 'accounts.discover'
  | 'accounts.test'
  | 'accounts.findDav'
  | 'accounts.tryDav'
  | 'accounts.addDav'
  | 'accounts.tryXmpp'
  | 'accounts.addXmpp'
  | 'accounts.removeService'
  | 'accounts.add'
  | 'accounts.update'
  | 'accounts.remove'
  | 'certificates.unpin'
> {
  const agreedPlaces = new Set<string>()
  const agreedPrivate = new Set<string>()
  const agreedAuthorities = new Set<string>()
  let tries: number[] = []
  let mayBeSeenUntilMs = 0

  const accounts = () => ask(callEngine, 'accounts.list', {})
  const stored = async (accountId: string | null) => (await accounts()).find(({ id }) => id === accountId)
  const isHiddenInUse = async (): Promise<boolean> => {
    const { settings, accounts: all } = await ask(callEngine, 'net.status', {})
    return settings.forEverything || all.some(({ route }) => route.kind !== 'direct')
  }
  const directReasons = async (reach: Reach): Promise<PageReason[]> =>
    reach === 'direct' && now() > mayBeSeenUntilMs && (await isHiddenInUse()) ? ['direct'] : []
  const oftenReasons = (): PageReason[] => {
    tries = tries.filter(each => each > now() - PERIOD_MS)
    return tries.length >= FREE_TRIES ? ['often'] : []
  }
  const isNewAuthority = async (caPem: string): Promise<boolean> => {
    if (agreedAuthorities.has(caPem)) return false
    const known = (await accounts()).some(account => authoritiesOf(account).includes(caPem))
    return !known
  }
  const authorityReasons = async (wanted: Configured): Promise<PageReason[]> => {
    for (const caPem of authoritiesOf(wanted)) if (await isNewAuthority(caPem)) return ['authority']
    return []
  }
  const agree = (reasons: readonly PageReason[], wanted: Configured | null): void => {
    if (reasons.includes('often')) tries = []
    if (reasons.includes('direct')) mayBeSeenUntilMs = now() + SITTING_MS
    if (!wanted) return
    for (const caPem of authoritiesOf(wanted)) agreedAuthorities.add(caPem)
    for (const place of namesOfPlaces(wanted)) agreedPlaces.add(place)
  }
  /** Asks when there is a reason, and remembers the yes. */
  const settle = async (reasons: readonly PageReason[], wanted: Configured | null, lines: string[]) => {
    if (reasons.length === 0) return
    await mustConfirm(confirm, { kind: 'set-up', reasons, lines })
    agree(reasons, wanted)
  }

  /** One try at the servers of a service that is nobody's yet; `call` is told whether it may lead into the network around this machine. */
  const tryAt = async <T>(
    wanted: Configured,
    usualPorts: ReadonlySet<number>,
    overTor: boolean | undefined,
    call: (publicOnly: boolean) => Promise<Result<T>>,
  ): Promise<Result<T>> => {
    const isOddPort = ({ host, port }: ServerEndpoint) =>
      !usualPorts.has(port) && !agreedPlaces.has(placeOf({ host, port }))
    const reasons: PageReason[] = [
      ...(await directReasons(reachOf(overTor))),
      ...oftenReasons(),
      ...(allPlaces(wanted).some(isOddPort) ? (['port'] as const) : []),
      ...(await authorityReasons(wanted)),
    ]
    await settle(reasons, wanted, describe(wanted))
    tries.push(now())
    const places = namesOfPlaces(wanted)
    const isPrivateAgreed = places.every(place => agreedPrivate.has(place))
    const answer = await call(!isPrivateAgreed)
    const isPrivate =
      !answer.ok &&
      answer.error.code === 'not-permitted' &&
      answer.error.params['reason'] === 'private-address'
    if (isPrivate && !isPrivateAgreed) {
      await mustConfirm(confirm, { kind: 'set-up', reasons: ['private'], lines: places })
      for (const place of places) agreedPrivate.add(place)
      const again = await call(false)
      if (again.ok) for (const place of places) agreedPlaces.add(place)
      return again
    }
    if (answer.ok) for (const place of places) agreedPlaces.add(place)
    return answer
  }
  /** Before a service that was or was not tried becomes one of an account. */
  const agreeToAdd = async (
    wanted: Configured,
    { accountId, route }: Readonly<{ accountId: string; route?: AccountRoute | undefined }>,
  ): Promise<void> => {
    const reasons: PageReason[] = [
      ...(namesOfPlaces(wanted).some(place => !agreedPlaces.has(place)) ? (['untested'] as const) : []),
      ...(route?.kind === 'socks5' ? (['proxy'] as const) : []),
      ...(await directReasons(route === undefined || route.kind === 'tor' ? 'hidden' : 'direct')),
      ...(await authorityReasons(wanted)),
    ]
    const address = (await stored(accountId))?.config.address ?? ''
    await settle(reasons, wanted, [address, ...describe(wanted), ...proxyOf(route)])
  }

  return {
    async 'accounts.discover'(input) {
      // What this machine knows is told without anyone being asked.
      if (input.localOnly) return callEngine('accounts.discover', input)
      const reasons = [...(await directReasons(reachOf(input.overTor))), ...oftenReasons()]
      await settle(reasons, null, [input.address.slice(input.address.lastIndexOf('@') + 1)])
      tries.push(now())
      return callEngine('accounts.discover', { ...input, publicOnly: true })
    },

    async 'accounts.test'(input) {
      const { mail } = input
      const wanted = withMail(mail)
      const before = mailServiceOf(await stored(input.accountId))
      if (before && sameTrust(withMail(before), wanted) && input.overTor !== false)
        return callEngine('accounts.test', { ...input, publicOnly: false })
      const isOddPort = ({ host, port }: ServerEndpoint) =>
        !mailPorts.has(port) && !agreedPlaces.has(placeOf({ host, port }))
      const reasons: PageReason[] = [
        ...(await directReasons(reachOf(input.overTor))),
        ...oftenReasons(),
        ...([mail.imap, mail.smtp].some(isOddPort) ? (['port'] as const) : []),
        ...(await authorityReasons(wanted)),
      ]
      await settle(reasons, wanted, describe(wanted))
      tries.push(now())
      const isPrivateAgreed = namesOfPlaces(wanted).every(place => agreedPrivate.has(place))
      const answer = await callEngine('accounts.test', { ...input, publicOnly: !isPrivateAgreed })
      const hidden = answer.ok ? privatePlaces(answer.value) : []
      if (hidden.length === 0) {
        if (answer.ok) for (const place of reachedPlaces(answer.value)) agreedPlaces.add(place)
        return answer
      }
      await mustConfirm(confirm, { kind: 'set-up', reasons: ['private'], lines: hidden })
      for (const place of hidden) agreedPrivate.add(place)
      for (const place of namesOfPlaces(wanted)) agreedPlaces.add(place)
      return callEngine('accounts.test', { ...input, publicOnly: false })
    },

    async 'accounts.findDav'(input) {
      // Of an address that was pasted, or is known here, nobody is asked.
      if (/^https?:/i.test(input.place.trim()) || davPresetFor(input.place) !== null)
        return callEngine('accounts.findDav', input)
      const reasons = [...(await directReasons(reachOf(input.overTor))), ...oftenReasons()]
      await settle(reasons, null, [input.place.slice(input.place.lastIndexOf('@') + 1).slice(0, 300)])
      tries.push(now())
      return callEngine('accounts.findDav', { ...input, publicOnly: true })
    },

    'accounts.tryDav': input =>
      tryAt(withDav(input.dav), new Set([443]), input.overTor, publicOnly =>
        callEngine('accounts.tryDav', { ...input, publicOnly }),
      ),

    'accounts.tryXmpp': input =>
      tryAt(withXmpp(input.xmpp), chatPorts, input.overTor, publicOnly =>
        callEngine('accounts.tryXmpp', { ...input, publicOnly }),
      ),

    async 'accounts.addDav'(input) {
      await agreeToAdd(withDav(input.dav), input)
      return callEngine('accounts.addDav', input)
    },

    async 'accounts.addXmpp'(input) {
      await agreeToAdd(withXmpp(input.xmpp), input)
      return callEngine('accounts.addXmpp', input)
    },

    async 'accounts.removeService'(input) {
      const account = await stored(input.accountId)
      const lines = [account ? nameOf(account) : '', ...(account ? hostsOf(account, input.service) : [])]
      await mustConfirm(confirm, { kind: 'service-removed', reasons: [], lines })
      return callEngine('accounts.removeService', input)
    },

    async 'accounts.add'(input) {
      const { config, route } = input
      if (isLocal(input)) return callEngine('accounts.add', input)
      const isNew = namesOfPlaces(input).some(place => !agreedPlaces.has(place))
      const reasons: PageReason[] = [
        ...(isNew ? (['untested'] as const) : []),
        ...(route?.kind === 'socks5' ? (['proxy'] as const) : []),
        ...(await directReasons(route === undefined || route.kind === 'tor' ? 'hidden' : 'direct')),
        ...(await authorityReasons(input)),
      ]
      await settle(reasons, input, [config.address, ...describe(input), ...proxyOf(route)])
      return callEngine('accounts.add', input)
    },

    async 'accounts.update'(input) {
      const before = await stored(input.accountId)
      if (!before || isLocal(input)) return callEngine('accounts.update', input)
      const isElsewhere = JSON.stringify(allPlaces(before)) !== JSON.stringify(allPlaces(input))
      const reasons: PageReason[] = [
        ...(isElsewhere ? (['other-servers'] as const) : []),
        ...(await authorityReasons(input)),
      ]
      await settle(reasons, input, [before.config.address, ...describe(input)])
      return callEngine('accounts.update', input)
    },

    async 'certificates.unpin'(input) {
      const lines = [`${input.host}:${input.port}`, input.fingerprint256]
      await mustConfirm(confirm, { kind: 'certificate-unpinned', reasons: [], lines })
      return callEngine('certificates.unpin', input)
    },

    async 'accounts.remove'(input) {
      const account = await stored(input.accountId)
      if (account && !account.sample)
        await mustConfirm(confirm, { kind: 'account-removed', reasons: [], lines: [nameOf(account)] })
      return callEngine('accounts.remove', input)
    },
  }
}

const reachOf = (overTor: boolean | undefined): Reach => (overTor === false ? 'direct' : 'hidden')
const placeOf = ({ host, port }: { host: string; port: number }) => `${host.toLowerCase()}:${port}`
const allPlaces = (account: Configured) =>
  servicesOf(account).flatMap(service => placesOf(account, service).map(({ server }) => server))
/** Where the services of an account lead, onion names included. */
const namesOfPlaces = (account: Configured): string[] =>
  allPlaces(account).flatMap(({ host, port, onion }) => [
    placeOf({ host, port }),
    ...(onion === undefined ? [] : [placeOf({ host: onion, port })]),
  ])
const authoritiesOf = (account: Configured): string[] =>
  servicesOf(account).flatMap(service => account.config.services[service]?.caPem ?? [])
const sameTrust = (before: Configured, wanted: Configured) =>
  JSON.stringify([namesOfPlaces(before), authoritiesOf(before)]) ===
  JSON.stringify([namesOfPlaces(wanted), authoritiesOf(wanted)])
/** A mail service that is tried, before it is anybody's. */
const withMail = (mail: MailService): Configured => ({
  config: { address: '', displayName: '', services: { mail } },
})
/** The same of a chat. */
const withXmpp = (xmpp: XmppService): Configured => ({
  config: { address: '', displayName: '', services: { xmpp } },
})
/** The same of a server of calendars and contacts. */
const withDav = (dav: DavService): Configured => ({
  config: { address: '', displayName: '', services: { dav } },
})
const nameOf = ({ config }: AccountSummary) => config.address

function describe(account: Configured): string[] {
  return [...namesOfPlaces(account), ...authoritiesOf(account).flatMap(authoritiesIn)]
}

/** Who is to be believed, by its own name and the SHA-256 of each certificate. */
function authoritiesIn(caPem: string): string[] {
  const blocks = caPem.match(/-----BEGIN [A-Z0-9 ]+-----[^-]+-----END [A-Z0-9 ]+-----/g) ?? []
  return blocks.slice(0, 5).map(block => {
    try {
      const { subject, fingerprint256 } = new X509Certificate(block)
      return `${subject.replaceAll('\n', ', ')}, SHA-256 ${fingerprint256}`
    } catch {
      return `SHA-256 ${createHash('sha256').update(block).digest('hex')}`
    }
  })
}

const proxyOf = (route: AccountRoute | undefined): string[] =>
  route?.kind === 'socks5' ? [`SOCKS ${route.host}:${route.port}`] : []

type Report = CallOutput<'accounts.test'>

/** Places that the gate refused because they lie in the network around this machine. */
function privatePlaces(report: Report): string[] {
  return [report.imap, report.smtp]
    .filter(({ steps }) =>
      steps.some(({ code, detail }) => code === 'not-permitted' && detail.includes('private-address')),
    )
    .map(({ endpoint }) => placeOf(endpoint))
}

const reachedPlaces = (report: Report): string[] =>
  [report.imap, report.smtp]
    .filter(({ steps }) => steps.some(({ step, outcome }) => step === 'port' && outcome === 'ok'))
    .flatMap(({ endpoint }) => [
      placeOf(endpoint),
      ...(endpoint.onion === undefined ? [] : [placeOf({ host: endpoint.onion, port: endpoint.port })]),
    ])
