import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MessageId } from '../../../shared/kit/ids'
import {
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

const anna = 'anna@example.org'
const eve = 'eve@evil.example'

describe('a message that came as a file in another', () => {
  let bert: ReadingProfile
  let count = 0
  beforeAll(async () => {
    bert = await ReadingProfile.open()
    for (const name of [`Anna <${anna}>`, `Eve <${eve}>`, 'Carol <carol@example.org>'])
      bert.gpg.generate(name)
    for (const known of [anna, eve]) await bert.meet(bert.gpg.publicKey(known))
  })
  afterAll(() => bert.close())

  const from = (who: string, change: HeaderOf = {}): HeaderOf => {
    count += 1
    return { ...defaultHeader, From: who, 'Message-ID': `<attached-${count}@example.org>`, ...change }
  }
  const file = (message: string, type = 'message/rfc822'): string =>
    entity({ 'Content-Type': type, 'Content-Disposition': 'attachment; filename="forwarded.eml"' }, message)
  const around = (...files: readonly string[]): string =>
    multipart('multipart/mixed', [textPart('See below'), ...files], {}, `around-${count}`)
  /** A message with the header of its writer before what `around` made. */
  const carrier = (inside: string, change: HeaderOf = {}): string =>
    `${entity(from(`Eve <${eve}>`, change), '').trimEnd()}\r\n${inside}`
  const signedBy = (signer: string, part: string, header: HeaderOf): string =>
    signedMime(part, bert.gpg.detached(part, signer), header, `signed-${count}`)
  const toBert = (payload: string, signer?: string): string =>
    bert.gpg.encrypted(payload, ['bert@example.org'], signer === undefined ? {} : { signer })
  const open = (messageId: MessageId, ...attached: string[]) =>
    bert.engine.call('messages.attached', { messageId, attached })

  test('forwarded encrypted mail is read and says who signed it; the message around it stays as it is', async () => {
    const inner = encryptedMime(
      toBert(textPart('Meet me at the harbour'), anna),
      from(`Anna <${anna}>`, { Subject: 'Night trip' }),
    )
    const { id, security, text, attachments } = await bert.read(carrier(around(file(inner))))
    expect(security).toMatchObject({ encryption: 'none', signature: 'none', signer: null })
    expect(text).toBe('See below')
    expect(attachments).toMatchObject([{ partId: '2', contentType: 'message/rfc822' }])
    expect(await open(id, '2')).toMatchObject({
      subject: 'Night trip',
      from: [{ address: anna }],
      text: 'Meet me at the harbour',
      security: { encryption: 'encrypted', signature: 'good', signer: { address: anna } },
    })
    const again = await bert.engine.call('messages.get', { messageId: id })
    expect(again).toMatchObject({ security, text: 'See below' })
  })

  test.each([
    ['message/global', 'message/global'],
    ['a file that ends in .eml', 'application/octet-stream; name="a.eml"'],
  ])('%s is opened as well', async (_name, type) => {
    const inner = signedBy(anna, textPart('I agree'), from(`Anna <${anna}>`))
    const { id } = await bert.read(carrier(around(file(inner, type))))
    expect(await open(id, '2')).toMatchObject({ text: 'I agree', security: { signature: 'good' } })
  })

  test('any other file is not opened as a message', async () => {
    const letter = entity(from(`Anna <${anna}>`), 'Hello')
    const other = entity({ 'Content-Type': 'application/octet-stream; name="a.bin"' }, letter)
    const { id } = await bert.read(carrier(around(other)))
    for (const part of ['1', '2', '3', 'outside-2', '../2'])
      await expect(open(id, part)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('a signature inside says nothing of the message that carries it', async () => {
    const inner = signedBy(anna, textPart('I agree'), from(`Anna <${anna}>`))
    const { id, security } = await bert.read(carrier(around(file(inner)), { From: `Anna <${anna}>` }))
    expect(security.signature).toBe('none')
    expect((await open(id, '2')).security.signature).toBe('good')
    const after = await bert.engine.call('messages.get', { messageId: id })
    expect(after.security).toEqual(security)
  })

  test('a signed and encrypted carrier lends nothing to an unprotected message in it', async () => {
    const inner = entity(from(`Anna <${anna}>`), 'Pay Eve')
    const signed = await bert.read(signedBy(anna, around(file(inner)), from(`Anna <${anna}>`)))
    const sealed = await bert.read(encryptedMime(toBert(around(file(inner)), anna), from(`Anna <${anna}>`)))
    expect(signed.security.signature).toBe('good')
    expect(sealed.security).toMatchObject({ encryption: 'encrypted', signature: 'good' })
    for (const { id, attachments } of [signed, sealed])
      expect((await open(id, attachments[0]?.partId ?? '')).security).toMatchObject({
        encryption: 'none',
        signature: 'none',
        signer: null,
        headerProtection: 'none',
      })
  })

  test('the sender of the attached message is judged inside alone', async () => {
    const inner = signedBy(eve, textPart('I agree'), from(`Anna <${anna}>`))
    const { id } = await bert.read(carrier(around(file(inner))))
    expect((await open(id, '2')).security.signature).toBe('other-address')
  })

  test('encrypted inside encrypted, three deep, and the files of the innermost', async () => {
    const list = entity(
      {
        'Content-Type': 'text/csv; name="list.csv"',
        'Content-Disposition': 'attachment; filename="list.csv"',
      },
      'a;b',
    )
    const innermost = encryptedMime(
      toBert(multipart('multipart/mixed', [textPart('Innermost'), list], {}, 'innermost'), anna),
      from(`Anna <${anna}>`),
    )
    const middle = encryptedMime(toBert(around(file(innermost))), from('Carol <carol@example.org>'))
    const { id, security } = await bert.read(
      encryptedMime(toBert(around(file(middle))), from(`Eve <${eve}>`)),
    )
    expect(security).toMatchObject({ encryption: 'encrypted', signature: 'none' })
    expect((await open(id, '2')).security).toMatchObject({ encryption: 'encrypted', signature: 'none' })
    const { text, attachments, security: inner } = await open(id, '2', '2')
    expect(text).toBe('Innermost')
    expect(inner).toMatchObject({ encryption: 'encrypted', signature: 'good', signer: { address: anna } })
    const place = { messageId: id, attached: ['2', '2'] }
    const partId = attachments[0]?.partId ?? ''
    const { bytes } = await bert.engine.call('attachments.read', { ...place, partId })
    expect(Buffer.from(bytes).toString()).toBe('a;b')
    const { saved } = await bert.engine.call('attachments.save', {
      ...place,
      partId: null,
      directory: bert.directory,
    })
    expect(saved.map(path => readFileSync(path, 'utf8'))).toEqual(['a;b'])
  })

  test('what was damaged shows nothing, and nothing in it is opened', async () => {
    const armored = toBert(around(file(entity(from(`Anna <${anna}>`), 'deep'))), anna)
    const at = Math.floor(armored.length * 0.7)
    const place = armored.slice(at).search(/[A-Ya-y]/) + at
    const damaged =
      armored.slice(0, place) + String.fromCharCode(armored.charCodeAt(place) + 1) + armored.slice(place + 1)
    const { id, security } = await bert.read(
      carrier(around(file(encryptedMime(damaged, from(`Anna <${anna}>`))))),
    )
    expect(security.encryption).toBe('none')
    expect(await open(id, '2')).toMatchObject({
      text: '',
      hasHtml: false,
      attachments: [],
      security: { encryption: 'failed', signature: 'none', signer: null },
    })
    await expect(open(id, '2', '2')).rejects.toMatchObject({ code: 'not-found' })
  })

  test('five deep and no deeper, and none that is too large', async () => {
    let message = entity(from(`Anna <${anna}>`), 'the sixth')
    for (let level = 5; level >= 0; level -= 1) {
      const inside = multipart(
        'multipart/mixed',
        [textPart(`level ${level}`), file(message)],
        {},
        `b${level}`,
      )
      message = carrier(inside)
    }
    const { id } = await bert.read(message)
    const path = (length: number) => Array.from({ length }, () => '2')
    expect((await open(id, ...path(5))).text).toBe('level 5')
    await expect(open(id, ...path(6))).rejects.toMatchObject({ code: 'bad-request' })
    await expect(open(id)).rejects.toMatchObject({ code: 'bad-request' })
    const long = `${'0'.repeat(998)}\r\n`.repeat(50_001)
    const large = await bert.file(carrier(around(file(entity(from(`Anna <${anna}>`), long)))))
    await expect(open(large, '2')).rejects.toMatchObject({ code: 'too-large' })
  })

  test('nothing is loaded from outside for it, whatever was agreed to for the message around it', async () => {
    const image = '<img src="https://images.example/a.png">'
    const inner = entity(from(`Anna <${anna}>`), '')
    const html = `${inner.trimEnd()}\r\n${htmlPart(`<p>Offer</p>${image}<a href="https://x.example/">x</a>`)}`
    const { id } = await bert.read(carrier(around(file(html))))
    const message = await open(id, '2')
    expect(message).toMatchObject({ hasHtml: true, blockedRemoteCount: 1 })
    expect(message).not.toHaveProperty('remote')
    for (const embedImages of [false, true]) {
      const body = await bert.engine.call('messages.html', { messageId: id, attached: ['2'], embedImages })
      expect(body.html).toContain('Offer')
      expect(body.html).not.toMatch(/images\.example|attachment:|src="data:/)
    }
    await expect(
      bert.engine.call('messages.allowRemote', { messageId: id, scope: 'once' }),
    ).rejects.toMatchObject({ code: 'not-found' })
  })

  test('pictures of its own are addressed in it, not in the message around it', async () => {
    const related = multipart(
      'multipart/related',
      [
        htmlPart('<img src="cid:logo">'),
        entity({ 'Content-Type': 'image/png', 'Content-ID': '<logo>' }, 'none'),
      ],
      from(`Anna <${anna}>`),
      'related',
    )
    const { id } = await bert.read(carrier(around(file(related))))
    const { html } = await bert.engine.call('messages.html', { messageId: id, attached: ['2'] })
    expect(html).toContain(`attachment://message/${id}/2/2`)
  })

  test('no key is learnt from it, and neither search, list nor an answer has its words', async () => {
    const gossip = `addr=carol@example.org; keydata=${bert.gpg.publicKey('carol@example.org').toString('base64')}`
    const to = { To: 'Bert <bert@example.org>, Carol <carol@example.org>' }
    const inside = textPart('Pfefferkuchen', { 'Autocrypt-Gossip': gossip })
    const inner = encryptedMime(
      toBert(inside, anna),
      from(`Anna <${anna}>`, { ...to, Autocrypt: gossip.replaceAll('carol', 'dave') }),
    )
    const { id } = await bert.read(carrier(around(file(inner))))
    expect((await open(id, '2')).text).toBe('Pfefferkuchen')
    const { engine } = bert
    for (const address of ['carol@example.org', 'dave@example.org'])
      expect((await engine.call('keys.contacts', { address })).keys).toEqual([])
    const found = await engine.call('search.query', { text: 'Pfefferkuchen', mailboxId: null, limit: 5 })
    expect(found.total).toBe(0)
    const [row] = await engine.call('messages.summaries', { ids: [id] })
    expect(row?.snippet).toBe('See below')
    const draft = await engine.call('drafts.create', { mode: 'reply', messageId: id, accountId: null })
    expect(draft.content.text).toContain('> See below')
    expect(JSON.stringify(draft)).not.toContain('Pfefferkuchen')
  })
})
