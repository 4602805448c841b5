import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { authority, CertificateZoo, type Recipe, server } from '../support/certificate-zoo'
import { refusal, testGate } from './gate-places'

/** Runs in Node (OpenSSL) and in Electron's Node (BoringSSL): every verdict must be the same in both. */
const zoo = new CertificateZoo()
const stops: (() => Promise<void>)[] = []
const name = 'mail.zoo.test'

beforeAll(() => {
  zoo.make('root', { key: 'rsa', subject: 'Zoo Root', extensions: authority() })
  zoo.make('ec-root', { key: 'ec', subject: 'Zoo EC Root', extensions: authority() })
  zoo.make('middle', { key: 'rsa-other', signer: 'root', subject: 'Zoo Middle', extensions: authority() })
}, 60_000)
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})
afterAll(() => zoo.remove())

type Case = Readonly<{
  /** The server's certificate; `rsa-third` signed by the middle unless told. */
  leaf?: Partial<Recipe>
  /** Other certificates, made before the leaf. */
  others?: Readonly<Record<string, Recipe>>
  /** What is sent beside the leaf; the middle unless told. */
  sent?: readonly string[]
  trusted?: readonly string[]
  /** The server's own certificate is trusted too. */
  trustsLeaf?: true
  host?: string
  more?: readonly string[]
}>

let count = 0
async function dial(each: Case, pinFirst = false) {
  for (const [other, recipe] of Object.entries(each.others ?? {})) zoo.make(other, recipe)
  const leaf = zoo.make(`leaf-${count++}`, {
    key: 'rsa-third',
    signer: 'middle',
    subject: 'server',
    extensions: server(`DNS:${name}`),
    ...each.leaf,
  })
  const place = await zoo.serve(leaf, each.sent ?? ['middle'], each.more)
  stops.push(place.stop)
  const { gate, pin } = testGate()
  const request = { accountId: null, purpose: 'imap', host: 'localhost', port: place.port } as const
  const trust = {
    serverName: each.host ?? name,
    caPem: zoo.pem(...(each.trusted ?? ['root', 'ec-root']), ...(each.trustsLeaf ? [leaf] : [])),
  }
  const go = () => gate.dialTls(request, trust, { timeoutMs: 8000 })
  if (pinFirst) {
    const first = await refusal(go())
    pin('localhost', place.port, String(first.params.fingerprint256))
  }
  return go()
}
const opens = async (each: Case) => {
  const { stream, tls } = await dial(each)
  expect(tls?.version).toMatch(/^TLSv1\.[23]$/)
  stream.destroy()
}

const longChain = Array.from({ length: 7 }, (_, at) => `link-${at}`)
const linkRecipes: Record<string, Recipe> = Object.fromEntries(
  longChain.map((link, at) => [
    link,
    {
      key: at % 2 ? 'ec' : 'ec-other',
      signer: at === 0 ? 'ec-root' : `link-${at - 1}`,
      extensions: authority(),
    } satisfies Recipe,
  ]),
)

