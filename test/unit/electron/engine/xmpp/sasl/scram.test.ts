import { pbkdf2Sync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  checkFastAnswer,
  fastLogin,
  fastMechanismFor,
} from '../../../../../../electron/engine/xmpp/sasl/fast'
import {
  type BindingOf,
  checkDowngradeHash,
  chooseMechanism,
  downgradeHash,
} from '../../../../../../electron/engine/xmpp/sasl/mechanisms'
import {
  checkServerFinal,
  clientFinal,
  clientFirstBare,
  gs2Header,
  preparedPassword,
  readServerFirst,
} from '../../../../../../electron/engine/xmpp/sasl/scram'

describe('SCRAM', () => {
  it.each([
    {
      source: 'RFC 5802 §5',
      hash: 'sha1' as const,
      length: 20,
      nonce: 'fyko+d2lbbFgONRv9qkxdawL',
      first: 'r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096',
      final: 'c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=',
      proof: 'v=rmF9pqV8S7suAoZWja4dJRkFsKQ=',
    },
    {
      source: 'RFC 7677 §3',
      hash: 'sha256' as const,
      length: 32,
      nonce: 'rOprNGfwEbeRWgbNEkqO',
      first: 'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
      final:
        'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
      proof: 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
    },
  ])('speaks as $source does', ({ hash, length, nonce, first, final, proof }) => {
    const server = readServerFirst(first, nonce)
    const salted = pbkdf2Sync('pencil', server.salt, server.iterations, length, hash)
    const made = clientFinal({
      ...{ hash, gs2: { flag: 'n' }, bare: clientFirstBare('user', nonce), server, salted },
    })
    expect(made.text).toBe(final)
    checkServerFinal(proof, made.serverSignature)
    for (const wrong of [null, '', 'v=', 'e=other-error', proof.replace('v=', 'v=A'), `${proof}x`, 'x'])
      expect(() => checkServerFinal(wrong, made.serverSignature)).toThrowError(
        expect.objectContaining({ code: 'login-downgraded' }),
      )
  })

  it.each([
    ['no nonce of ours', 'r=other,s=QSXCR+Q6sek8bf92,i=4096'],
    ['our nonce and nothing more', 'r=abc,s=QSXCR+Q6sek8bf92,i=4096'],
    ['one round', 'r=abcd,s=QSXCR+Q6sek8bf92,i=1'],
    ['fewer rounds than are worth it', 'r=abcd,s=QSXCR+Q6sek8bf92,i=4095'],
    ['rounds for a day', 'r=abcd,s=QSXCR+Q6sek8bf92,i=1000000000'],
    ['rounds that are no number', 'r=abcd,s=QSXCR+Q6sek8bf92,i=4096e3'],
    ['a demand that nobody knows', 'm=x,r=abcd,s=QSXCR+Q6sek8bf92,i=4096'],
    ['the same at its end', 'r=abcd,s=QSXCR+Q6sek8bf92,i=4096,m=x'],
    ['no salt', 'r=abcd,s=,i=4096'],
    ['two hashes', 'r=abcd,s=QSXCR+Q6sek8bf92,i=4096,h=YQ==,h=Yg=='],
    ['a long one', `r=abcd${'x'.repeat(5000)},s=QSXCR+Q6sek8bf92,i=4096`],
    ['an error', 'e=unknown-user'],
    ['nothing', ''],
  ])('refuses a first message with %s', (_what, text) => {
    expect(() => readServerFirst(text, 'abc')).toThrowError(
      expect.objectContaining({ code: 'protocol-violation' }),
    )
  })

  it('keeps extensions that may be there, and names without commas', () => {
    expect(readServerFirst('r=abcd,s=QSXCR+Q6sek8bf92,i=4096,d=x,h=YQ==', 'abc').downgradeHash).toBe('YQ==')
    expect(clientFirstBare('a=b,c', 'n')).toBe('n=a=3Db=2Cc,r=n')
  })

  it('prepares a password as RFC 4013 does', () => {
    expect(preparedPassword('I\u00adX')).toBe('IX')
    expect(preparedPassword('user')).toBe('user')
    expect(preparedPassword('\u00aa')).toBe('a')
    expect(preparedPassword('\u2168')).toBe('IX')
    expect(preparedPassword('a\u00a0b')).toBe('a b')
  })
})

const offer = {
  profile: 'sasl2' as const,
  mechanisms: ['SCRAM-SHA-1-PLUS', 'SCRAM-SHA-1'],
  bindingTypes: ['tls-server-end-point', 'tls-exporter'],
}
const exporter: BindingOf = type => (type === 'tls-exporter' ? Buffer.from('exported') : null)
const none: BindingOf = () => null
const noPins = { scram: false, downgradeHash: false }

describe('downgrade protection', () => {
  it('hashes as the example of XEP-0474 does, in whatever order things came', () => {
    expect(downgradeHash(offer, 'sha1')).toBe('G6k/rBLDqgOhRRaCuuatSDFkJ08=')
    const turned = { ...offer, mechanisms: [...offer.mechanisms].reverse() }
    expect(downgradeHash(turned, 'sha1')).toBe('G6k/rBLDqgOhRRaCuuatSDFkJ08=')
    expect(downgradeHash({ ...offer, bindingTypes: null }, 'sha1')).not.toBe('G6k/rBLDqgOhRRaCuuatSDFkJ08=')
  })

  it.each([
    ['one mechanism less', { ...offer, mechanisms: ['SCRAM-SHA-1'] }],
    ['one binding less', { ...offer, bindingTypes: ['tls-server-end-point'] }],
    ['one more', { ...offer, mechanisms: [...offer.mechanisms, 'PLAIN'] }],
  ])('%s is noticed', (_what, seen) => {
    const choice = {
      kind: 'scram',
      mechanism: 'SCRAM-SHA-1',
      hash: 'sha1',
      gs2: { flag: 'y' },
      needsHash: false,
    } as const
    expect(() => checkDowngradeHash('G6k/rBLDqgOhRRaCuuatSDFkJ08=', seen, choice)).toThrowError(
      expect.objectContaining({ code: 'login-downgraded' }),
    )
    expect(checkDowngradeHash('G6k/rBLDqgOhRRaCuuatSDFkJ08=', offer, choice)).toBe(true)
    expect(checkDowngradeHash(null, seen, choice)).toBe(false)
    expect(() => checkDowngradeHash(null, seen, { ...choice, needsHash: true })).toThrow()
  })
})

