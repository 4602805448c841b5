import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ProfileVault } from '../../../electron/vault/profile-vault'
import type { SealedKeyAnswer } from '../../../shared/ipc/vault/vault-calls'
import { Gnupg, Sequoia } from '../../support/openpgp-programs'
import { openTestVault } from '../../support/vault-in-test'

const mail = Buffer.from(
  'Content-Type: text/plain; charset=utf-8\r\n\r\nGrüße aus Köln,\r\n.\r\n- und zurück \r\n',
)
const nowMs = Date.now()
const gnupg = new Gnupg()
const sequoia = new Sequoia()
let vault: ProfileVault & { close(): Promise<void> }
let anna: SealedKeyAnswer
let exported: Buffer

/** A key of another program: what it gives others, and its secret part. */
type Foreign = { address: string; fingerprint: string; certificate: Buffer; secret: Buffer }

const hold = (...keys: readonly SealedKeyAnswer[]) =>
  vault.calls.hold(keys.map(({ facts, sealed }) => ({ fingerprint: facts.fingerprint, sealed })))

const publicOf = async (certificate: Uint8Array) => {
  const { keys, broken } = await vault.calls.readKeys(certificate)
  const [key] = keys
  if (!key || keys.length !== 1 || broken > 0) throw new Error('not one key')
  return key
}

const encryptTo = async (
  recipients: readonly { key: Uint8Array; hidden: boolean }[],
  data: Uint8Array = mail,
) =>
  Buffer.from(
    (await vault.calls.encrypt({ data, recipients, signWith: anna.facts.fingerprint, nowMs })).armored,
  )

beforeAll(async () => {
  vault = await openTestVault()
  anna = await vault.calls.generate({
    userIds: [{ name: 'Anna Müller', address: 'anna@siegel.example' }],
    version: 4,
    expiresAtMs: nowMs + 86_400_000,
    nowMs: nowMs - 10_000,
  })
  await hold(anna)
  exported = Buffer.from(await vault.exportSecret(anna.facts.fingerprint, 'export phrase'))
  await gnupg.run(['--import'], anna.bytes)
})
afterAll(async () => {
  gnupg.close()
  sequoia.close()
  await vault.close()
})

const ofGnupg: Record<string, readonly string[]> = {
  'Ed25519 / X25519': ['Key-Type: eddsa', 'Key-Curve: ed25519', 'Subkey-Type: ecdh', 'Subkey-Curve: cv25519'],
  'RSA 3072': ['Key-Type: RSA', 'Key-Length: 3072', 'Subkey-Type: RSA', 'Subkey-Length: 3072'],
  'NIST P-256': ['Key-Type: ecdsa', 'Key-Curve: nistp256', 'Subkey-Type: ecdh', 'Subkey-Curve: nistp256'],
  'NIST P-384': ['Key-Type: ecdsa', 'Key-Curve: nistp384', 'Subkey-Type: ecdh', 'Subkey-Curve: nistp384'],
}

