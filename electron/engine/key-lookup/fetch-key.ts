import type { KeyLookupStep } from '../../../shared/features/keys/model'
import type { AccountId } from '../../../shared/kit/ids'
import { SiegelError, toFailure } from '../../../shared/kit/result'
import type { KeyLookupAnswer } from '../ports/keys/openpgp'
import { limits } from '../ports/limits'
import type { GateRequest, NetworkGate } from '../ports/net/gate'

/** What a look-up needs of the network. */
export type KeyLookupDeps = Readonly<{
  gate: Pick<NetworkGate, 'httpsGet'>
  /** Permits exactly these requests until the work is settled. */
  permitDuring: <T>(requests: readonly GateRequest[], work: () => Promise<T>) => Promise<T>
  /** Judged by its form before it is asked; the gate judges the address a name leads to. */
  isPublicHost: (host: string) => boolean
  timeoutMs?: number
}>

/** A person waits for this, and a directory that is slower has no key for a mail that is being written. */
const usualTimeoutMs = 10_000
/** Redirects that are followed, each to an HTTPS place on a public host. */
const maxRedirects = 3

type Place = Readonly<{
  source: KeyLookupStep['source']
  host: string
  path: string
  accountId: AccountId | null
  follows: boolean
}>

/** Fetches one place. Each hop is permitted alone, for as long as it lasts; what goes wrong is said in the step. */
export async function fetchKey(
  deps: KeyLookupDeps,
  place: Place,
  signal?: AbortSignal,
): Promise<KeyLookupAnswer & { unreachable: boolean }> {
  const end = (
    outcome: KeyLookupStep['outcome'],
    detail: string,
    bytes: Uint8Array | null = null,
    unreachable = false,
  ) => ({
    step: {
      source: place.source,
      target: `https://${place.host}${place.path}`.slice(0, 500),
      outcome,
      detail: detail.slice(0, 500),
    },
    host: place.host,
    bytes,
    unreachable,
  })
  try {
    const { status, body } = await followed(deps, place, signal)
    if (status === 404 || status === 410) return end('nothing', `HTTP ${status}`)
    if (status !== 200) return end('failed', `HTTP ${status}`)
    if (body.length === 0) return end('nothing', 'empty')
    // A page in the place of a key: a portal, or a server that answers every path alike.
    if (/^\s*</.test(Buffer.from(body.subarray(0, 100)).toString('latin1'))) return end('nothing', 'html')
    return end('found', '', body)
  } catch (error) {
    const { code, params } = toFailure(error)
    const why = params['reason'] ?? params['detail']
    const detail = why === undefined ? code : `${code}: ${why}`
    const refused = code === 'not-permitted' || code === 'too-large'
    return end(refused ? 'refused' : 'failed', detail, null, !refused && unreachableCodes.has(code))
  }
}

/** No answer of the host itself: it may not exist at all. Through a proxy that is all that can be known of it. */
const unreachableCodes: ReadonlySet<string> = new Set([
  'name-unresolved',
  'connection-refused',
  'proxy-failed',
  'certificate-refused',
  'tls-failed',
])

async function followed(deps: KeyLookupDeps, first: Place, signal: AbortSignal | undefined) {
  const endsAtMs = performance.now() + (deps.timeoutMs ?? usualTimeoutMs)
  let target = { host: first.host, port: 443, path: first.path }
  for (let redirects = 0; ; redirects++) {
    if (target.port !== 443 || !deps.isPublicHost(target.host))
      throw new SiegelError('not-permitted', { host: target.host.slice(0, 253), reason: 'private-address' })
    const { host, port, path } = target
    const request: GateRequest = { accountId: first.accountId, purpose: 'key-lookup', host, port }
    const answer = await deps.permitDuring([request], () =>
      deps.gate.httpsGet(
        { ...request, path },
        {
          timeoutMs: Math.max(1, endsAtMs - performance.now()),
          maxBytes: limits.keyLookupBytes,
          accept: 'application/octet-stream',
          reportRedirect: 'as-it-is',
          ...(signal ? { signal } : {}),
        },
      ),
    )
    if (answer.redirect === undefined) return answer
    if (!first.follows || redirects === maxRedirects)
      throw new SiegelError('not-permitted', { host, reason: 'redirect' })
    target = answer.redirect
  }
}
