import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { SiegelError } from '../../../../shared/kit/result'
import type { ChannelBindingType } from '../../ports/net/gate'

export type ScramHash = 'sha1' | 'sha256'

/** Fewer are not worth the name (RFC 7677 §4); more would be work for minutes that a stranger orders. */
const fewestIterations = 4_096
const mostIterations = 1_000_000
/** Of one message of the server; real ones have some hundred letters. */
const longestMessage = 4_096

/** How the client binds to TLS (RFC 5802 §7): `p=NAME` with its data, `y` where the server seems to have none, `n` where there is no common one. */
export type Gs2 = Readonly<{ flag: 'n' | 'y' } | { flag: 'p'; type: ChannelBindingType; data: Uint8Array }>

export const gs2Header = (gs2: Gs2): string => (gs2.flag === 'p' ? `p=${gs2.type},,` : `${gs2.flag},,`)

/** `n=` and `r=` of the first message, which is signed. The nonce is of printable ASCII without a comma. */
export const clientFirstBare = (userName: string, nonce: string): string =>
  `n=${userName.replaceAll('=', '=3D').replaceAll(',', '=2C')},r=${nonce}`

/** What the server says first. `downgradeHash`: XEP-0474's `h`, as it was sent. */
export type ServerFirst = Readonly<{
  text: string
  nonce: string
  salt: Uint8Array
  iterations: number
  downgradeHash: string | null
}>

/**
 * Reads the server's first message. Throws `protocol-violation` for what is none, a nonce that does not continue ours, a demand that
 * nobody knows (`m=`, RFC 5802 §5.1), and too few or too many iterations.
 */
export function readServerFirst(text: string, ourNonce: string): ServerFirst {
  if (text.length > longestMessage) throw wrong('a long first message')
  const found =
    /^r=([\x21-\x2b\x2d-\x7e]+),s=([A-Za-z0-9+/]+={0,2}),i=([1-9]\d{0,9})((?:,[A-Za-z]=[^,\0]*)*)$/.exec(text)
  if (!found)
    throw wrong(text.startsWith('m=') ? 'a demand that nobody knows' : 'a first message that is none')
  const [, nonce = '', salt = '', count = '', more = ''] = found
  if (!nonce.startsWith(ourNonce) || nonce.length === ourNonce.length) throw wrong('a nonce that is not ours')
  const iterations = Number(count)
  if (iterations < fewestIterations || iterations > mostIterations) throw wrong(`${iterations} iterations`)
  const extensions = more.split(',').slice(1)
  if (extensions.some(each => each.startsWith('m='))) throw wrong('a demand that nobody knows')
  const hashes = extensions.filter(each => each.startsWith('h='))
  if (hashes.length > 1) throw wrong('two hashes of what it offers')
  return {
    text,
    nonce,
    salt: Buffer.from(salt, 'base64'),
    iterations,
    downgradeHash: hashes[0]?.slice(2) ?? null,
  }
}

/** The last message of the client, and what the server must answer to it. */
export type ClientFinal = Readonly<{ text: string; serverSignature: Uint8Array }>

/** Proves that the password is known (RFC 5802 §3). `salted`: PBKDF2 of the password with the salt and iterations of the server. */
export function clientFinal(
  asked: Readonly<{ hash: ScramHash; gs2: Gs2; bare: string; server: ServerFirst; salted: Uint8Array }>,
): ClientFinal {
  const { hash, gs2, bare, server, salted } = asked
  const header = Buffer.from(gs2Header(gs2), 'utf8')
  const binding = gs2.flag === 'p' ? Buffer.concat([header, gs2.data]) : header
  const withoutProof = `c=${binding.toString('base64')},r=${server.nonce}`
  const message = `${bare},${server.text},${withoutProof}`
  const clientKey = hmac(hash, salted, 'Client Key')
  const signature = hmac(hash, createHash(hash).update(clientKey).digest(), message)
  const proof = Buffer.from(clientKey.map((byte, index) => byte ^ (signature[index] ?? 0)))
  return {
    text: `${withoutProof},p=${proof.toString('base64')}`,
    serverSignature: hmac(hash, hmac(hash, salted, 'Server Key'), message),
  }
}

/**
 * Whether the server knows the password too. Throws `login-downgraded` where it does not: then whoever is there is not the server, and
 * nothing that it said is to be believed. `text` null: it said nothing.
 */
export function checkServerFinal(text: string | null, expected: Uint8Array): void {
  const [, value] = /^v=([A-Za-z0-9+/]+={0,2})(?:,|$)/.exec(text?.slice(0, longestMessage) ?? '') ?? []
  const signature = value === undefined ? null : Buffer.from(value, 'base64')
  if (signature === null || signature.length !== expected.length || !timingSafeEqual(signature, expected))
    throw new SiegelError('login-downgraded', { reason: 'signature' })
}

/** The password as it is hashed: SASLprep (RFC 4013), by its mappings and its normal form. */
export const preparedPassword = (password: string): string =>
  password
    .replace(/[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/g, ' ')
    .replace(/\u034f|\u200d|[\u180b-\u180d]|[\ufe00-\ufe0f]|[\u00ad\u1806\u200c\u2060\ufeff]/g, '')
    .normalize('NFKC')

const hmac = (hash: ScramHash, key: Uint8Array, text: string): Buffer =>
  createHmac(hash, key).update(text, 'utf8').digest()

const wrong = (detail: string) => new SiegelError('protocol-violation', { detail: `SCRAM: ${detail}` })
