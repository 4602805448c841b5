import { createHash, createHmac, pbkdf2, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(pbkdf2)

/** Iterations a server may ask for: the lower bound of RFC 7677 §4, and an upper one against a server that wastes our time. */
const ITERATIONS = { least: 4096, most: 1_000_000 }

/** The client's side of one SCRAM-SHA-256 login (RFC 5802, RFC 7677) without channel binding; messages are not base64 here. */
export type ScramClient = Readonly<{
  first: string
  /** Answers the server's challenge. Throws a plain Error for a bad one. */
  final(serverFirst: string): Promise<string>
  /** True when the server proved that it knows the password too. */
  verify(serverFinal: string): boolean
}>

/** Begins a login. `nonce`: fresh random text without commas. */
export function scramSha256(user: string, password: string, nonce: string): ScramClient {
  const firstBare = `n=${user.normalize('NFKC').replaceAll('=', '=3D').replaceAll(',', '=2C')},r=${nonce}`
  let expectedProof: Buffer | null = null
  return {
    first: `n,,${firstBare}`,
    async final(serverFirst) {
      const [, serverNonce = '', salt = '', count = ''] =
        /^r=([^,]+),s=([^,]+),i=(\d+)/.exec(serverFirst) ?? []
      const iterations = Number(count)
      if (!serverNonce.startsWith(nonce) || serverNonce === nonce) throw new Error('bad SCRAM nonce')
      if (!(iterations >= ITERATIONS.least && iterations <= ITERATIONS.most))
        throw new Error('bad SCRAM iteration count')
      const salted = await derive(
        password.normalize('NFKC'),
        Buffer.from(salt, 'base64'),
        iterations,
        32,
        'sha256',
      )
      const clientKey = hmac(salted, 'Client Key')
      const withoutProof = `c=${Buffer.from('n,,').toString('base64')},r=${serverNonce}`
      const exchange = `${firstBare},${serverFirst},${withoutProof}`
      const signature = hmac(createHash('sha256').update(clientKey).digest(), exchange)
      expectedProof = hmac(hmac(salted, 'Server Key'), exchange)
      const proof = clientKey.map((byte, index) => byte ^ (signature[index] ?? 0))
      return `${withoutProof},p=${Buffer.from(proof).toString('base64')}`
    },
    verify(serverFinal) {
      const given = Buffer.from(/^v=([^,]+)/.exec(serverFinal)?.[1] ?? '', 'base64')
      return (
        expectedProof !== null &&
        given.length === expectedProof.length &&
        timingSafeEqual(given, expectedProof)
      )
    },
  }
}

const hmac = (key: Uint8Array, text: string) => createHmac('sha256', key).update(text).digest()
