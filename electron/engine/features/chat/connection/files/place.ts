import type { AccountId } from '../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../shared/kit/result'
import type { GateRequest, NetworkGate } from '../../../../ports/net/gate'

/** Larger ones are sent by other means; they are held whole while they are sealed. */
export const largestFileBytes = 100_000_000
/** Behind the content of a file that is sealed (XEP-0454). */
export const sealBytes = 16
export const fileTimes = { timeoutMs: 600_000, idleTimeoutMs: 60_000 } as const

export type FileParts = Readonly<{
  gate: Pick<NetworkGate, 'http'>
  permitDuring: <T>(requests: readonly GateRequest[], work: () => Promise<T>) => Promise<T>
  isPublicHost: (host: string) => boolean
  /** Authorities of the account's own service, PEM. */
  caOf: (accountId: AccountId) => string | null
  /** The host that a person named as the account's own server; null where it is found by its domain. */
  ownHostOf: (accountId: AccountId) => string | null
}>

const isThisMachine = (host: string | undefined): boolean =>
  host !== undefined && /^(localhost|127(\.\d{1,3}){3}|::1)$/.test(host)

type Place = Readonly<{ request: GateRequest; path: string }>

/**
 * Where a file lies; throws `chat-file-place` for what is not fetched or put: no TLS, a private network, a name in the address. A host of a
 * private network is asked only where a person named that host as the account's own server; names of this machine are one.
 */
export function placeOf({ isPublicHost, ownHostOf }: FileParts, accountId: AccountId, text: string): Place {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '')
    throw new SiegelError('chat-file-place', { reason: 'scheme' })
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const ownHost = ownHostOf(accountId)?.toLowerCase()
  const isOwn = host === ownHost || (isThisMachine(host) && isThisMachine(ownHost))
  if (!isOwn && !isPublicHost(host)) throw new SiegelError('chat-file-place', { reason: 'private' })
  const port = url.port === '' ? 443 : Number(url.port)
  const request: GateRequest = { accountId, purpose: 'xmpp', host, port }
  return {
    request: isOwn ? request : { ...request, publicOnly: true },
    path: `${url.pathname}${url.search}`,
  }
}
