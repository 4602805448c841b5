import { describe, expect, test } from 'vitest'
import { mime } from '../../../../../../electron/engine/formats/mime/mime'
import { protectionReader } from '../../../../../../electron/engine/formats/openpgp/protection-reader'
import { isAttachedMessage } from '../../../../../../shared/features/mail/attached-message'
import { compressed, armored as craftedArmor, literal, packet } from '../../../../../support/crafted-openpgp'
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

  const enc = (boundary = 'encrypted') => encryptedMime(armored, {}, boundary)
  const mixed = (...parts: string[]) => multipart('multipart/mixed', parts, defaultHeader)
  const file = entity({ 'Content-Type': 'application/pdf; name="a.pdf"' }, 'x')
  const forwarded = (inside: string) => entity({ 'Content-Type': 'message/rfc822' }, inside)
  const wrappings: [string, string, number][] = [
    ['words before', mixed(textPart('See what I got'), enc()), 1],
    ['words before and behind', mixed(textPart('See'), enc(), textPart('Answer me')), 1],
    [
      'HTML that looks empty before',
      mixed(htmlPart('<img src="https://evil.example/'), enc(), htmlPart('">')),
      1,
    ],
    ['a long letter behind', mixed(enc(), textPart('words '.repeat(400))), 1],
    ['a file behind', mixed(enc(), file), 1],
    ['a file before', mixed(file, enc()), 1],
    [
      'a lone multipart around it and words',
      mixed(textPart('Hi'), multipart('multipart/mixed', [enc()], {}, 'deep')),
      1,
    ],
    ['a multipart around it', mixed(multipart('multipart/mixed', [enc()], {}, 'deep')), 1],
    ['alternatives', multipart('multipart/alternative', [textPart('Hi'), enc()], defaultHeader), 1],
    ['alternatives of nothing else', multipart('multipart/alternative', [enc()], defaultHeader), 1],
    ['related', multipart('multipart/related', [htmlPart('<p>Hi'), enc()], defaultHeader), 1],
    ['two of them', mixed(enc('one'), enc('two')), 2],
    ['two with words', mixed(textPart('Hi'), enc('one'), enc('two')), 2],
    ['control and data behind words', mixed(textPart('Hi'), controlPart(), dataPart(armored)), 1],
    ['two pairs', mixed(controlPart(), dataPart(armored), controlPart(), dataPart(armored)), 2],
    [
      'words inside the encrypted part',
      multipart('multipart/encrypted', [textPart('Hi'), controlPart(), dataPart(armored)], defaultHeader),
      1,
    ],
    ['a digest of lists', multipart('multipart/digest', [enc()], defaultHeader), 1],
  ]
  test.each(wrappings)('a ciphertext in a foreign message is not the message: %s', (_, mail, count) => {
    expect(outermost(mail)).toMatchObject({ kind: 'none', sealedInside: true })
    const parsed = mime.parseMessage(rawMail(mail))
    expect(parsed.encrypted).toBe(false)
    const sealed = parsed.attachments.filter(isAttachedMessage)
    // Two pairs without a part around each: only the first can be told apart, the rest are files.
    expect(sealed.length).toBeGreaterThan(0)
    expect(sealed.length).toBeLessThanOrEqual(count)
    for (const { partId } of sealed) {
      const alone = mime.readPart(rawMail(mail), partId)
      const layer = protectionReader.outermost(alone?.bytes ?? new Uint8Array())
      expect(layer).toMatchObject({ kind: 'encrypted', form: 'mime', outside: null })
      expect(layer.kind === 'encrypted' && text(layer.data)).toContain('wcBMA')
    }
  })

  test('a ciphertext in a forwarded message is opened with that, and nothing else of it is listed', () => {
    const mail = mixed(textPart('Look'), forwarded(encryptedMime(armored, defaultHeader)))
    expect(outermost(mail)).toMatchObject({ kind: 'none', sealedInside: false })
    expect(mime.parseMessage(rawMail(mail)).attachments.map(({ contentType }) => contentType)).toEqual([
      'message/rfc822',
    ])
  })

  test.each([
    ['a short text', mixed(enc(), textPart('-- \nlist@example.org'))],
    ['an empty text before', mixed(textPart(''), enc(), textPart('Leave the list'))],
    [
      'text and HTML',
      mixed(enc(), multipart('multipart/alternative', [textPart('Leave'), htmlPart('<p>Leave')], {}, 'alt')),
    ],
    [
      'a text that Exchange has made a file of',
      mixed(
        enc(),
        entity(
          {
            'Content-Type': 'text/plain; name="ATT00001.txt"',
            'Content-Disposition': 'attachment; filename="ATT00001.txt"',
          },
          'Leave',
        ),
      ),
    ],
    [
      'a text, what a gateway took apart before',
      mixed(textPart(''), controlPart(), dataPart(armored), textPart('This mail was checked')),
    ],
  ])('the footer of a list or a gateway leaves it the message: %s', (_, mail) => {
    const layer = outermost(mail)
    expect(layer.kind === 'encrypted' && layer.outside).toBeTruthy()
  })

  test('what calls itself encrypted and can be read by anybody is not encrypted', () => {
    const signedOnly = craftedArmor(
      Buffer.concat([packet(4, Buffer.alloc(13, 3)), literal('secret'), packet(2, Buffer.alloc(20, 4))]),
    )
    const layer = outermost(entity(defaultHeader, signedOnly))
    expect(layer.kind).toBe('inline-signed')
    expect(outermost(encryptedMime(signedOnly, defaultHeader)).kind).toBe('none')
    expect(outermost(mixed(textPart(' '), dataPart(signedOnly))).kind).toBe('none')
    expect(outermost(entity(defaultHeader, craftedArmor(compressed(literal('secret'))))).kind).toBe(
      'inline-signed',
    )
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
    expect(outermost(withFile)).toEqual({ kind: 'none', signedInside: true, sealedInside: false })
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
