import { SiegelError } from '../../../shared/kit/result'

/** A status that is no success, with what the body named. Inside `dav/` only: it leaves as `SiegelError`. */
export class DavRefusal extends Error {
  readonly status: number
  /** In Clark's notation; null where the body named none. */
  readonly precondition: string | null
  /** What the body said otherwise, cut; empty where it said nothing. */
  readonly words: string
  /** Retry-After; null where it was not said. */
  readonly retryAfterMs: number | null
  /** The address that answered, after redirects. */
  readonly url: string

  constructor(facts: {
    status: number
    precondition: string | null
    words: string
    retryAfterMs: number | null
    url: string
  }) {
    super(`DAV ${facts.status}`)
    this.name = 'DavRefusal'
    this.status = facts.status
    this.precondition = facts.precondition
    this.words = facts.words
    this.retryAfterMs = facts.retryAfterMs
    this.url = facts.url
  }

  /** Whether it says nothing of the request but that now is not the time. */
  get isForLater(): boolean {
    return isForLater(this.status)
  }

  /** The failure that the rest of the program knows. */
  toSiegelError(): SiegelError {
    const { status, precondition } = this
    const { hostname, port } = new URL(this.url)
    const detail = [`HTTP ${status}`, precondition?.replace(/^\{.*\}/, '') ?? ''].filter(Boolean).join(' ')
    const place = { host: hostname, port: Number(port || 443), detail }
    if (status === 401) return new SiegelError('login-refused', place, { cause: this })
    if (isForLater(status)) return new SiegelError('server-unavailable', place, { cause: this })
    return new SiegelError('server-refused', place, { cause: this })
  }
}

/** Statuses that say nothing of the request but that now is not the time. */
export const isForLater = (status: number): boolean =>
  status === 408 ||
  status === 423 ||
  status === 425 ||
  status === 429 ||
  (status >= 500 && status !== 501 && status !== 505)

/** Runs, and lets refusals out as failures that the rest of the program knows. */
export async function knownFailures<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof DavRefusal ? error.toSiegelError() : error
  }
}
