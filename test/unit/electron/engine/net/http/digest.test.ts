import { describe, expect, test } from 'vitest'
import { parseChallenges } from '../../../../../../electron/engine/net/http/challenges'
import {
  type DigestChallenge,
  digestAuthorization,
  readDigestChallenge,
  strongestDigest,
} from '../../../../../../electron/engine/net/http/digest'

const digests = (header: string): DigestChallenge[] =>
  parseChallenges(header).flatMap(challenge => readDigestChallenge(challenge) ?? [])

describe('what a server offers', () => {
  test('several ways in one line are told apart from their parameters', () => {
    const offered = parseChallenges(
      'Negotiate, Digest realm="a, b", qop="auth,auth-int", nonce="n=\\"1\\"", Basic realm = "x" , charset=UTF-8',
    )
    expect(offered.map(({ scheme, params }) => [scheme, Object.fromEntries(params)])).toEqual([
      ['negotiate', {}],
      ['digest', { realm: 'a, b', qop: 'auth,auth-int', nonce: 'n="1"' }],
      ['basic', { realm: 'x', charset: 'UTF-8' }],
    ])
  })

  test.each(['', ',,, ', '"', '=', 'Basic realm="never closed', 'é Basic', `Basic ${'x'.repeat(50_000)}`])(
    'nonsense is read as far as it makes sense: %.30s',
    header => expect(parseChallenges(header).length).toBeLessThanOrEqual(2),
  )

  test('a hundred ways are not all looked at', () =>
    expect(parseChallenges('Basic, '.repeat(100))).toHaveLength(10))

  test('SHA-256 before MD5, whatever comes first; unknown algorithms and auth-int alone are passed over', () => {
    const offered = digests(
      'Digest realm=r, nonce=a, qop=auth, algorithm=MD5, Digest realm=r, nonce=b, qop=auth, algorithm=SHA-512-256, ' +
        'Digest realm=r, nonce=c, qop=auth-int, algorithm=SHA-256, Digest realm=r, nonce=d, qop="auth-int, auth", algorithm=sha-256-sess',
    )
    expect(offered.map(({ nonce }) => nonce)).toEqual(['a', 'd'])
    expect(strongestDigest(offered)).toMatchObject({ nonce: 'd', hash: 'sha256', hasSession: true })
  })
})

describe('what is answered', () => {
  // RFC 7616 §3.9.1
  const nonce = '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v'
  const header = (algorithm: string) =>
    `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="${nonce}", ` +
    'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'
  const login = { userName: 'Mufasa', password: 'Circle of Life' }
  const request = { method: 'GET', path: '/dir/index.html' }
  const use = { count: 1, clientNonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ' }

  test.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('the example of RFC 7616 with %s', (algorithm, response) => {
    const [challenge] = digests(header(algorithm))
    if (!challenge) throw new Error('not read')
    const field = digestAuthorization(challenge, login, request, use)
    expect(field).toContain(`response="${response}"`)
    expect(field).toContain('nc=00000001')
    expect(field).toContain(`algorithm=${algorithm}`)
  })

  test('a name outside ASCII goes as RFC 5987, and hashed where the server wants it so (RFC 7616 §3.9.2)', () => {
    const [plain] = digests('Digest realm=r, nonce=n, qop=auth')
    if (!plain) throw new Error('not read')
    const named = (userName: string) => digestAuthorization(plain, { userName, password: 'p' }, request, use)
    expect(named('Jäsøn Doe')).toContain("username*=UTF-8''J%C3%A4s%C3%B8n%20Doe")
    expect(named('a"b\\c')).toContain('username="a\\"b\\\\c"')
    const hashed = digestAuthorization({ ...plain, hidesUser: true }, login, request, use)
    expect(hashed).toMatch(/username="[0-9a-f]{32}", userhash=true/)
    expect(hashed).not.toContain('Mufasa')
  })

  test('a server without quality of protection gets the answer of RFC 2069', () => {
    const [challenge] = digests('Digest realm="r", nonce="n"')
    if (!challenge) throw new Error('not read')
    const field = digestAuthorization(challenge, login, request, use)
    expect(field).not.toMatch(/nc=|cnonce|qop|algorithm/)
  })
})