describe('servers that must be reached', () => {
  const cases: readonly (readonly [string, Case])[] = [
    ['RSA', {}],
    ['RSA by TLS 1.2 only', { more: ['-tls1_2'] }],
    ['ECDSA P-256 under P-256', { leaf: { key: 'ec-other', signer: 'ec-root' }, sent: [] }],
    ['ECDSA P-384, SHA-384', { leaf: { key: 'ec-384', signer: 'ec-root', hash: 'sha384' }, sent: [] }],
    ['ECDSA under RSA', { leaf: { key: 'ec-other' } }],
    ['SHA-512', { leaf: { hash: 'sha512' } }],
    ['RSASSA-PSS signature', { leaf: { pss: 'digest' } }],
    [
      'Ed25519',
      {
        others: { 'ed-root': { key: 'ed25519', subject: 'Ed Root', extensions: authority() } },
        leaf: { key: 'ed25519-other', signer: 'ed-root' },
        sent: [],
        trusted: ['ed-root'],
      },
    ],
    ['no key usage and no extended key usage', { leaf: { extensions: [`subjectAltName=DNS:${name}`] } }],
    [
      'server and client',
      { leaf: { extensions: [`subjectAltName=DNS:${name}`, 'extendedKeyUsage=clientAuth,serverAuth'] } },
    ],
    ['one of many names', { leaf: { extensions: server(`DNS:a.test,DNS:b.test,IP:10.0.0.1,DNS:${name}`) } }],
    ['another case', { leaf: { extensions: server('DNS:MAIL.Zoo.Test') } }],
    ['a wildcard', { leaf: { extensions: server('DNS:*.zoo.test') } }],
    [
      'a wildcard for an international label',
      { leaf: { extensions: server('DNS:*.zoo.test') }, host: 'büro.zoo.test' },
    ],
    ['an international name', { leaf: { extensions: server('DNS:xn--bro-hoa.test') }, host: 'büro.test' }],
    ['an IPv4 address', { leaf: { extensions: server('IP:192.0.2.7') }, host: '192.0.2.7' }],
    ['an IPv6 address', { leaf: { extensions: server('IP:2001:db8::7') }, host: '2001:DB8:0::7' }],
    [
      'a name with final dot, as it was typed',
      { leaf: { extensions: server(`DNS:${name}`) }, host: `${name}.` },
    ],
    ['the root sent too', { sent: ['middle', 'root'] }],
    [
      'the chain in wrong order, twice, with a stranger in it',
      { sent: ['ec-root', 'root', 'middle', 'middle'] },
    ],
    [
      'a long chain',
      {
        others: linkRecipes,
        leaf: { key: 'ec', signer: 'link-6' },
        sent: [...longChain].reverse(),
      },
    ],
    [
      'authorities that sign each other, one way over an expired one',
      {
        others: {
          'old-cross': {
            key: 'rsa-other',
            signer: 'ec-root',
            subject: 'Zoo Middle',
            from: -90,
            to: -1,
            extensions: authority(),
          },
        },
        sent: ['old-cross', 'middle'],
      },
    ],
    [
      'authorities that sign each other, one way over SHA-1',
      {
        others: {
          'sha1-cross': {
            key: 'rsa-other',
            signer: 'root',
            hash: 'sha1',
            subject: 'Zoo Middle',
            extensions: authority(),
          },
        },
        sent: ['middle', 'sha1-cross'],
      },
    ],
    [
      'a root that signed itself with SHA-1',
      {
        others: {
          'sha1-root': { key: 'rsa', hash: 'sha1', subject: 'SHA-1 Root', extensions: authority() },
        },
        leaf: { signer: 'sha1-root' },
        sent: [],
        trusted: ['sha1-root'],
      },
    ],
    [
      'an issuer that may vouch for this name',
      {
        others: {
          permitted: {
            key: 'ec',
            signer: 'root',
            extensions: authority(
              'nameConstraints=critical,permitted;DNS:zoo.test,excluded;DNS:bad.zoo.test',
            ),
          },
        },
        leaf: { signer: 'permitted' },
        sent: ['permitted'],
      },
    ],
    [
      'a path length that is just enough',
      {
        others: {
          'length-0': {
            key: 'ec',
            signer: 'root',
            extensions: ['basicConstraints=critical,CA:TRUE,pathlen:0', 'keyUsage=keyCertSign'],
          },
        },
        leaf: { signer: 'length-0' },
        sent: ['length-0'],
      },
    ],
    [
      'signed by itself, and trusted as an authority',
      { leaf: { key: 'ec', signer: undefined }, sent: [], trustsLeaf: true },
    ],
    [
      'signed by itself as an authority, and trusted as one',
      {
        leaf: {
          key: 'rsa',
          signer: undefined,
          hash: 'sha1',
          extensions: [`subjectAltName=DNS:${name}`, 'basicConstraints=CA:TRUE'],
        },
        sent: [],
        trustsLeaf: true,
      },
    ],
  ]
  test.each(cases)('%s', async (_what, each) => {
    await opens(each)
  })
})