describe.each(Object.entries(ofGnupg))('a GnuPG key with %s', (algorithm, lines) => {
  let key: Foreign
  beforeAll(async () => {
    const address = `${algorithm.replace(/\W/g, '').toLowerCase()}@gnupg.example`
    const fingerprint = await gnupg.generate(address, lines)
    key = {
      address,
      fingerprint,
      certificate: await gnupg.exported(fingerprint),
      secret: await gnupg.exportedSecret(fingerprint),
    }
  })

  test('is read with its algorithm, address and abilities', async () => {
    expect((await publicOf(key.certificate)).facts).toMatchObject({
      fingerprint: key.fingerprint,
      algorithm,
      version: 4,
      userIds: [{ name: 'Gregor Gnu', address: key.address, valid: true }],
      canEncrypt: true,
      canSign: true,
      problems: [],
    })
  })

  test('GnuPG opens what is encrypted to it and finds our signature good', async () => {
    const armored = await encryptTo([{ key: (await publicOf(key.certificate)).bytes, hidden: false }])
    const { code, stdout, stderr } = await gnupg.try(['--status-fd', '2', '--decrypt'], armored)
    expect(stderr).toContain(`VALIDSIG ${anna.facts.fingerprint.toUpperCase()}`)
    expect(stdout.equals(mail)).toBe(true)
    expect(code).toBe(0)
  })

  test('what GnuPG signed with it and encrypted to us opens, its signature good', async () => {
    const message = await gnupg.run(
      ['--armor', '-u', key.fingerprint, '-r', anna.facts.fingerprint, '--sign', '--encrypt'],
      mail,
    )
    const opened = await vault.calls.decrypt(message, {
      verifyWith: [(await publicOf(key.certificate)).bytes],
      nowMs: Date.now(),
    })
    expect(Buffer.from(opened.bytes).equals(mail)).toBe(true)
    expect(opened.signatures).toMatchObject([{ state: 'good', fingerprint: key.fingerprint }])
  })

  test('its secret key is taken over and opens what GnuPG encrypted to it', async () => {
    const {
      keys: [own],
    } = await vault.importSecret(key.secret, null)
    if (!own) throw new Error('not imported')
    expect(own.facts.fingerprint).toBe(key.fingerprint)
    const message = await gnupg.run(['-r', key.fingerprint, '--encrypt'], mail)
    await hold(anna, own)
    const opened = await vault.calls.decrypt(message, { verifyWith: [], nowMs: Date.now() })
    await hold(anna)
    expect(opened).toMatchObject({ openedBy: key.fingerprint, signatures: [] })
    expect(Buffer.from(opened.bytes).equals(mail)).toBe(true)
  })

  test('detached signatures hold in both directions and break with one changed byte', async () => {
    const { bytes } = await publicOf(key.certificate)
    const theirs = await gnupg.run(['--armor', '-u', key.fingerprint, '--detach-sign'], mail)
    const options = { verifyWith: [bytes], nowMs: Date.now() }
    expect(await vault.calls.verify(mail, theirs, options)).toMatchObject([{ state: 'good' }])
    expect(await vault.calls.verify(Buffer.concat([mail, mail]), theirs, options)).toMatchObject([
      { state: 'bad' },
    ])
  })
})

