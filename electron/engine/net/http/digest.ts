import { createHash } from 'node:crypto'
import type { HttpLogin } from '../../ports/net/http'
import type { Challenge } from './challenges'

/** A digest algorithm of RFC 7616 §3.3 that is known here, the stronger first. */
const algorithms = [
  { name: 'SHA-256', hash: 'sha256' },
  { name: 'MD5', hash: 'md5' },
] as const

/** What a server said for Digest, ready to be answered. */
export type DigestChallenge = Readonly<{
  realm: string
  nonce: string
  opaque: string | null
  hash: 'sha256' | 'md5'
  /** As the server wrote it; null where it named none, which is MD5. */
  algorithm: string | null
  hasSession: boolean
  /** False for servers of before RFC 2617, which name no quality of protection. */
  hasQop: boolean
  hidesUser: boolean
}>

/** A Digest challenge as it can be answered; null for algorithms and qualities that are not known here. */
export function readDigestChallenge({ scheme, params }: Challenge): DigestChallenge | null {
  const [realm, nonce] = [params.get('realm'), params.get('nonce')]
  if (scheme !== 'digest' || realm === undefined || nonce === undefined) return null
  const algorithm = params.get('algorithm') ?? null
  const [name = '', session] = (algorithm ?? 'MD5').toUpperCase().split(/-(?=SESS$)/)
  const known = algorithms.find(each => each.name === name)
  const qop = params.get('qop')
  const hasQop = qop !== undefined
  if (!known || (hasQop && !/(?:^|,)\s*auth\s*(?:,|$)/i.test(qop))) return null
  return {
    ...{ realm, nonce, algorithm, hasQop },
    opaque: params.get('opaque') ?? null,
    hash: known.hash,
    hasSession: session !== undefined,
    hidesUser: params.get('userhash')?.toLowerCase() === 'true',
  }
}

/** The strongest of several. */
export const strongestDigest = (challenges: readonly DigestChallenge[]): DigestChallenge | null =>
  algorithms.flatMap(({ hash }) => challenges.filter(each => each.hash === hash))[0] ?? null

/**
 * The `Authorization` field for one request (RFC 7616 §3.4). `count` is how often this nonce is used, from 1.
 */
export function digestAuthorization(
  challenge: DigestChallenge,
  login: HttpLogin,
  request: Readonly<{ method: string; path: string }>,
  use: Readonly<{ count: number; clientNonce: string }>,
): string {
  const { realm, nonce, opaque, algorithm, hasQop } = challenge
  const digest = (...parts: readonly string[]) =>
    createHash(challenge.hash).update(parts.join(':'), 'utf8').digest('hex')
  const userName = login.userName.normalize('NFC')
  const secret = digest(userName, realm, login.password.normalize('NFC'))
  const first = challenge.hasSession ? digest(secret, nonce, use.clientNonce) : secret
  const second = digest(request.method, request.path)
  const count = use.count.toString(16).padStart(8, '0')
  const response = hasQop
    ? digest(first, nonce, count, use.clientNonce, 'auth', second)
    : digest(first, nonce, second)
  const user = challenge.hidesUser
    ? `username="${digest(userName, realm)}", userhash=true`
    : /^[\x20-\x7e]*$/.test(userName)
      ? `username=${quoted(userName)}`
      : `username*=UTF-8''${encodeURIComponent(userName).replace(/['()*]/g, escapeByte)}`
  return [
    `Digest ${user}`,
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(request.path)}`,
    ...(algorithm === null ? [] : [`algorithm=${algorithm}`]),
    ...(hasQop ? ['qop=auth', `nc=${count}`] : []),
    ...(hasQop || challenge.hasSession ? [`cnonce="${use.clientNonce}"`] : []),
    `response="${response}"`,
    ...(opaque === null ? [] : [`opaque=${quoted(opaque)}`]),
  ].join(', ')
}

const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`
const escapeByte = (letter: string) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`