describe('the choice of a mechanism', () => {
  const choose = (
    mechanisms: string[],
    more: Partial<Parameters<typeof chooseMechanism>[0]> = {},
    binding = exporter,
  ) =>
    chooseMechanism({ profile: 'sasl', mechanisms, bindingTypes: null, ...more }, noPins, {
      ...{ binding, allowsPlain: true },
    })
  it('is the strongest, bound before unbound', () => {
    const all = ['PLAIN', 'SCRAM-SHA-1', 'SCRAM-SHA-256', 'SCRAM-SHA-1-PLUS', 'SCRAM-SHA-256-PLUS']
    const best = choose(all)
    expect(best).toMatchObject({ mechanism: 'SCRAM-SHA-256-PLUS', gs2: { flag: 'p', type: 'tls-exporter' } })
    expect(choose(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-1-PLUS'])).toMatchObject({
      mechanism: 'SCRAM-SHA-1-PLUS',
    })
    expect(choose(['PLAIN', 'SCRAM-SHA-1', 'SCRAM-SHA-256'])).toMatchObject({
      ...{ mechanism: 'SCRAM-SHA-256', gs2: { flag: 'y' } },
    })
    expect(choose(['PLAIN'])).toMatchObject({ kind: 'plain' })
  })
  it('without a common binding has to be proved', () => {
    const found = choose(['SCRAM-SHA-1', 'SCRAM-SHA-1-PLUS'], { bindingTypes: ['tls-unheard'] })
    expect(found).toMatchObject({ mechanism: 'SCRAM-SHA-1', gs2: { flag: 'n' }, needsHash: true })
    expect(choose(['SCRAM-SHA-1', 'SCRAM-SHA-1-PLUS'], {}, none)).toMatchObject({ needsHash: true })
  })
  it('never goes back to the password alone', () => {
    const pinned = (mechanisms: string[]) => () =>
      chooseMechanism(
        { profile: 'sasl', mechanisms, bindingTypes: null },
        { scram: true, downgradeHash: false },
        { binding: exporter, allowsPlain: true },
      )
    expect(pinned(['PLAIN'])).toThrowError(expect.objectContaining({ code: 'login-downgraded' }))
    expect(pinned(['PLAIN', 'SCRAM-SHA-1'])()).toMatchObject({ kind: 'scram' })
    expect(() =>
      chooseMechanism({ profile: 'sasl', mechanisms: ['PLAIN', 'DIGEST-MD5'], bindingTypes: null }, noPins, {
        ...{ binding: exporter, allowsPlain: false },
      }),
    ).toThrowError(expect.objectContaining({ code: 'login-unsupported' }))
  })
  it.each([
    ['-PLUS without types', { mechanisms: ['SCRAM-SHA-1-PLUS'], bindingTypes: null }],
    ['types without -PLUS', { mechanisms: ['SCRAM-SHA-1'], bindingTypes: ['tls-exporter'] }],
  ])('%s under SASL2 is tampering', (_what, seen) => {
    expect(() =>
      chooseMechanism({ profile: 'sasl2', ...seen }, noPins, { binding: exporter, allowsPlain: false }),
    ).toThrowError(expect.objectContaining({ code: 'login-downgraded', params: { reason: 'bindings' } }))
  })
  it('writes what it binds to in front', () => {
    expect(gs2Header({ flag: 'p', type: 'tls-exporter', data: Buffer.alloc(0) })).toBe('p=tls-exporter,,')
    expect(gs2Header({ flag: 'y' })).toBe('y,,')
  })
})

describe('a login by token', () => {
  it('is bound to the connection, or is none', () => {
    const offered = ['HT-SHA-256-NONE', 'HT-SHA-256-EXPR', 'HT-SHA-256-ENDP']
    expect(fastMechanismFor(offered, exporter, 'tls-exporter')).toBe('HT-SHA-256-EXPR')
    expect(fastMechanismFor(offered, none, null)).toBeNull()
    const endPoint: BindingOf = type => (type === 'tls-server-end-point' ? Buffer.from('e') : null)
    // Weaker than the login that it came from.
    expect(fastMechanismFor(offered, endPoint, 'tls-exporter')).toBeNull()
    const token = { mechanism: 'HT-SHA-256-EXPR', token: 't', expiresAtMs: 0, count: 1 }
    expect(fastLogin(token, 'user', none)).toBeNull()
    expect(fastLogin({ ...token, mechanism: 'HT-SHA-256-NONE' }, 'user', exporter)).toBeNull()
    const login = fastLogin(token, 'user', exporter)
    expect(
      Buffer.from(login?.message ?? [])
        .subarray(0, 5)
        .toString(),
    ).toBe('user\0')
    checkFastAnswer(login?.expected ?? null, login?.expected ?? Buffer.alloc(0))
    expect(() => checkFastAnswer(null, Buffer.alloc(32))).toThrow()
    expect(() => checkFastAnswer(Buffer.alloc(32), login?.expected ?? Buffer.alloc(0))).toThrow()
  })
})