describe('with GnuPG', () => {
  test('our detached signature is good', async () => {
    const { armored } = await vault.calls.sign(mail, anna.facts.fingerprint, nowMs)
    const signature = sequoia.file(armored)
    const { code, stderr } = await gnupg.try(['--status-fd', '2', '--verify', signature, '-'], mail)
    expect(stderr).toContain('GOODSIG')
    expect(code).toBe(0)
  })

  test('our exported secret key is imported there and opens mail to it', async () => {
    const other = new Gnupg()
    try {
      await other.run(['--passphrase', 'export phrase', '--import'], exported)
      const message = await encryptTo([{ key: anna.bytes, hidden: false }])
      const opened = await other.run(['--passphrase', 'export phrase', '--decrypt'], message)
      expect(opened.equals(mail)).toBe(true)
      const back = await other.run([
        '--passphrase',
        'export phrase',
        '--armor',
        '--export-secret-keys',
        anna.facts.fingerprint,
      ])
      await expect(vault.importSecret(back, null)).rejects.toMatchObject({ code: 'key-locked' })
      await expect(vault.importSecret(back, 'no')).rejects.toMatchObject({ code: 'wrong-passphrase' })
      const {
        keys: [again],
      } = await vault.importSecret(back, 'export phrase')
      expect(again?.facts.fingerprint).toBe(anna.facts.fingerprint)
    } finally {
      other.close()
    }
  })

  test('a message to several, one of them hidden, opens for each and names only the others', async () => {
    const [first, second] = await Promise.all(
      ['ed25519x25519@gnupg.example', 'nistp256@gnupg.example'].map(async address =>
        publicOf(await gnupg.exported(address)),
      ),
    )
    if (!first || !second) throw new Error('no keys')
    const message = await encryptTo([
      { key: first.bytes, hidden: false },
      { key: second.bytes, hidden: true },
      { key: anna.bytes, hidden: false },
    ])
    const packets = (await gnupg.try(['--list-packets'], message)).stdout.toString()
    const named = [...packets.matchAll(/keyid ([0-9A-F]{16})/g)].map(([, id]) => id?.toLowerCase())
    expect(packets.match(/:pubkey enc packet/g)).toHaveLength(3)
    expect(named).toContain('0000000000000000')
    for (const keyId of second.facts.keyIds) expect(message.toString() + named.join()).not.toContain(keyId)
    expect((await gnupg.run(['--decrypt'], message)).equals(mail)).toBe(true)
    const opened = await vault.calls.decrypt(message, { verifyWith: [anna.bytes], nowMs })
    expect(opened.recipientKeyIds.filter(id => id === '0'.repeat(16))).toHaveLength(1)
  })

  test.each([['-R'], ['--throw-keyids', '-r']])(
    'a hidden recipient of GnuPG (%s) is found',
    async (...args) => {
      const message = await gnupg.run([...args, anna.facts.fingerprint, '--encrypt'], mail)
      const opened = await vault.calls.decrypt(message, { verifyWith: [], nowMs })
      expect(opened).toMatchObject({ openedBy: anna.facts.fingerprint, recipientKeyIds: ['0'.repeat(16)] })
    },
  )

  test('ten megabytes go there and come back, compressed or not', async () => {
    const large = Buffer.alloc(10_000_000, 'Siegel, ein Brief. \r\n')
    const message = await encryptTo([{ key: anna.bytes, hidden: false }], large)
    const other = await gnupg.run(['-z', '6', '-r', anna.facts.fingerprint, '--encrypt'], large)
    for (const each of [message, other]) {
      const opened = await vault.calls.decrypt(each, { verifyWith: [anna.bytes], nowMs })
      expect(Buffer.from(opened.bytes).equals(large)).toBe(true)
    }
  })

  test('a text signed in clear by GnuPG holds', async () => {
    const key = await publicOf(await gnupg.exported('nistp256@gnupg.example'))
    const signed = await gnupg.run(
      ['-u', 'nistp256@gnupg.example', '--clear-sign'],
      Buffer.from('- eins\nzwei  \n'),
    )
    const { text, signatures } = await vault.calls.verifyCleartext(signed, {
      verifyWith: [key.bytes],
      nowMs: Date.now(),
    })
    expect(Buffer.from(text).toString()).toContain('- eins\nzwei')
    expect(signatures).toMatchObject([{ state: 'good' }])
  })

  test('a message without integrity protection shows nothing', async () => {
    const message = await gnupg.run(
      ['--rfc2440', '--disable-mdc', '--cipher-algo', 'CAST5', '-r', anna.facts.fingerprint, '--encrypt'],
      mail,
    )
    const packets = (await gnupg.try(['--list-packets'], message)).stdout.toString()
    const expected = packets.includes(':encrypted data packet:') && !packets.includes('mdc_method')
    const opening = vault.calls.decrypt(message, { verifyWith: [], nowMs })
    if (expected) await expect(opening).rejects.toMatchObject({ code: 'no-integrity' })
    else expect((await opening).cipher).toBe('cast5')
  })

  test('one flipped bit anywhere in the ciphertext shows nothing', async () => {
    const message = await gnupg.run(['-r', anna.facts.fingerprint, '--encrypt'], mail)
    for (const back of [1, 15, 30, 60]) {
      const changed = Buffer.from(message)
      changed[changed.length - back] = (changed[changed.length - back] ?? 0) ^ 1
      await expect(vault.calls.decrypt(changed, { verifyWith: [], nowMs })).rejects.toMatchObject({
        code: 'message-changed',
      })
    }
  })

  test('expired and revoked keys say so, and stay good for what they signed before', async () => {
    const fingerprint = await gnupg.generate('short@gnupg.example', [
      'Key-Type: eddsa',
      'Key-Curve: ed25519',
      'Subkey-Type: ecdh',
      'Subkey-Curve: cv25519',
      'Expire-Date: seconds=20000',
    ])
    const signature = await gnupg.run(['-u', fingerprint, '--detach-sign'], mail)
    const later = Date.now() + 86_400_000
    const key = await publicOf(await gnupg.exported(fingerprint))
    expect(key.facts.expiresAtMs).not.toBeNull()
    expect(
      await vault.calls.verify(mail, signature, { verifyWith: [key.bytes], nowMs: later }),
    ).toMatchObject([{ state: 'good' }])
    await expect(
      vault.calls.encrypt({
        data: mail,
        recipients: [{ key: key.bytes, hidden: false }],
        signWith: null,
        nowMs: later,
      }),
    ).rejects.toMatchObject({ code: 'key-unusable', params: { fingerprint } })

    const prepared = readFileSync(
      join(gnupg.home, 'openpgp-revocs.d', `${fingerprint.toUpperCase()}.rev`),
      'utf8',
    )
    await gnupg.run(['--import'], Buffer.from(prepared.replace(':-----BEGIN', '-----BEGIN')))
    const revoked = await publicOf(await gnupg.exported(fingerprint))
    expect(revoked.facts).toMatchObject({ canEncrypt: false, canSign: false })
    expect(revoked.facts.problems).toContain('revoked')
    // GnuPG's prepared certificate gives no reason, so it counts for all times (RFC 9580 §5.2.3.31).
    expect(
      await vault.calls.verify(mail, signature, { verifyWith: [revoked.bytes], nowMs: Date.now() }),
    ).toMatchObject([{ state: 'key-unusable', problems: ['revoked'] }])
  })

  test('our change of expiry is understood there', async () => {
    const changed = await vault.calls.change(
      anna.facts.fingerprint,
      { kind: 'expiry', expiresAtMs: nowMs + 400 * 86_400_000 },
      nowMs,
    )
    expect(changed.facts.problems).toEqual([])
    const other = new Gnupg()
    try {
      await other.run(['--import'], anna.bytes)
      await other.run(['--import'], changed.bytes)
      const listed = (await other.run(['--with-colons', '--list-keys'])).toString()
      const ends = [...listed.matchAll(/^(?:pub|sub):[^:]*:[^:]*:[^:]*:[^:]*:[^:]*:(\d+):/gm)]
      expect(ends).toHaveLength(2)
      for (const [, end] of ends) expect(Number(end) * 1000).toBeGreaterThan(nowMs + 399 * 86_400_000)
    } finally {
      other.close()
    }
  })
})

