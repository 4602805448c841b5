import type { WriteOutcome } from '../../ports/dav/writes'
import { isForLater } from '../refusal'
import { caldav, carddav, dav } from '../xml/names'

/** What a server said against a change. `words`: what stood in the body besides, empty for an empty one. */
export type WriteRefusal = Readonly<{
  status: number
  precondition: string | null
  words: string
  retryAfterMs: number | null
}>

/** What a refusal of a change means, where that needs no look at the object: RFC 4791 §5.3.2.1, RFC 6352 §6.3.2.1, RFC 6638 §3.2.4.1. */
export function judgeRefusal({
  status,
  precondition,
  words,
  retryAfterMs,
}: WriteRefusal): WriteOutcome | 'look' {
  const reason = precondition?.replace(/^\{.*\}/, '') ?? `HTTP ${status}`
  if (precondition === caldav('no-uid-conflict') || precondition === carddav('no-uid-conflict'))
    return { kind: 'uid-elsewhere', href: null }
  // The UID lies in another calendar of the same person.
  if (precondition === caldav('unique-scheduling-object-resource'))
    return { kind: 'uid-elsewhere', href: null }
  if (precondition === dav('need-privileges')) return { kind: 'read-only' }
  if (status === 412 || status === 404 || status === 410) return 'look'
  if (status === 403 && precondition === null) {
    // Google says so when there were too many requests; who has no right is told in words.
    return words === '' ? { kind: 'later', afterMs: retryAfterMs, status } : { kind: 'read-only' }
  }
  if (status === 405 && precondition === null) return { kind: 'read-only' }
  if (isForLater(status) && precondition === null) return { kind: 'later', afterMs: retryAfterMs, status }
  if (status === 507 || status === 429 || status === 503)
    return { kind: 'later', afterMs: retryAfterMs, status }
  return { kind: 'refused', status, reason, words }
}
