import { describe, expect, test } from 'vitest'
import { protectionReader } from '../../../../../../electron/engine/mail/openpgp/protection-reader'
import {
  controlPart,
  dataPart,
  defaultHeader,
  encryptedMime,
  entity,
  htmlPart,
  multipart,
  rawMail,
  signedMime,
  textPart,
} from '../../../../../support/protected-mail'

const armored = '-----BEGIN PGP MESSAGE-----\n\nwcBMA\n-----END PGP MESSAGE-----'
const armoredSignature = '-----BEGIN PGP SIGNATURE-----\n\nwsBMA\n-----END PGP SIGNATURE-----'
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
const outermost = (message: string) => protectionReader.outermost(rawMail(message))

describe('what protects a message', () => {
  test('PGP/MIME encrypted: the data part is found, nothing stands beside it', () => {
    const layer = outermost(encryptedMime(armored, defaultHeader))
    expect(layer).toMatchObject({ kind: 'encrypted', form: 'mime', outside: null })
    expect(layer.kind === 'encrypted' && text(layer.data)).toContain('wcBMA')
  })

  test('PGP/MIME signed: the signed bytes are the first part with its header and without the last line end', () => {
    const part = textPart('Hello  \nthere')
    const layer = outermost(signedMime(part, armoredSignature, defaultHeader))
    expect(layer.kind === 'signed' && text(layer.signed)).toBe(part)
  })

  test('a footer of a mailing list stands beside, as text, whether it is text or HTML', () => {
    const wrapped = multipart(
      'multipart/mixed',
      [encryptedMime(armored), htmlPart('<p>Leave the <b>list</b></p>'), textPart('-- \nlist@example.org')],
      defaultHeader,
    )
    const layer = outermost(wrapped)
    expect(layer).toMatchObject({
      kind: 'encrypted',
      outside: { text: 'Leave the list\n\n-- \r\nlist@example.org'.replace('\r', '') },
    })
  })

  test('HTML opened before and closed behind an encrypted part (EFAIL) stays outside, as text', () => {
    const layer = outermost(
      multipart(
        'multipart/mixed',
        [htmlPart('<img src="https://evil.example/'), encryptedMime(armored), htmlPart('">')],
        defaultHeader,
      ),
    )
    expect(layer.kind === 'encrypted' && layer.outside?.text).not.toContain('<img')
  })

  test('two encrypted parts in one message are never opened', () => {
    const both = [encryptedMime(armored, {}, 'one'), encryptedMime(armored, {}, 'two')]
    expect(outermost(multipart('multipart/mixed', both, defaultHeader)).kind).toBe('none')
  })

  test('an encrypted part among alternatives or deep inside is never opened', () => {
    const alternative = multipart(
      'multipart/alternative',
      [textPart('Hi'), encryptedMime(armored)],
      defaultHeader,
    )
    expect(outermost(alternative).kind).toBe('none')
    const deep = multipart(
      'multipart/mixed',
      [textPart('Hi'), multipart('multipart/mixed', [encryptedMime(armored)], {}, 'deep')],
      defaultHeader,
    )
    expect(outermost(deep).kind).toBe('none')
  })

  test('a message taken apart by Exchange is put together again', () => {
    const exchange = multipart(
      'multipart/mixed',
      [textPart(''), controlPart(), dataPart(armored)],
      defaultHeader,
    )
    expect(outermost(exchange)).toMatchObject({ kind: 'encrypted', form: 'repaired', outside: null })
  })

  test('a lone encrypted file is the message, beside words it is a file', () => {
    const file = dataPart(armored)
    const alone = multipart('multipart/mixed', [textPart(' '), file], defaultHeader)
    expect(outermost(alone)).toMatchObject({ kind: 'encrypted', form: 'attachment' })
    expect(outermost(multipart('multipart/mixed', [textPart('See there'), file], defaultHeader)).kind).toBe(
      'none',
    )
  })

  test('inline PGP is found in the text with exactly its extent, and never in HTML', () => {
    const layer = outermost(entity(defaultHeader, `Before\n${armored}\nAfter`))
    if (layer.kind !== 'inline-encrypted') throw new Error(layer.kind)
    expect(text(layer.stretch.before)).toBe('Before\r\n')
    expect(text(layer.stretch.after)).toBe('After')
    expect(layer.stretch.hasCompany).toBe(true)
    const html = entity({ ...defaultHeader, 'Content-Type': 'text/html' }, `<div hidden>\n${armored}\n</div>`)
    expect(outermost(html).kind).toBe('none')
    const alternative = multipart(
      'multipart/alternative',
      [textPart(armored), htmlPart('<p>Please answer')],
      defaultHeader,
    )
    expect(outermost(alternative).kind).toBe('none')
  })

  test('quoted armor is no message', () => {
    const quoted = armored.replaceAll(/^/gm, '> ')
    expect(outermost(entity(defaultHeader, quoted)).kind).toBe('none')
  })

  test('a signed part among others is said to be a part', () => {
    const signed = signedMime(textPart('I agree'), armoredSignature)
    const withFile = multipart(
      'multipart/mixed',
      [signed, entity({ 'Content-Type': 'application/pdf; name="a.pdf"' }, 'x')],
      defaultHeader,
    )
    expect(outermost(withFile)).toEqual({ kind: 'none', signedInside: true })
    expect(outermost(multipart('multipart/mixed', [textPart('Do it'), signed], defaultHeader))).toMatchObject(
      {
        kind: 'signed',
        outside: { text: 'Do it' },
      },
    )
  })

  test('a forwarded encrypted message is a file, not the message', () => {
    const forwarded = entity({ 'Content-Type': 'message/rfc822' }, encryptedMime(armored, defaultHeader))
    expect(outermost(multipart('multipart/mixed', [textPart('Look'), forwarded], defaultHeader)).kind).toBe(
      'none',
    )
  })

  test.each([
    ['application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m', 'smime-encrypted'],
    ['application/pkcs7-mime; smime-type=authEnveloped-data', 'smime-encrypted'],
    ['application/x-pkcs7-mime; smime-type=signed-data', 'smime-signed'],
    ['multipart/signed; protocol="application/pkcs7-signature"; boundary=b', 'smime-signed'],
  ])('S/MIME is recognised: %s', (type, kind) => {
    expect(outermost(entity({ ...defaultHeader, 'Content-Type': type }, 'x')).kind).toBe(kind)
  })
})