describe('what is too weak, from GnuPG', () => {
  const weakly = (lines: readonly string[], address: string) => gnupg.generate(address, lines)
  const judged = async (fingerprint: string, ...digest: readonly string[]) => {
    const key = await publicOf(await gnupg.exported(fingerprint))
    const signature = await gnupg.run([...digest, '-u', fingerprint, '--detach-sign'], mail)
    const [facts] = await vault.calls.verify(mail, signature, {
      verifyWith: [key.bytes],
      nowMs: Date.now(),
    })
    return { facts: key.facts, signature: facts }
  }
  const refused = async (fingerprint: string) =>
    expect(
      encryptTo([{ key: (await publicOf(await gnupg.exported(fingerprint))).bytes, hidden: false }]),
    ).rejects.toMatchObject({ code: 'key-unusable' })

  test('a signature with SHA-1 is weak', async () => {
    const fingerprint = await weakly(ofGnupg['RSA 3072'] ?? [], 'sha1@gnupg.example')
    const { facts, signature } = await judged(fingerprint, '--digest-algo', 'SHA1')
    expect(facts.problems).toEqual([])
    expect(signature).toMatchObject({ state: 'weak', hash: 'sha1', problems: ['weak-hash'] })
  })

  test('RSA of 1024 bits is weak, and nothing is encrypted to it', async () => {
    const lines = ['Key-Type: RSA', 'Key-Length: 1024', 'Subkey-Type: RSA', 'Subkey-Length: 1024']
    const fingerprint = await weakly(lines, 'rsa1024@gnupg.example')
    const { facts, signature } = await judged(fingerprint)
    expect(facts).toMatchObject({ algorithm: 'RSA 1024', canEncrypt: false, canSign: false })
    expect(facts.problems).toContain('weak')
    expect(signature).toMatchObject({ state: 'weak', problems: ['weak'] })
    await refused(fingerprint)
    const {
      keys: [own],
    } = await vault.importSecret(await gnupg.exportedSecret(fingerprint), null)
    if (!own) throw new Error('not imported')
    await hold(anna, own)
    const old = await gnupg.run(['-r', fingerprint, '--encrypt'], mail)
    expect((await vault.calls.decrypt(old, { verifyWith: [], nowMs })).openedBy).toBe(fingerprint)
    await hold(anna)
  })

  test('DSA and ElGamal are weak', async () => {
    const lines = ['Key-Type: DSA', 'Key-Length: 2048', 'Subkey-Type: ELG', 'Subkey-Length: 2048']
    const fingerprint = await weakly(lines, 'dsa@gnupg.example')
    const { facts, signature } = await judged(fingerprint)
    expect(facts.problems).toContain('weak')
    expect(signature).toMatchObject({ state: 'weak' })
    await refused(fingerprint)
  })
})