describe('servers that must be refused', () => {
  const issuer = (recipe: Partial<Recipe>): Case => {
    const other = `issuer-${count++}`
    return {
      others: { [other]: { key: 'rsa', signer: 'root', extensions: authority(), ...recipe } },
      leaf: { signer: other },
      sent: [other],
    }
  }
  const named = (names: string, host?: string): Case => ({
    leaf: { extensions: server(names) },
    ...(host === undefined ? {} : { host }),
  })

  const cases: readonly (readonly [string, string, Case])[] = [
    ['a server signed with SHA-1', 'weak', { leaf: { hash: 'sha1' } }],
    ['a server signed with MD5', 'weak', { leaf: { hash: 'md5' } }],
    ['a server signed with SHA-224', 'weak', { leaf: { hash: 'sha224' } }],
    ['ECDSA with SHA-1', 'weak', { leaf: { key: 'ec-other', signer: 'ec-root', hash: 'sha1' }, sent: [] }],
    ['RSASSA-PSS with SHA-1', 'weak', { leaf: { pss: 'digest', hash: 'sha1' } }],
    ['RSASSA-PSS with another salt', 'weak', { leaf: { pss: 'max' } }],
    ['an issuer signed with SHA-1', 'weak', issuer({ hash: 'sha1' })],
    ['an issuer signed with MD5', 'weak', issuer({ hash: 'md5' })],
    ['a server with RSA-1024', 'weak-key', { leaf: { key: 'rsa-1024' } }],
    ['an issuer with RSA-1024', 'weak-key', issuer({ key: 'rsa-1024' })],
    [
      'a root with RSA-1024',
      'weak-key',
      {
        others: { 'small-root': { key: 'rsa-1024', extensions: authority() } },
        leaf: { signer: 'small-root' },
        sent: [],
        trusted: ['small-root'],
      },
    ],
    ['expired', 'expired', { leaf: { from: -90, to: -1 } }],
    ['not yet valid', 'not-yet-valid', { leaf: { from: 2, to: 90 } }],
    ['an expired issuer', 'expired', issuer({ from: -90, to: -1 })],
    ['an issuer not yet valid', 'not-yet-valid', issuer({ from: 2, to: 90 })],
    [
      'no alternative name, only the common name',
      'wrong-host',
      { leaf: { subject: name, extensions: server('') } },
    ],
    [
      'the common name beside another alternative name',
      'wrong-host',
      { leaf: { subject: name, extensions: server('DNS:other.zoo.test') } },
    ],
    [
      'the common name beside a mail address',
      'wrong-host',
      { leaf: { subject: name, extensions: server('email:me@zoo.test') } },
    ],
    ['another name', 'wrong-host', named('DNS:mail.zoo.example')],
    ['a partial wildcard in front', 'wrong-host', named('DNS:ma*.zoo.test')],
    ['a partial wildcard behind', 'wrong-host', named('DNS:*il.zoo.test')],
    ['a wildcard in the middle', 'wrong-host', named('DNS:mail.*.test')],
    ['a wildcard for two labels', 'wrong-host', named('DNS:*.test')],
    ['a wildcard for the bare name', 'wrong-host', named('DNS:*.mail.zoo.test')],
    ['a wildcard for a whole registry', 'wrong-host', named('DNS:*.co.uk', 'mail.co.uk')],
    ['nothing but a wildcard', 'wrong-host', named('DNS:*')],
    ['two wildcards', 'wrong-host', named('DNS:*.*.test')],
    ['a parent name', 'wrong-host', named('DNS:zoo.test')],
    ['a name with a final dot', 'wrong-host', named(`DNS:${name}.`, name)],
    ['an address written as a name', 'wrong-host', named('DNS:192.0.2.7', '192.0.2.7')],
    ['another address', 'wrong-host', named('IP:192.0.2.8', '192.0.2.7')],
    ['a name as a URI', 'wrong-host', named(`URI:imap://${name}`)],
    [
      'for clients only',
      'wrong-purpose',
      { leaf: { extensions: [`subjectAltName=DNS:${name}`, 'extendedKeyUsage=clientAuth'] } },
    ],
    [
      'for mail signatures only',
      'wrong-purpose',
      { leaf: { extensions: [`subjectAltName=DNS:${name}`, 'extendedKeyUsage=emailProtection'] } },
    ],
    [
      'an issuer that is no authority',
      'unknown-issuer',
      issuer({ extensions: ['basicConstraints=critical,CA:FALSE'] }),
    ],
    [
      'an issuer that does not say so',
      'unknown-issuer',
      issuer({ extensions: ['keyUsage=digitalSignature,keyCertSign'] }),
    ],
    [
      'an issuer that may not sign',
      'unknown-issuer',
      issuer({ extensions: ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,cRLSign'] }),
    ],
    [
      'an issuer for mail only',
      'unknown-issuer',
      issuer({ extensions: authority('extendedKeyUsage=emailProtection') }),
    ],
    [
      'a path longer than its issuer allows',
      'unknown-issuer',
      {
        others: {
          short: {
            key: 'ec',
            signer: 'root',
            extensions: ['basicConstraints=critical,CA:TRUE,pathlen:0', 'keyUsage=keyCertSign'],
          },
          'too-deep': { key: 'ec-other', signer: 'short', extensions: authority() },
        },
        leaf: { signer: 'too-deep' },
        sent: ['too-deep', 'short'],
      },
    ],
    [
      'outside the permitted names',
      'unknown-issuer',
      issuer({ extensions: authority('nameConstraints=critical,permitted;DNS:other.test') }),
    ],
    [
      'inside the excluded names',
      'unknown-issuer',
      issuer({ extensions: authority('nameConstraints=critical,excluded;DNS:zoo.test') }),
    ],
    [
      'an unknown critical extension',
      'other',
      { leaf: { extensions: server(`DNS:${name}`, '1.2.3.4.5=critical,ASN1:UTF8String:x') } },
    ],
    ['signed by itself', 'self-signed', { leaf: { key: 'ec', signer: undefined }, sent: [] }],
    ['the issuer is missing', 'unknown-issuer', { sent: [] }],
    ['an authority that nobody trusts', 'unknown-issuer', { trusted: ['ec-root'] }],
  ]
  test.each(cases)('%s is refused as %s', async (_what, reason, each) => {
    const error = await refusal(dial(each))
    expect({ code: error.code, reason: error.params.reason }, String(error.params.detail)).toEqual({
      code: 'certificate-refused',
      reason,
    })
  })

  test.each([
    ['P-224', 'ec-224'],
    ['secp256k1', 'ec-k1'],
    ['Brainpool', 'ec-brainpool'],
  ] as const)('a server key on %s', async (_what, key) => {
    const error = await refusal(dial({ leaf: { key } }))
    expect(['tls-failed', 'certificate-refused']).toContain(error.code)
  })

  test('a server that may only decipher', async () => {
    const error = await refusal(
      dial({ leaf: { extensions: [`subjectAltName=DNS:${name}`, 'keyUsage=critical,keyEncipherment'] } }),
    )
    // BoringSSL ends the handshake by itself.
    const expected = process.versions['electron']
      ? { code: 'tls-failed' }
      : { code: 'certificate-refused', params: { reason: 'wrong-purpose' } }
    expect(error).toMatchObject(expected)
  })

  test.each([
    ['TLS 1.1', ['-tls1_1']],
    ['no forward secrecy', ['-tls1_2', '-cipher', 'AES128-GCM-SHA256:@SECLEVEL=0']],
    ['CBC', ['-tls1_2', '-cipher', 'ECDHE-RSA-AES128-SHA256:@SECLEVEL=0']],
    ['a handshake signed with SHA-1', ['-tls1_2', '-sigalgs', 'RSA+SHA1']],
  ])('%s ends the handshake', async (_what, more) => {
    expect((await refusal(dial({ more }))).code).toBe('tls-failed')
  })
})

describe('certificates that the user pinned', () => {
  test.each([
    ['expired', { leaf: { from: -90, to: -1 } }],
    ['signed with SHA-1', { leaf: { hash: 'sha1' } }],
    ['for another name', { leaf: { extensions: server('DNS:other.test') } }],
    ['of nobody', { sent: [] }],
  ] as const)('%s is what the user decided', async (_what, each) => {
    const { stream } = await dial(each, true)
    stream.destroy()
  })

  test('a key that others can compute is refused all the same', async () => {
    const error = await refusal(dial({ leaf: { key: 'rsa-1024' } }, true))
    expect(error).toMatchObject({ code: 'certificate-refused', params: { reason: 'weak-key' } })
  })
})
