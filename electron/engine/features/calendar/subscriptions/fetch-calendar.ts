import { placeText, readCalendarAddress } from '../../../../../shared/features/calendar/subscriptions/address'
import { SiegelError } from '../../../../../shared/kit/result'
import type {
  SubscriptionPlace,
  SubscriptionState,
  SubscriptionStore,
} from '../../../ports/calendar/subscription-store'
import type { FetchedCalendar } from '../../../ports/calendar/subscriptions'
import { limits } from '../../../ports/limits'
import type { GateRequest, NetworkGate } from '../../../ports/net/gate'
import type { HttpAnswer } from '../../../ports/net/http'

/** Redirects that are followed in one try. */
const mostRedirects = 5
const timeoutMs = 60_000
/** Longer ones are no validators, but something to know a reader by. */
const longestValidator = 1_000

/** A way of its own, for which circuits are kept apart by the address. Throws `not-permitted` where the way cannot be read. */
function requestFor(
  { url, route }: Pick<SubscriptionPlace, 'url' | 'route'>,
  place: Readonly<{ host: string; port: number }>,
): GateRequest {
  if (route === null)
    throw new SiegelError('not-permitted', {
      ...place,
      purpose: 'subscription',
      reason: 'route-unreadable',
    })
  const { host, port } = place
  return { accountId: null, purpose: 'subscription', host, port, ownWay: { route, circuit: url } }
}

/** The place that was typed, and those that were agreed to. */
const placesOf = ({ url, follows }: Pick<SubscriptionPlace, 'url' | 'follows'>) =>
  [url, ...follows.map(place => `https://${place}/`)].flatMap(text => {
    const read = readCalendarAddress(text)
    return 'refused' in read ? [] : [{ host: read.host, port: read.port }]
  })

/** What may be asked for a subscription; nothing where its way cannot be read. */
export const requestsFor = (place: Pick<SubscriptionPlace, 'url' | 'follows' | 'route'>): GateRequest[] =>
  place.route === null ? [] : placesOf(place).map(at => requestFor(place, at))

/** What may be asked for all subscriptions. */
export const permittedSubscriptions = (store: Pick<SubscriptionStore, 'list'>): GateRequest[] =>
  store.list().flatMap(requestsFor)

/**
 * Asks an address once. Says nothing but host, path and what the place itself gave to compare with; follows redirects on the place
 * that was typed and to those that were agreed to, which may never be in the network around this machine. Throws the failures of `subscriptions.add`.
 */
export async function fetchCalendar(
  gate: Pick<NetworkGate, 'http'>,
  place: SubscriptionPlace,
  before: SubscriptionState['validators'],
  signal: AbortSignal,
): Promise<FetchedCalendar> {
  const typed = readCalendarAddress(place.url)
  if ('refused' in typed) throw new SiegelError('subscription-address', { reason: typed.refused })
  const endsAtMs = performance.now() + timeoutMs
  let at = typed
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const isTyped = placeText(at) === placeText(typed)
    const known = before?.url === at.url ? before : null
    const answer = await gate.http(
      {
        ...requestFor(place, at),
        ...(isTyped ? {} : { publicOnly: true as const }),
        method: 'GET',
        path: at.path,
        headers: {
          Accept: 'text/calendar, */*;q=0.1',
          ...(known?.etag ? { 'If-None-Match': known.etag } : {}),
          ...(known?.lastModified ? { 'If-Modified-Since': known.lastModified } : {}),
        },
      },
      {
        timeoutMs: Math.max(1, endsAtMs - performance.now()),
        maxBytes: limits.subscriptionBytes,
        compressed: true,
        caPem: place.caPem,
        signal,
      },
    )
    const location = answer.headers.get('location')
    if (isRedirect(answer.status) && location !== undefined) {
      answer.discard()
      at = targetOf(location, at, new Set([placeText(typed), ...place.follows]))
      continue
    }
    if (answer.status === 304 && known !== null) {
      answer.discard()
      return { kind: 'unchanged' }
    }
    if (answer.status !== 200) throw refusalOf(answer, at)
    const bytes = await answer.read()
    if (isPage(bytes)) throw new SiegelError('subscription-page', { host: at.host })
    const [etag, lastModified] = [validator(answer, 'etag'), validator(answer, 'last-modified')]
    const validators = etag === null && lastModified === null ? null : { url: at.url, etag, lastModified }
    return { kind: 'calendar', bytes, validators }
  }
  throw new SiegelError('server-refused', { host: typed.host, detail: 'too many redirects' })
}

const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status)

const validator = ({ headers }: HttpAnswer, name: string): string | null => {
  const value = headers.get(name)
  return value !== undefined && value.length <= longestValidator ? value : null
}

/** Where a redirect leads. Throws `not-permitted` where it leaves TLS, `subscription-moved` where nobody agreed to go. */
function targetOf(location: string, from: { host: string; url: string }, agreed: ReadonlySet<string>) {
  const target = URL.parse(location, from.url)
  const read = target === null ? null : readCalendarAddress(target.href)
  if (read === null || 'refused' in read || target?.protocol !== 'https:')
    throw new SiegelError('not-permitted', {
      host: from.host,
      purpose: 'subscription',
      reason: 'redirect',
      target: location.slice(0, 200),
    })
  const place = placeText(read)
  if (!agreed.has(place)) throw new SiegelError('subscription-moved', { host: from.host, target: place })
  return read
}

/** A page that asks for a login, an excuse, or a whole site, whatever it says that it is. */
function isPage(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 1_000)).toString('latin1')
  return /^(?:\xef\xbb\xbf)?\s*</.test(start)
}

function refusalOf(answer: HttpAnswer, { host }: { host: string }): SiegelError {
  const { status } = answer
  answer.discard()
  if (status === 404 || status === 410)
    return new SiegelError('subscription-gone', { host, detail: `HTTP ${status}` })
  if (status === 401 || status === 403 || status === 407)
    return new SiegelError('subscription-login', { host, detail: `HTTP ${status}` })
  if (status === 429 || status >= 500)
    return new SiegelError('server-unavailable', { host, detail: `HTTP ${status}` })
  return new SiegelError('server-refused', { host, detail: `HTTP ${status}` })
}
