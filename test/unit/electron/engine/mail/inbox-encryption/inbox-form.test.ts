import { expect, test } from 'vitest'
import { inboxForm } from '../../../../../../electron/engine/mail/inbox-encryption/inbox-form'
import { mime } from '../../../../../../electron/engine/mail/mime/mime'
import { generateMessages } from '../../../../../fixtures/mail-generator'
import { fakeVault } from '../../../../../support/fake-vault'

const vault = fakeVault()
const token = '0123456789abcdef0123456789abcdef'
const bytes = (text: string) => Buffer.from(text.replace(/\r?\n/g, '\r\n'), 'latin1')
const armor = '-----BEGIN PGP MESSAGE-----\n\nwcBMA0\n-----END PGP MESSAGE-----\n'

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
  [
    'S/MIME enveloped data',
    `Content-Type: application/pkcs7-mime; smime-type=enveloped-data\nContent-Transfer-Encoding: base64\n\n${Buffer.from('308006092a864886f70d010703a080308002', 'hex').toString('base64')}\n`,
    'smime',
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
