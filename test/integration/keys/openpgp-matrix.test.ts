/** What other programs write is read, and what is written here they read: every cell of the matrix, or the reason by name. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ProfileVault } from '../../../electron/vault/profile-vault'
import type { SealedKeyAnswer } from '../../../shared/ipc/vault/vault-calls'
import { Gnupg, gosop, Rnp, Sequoia } from '../../support/openpgp-programs'
import { openTestVault } from '../../support/vault-in-test'

const mail = Buffer.from(
  `Content-Type: text/plain; charset=utf-8\r\n\r\nGrüße aus Köln,\r\n${'alle Jahre wieder\r\n'.repeat(300)}`,
)
const gnupg = new Gnupg()
const sequoia = new Sequoia()
const rnp = new Rnp()
let vault: ProfileVault & { close(): Promise<void> }
let anna: SealedKeyAnswer
let annaFile = ''

beforeAll(async () => {
  vault = await openTestVault()
  anna = await vault.calls.generate({
    userIds: [{ name: 'Anna', address: 'anna@siegel.example' }],
    version: 4,
    expiresAtMs: null,
    nowMs: Date.now() - 10_000,
  })
  await hold(anna)
  annaFile = sequoia.file(anna.bytes)
  await gnupg.run(['--import'], anna.bytes)
  await rnp.keys(['--import', annaFile])
})
afterAll(async () => {
  gnupg.close()
  sequoia.close()
  rnp.close()
  await vault.close()
})

const hold = (...keys: readonly SealedKeyAnswer[]) =>
  vault.calls.hold(keys.map(({ facts, sealed }) => ({ fingerprint: facts.fingerprint, sealed })))
const publicOf = async (certificate: Uint8Array) => {
  const [key] = (await vault.calls.readKeys(certificate)).keys
  if (!key) throw new Error('no key')
  return key
}
/** `read` and what it was signed as; or the code that says why not. */
const reading = async (message: Uint8Array, ...verifyWith: readonly Uint8Array[]): Promise<string> => {
  try {
    const opened = await vault.calls.decrypt(message, { verifyWith, nowMs: Date.now() })
    const isSame = Buffer.from(opened.bytes).equals(mail)
    return [isSame ? 'read' : 'DIFFERS', ...opened.signatures.map(({ state }) => state)].join(' ')
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
}
/** As `reading`, with a passphrase. */
const readingWith = async (passphrase: string, message: Uint8Array): Promise<string> => {
  const given = Buffer.from(passphrase)
  const opened = await vault.calls.decrypt(message, {
    verifyWith: [],
    nowMs: Date.now(),
    passphrase: new Uint8Array(given),
  })
  if (opened.openedBy !== null) return 'by a key'
  return Buffer.from(opened.bytes).equals(mail) ? 'read' : 'DIFFERS'
}
const judged = (signatures: readonly { state: string }[]) => signatures.map(({ state }) => state).join(' ')

/** Runs every cell and answers those that are not as they should be. */
const mismatches = async (cells: readonly (readonly [string, () => Promise<string>, string])[]) => {
  const wrong: string[] = []
  for (const [name, run, expected] of cells) {
    const found = await run().catch((error: { code?: string }) => error.code ?? String(error))
    if (found !== expected) wrong.push(`${name}: ${found}`)
  }
  return wrong
}
type Cell = readonly [string, () => Promise<string>, string]

/** Not in the library, and in Electron's OpenSSL neither; nobody writes them unasked. */
const unknownCipher = 'cipher-unsupported'

test('what GnuPG encrypts, with every cipher and compression it has', async () => {
  const to = ['-r', anna.facts.fingerprint, '--encrypt']
  const ciphers = ['AES', 'AES192', 'AES256', '3DES', 'CAST5', 'BLOWFISH', 'TWOFISH']
  const others = ['IDEA', 'CAMELLIA128', 'CAMELLIA192', 'CAMELLIA256']
  const cells: Cell[] = [
    ...ciphers.map(
      (cipher): Cell => [
        cipher,
        async () => reading(await gnupg.run(['--cipher-algo', cipher, ...to], mail)),
        'read',
      ],
    ),
    ...others.map(
      (cipher): Cell => [
        cipher,
        async () => reading(await gnupg.run(['--cipher-algo', cipher, ...to], mail)),
        unknownCipher,
      ],
    ),
    ...['none', 'zip', 'zlib', 'bzip2'].map(
      (way): Cell => [
        way,
        async () => reading(await gnupg.run(['--compress-algo', way, ...to], mail)),
        'read',
      ],
    ),
    [
      'passphrase only',
      async () => reading(await gnupg.run(['--passphrase', 'x', '-c'], mail)),
      'passphrase-only',
    ],
    [
      'key and passphrase',
      async () => reading(await gnupg.run(['--passphrase', 'x', '-c', ...to], mail)),
      'read',
    ],
  ]
  expect(await mismatches(cells)).toEqual([])
})

test('what GnuPG, Sequoia, gosop and rnp encrypt under a passphrase, and nothing under another', async () => {
  const word = 'sieben Zwerge'
  const password = sequoia.file(word)
  const byGnupg = (...args: string[]) => gnupg.run(['--passphrase', word, ...args, '-c'], mail)
  const stranger = await gnupg.generate('stranger@gnupg.example', [
    'Key-Type: eddsa',
    'Key-Curve: ed25519',
    'Subkey-Type: ecdh',
    'Subkey-Curve: cv25519',
  ])
  const ways: [string, () => Promise<Uint8Array>][] = [
    ['GnuPG', () => byGnupg()],
    ['GnuPG in armor', () => byGnupg('--armor')],
    ...['AES', 'AES192', '3DES', 'CAST5', 'BLOWFISH', 'TWOFISH'].map(
      (cipher): [string, () => Promise<Uint8Array>] => [
        cipher,
        () => byGnupg('--cipher-algo', cipher, '--force-mdc'),
      ],
    ),
    ...['0', '1', '3'].map((mode): [string, () => Promise<Uint8Array>] => [
      `S2K mode ${mode}`,
      () => byGnupg('--s2k-mode', mode),
    ]),
    ...['1024', '65011712'].map((times): [string, () => Promise<Uint8Array>] => [
      `S2K count ${times}`,
      () => byGnupg('--s2k-count', times),
    ]),
    ['SHA-1', () => byGnupg('--s2k-digest-algo', 'SHA1')],
    ['beside a key of somebody else', () => byGnupg('-r', stranger, '--encrypt')],
    ['sqop', () => sequoia.run('sqop', ['encrypt', `--with-password=${password}`], mail)],
    ['gosop', () => gosop(['encrypt', `--with-password=${password}`], mail)],
    ['rnp', () => rnp.run(['-c', '--password', word], mail)],
    ['rnp, AEAD EAX', () => rnp.run(['-c', '--password', word, '--aead=EAX'], mail)],
    ['rnp, AEAD OCB', () => rnp.run(['-c', '--password', word, '--aead=OCB'], mail)],
  ]
  const cells: Cell[] = []
  for (const [name, make] of ways) {
    const message = await make()
    cells.push(
      [`${name}: another passphrase`, () => readingWith('acht Zwerge', message), 'message-passphrase-wrong'],
      [`${name}: opened`, () => readingWith(word, message), 'read'],
      [`${name}: once more, without it`, () => reading(message), 'read'],
    )
  }
  for (const cipher of ['IDEA', 'CAMELLIA128', 'CAMELLIA256'])
    cells.push([cipher, async () => reading(await byGnupg('--cipher-algo', cipher)), unknownCipher])
  expect(await mismatches(cells)).toEqual([])
}, 120_000)

test('keys of every curve of GnuPG: taken over, encrypted to, and their signatures judged', async () => {
  const cells: Cell[] = []
  const curves = ['brainpoolP256r1', 'brainpoolP384r1', 'brainpoolP512r1', 'nistp521', 'secp256k1']
  for (const curve of curves) {
    // Not in RFC 9580: read, believed as weak, and nothing is encrypted to it.
    const isRefused = curve === 'secp256k1'
    const lines = ['Key-Type: ecdsa', `Key-Curve: ${curve}`, 'Subkey-Type: ecdh', `Subkey-Curve: ${curve}`]
    const fingerprint = await gnupg.generate(`${curve}@gnupg.example`, lines)
    const key = await publicOf(await gnupg.exported(fingerprint))
    const {
      keys: [own],
    } = await vault.importSecret(await gnupg.exportedSecret(fingerprint), null)
    if (!own) throw new Error('not imported')
    const both = ['-u', fingerprint, '-r', fingerprint, '--sign', '--encrypt']
    cells.push(
      [
        `${curve} reads and verifies`,
        async () => {
          await hold(anna, own)
          return reading(await gnupg.run(both, mail), key.bytes)
        },
        isRefused ? 'read weak' : 'read good',
      ],
      [
        `${curve} is written to and signs`,
        async () => {
          const recipients = [{ key: key.bytes, hidden: false }]
          const nowMs = Date.now()
          const { armored } = await vault.calls.encrypt({
            data: mail,
            recipients,
            signWith: fingerprint as never,
            nowMs,
          })
          const opened = await gnupg.try(['--status-fd', '2', '--decrypt'], Buffer.from(armored))
          return `${opened.stdout.equals(mail)} ${/^\[GNUPG:\] GOODSIG/m.test(opened.stderr)}`
        },
        isRefused ? 'key-unusable' : 'true true',
      ],
    )
  }
  const wrong = await mismatches(cells)
  await hold(anna)
  expect(wrong).toEqual([])
})

test('what Sequoia encrypts, padded or not, short and long', async () => {
  const sizes = [0, 1, 100, 5_000, 200_000]
  const cells: Cell[] = []
  for (const way of ['none', 'pad', 'zip', 'zlib', 'bzip2'])
    for (const size of sizes) {
      const text = Buffer.alloc(size, 'Brief ')
      cells.push([
        `${way} of ${size}`,
        async () => {
          const args = ['encrypt', '--compression', way, '--recipient-cert', annaFile]
          const opened = await vault.calls.decrypt(await sequoia.run('sq', args, text), {
            verifyWith: [],
            nowMs: Date.now(),
          })
          return String(Buffer.from(opened.bytes).equals(text))
        },
        'true',
      ])
    }
  cells.push(
    [
      'as it does by itself',
      async () => reading(await sequoia.run('sq', ['encrypt', '--recipient-cert', annaFile], mail)),
      'read',
    ],
    ['sqop', async () => reading(await sequoia.run('sqop', ['encrypt', annaFile], mail)), 'read'],
    [
      'sqop with a password',
      async () => {
        const password = sequoia.file('x')
        return reading(await sequoia.run('sqop', ['encrypt', `--with-password=${password}`], mail))
      },
      'passphrase-only',
    ],
  )
  expect(await mismatches(cells)).toEqual([])
})

test('gosop, both ways', async () => {
  const secret = sequoia.file(await gosop(['generate-key', 'Go <go@gosop.example>']))
  const certificate = sequoia.file(await gosop(['extract-cert'], readFileSync(secret)))
  const key = await publicOf(readFileSync(certificate))
  const nowMs = Date.now()
  const unix = mail.toString('utf8').replaceAll('\r\n', '\n')
  const cells: Cell[] = [
    [
      'encrypts and signs',
      async () => reading(await gosop(['encrypt', `--sign-with=${secret}`, annaFile], mail), key.bytes),
      'read good',
    ],
    [
      'signs',
      async () =>
        judged(
          await vault.calls.verify(mail, await gosop(['sign', secret], mail), {
            verifyWith: [key.bytes],
            nowMs: Date.now(),
          }),
        ),
      'good',
    ],
    [
      'has its key taken over',
      async () => {
        const {
          keys: [own],
        } = await vault.importSecret(readFileSync(secret), null)
        if (own) await hold(anna, own)
        return reading(await gosop(['encrypt', certificate], mail))
      },
      'read',
    ],
    [
      'opens and verifies',
      async () => {
        const { armored } = await vault.calls.encrypt({
          data: mail,
          recipients: [{ key: key.bytes, hidden: false }],
          signWith: anna.facts.fingerprint,
          nowMs,
        })
        const out = join(sequoia.folder, 'gosop-verifications')
        const args = ['decrypt', `--verify-with=${annaFile}`, `--verify-out=${out}`, secret]
        const opened = await gosop(args, Buffer.from(armored))
        const isVerified = readFileSync(out, 'utf8').toLowerCase().includes(anna.facts.fingerprint)
        return `${opened.toString('utf8') === unix} ${isVerified}`
      },
      'true true',
    ],
    [
      'verifies',
      async () => {
        const { armored } = await vault.calls.sign(mail, anna.facts.fingerprint, nowMs)
        const verified = await gosop(['verify', sequoia.file(armored), annaFile], mail)
        return String(verified.toString().toLowerCase().includes(anna.facts.fingerprint))
      },
      'true',
    ],
  ]
  const wrong = await mismatches(cells)
  await hold(anna)
  expect(wrong).toEqual([])
})

test('rnp, both ways', async () => {
  const address = 'riva@rnp.example'
  await rnp.keys(['--userid', `Riva <${address}>`, '--generate-key'])
  const key = await publicOf(await rnp.keys(['--export-key', address]))
  const to = ['-e', '-r', 'anna@siegel.example']
  const verifying = { verifyWith: [key.bytes], nowMs: Date.now() + 60_000 }
  const signed = async (hash: string): Promise<string> => {
    const by = ['--hash', hash, '-u', address]
    const detached = await vault.calls.verify(
      mail,
      await rnp.run(['--sign', '--detach', ...by], mail),
      verifying,
    )
    const clear = await vault.calls.verifyCleartext(
      await rnp.run(['--clearsign', ...by], Buffer.from('eins\nzwei\n')),
      verifying,
    )
    const inArmor = await vault.calls.verifyCleartext(
      await rnp.run(['--sign', '--armor', ...by], mail),
      verifying,
    )
    return judged([...detached, ...clear.signatures, ...inArmor.signatures])
  }
  const read = ['AES', 'AES192', 'AES256', 'TWOFISH', 'BLOWFISH', 'CAST5', 'TRIPLEDES']
  const ways = [['--aead=EAX'], ['--aead=OCB'], ['--zip'], ['--zlib'], ['--bzip2'], ['--armor']]
  const cells: Cell[] = [
    ...read.map(
      (cipher): Cell => [
        cipher,
        async () => reading(await rnp.run([...to, '--cipher', cipher], mail)),
        'read',
      ],
    ),
    ...['IDEA', 'CAMELLIA128', 'CAMELLIA256', 'SM4'].map(
      (cipher): Cell => [
        cipher,
        async () => reading(await rnp.run([...to, '--cipher', cipher], mail)),
        unknownCipher,
      ],
    ),
    ...ways.map(
      (way): Cell => [way.join(' '), async () => reading(await rnp.run([...to, ...way], mail)), 'read'],
    ),
    ...['SHA224', 'SHA256', 'SHA384', 'SHA512', 'SHA3-256', 'SHA3-512'].map(
      (hash): Cell => [hash, () => signed(hash), 'good good good'],
    ),
    ...['SHA1', 'RIPEMD160', 'MD5'].map((hash): Cell => [hash, () => signed(hash), 'weak weak weak']),
    ['SM3', () => signed('SM3'), 'unsupported unsupported unsupported'],
    ['passphrase', async () => reading(await rnp.run(['-c'], mail)), 'passphrase-only'],
    [
      'signs and encrypts',
      async () => reading(await rnp.run([...to, '-s', '-u', address], mail), key.bytes),
      'read good',
    ],
    [
      'opens',
      async () => {
        const { armored } = await vault.calls.encrypt({
          data: mail,
          recipients: [{ key: key.bytes, hidden: false }],
          signWith: anna.facts.fingerprint,
          nowMs: Date.now(),
        })
        return String((await rnp.run(['-d'], Buffer.from(armored))).equals(mail))
      },
      'true',
    ],
  ]
  expect(await mismatches(cells)).toEqual([])
})
