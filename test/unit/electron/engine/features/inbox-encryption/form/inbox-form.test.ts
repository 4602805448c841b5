import { expect, test } from 'vitest'
import { inboxForm } from '../../../../../../../electron/engine/features/inbox-encryption/form/inbox-form'
import { mime } from '../../../../../../../electron/engine/formats/mime/mime'
import { generateMessages } from '../../../../../../fixtures/mail-generator'
import { literal, packet } from '../../../../../../support/crafted-openpgp'
import { fakeVault } from '../../../../../../support/fake-vault'

const vault = fakeVault()
const token = '0123456789abcdef0123456789abcdef'
const bytes = (text: string) => Buffer.from(text.replace(/\r?\n/g, '\r\n'), 'latin1')
const block = (packets: Uint8Array, header = '') =>
  `-----BEGIN PGP MESSAGE-----\n${header}\n${Buffer.from(packets).toString('base64')}\n-----END PGP MESSAGE-----\n`
const forKey = packet(1, Buffer.alloc(12, 3))
const data = packet(18, Buffer.alloc(40, 1))
const ciphertext = Buffer.concat([forKey, data])
const armor = block(ciphertext)
const signedOnly = Buffer.concat([
  packet(4, Buffer.alloc(13, 3)),
  literal('secret'),
  packet(2, Buffer.alloc(20, 4)),
])
const inline = (body: string) => `Content-Type: text/plain\n\n${body}`
const pgpMime = (payload: string, change: (mail: string) => string = mail => mail) =>
  change(
    `Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b\n\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n\n--b\nContent-Type: application/octet-stream\n\n${payload}\n--b--\n`,
  )
const smime = (der: Buffer, after = '') =>
  `Content-Type: application/pkcs7-mime; smime-type=enveloped-data\nContent-Transfer-Encoding: base64\n\n${der.toString('base64')}\n${after}`
const enveloped = Buffer.from('06092a864886f70d010703a0023000', 'hex')

async function wrapped(original: Uint8Array, hideSubject = false): Promise<Buffer> {
  const { armored } = await vault.encrypt({ data: original, recipients: [], signWith: null, nowMs: 0 })
  return Buffer.from(inboxForm.wrap(original, armored, { token, hideSubject }))
}
async function back(form: Uint8Array): Promise<Buffer> {
  const payload = inboxForm.payloadOf(form)
  if (!payload) throw new Error('no payload')
  return Buffer.from((await vault.decrypt(payload, { verifyWith: [], nowMs: 0 })).bytes)
}

const original = bytes(`Received: from secret-relay.example (10.0.0.1)
DKIM-Signature: v=1; d=example.org; b=abc
Authentication-Results: mx.example.org; dkim=pass
List-Id: <garden.example.org>
Bcc: hidden@example.org
From: Bob <bob@example.org>
To: Alice <alice@example.org>,
 Carol <carol@example.org>
Subject: The plan for the
 garden
Message-ID: <one@example.org>
In-Reply-To: <zero@example.org>
References: <zero@example.org>
Date: Mon, 02 Mar 2026 10:00:00 +0000
Content-Type: text/plain

Roses and beans.
`)

test('the original comes back byte for byte, and who, when and thread stay readable for the server', async () => {
  const form = await wrapped(original)
  expect((await back(form)).equals(original)).toBe(true)
  const [before, after] = [mime.parseHeader(original), mime.parseHeader(form)]
  for (const field of [
    'from',
    'to',
    'cc',
    'subject',
    'dateMs',
    'messageIdHeader',
    'inReplyTo',
    'references',
  ] as const)
    expect(after[field]).toEqual(before[field])
})

test('nothing of the body, the way it took, lists, hidden recipients and servers can be read outside', async () => {
  const form = (await wrapped(original)).toString('latin1')
  for (const secret of ['Roses', 'secret-relay', 'DKIM', 'Authentication', 'garden.example.org', 'hidden@'])
    expect(form).not.toContain(secret)
  expect((await wrapped(original, true)).toString('latin1')).not.toContain('The plan')
  expect(mime.parseHeader(await wrapped(original, true)).subject).toBe('[...]')
})