describe.each(['cv25519', 'rsa4k'])('with Sequoia and a key of its suite %s', suite => {
  let secret: string
  let certificate: string
  const address = `${suite}@sequoia.example`
  beforeAll(async () => {
    secret = join(sequoia.folder, suite)
    await sequoia.run('sq', [
      'key',
      'generate',
      '-c',
      suite,
      '-u',
      `Sera Quoia <${address}>`,
      '--export',
      secret,
    ])
    certificate = sequoia.file(await sequoia.run('sqop', ['extract-cert'], readFileSync(secret)))
  })

  test('it opens our mail and finds our signature good', async () => {
    const key = await publicOf(readFileSync(certificate))
    expect(key.facts).toMatchObject({ canEncrypt: true, canSign: true, problems: [] })
    const message = await encryptTo([
      { key: key.bytes, hidden: false },
      { key: anna.bytes, hidden: true },
    ])
    const verifications = join(sequoia.folder, `${suite}-verifications`)
    const opened = await sequoia.run(
      'sqop',
      [
        'decrypt',
        `--verifications-out=${verifications}`,
        `--verify-with=${sequoia.file(anna.bytes)}`,
        '--',
        secret,
      ],
      message,
    )
    expect(opened.equals(mail)).toBe(true)
    expect(readFileSync(verifications, 'utf8').toLowerCase()).toContain(anna.facts.fingerprint)
  })

  test('its signed and encrypted mail opens here, its signature good', async () => {
    const key = await publicOf(readFileSync(certificate))
    const message = await sequoia.run(
      'sqop',
      ['encrypt', `--sign-with=${secret}`, sequoia.file(anna.bytes)],
      mail,
    )
    const opened = await vault.calls.decrypt(message, { verifyWith: [key.bytes], nowMs: Date.now() })
    expect(Buffer.from(opened.bytes).equals(mail)).toBe(true)
    expect(opened.signatures).toMatchObject([{ state: 'good', fingerprint: key.facts.fingerprint }])
  })

  test('detached signatures hold in both directions', async () => {
    const key = await publicOf(readFileSync(certificate))
    const theirs = await sequoia.run('sqop', ['sign', secret], mail)
    expect(
      await vault.calls.verify(mail, theirs, { verifyWith: [key.bytes], nowMs: Date.now() }),
    ).toMatchObject([{ state: 'good' }])
    const ours = sequoia.file((await vault.calls.sign(mail, anna.facts.fingerprint, nowMs)).armored)
    const verified = await sequoia.run('sqop', ['verify', ours, sequoia.file(anna.bytes)], mail)
    expect(verified.toString().toLowerCase()).toContain(anna.facts.fingerprint)
  })

  test('its secret key is taken over, and ours is read there', async () => {
    const {
      keys: [own],
    } = await vault.importSecret(readFileSync(secret), null)
    if (!own) throw new Error('not imported')
    const message = await sequoia.run('sqop', ['encrypt', certificate], mail)
    await hold(anna, own)
    const opened = await vault.calls.decrypt(message, { verifyWith: [], nowMs: Date.now() })
    await hold(anna)
    expect(opened.openedBy).toBe(own.facts.fingerprint)
    const inspected = await sequoia.run('sq', ['inspect'], exported)
    expect(inspected.toString()).toContain(anna.facts.fingerprint.toUpperCase())
    const reopened = await sequoia.run(
      'sqop',
      [`decrypt`, `--with-key-password=${sequoia.file('export phrase')}`, '--', sequoia.file(exported)],
      await encryptTo([{ key: anna.bytes, hidden: false }]),
    )
    expect(reopened.equals(mail)).toBe(true)
  })
})
