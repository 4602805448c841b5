import { createHash, randomBytes } from 'node:crypto'
import { SiegelError } from '../../../../shared/kit/result'
import type { HttpLogin, HttpRequest } from '../../ports/net/http'
import { parseChallenges } from './challenges'
import { type DigestChallenge, digestAuthorization, readDigestChallenge, strongestDigest } from './digest'

/** How a place was signed in at last; in memory only. */
type Known =
  | Readonly<{ scheme: 'basic' }>
  | { readonly scheme: 'digest'; readonly challenge: DigestChallenge; count: number }

/** More places than any person has accounts; the oldest is forgotten. */
const mostPlaces = 200

/** What servers asked for, so that not each request has to be said twice. */
export type Logins = Readonly<{
  /** The `Authorization` field to begin with; null: nothing is said before the server asks. */
  begin(request: HttpRequest, login: HttpLogin): string | null
  /**
   * What to say to a refusal (401) of a request that said `said`; null: these credentials were refused. Throws
   * `login-unsupported` when the server offers nothing that is known here.
   */
  again(request: HttpRequest, login: HttpLogin, header: string, said: string | null): string | null
}>

/** Nothing is known of any place yet. */
export function createLogins(): Logins {
  const known = new Map<string, Known>()
  const remember = (key: string, what: Known) => {
    known.delete(key)
    known.set(key, what)
    const [oldest] = known.keys()
    if (known.size > mostPlaces && oldest !== undefined) known.delete(oldest)
  }
  const say = (request: HttpRequest, login: HttpLogin, what: Known): string => {
    if (what.scheme === 'basic') return basicAuthorization(request, login)
    what.count++
    return digestAuthorization(what.challenge, login, request, {
      count: what.count,
      clientNonce: randomBytes(16).toString('hex'),
    })
  }

  return {
    begin(request, login) {
      const what = known.get(keyOf(request, login))
      if (what) return say(request, login, what)
      return login.unasked ? basicAuthorization(request, login) : null
    },
    again(request, login, header, said) {
      const key = keyOf(request, login)
      const before = known.get(key)
      const challenges = parseChallenges(header)
      const digest = strongestDigest(challenges.flatMap(challenge => readDigestChallenge(challenge) ?? []))
      const hasBasic = challenges.some(({ scheme }) => scheme === 'basic')
      if (said?.startsWith('Digest')) {
        // A nonce that the server no longer takes is no wrong password; one that it gave a moment ago is.
        const isStale =
          before?.scheme === 'digest' &&
          (before.count > 1 || challenges.some(({ params }) => params.get('stale')?.toLowerCase() === 'true'))
        known.delete(key)
        if (!digest || !isStale || digest.nonce === before.challenge.nonce) return null
      } else if (said !== null) {
        known.delete(key)
        // Never asked for Basic, but taken for it: a server that wants Digest is answered in it once.
        if (!digest) return null
      }
      if (!digest && !hasBasic)
        throw new SiegelError('login-unsupported', {
          host: request.host,
          port: request.port,
          detail:
            challenges
              .map(({ scheme }) => scheme)
              .join(' ')
              .slice(0, 200) || 'nothing',
        })
      const next: Known = digest ? { scheme: 'digest', challenge: digest, count: 0 } : { scheme: 'basic' }
      remember(key, next)
      return say(request, login, next)
    },
  }
}

function basicAuthorization({ host, port }: HttpRequest, { userName, password }: HttpLogin): string {
  // RFC 7617 §2: nobody could tell where the name ends.
  if (userName.includes(':'))
    throw new SiegelError('login-unsupported', { host, port, detail: 'a user name with a colon' })
  return `Basic ${Buffer.from(`${userName}:${password}`.normalize('NFC'), 'utf8').toString('base64')}`
}

/** The password is in it, so that a corrected one does not meet what was learned with the wrong one. */
const keyOf = ({ accountId, purpose, host, port }: HttpRequest, { userName, password }: HttpLogin) =>
  createHash('sha256')
    .update(JSON.stringify([accountId, purpose, host, port, userName, password]))
    .digest('hex')
