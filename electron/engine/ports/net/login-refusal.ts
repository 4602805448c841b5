import type { ErrorCode } from '../../../../shared/kit/result'

/** Response codes (RFC 5530, 9051, 9208) with which a right password is refused for now. */
const notNow: ReadonlySet<string> = new Set([
  'UNAVAILABLE',
  'INUSE',
  'LIMIT',
  'SERVERBUG',
  'THROTTLED',
  'CORRUPTION',
  'OVERQUOTA',
])
/** Response codes that say that this name or password, or this kind of login, will not do; only the person can help. */
const never: ReadonlySet<string> = new Set([
  'AUTHENTICATIONFAILED',
  'AUTHORIZATIONFAILED',
  'EXPIRED',
  'PRIVACYREQUIRED',
  'CONTACTADMIN',
  'NOPERM',
])

/**
 * What servers say when there are too many connections, logins or bytes, or when they are ill: Gmail, Dovecot, Courier,
 * Cyrus, Exchange and Microsoft 365, Yahoo, Zoho, GMX and web.de, Zimbra, hMailServer. Each is in
 * test/unit/electron/engine/ports/net/login-refusal.test.ts.
 */
const busyWords =
  /\btoo many\b|\bmaximum (?:number|connection|simultaneous)|\b(?:connections?|sessions?|logins?|rate|bandwidth|attempts?)\b[^.]{0,30}\b(?:limit|exceed|reached|quota)|\b(?:limit|exceed\w*|quota)\b[^.]{0,40}\b(?:connections?|sessions?|logins?|bandwidth|rate|attempts?)\b|\bsimultaneous\b|\bconcurrent\b|\bthrottl|\brate.?limit|\bback-?off\b|\bbusy\b|\btempora(?:ry|rily)\b|\b(?:try|retry)(?: it)? (?:again )?later\b|\bplease try again\b|\bnot available\b|\bunavailable\b|\boverload|\bserver error\b|\binternal (?:server )?error\b|\bauthenticated but not connected\b|\bin maintenance\b|\bunder maintenance\b|\btime(?:d )?out\b/i
/** Words about the password beside the others ("password is incorrect, login frequency limited, or system is busy"). */
const passwordWords = /\b(?:password|credentials?|passwd|user ?name)\b/i

/**
 * What a refused login means. The server's response code decides; without one, words of well-known servers that have
 * nothing to do with the password; and what is left is a wrong password only when this password was never taken:
 * `login-not-now` where it was. `server-unavailable` and `login-not-now` are tried again, `login-refused` waits for
 * the person.
 */
export function judgeRefusedLogin(refusal: {
  /** Response code in upper case, or empty. */
  responseCode: string
  text: string
  wasAccepted: boolean
}): Extract<ErrorCode, 'login-refused' | 'login-not-now' | 'server-unavailable'> {
  const { responseCode, text, wasAccepted } = refusal
  if (notNow.has(responseCode)) return 'server-unavailable'
  if (never.has(responseCode)) return 'login-refused'
  if (busyWords.test(text) && !passwordWords.test(text)) return 'server-unavailable'
  return wasAccepted ? 'login-not-now' : 'login-refused'
}