test('the form is 7-bit with CRLF and lines that every server takes', async () => {
  for (const { raw } of generateMessages(60, 3)) {
    const form = (await wrapped(raw)).toString('latin1')
    const body = form.slice(form.indexOf('\r\n\r\n'))
    expect([...body].every(character => character <= '~')).toBe(true)
    expect(body.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(Math.max(...body.split('\r\n').map(line => line.length))).toBeLessThanOrEqual(998)
  }
})

test('every generated message comes back exactly, and is known as encrypted afterwards but not before', async () => {
  for (const { raw } of generateMessages(200, 11)) {
    expect(inboxForm.protectionOf(raw)).toBeNull()
    const form = await wrapped(raw)
    expect(inboxForm.protectionOf(form)).toBe('pgp-mime')
    expect(inboxForm.tokenOf(form)).toBe(token)
    expect((await back(form)).equals(raw)).toBe(true)
  }
})

test.each([
  ['no header at all', Buffer.from('\r\nJust a body\r\n')],
  ['nothing', Buffer.alloc(1, 0x20)],
  ['bare line feeds', Buffer.from('From: a@b\nSubject: x\n\nbody\n')],
  ['every byte there is', Buffer.from(Array.from({ length: 256 }, (_, at) => at))],
  ['a header that never ends', bytes(`Subject: ${'x'.repeat(400_000)}`)],
  ['a field with a hidden line', Buffer.from('From: a@b\rX-Evil: yes\r\nSubject: s\r\n\r\nb\r\n')],
])('a message with %s comes back exactly and injects no field', async (_name, raw) => {
  const form = await wrapped(raw)
  expect((await back(form)).equals(raw)).toBe(true)
  expect(form.toString('latin1')).not.toMatch(/(^|\n|\r)X-Evil/)
  expect(mime.parseMessage(form).attachments.map(each => each.contentType)).toContain(
    'application/octet-stream',
  )
})

const protections: [string, string, ReturnType<typeof inboxForm.protectionOf>][] = [
  [
    'PGP/MIME',
    `Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b\n\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n\n--b\nContent-Type: application/octet-stream\n\n${armor}\n--b--\n`,
    'pgp-mime',
  ],
  [
    'PGP/MIME that Exchange took apart',
    `Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n\n--b\nContent-Type: application/octet-stream\n\n${armor}\n--b--\n`,
    'pgp-mime',
  ],
  ['inline PGP and nothing else', `Content-Type: text/plain\n\n\n${armor}\n\n`, 'pgp-inline'],
  ['S/MIME enveloped data', smime(Buffer.concat([Buffer.from([0x30, 15]), enveloped])), 'smime'],
  [
    'S/MIME of unsaid length',
    smime(Buffer.concat([Buffer.from([0x30, 0x80]), enveloped, Buffer.alloc(2)])),
    'smime',
  ],
  [
    'PGP/MIME for a passphrase',
    pgpMime(block(Buffer.concat([packet(3, Buffer.alloc(13, 4)), data]))),
    'pgp-mime',
  ],
  [
    'PGP/MIME in GnuPG’s own form',
    pgpMime(block(Buffer.concat([forKey, packet(20, Buffer.alloc(40))]))),
    'pgp-mime',
  ],
  [
    'PGP/MIME with a marker and a comment',
    pgpMime(block(Buffer.concat([packet(10, Buffer.from('PGP')), ciphertext]), 'Comment: GnuPG\n')),
    'pgp-mime',
  ],
  [
    'PGP/MIME with words for other programs',
    pgpMime(armor, mail => mail.replace('--b\n', 'This is an OpenPGP/MIME encrypted message\n--b\n')),
    'pgp-mime',
  ],
  ['inline armor that is only signed', inline(block(signedOnly)), null],
  [
    'inline armor that is only compressed',
    inline(block(packet(8, Buffer.from([0, ...literal('secret')])))),
    null,
  ],
  ['inline armor of plain data', inline(block(literal('secret'))), null],
  [
    'a clear-signed text',
    inline(
      '-----BEGIN PGP SIGNED MESSAGE-----\n\nhi\n-----BEGIN PGP SIGNATURE-----\n\nwsBM\n-----END PGP SIGNATURE-----\n',
    ),
    null,
  ],
  ['two armored blocks with words between', inline(`${armor}meet at nine\n${armor}`), null],
  ['two armored blocks', inline(`${armor}${armor}`), null],
  ['armor with words inside', inline(armor.replace('\n\n', '\n\nmeet at nine!\n')), null],
  [
    'armor with a letter in its headers',
    inline(block(ciphertext, `Comment: ${'meet at nine '.repeat(40)}\n`)),
    null,
  ],
  [
    'armor with a plain packet behind the ciphertext',
    inline(block(Buffer.concat([ciphertext, literal('secret')]))),
    null,
  ],
  ['armor with a session key and no data', inline(block(forKey)), null],
  ['armor that is cut off', inline(block(ciphertext.subarray(0, 30))), null],
  ['HTML around armor', inline(armor).replace('plain', 'html'), null],
  ['PGP/MIME whose payload is only signed', pgpMime(block(signedOnly)), null],
  ['PGP/MIME whose payload is binary and only signed', pgpMime(signedOnly.toString('latin1')), null],
  [
    'PGP/MIME with words in the control part',
    pgpMime(armor, mail => mail.replace('Version: 1', 'Version: 1\nmeet at nine')),
    null,
  ],
  [
    'PGP/MIME with a letter before its first part',
    pgpMime(armor, mail => mail.replace('--b\n', `${'meet at nine '.repeat(40)}\n--b\n`)),
    null,
  ],
  [
    'PGP/MIME with a letter behind its last part',
    pgpMime(armor, mail => `${mail}${'meet at nine '.repeat(40)}`),
    null,
  ],
  [
    'armor only in a file',
    `Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nmeet at nine\n--b\nContent-Type: application/octet-stream; name=a.asc\n\n${armor}\n--b--\n`,
    null,
  ],
  [
    'S/MIME enveloped by name, signed by content',
    smime(Buffer.from('301106092a864886f70d010702a0043002020101', 'hex')),
    null,
  ],
  [
    'S/MIME with words behind',
    smime(Buffer.concat([Buffer.from([0x30, 15]), enveloped]), 'meet at nine!\n'),
    null,
  ],
  [
    'S/MIME with bytes behind',
    smime(Buffer.concat([Buffer.from([0x30, 15]), enveloped, Buffer.from('meet at nine')])),
    null,
  ],
  ['inline PGP with clear words beside it', `Content-Type: text/plain\n\nmeet at nine\n${armor}\n`, null],
  [
    'PGP/MIME in name only, with a readable body',
    'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b\n\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n\n--b\nContent-Type: text/plain\n\nreadable\n--b--\n',
    null,
  ],
  [
    'PGP/MIME with a clear part beside it',
    `Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b\n\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n\n--b\nContent-Type: application/octet-stream\n\n${armor}\n--b\nContent-Type: text/plain\n\nreadable\n--b--\n`,
    null,
  ],
  ['S/MIME signed data', 'Content-Type: application/pkcs7-mime; smime-type=signed-data\n\nMIIB\n', null],
  [
    'our mark on a clear message',
    `Inbox-Encrypted: v=1; id=${token}\nContent-Type: text/plain\n\nreadable\n`,
    null,
  ],
]
test.each(protections)('%s: left alone only when nobody can read it', (_name, text, expected) => {
  expect(inboxForm.protectionOf(bytes(text))).toBe(expected)
})

test('the mark counts only in the header of the message itself', () => {
  expect(inboxForm.tokenOf(bytes(`Subject: x\n\nInbox-Encrypted: v=1; id=${token}\n`))).toBeNull()
})
