import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { KeyComparison, KeyImportReport, OwnKey } from '../../../shared/features/keys/model'
import { TestProfile } from '../../support/command-line'

/** The command line and GnuPG, each with keys of its own, exchanging files as people do. */
const profile = new TestProfile()
// The socket of the agent lies in it: the path must stay short.
const home = mkdtempSync(join(tmpdir(), 'gk-'))
const gpg = (args: readonly string[], input = ''): string =>
  execFileSync(
    'gpg',
    [
      '--homedir',
      home,
      '--batch',
      '--yes',
      '--no-tty',
      '--pinentry-mode',
      'loopback',
      '--trust-model',
      'always',
      ...args,
    ],
    {
      input,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  )
const file = (name: string) => join(profile.directory, name)
const passphrase = 'a long way to the harbour 7'

beforeAll(async () => {
  await profile.create()
  profile.file('key-passphrase', `${passphrase}\n`)
  gpg(['--passphrase', '', '--quick-generate-key', 'Bob <bob@example.net>', 'ed25519', 'sign', '1y'])
  const [fingerprint = ''] =
    /^fpr:+([0-9A-F]{40})/m.exec(gpg(['--list-keys', '--with-colons']))?.slice(1) ?? []
  gpg(['--passphrase', '', '--quick-add-key', fingerprint, 'cv25519', 'encr', '1y'])
})
afterAll(async () => {
  execFileSync('gpgconf', ['--homedir', home, '--kill', 'all'])
  rmSync(home, { recursive: true, force: true })
  await profile.remove()
})

describe('a key made here', () => {
  let key: OwnKey
  test('is listed without anything secret, and GnuPG takes its public part and encrypts to it', async () => {
    key = await profile.json<OwnKey>('keys', 'generate', 'anna@example.org', '--name', 'Anna')
    expect(key).toMatchObject({ hasRevocationCertificate: true, backedUpAtMs: null, unlocked: true })
    const listed = await profile.json<{ own: OwnKey[] }>('keys', 'list')
    expect(listed.own.map(each => each.facts.fingerprint)).toEqual([key.facts.fingerprint])
    expect(JSON.stringify(listed)).not.toMatch(/PRIVATE|sealed/)

    await profile.json('keys', 'export', 'anna@example.org', '--out', file('anna.asc'))
    gpg(['--import', file('anna.asc')])
    const encrypted = gpg(['--armor', '--recipient', key.facts.fingerprint, '--encrypt'], 'hello Anna')
    expect(encrypted).toContain('BEGIN PGP MESSAGE')
  })

  test('goes to GnuPG as a secret key under its passphrase, and decrypts there', async () => {
    const refused = await profile.failure(
      'keys',
      'export',
      'anna@example.org',
      '--secret',
      '--out',
      file('weak.asc'),
      '--key-passphrase-file',
      profile.file('weak', 'password1\n'),
    )
    expect(refused.code).toBe('weak-passphrase')
    await profile.json(
      'keys',
      'export',
      'anna@example.org',
      '--secret',
      '--out',
      file('secret.asc'),
      '--key-passphrase-file',
      file('key-passphrase'),
    )
    expect(statSync(file('secret.asc')).mode & 0o777).toBe(0o600)
    const again = await profile.failure(
      'keys',
      'export',
      'anna@example.org',
      '--secret',
      '--out',
      file('secret.asc'),
      '--key-passphrase-file',
      file('key-passphrase'),
    )
    expect(again.code).toBe('file-exists')
    const [own] = (await profile.json<{ own: OwnKey[] }>('keys', 'list')).own
    expect(own?.backedUpAtMs).not.toBeNull()

    gpg(['--pinentry-mode', 'loopback', '--passphrase', passphrase, '--import', file('secret.asc')])
    const encrypted = gpg(['--armor', '--recipient', key.facts.fingerprint, '--encrypt'], 'for Anna alone')
    const unlock = ['--pinentry-mode', 'loopback', '--passphrase', passphrase]
    expect(gpg([...unlock, '--decrypt'], encrypted)).toBe('for Anna alone')
  })

  test('is renewed and then revoked, and GnuPG sees both', async () => {
    await profile.json('keys', 'expire', 'anna@example.org', '30')
    await profile.json('keys', 'export', 'anna@example.org', '--out', file('renewed.asc'))
    gpg(['--import', file('renewed.asc')])
    const expires = () =>
      Number(
        /^pub:[^:]*:\d*:\d*:[^:]*:\d*:(\d+):/m.exec(
          gpg(['--list-keys', '--with-colons', key.facts.fingerprint]),
        )?.[1],
      )
    expect(Math.round((expires() * 1000 - Date.now()) / 86_400_000)).toBe(30)

    const hasty = await profile.run('keys', 'revoke', 'anna@example.org')
    expect(hasty.exitCode).toBe(2)
    await profile.json('keys', 'revoke', 'anna@example.org', '--reason', 'superseded', '--yes')
    await profile.json('keys', 'export', key.facts.fingerprint, '--out', file('revoked.asc'))
    gpg(['--import', file('revoked.asc')])
    expect(gpg(['--list-keys', '--with-colons', key.facts.fingerprint])).toMatch(/^pub:r:/m)
  })

  test('has a revocation certificate that GnuPG honours on its own', async () => {
    const other = await profile.json<OwnKey>('keys', 'generate', 'anna@work.example')
    await profile.json('keys', 'export', 'anna@work.example', '--out', file('work.asc'))
    await profile.json('keys', 'export', 'anna@work.example', '--revocation', '--out', file('revocation.asc'))
    gpg(['--import', file('work.asc')])
    expect(gpg(['--list-keys', '--with-colons', other.facts.fingerprint])).toMatch(/^pub:[^r]:/m)
    gpg(['--import', file('revocation.asc')])
    expect(gpg(['--list-keys', '--with-colons', other.facts.fingerprint])).toMatch(/^pub:r:/m)
  })
})

describe('an own key that comes from GnuPG', () => {
  let fingerprint = ''
  const state = async () => {
    const { own } = await profile.json<{ own: OwnKey[] }>('keys', 'list')
    return own.find(each => each.facts.fingerprint === fingerprint)
  }

  test('counts as backed up: the file it came from is one', async () => {
    gpg(['--passphrase', '', '--quick-generate-key', 'Rita <rita@example.org>', 'ed25519', 'default', '1y'])
    const listed = gpg(['--list-keys', '--with-colons', 'rita@example.org'])
    fingerprint = (/^fpr:+([0-9A-F]{40})/m.exec(listed)?.[1] ?? '').toLowerCase()
    gpg(['--armor', '--output', file('rita.asc'), '--export-secret-keys', 'rita@example.org'])
    const [rita] = await profile.json<OwnKey[]>('keys', 'import', '--secret', file('rita.asc'))
    expect(rita?.facts.fingerprint).toBe(fingerprint)
    expect((await state())?.backedUpAtMs).not.toBeNull()
  })

  test('is revoked by the certificate that GnuPG laid beside it, given where own keys are', async () => {
    const certificate = join(home, 'openpgp-revocs.d', `${fingerprint.toUpperCase()}.rev`)
    const [rita] = await profile.json<OwnKey[]>('keys', 'import', '--secret', certificate)
    expect(rita?.facts).toMatchObject({ fingerprint, canSign: false, canEncrypt: false })
    expect((await state())?.facts.problems).toContain('revoked')
  })

  test('and a certificate of a key that is not here, or a key of a kind of tomorrow, says what it is', async () => {
    gpg(['--passphrase', '', '--quick-generate-key', 'Nora <nora@example.org>', 'ed25519', 'sign', '1y'])
    const listed = gpg(['--list-keys', '--with-colons', 'nora@example.org'])
    const nora = /^fpr:+([0-9A-F]{40})/m.exec(listed)?.[1] ?? ''
    const certificate = join(home, 'openpgp-revocs.d', `${nora}.rev`)
    const unknown = await profile.failure('keys', 'import', '--secret', certificate)
    expect([unknown.code, unknown.message]).toEqual([
      'no-key',
      expect.stringContaining(nora.slice(-16).toLowerCase()),
    ])
    const body = [6, 0x60, 0, 0, 0, 36, 0, 0, 0, 20, ...Array<number>(20).fill(7)]
    writeFileSync(file('tomorrow'), Buffer.from([0xc5, body.length, ...body]))
    const tomorrow = await profile.failure('keys', 'import', '--secret', file('tomorrow'))
    expect([tomorrow.code, tomorrow.message]).toEqual([
      'key-kind-unsupported',
      expect.stringContaining('ML-KEM-1024+X448'),
    ])
  })
})

describe('a key made by GnuPG', () => {
  test.each([
    ['armored', ['--armor']],
    ['binary', []],
  ] as const)('is taken in %s as somebody else’s key', async (kind, args) => {
    const path = file(`bob-${kind}`)
    gpg([...args, '--output', path, '--export', 'bob@example.net'])
    const report = await profile.json<KeyImportReport>('keys', 'import', path)
    expect(report.keys).toMatchObject([{ address: 'bob@example.net', trust: 'none', inUse: true }])
  })

  test('is verified by the number both see, or by the code of the other', async () => {
    const shown = await profile.json<KeyComparison & { fingerprint: string }>(
      'keys',
      'verify',
      'bob@example.net',
    )
    expect(shown).toMatchObject({ verified: false })
    const wrong = await profile.run(
      'keys',
      'verify',
      'bob@example.net',
      '--code',
      shown.code.replace(/.$/, 'X'),
    )
    expect(wrong.exitCode).toBe(2)
    expect(
      await profile.json('keys', 'verify', 'bob@example.net', '--code', shown.code.toLowerCase()),
    ).toMatchObject({ verified: true })
    const { contacts } = await profile.json<{ contacts: { trust: string }[] }>(
      'keys',
      'list',
      'bob@example.net',
    )
    expect(contacts).toMatchObject([{ trust: 'verified' }])
  })

  test('is asked about when another one of the same name turns up, and stays in use until the user decides', async () => {
    const otherHome = mkdtempSync(join(tmpdir(), 'gk-'))
    const fake = execFileSync('sh', [
      '-c',
      `gpg --homedir ${otherHome} --batch --passphrase '' --quick-generate-key 'Bob <bob@example.net>' rsa3072 sign,encr 1y && gpg --homedir ${otherHome} --export`,
    ])
    execFileSync('gpgconf', ['--homedir', otherHome, '--kill', 'all'])
    rmSync(otherHome, { recursive: true, force: true })
    writeFileSync(file('other'), fake)
    const report = await profile.json<KeyImportReport>('keys', 'import', file('other'))
    expect(report.conflicts).toMatchObject([{ address: 'bob@example.net', knownTrust: 'verified' }])
    const found = report.conflicts[0]?.found ?? ''
    const state = () =>
      profile.json<{ contacts: { inUse: boolean; facts: { fingerprint: string } }[]; conflicts: unknown[] }>(
        'keys',
        'list',
        'bob@example.net',
      )
    expect((await state()).contacts.find(key => key.facts.fingerprint === found)?.inUse).toBe(false)
    await profile.json('keys', 'trust', 'bob@example.net', found, '--reject')
    expect((await state()).conflicts).toEqual([])
    await profile.json('keys', 'import', file('other'))
    expect((await state()).conflicts).toEqual([])
  })

  test('becomes the own one with its passphrase, and not without', async () => {
    gpg([
      '--passphrase',
      passphrase,
      '--pinentry-mode',
      'loopback',
      '--quick-generate-key',
      'Cara <cara@example.org>',
      'rsa3072',
      'sign,encr',
      'never',
    ])
    writeFileSync(
      file('cara.gpg'),
      execFileSync('gpg', [
        '--homedir',
        home,
        '--batch',
        '--pinentry-mode',
        'loopback',
        '--passphrase',
        passphrase,
        '--export-secret-keys',
        'cara@example.org',
      ]),
    )
    expect((await profile.failure('keys', 'import', file('cara.gpg'), '--secret')).code).toBe('key-locked')
    const wrong = profile.file('wrong', 'not this one at all\n')
    expect(
      (await profile.failure('keys', 'import', file('cara.gpg'), '--secret', '--key-passphrase-file', wrong))
        .code,
    ).toBe('wrong-passphrase')
    const [key] = await profile.json<OwnKey[]>(
      'keys',
      'import',
      file('cara.gpg'),
      '--secret',
      '--key-passphrase-file',
      file('key-passphrase'),
    )
    expect(key).toMatchObject({ unlocked: true, facts: { algorithm: 'RSA 3072' } })
  })

  test('that is secret is not taken for public: only the public part is read, and it is said', async () => {
    const report = await profile.json<KeyImportReport>('keys', 'import', file('cara.gpg'))
    expect(report.secretCount).toBe(1)
  })
})

test('a file that is no key is refused by name, and looking for a key of a local domain says why not', async () => {
  const path = profile.file('letter.txt', 'Dear Anna\n')
  expect((await profile.failure('keys', 'import', path)).code).toBe('import-unreadable')
  const { steps } = await profile.json<{ steps: { source: string; outcome: string }[] }>(
    'keys',
    'find',
    'joe@router.lan',
  )
  expect(steps.map(({ source, outcome }) => [source, outcome])).toEqual([
    ['local', 'nothing'],
    ['wkd-advanced', 'refused'],
    ['keyserver', 'off'],
  ])
})