describe('the header inside', () => {
  const payload = (type: string, header: Record<string, string>, body = 'Hello') =>
    rawMail(entity({ ...header, 'Content-Type': type }, body))

  test('RFC 9788: what is outside and not inside is not shown; traces of transport stay', () => {
    const inside = payload('text/plain; hp="cipher"', {
      Subject: 'The plan',
      From: 'Anna <anna@example.org>',
      'HP-Outer': 'Subject: [...]',
    })
    const header = protectionReader.protectedHeader(inside)
    const outer = rawMail(
      encryptedMime(armored, {
        ...defaultHeader,
        Subject: '[...]',
        Cc: 'eve@example.net',
        'Reply-To': 'eve@example.net',
        'List-Id': '<list.example.org>',
      }),
    )
    const effective = protectionReader.effective(outer, inside, header, true)
    const parsed = protectionReader.parse(effective, header)
    expect(parsed.header).toMatchObject({
      subject: 'The plan',
      cc: [],
      to: [],
      replyTo: [],
      messageIdHeader: 'plan@example.org',
      listId: 'list.example.org',
    })
    expect(protectionReader.differences(outer, header as never)).toEqual(['subject'])
  })

  test('older protected headers take the place of the outer ones, and what is missing inside stays', () => {
    const inside = payload('text/plain; protected-headers="v1"', { Subject: 'The plan' })
    const header = protectionReader.protectedHeader(inside)
    const outer = rawMail(encryptedMime(armored, { ...defaultHeader, Subject: 'Encrypted Message' }))
    const parsed = protectionReader.parse(protectionReader.effective(outer, inside, header, true), header)
    expect(parsed.header).toMatchObject({ subject: 'The plan', to: [{ address: 'bert@example.org' }] })
  })

  test('the copy of the header for older programs is not shown: Memory Hole and Thunderbird', () => {
    const inside = rawMail(
      multipart('multipart/mixed; protected-headers="v1"', [
        entity(
          { 'Content-Type': 'text/rfc822-headers; protected-headers="v1"', 'Content-Disposition': 'inline' },
          'Subject: The plan',
        ),
        textPart('Hello'),
      ]),
    )
    const header = protectionReader.protectedHeader(inside)
    const outer = rawMail(encryptedMime(armored, { ...defaultHeader, Subject: '...' }))
    const parsed = protectionReader.parse(protectionReader.effective(outer, inside, header, true), header)
    expect(parsed).toMatchObject({ text: 'Hello', attachments: [], header: { subject: 'The plan' } })
  })

  test('RFC 9788 legacy display elements go, from text and from HTML, and nothing else does', () => {
    const parts = [
      textPart('Subject: The plan\n\nHello\n\nthere').replace('utf-8', 'utf-8; hp-legacy-display=1'),
      htmlPart(
        '<html><body><div class="header-protection-legacy-display"><pre>Subject: The plan</pre></div><p>Hello</p></body></html>',
      ).replace('utf-8', 'utf-8; hp-legacy-display="1"'),
    ]
    const inside = rawMail(multipart('multipart/alternative; hp="cipher"', parts, { Subject: 'The plan' }))
    const header = protectionReader.protectedHeader(inside)
    const outer = rawMail(encryptedMime(armored, defaultHeader))
    const parsed = protectionReader.parse(protectionReader.effective(outer, inside, header, true), header)
    expect(parsed.text).toBe('Hello\n\nthere')
    expect(parsed.html).toBe('<html><body><p>Hello</p></body></html>')
  })

  test('a header that a deeper part claims to protect is none', () => {
    const inside = rawMail(
      multipart('multipart/mixed', [
        entity({ Subject: 'Other', 'Content-Type': 'text/plain; hp="cipher"' }, 'x'),
      ]),
    )
    expect(protectionReader.protectedHeader(inside)).toBeNull()
  })

  test('a payload cannot write traces of transport into the message', () => {
    const inside = payload('text/plain; hp="clear"', {
      Subject: 'x',
      'Authentication-Results': 'mx.example.org; dkim=pass',
      'List-Unsubscribe': '<https://evil.example>',
    })
    const header = protectionReader.protectedHeader(inside)
    const effective = protectionReader.effective(rawMail(textPart('', defaultHeader)), inside, header, true)
    expect(text(effective)).not.toMatch(/dkim|evil/)
  })
})
