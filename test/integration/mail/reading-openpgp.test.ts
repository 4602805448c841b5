import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  defaultHeader,
  encryptedMime,
  entity,
  type HeaderOf,
  multipart,
  signedMime,
  textPart,
} from '../../support/protected-mail'
import { ReadingProfile } from '../../support/reading-profile'

describe('reading what GnuPG protected', () => {
  let bert: ReadingProfile
  beforeAll(async () => {
    bert = await ReadingProfile.open()
    bert.gpg.generate('Anna <anna@example.org>')
    await bert.meet(bert.gpg.publicKey('anna@example.org'))
  })
  afterAll(() => bert.close())

  let count = 0
  const header = (change: Record<string, string> = {}) => {
    count += 1
    return { ...defaultHeader, 'Message-ID': `<r${count}@example.org>`, ...change }
  }

  test('a signed message is good, its signer named by the key, its trust apart', async () => {
    const part = textPart('Hello Bert,  \n-- \nAnna')
    const { security, text, attachments } = await bert.read(
      signedMime(part, bert.gpg.detached(part, 'anna@example.org'), header()),
    )
    expect(security).toMatchObject({
      encryption: 'none',
      signature: 'good',
      signer: { address: 'anna@example.org', trust: 'none', own: false },
    })
    expect(text).toContain('Hello Bert')
    expect(attachments).toEqual([])
  })

  test('encrypted and signed in one: text, signer and recipients; the subject in clear is named', async () => {
    const armored = bert.gpg.encrypted(
      textPart('The place is set'),
      ['bert@example.org', 'anna@example.org'],
      {
        signer: 'anna@example.org',
      },
    )
    const { security, text } = await bert.read(encryptedMime(armored, header()))
    expect(text).toBe('The place is set')
    expect(security).toMatchObject({ encryption: 'encrypted', signature: 'good', headerProtection: 'none' })
    expect(security.recipients.map(each => each.address).sort()).toEqual([
      'anna@example.org',
      'bert@example.org',
    ])
    expect(security.warnings).toEqual([{ code: 'subject-not-protected', detail: '' }])
  })

  test('hidden recipients are counted, not named', async () => {
    const armored = bert.gpg.encrypted(textPart('Psst'), ['anna@example.org'], {
      args: ['--hidden-recipient', 'bert@example.org'],
    })
    const { security, text } = await bert.read(encryptedMime(armored, header()))
    expect(text).toBe('Psst')
    expect(security).toMatchObject({ hiddenRecipientCount: 1, signature: 'none' })
  })

  test('the protected subject is shown, listed, answered to and found; the outer one is not', async () => {
    const payload = textPart('Meet me at the harbour', {
      'Content-Type': 'text/plain; charset=utf-8; hp="cipher"',
      From: 'Anna <anna@example.org>',
      Subject: 'Nachtfahrt',
      'HP-Outer': 'Subject: [...]',
    })
    const armored = bert.gpg.encrypted(payload, ['bert@example.org'], { signer: 'anna@example.org' })
    const { id, summary, security } = await bert.read(encryptedMime(armored, header({ Subject: '[...]' })))
    expect(summary).toMatchObject({ subject: 'Nachtfahrt', encrypted: true })
    expect(security).toMatchObject({
      signature: 'good',
      headerProtection: 'encrypted',
      protectedDiffers: ['subject'],
      warnings: [],
    })
    const { engine } = bert
    const [row] = await engine.call('messages.summaries', { ids: [id] })
    expect(row).toMatchObject({ subject: 'Nachtfahrt', snippet: 'Meet me at the harbour' })
    for (const text of ['harbour', 'subject:Nachtfahrt'])
      expect(await engine.call('search.query', { text, mailboxId: null, limit: 5 })).toMatchObject({
        total: 1,
        ids: [id],
      })
    const draft = await engine.call('drafts.create', { mode: 'reply', messageId: id, accountId: null })
    expect(draft.content.subject).toBe('Re: Nachtfahrt')
    expect(draft.content.text).toContain('> Meet me at the harbour')
  })

  test('switching the index off forgets what was decrypted', async () => {
    const { engine } = bert
    const [account] = await engine.call('accounts.list', {})
    if (account === undefined) throw new Error('no account')
    const found = async () =>
      (await engine.call('search.query', { text: 'harbour', mailboxId: null, limit: 5 })).total
    expect(await found()).toBe(1)
    await engine.call('keys.setSettings', { accountId: account.id, change: { indexDecrypted: false } })
    await expect.poll(found).toBe(0)
    const rows = await engine.call('search.query', { text: 'subject:Nachtfahrt', mailboxId: null, limit: 5 })
    expect(rows.total).toBe(0)
    await engine.call('keys.setSettings', { accountId: account.id, change: { indexDecrypted: true } })
  })

  test('what is deleted is not found any more', async () => {
    const armored = bert.gpg.encrypted(textPart('Pfefferkuchen'), ['bert@example.org'])
    const { id } = await bert.read(encryptedMime(armored, header()))
    const search = () =>
      bert.engine.call('search.query', { text: 'Pfefferkuchen', mailboxId: null, limit: 5 })
    expect((await search()).total).toBe(1)
    await bert.engine.call('messages.delete', { ids: [id] })
    await bert.engine.call('messages.delete', { ids: [id] })
    expect((await search()).total).toBe(0)
  })

  test('signed inside encrypted, and signed around that once more', async () => {
    const part = textPart('Three times')
    const inner = signedMime(part, bert.gpg.detached(part, 'anna@example.org'), {}, 'inner')
    const encrypted = encryptedMime(bert.gpg.encrypted(inner, ['bert@example.org']))
    const twice = await bert.read(encryptedMime(bert.gpg.encrypted(inner, ['bert@example.org']), header()))
    expect(twice).toMatchObject({
      text: 'Three times',
      security: { encryption: 'encrypted', signature: 'good' },
    })
    const triple = await bert.read(
      signedMime(encrypted, bert.gpg.detached(encrypted, 'anna@example.org'), header(), 'outer'),
    )
    expect(triple).toMatchObject({ text: 'Three times', security: { signature: 'good' } })
  })

  test('a signature only around the ciphertext does not count: its maker need not know what it says', async () => {
    const encrypted = encryptedMime(bert.gpg.encrypted(textPart('Mine'), ['bert@example.org']))
    const { security, text } = await bert.read(
      signedMime(encrypted, bert.gpg.detached(encrypted, 'anna@example.org'), header(), 'outer'),
    )
    expect(text).toBe('Mine')
    expect(security).toMatchObject({ encryption: 'encrypted', signature: 'partial' })
  })

  test('a message kept with bare LF is verified as it was sent', async () => {
    const part = textPart('One\nTwo')
    const message = signedMime(part, bert.gpg.detached(part, 'anna@example.org'), header())
    expect((await bert.read(message.replaceAll('\r\n', '\n'))).security.signature).toBe('good')
  })

  test('attachments of a decrypted message are listed, read and saved from inside', async () => {
    const payload = multipart('multipart/mixed', [
      textPart('See file'),
      entity({ 'Content-Type': 'text/csv; name="list.csv"', 'Content-Disposition': 'attachment' }, 'a;b'),
    ])
    const { id, attachments } = await bert.read(
      encryptedMime(bert.gpg.encrypted(payload, ['bert@example.org']), header()),
    )
    expect(attachments.map(each => each.fileName)).toEqual(['list.csv'])
    const read = await bert.engine.call('attachments.read', {
      messageId: id,
      partId: attachments[0]?.partId ?? '',
    })
    expect(Buffer.from(read.bytes).toString()).toBe('a;b')
  })

  test('the words of a mailing list stand beside the message', async () => {
    const encrypted = encryptedMime(bert.gpg.encrypted(textPart('Secret'), ['bert@example.org']))
    const detail = await bert.read(
      multipart('multipart/mixed', [encrypted, textPart('Unsubscribe here')], header(), 'list'),
    )
    expect(detail).toMatchObject({ text: 'Secret', outside: { text: 'Unsubscribe here' } })
    expect(detail.security.warnings.map(each => each.code)).toContain('mailing-list-footer')
  })

  describe('the time of a signature', () => {
    const part = textPart('Pay the invoice')
    const dated = (at: Date): HeaderOf => header({ Date: at.toUTCString().replace('GMT', '+0000') })
    const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000)
    const warned = async (signedAt: Date, dateHeader: HeaderOf) => {
      const stamp = `${signedAt.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}`
      const { security } = await bert.read(
        signedMime(part, bert.gpg.detached(part, 'old-hand@example.org', [], { at: stamp }), {
          ...dateHeader,
          From: 'old-hand@example.org',
        }),
      )
      expect(security.signature).toBe('good')
      return security.warnings.some(({ code }) => code === 'signed-at-other-time')
    }
    beforeAll(async () => {
      bert.gpg.generateSigning('Old hand <old-hand@example.org>', 'ed25519', { at: '20200101T000000' })
      await bert.meet(bert.gpg.publicKey('old-hand@example.org'))
    })

    test.each([
      ['the same moment', 0, 0],
      ['half a minute later', 0.01, 0],
      ['a wrong time zone behind', 14, 0],
      ['a wrong time zone ahead', 0, 14],
      ['a message that waited for a connection', 20, 20],
      ['a draft that kept its date and was signed after six days', 0, 144],
    ])('is no news: %s', async (_, signedHoursAgo, datedHoursAgo) => {
      expect(await warned(ago(signedHoursAgo), dated(ago(datedHoursAgo)))).toBe(false)
    })

    test.each([
      ['years before the message is dated', new Date('2021-03-04T05:06:07Z'), () => dated(ago(0))],
      ['two days before', ago(48), () => dated(ago(0))],
      ['two weeks after', ago(0), () => dated(ago(24 * 14))],
      ['some time, of a message without a date', ago(0), () => ({ ...header(), Date: [] })],
    ])('is said: %s', async (_, signedAt, dateHeader) => {
      expect(await warned(signedAt, dateHeader())).toBe(true)
    })

    test('is that of the Date inside, where a protected one is shown', async () => {
      const at = '20210304T050607'
      const inside = textPart('Pay', {
        'Content-Type': 'text/plain; hp="clear"',
        From: 'old-hand@example.org',
        Subject: 'Pay',
        Date: 'Thu, 4 Mar 2021 05:06:00 +0000',
      })
      const { security, summary } = await bert.read(
        signedMime(inside, bert.gpg.detached(inside, 'old-hand@example.org', [], { at }), {
          ...dated(ago(0)),
          From: 'old-hand@example.org',
        }),
      )
      expect(summary.dateMs).toBe(Date.UTC(2021, 2, 4, 5, 6))
      expect(security.warnings.map(({ code }) => code)).not.toContain('signed-at-other-time')
    })
  })

  test('an encrypted file alone is opened when a message is in it', async () => {
    const armored = bert.gpg.encrypted(textPart('From the file'), ['bert@example.org'])
    const file = entity({ 'Content-Type': 'application/octet-stream; name="encrypted.asc"' }, armored)
    const detail = await bert.read(multipart('multipart/mixed', [textPart(''), file], header()))
    expect(detail).toMatchObject({ text: 'From the file', security: { encryption: 'encrypted' } })
  })

  test('inline PGP: the extent is exact, and a clear-signed text alone is good', async () => {
    const armored = bert.gpg.encrypted('Grüße', ['bert@example.org'])
    const inline = await bert.read(entity(header(), `Before\n${armored}After`))
    expect(inline.security).toMatchObject({ encryption: 'inline-encrypted', signature: 'none' })
    const { start, end } = inline.security.inlineExtent ?? { start: 0, end: 0 }
    expect(inline.text?.slice(start, end)).toBe('Grüße')
    const signed = bert.gpg.clearSigned('I agree\n- fully\n', 'anna@example.org')
    const alone = await bert.read(entity(header(), signed))
    expect(alone).toMatchObject({ security: { signature: 'good' } })
    expect(alone.text?.trim()).toBe('I agree\n- fully')
  })

  test('what was encrypted on arrival is read as it arrived: its own header, its own signature, its own files', async () => {
    const part = textPart('As it came')
    const original = signedMime(
      part,
      bert.gpg.detached(part, 'anna@example.org'),
      header({ Subject: 'Boat' }),
    )
    const stored = encryptedMime(bert.gpg.encrypted(original, ['bert@example.org']), {
      'Inbox-Encrypted': `v=1; id=${'0a'.repeat(16)}`,
      ...header({ Subject: '[...]' }),
    })
    const detail = await bert.read(stored)
    expect(detail).toMatchObject({
      text: 'As it came',
      summary: { subject: 'Boat' },
      security: { encryption: 'encrypted', inboxEncrypted: true, signature: 'good' },
    })
    const clear = encryptedMime(
      bert.gpg.encrypted(entity(header({ From: 'Eve <eve@evil.example>' }), 'Hi'), ['bert@example.org'], {
        signer: 'anna@example.org',
      }),
      {
        'Inbox-Encrypted': `v=1; id=${'0b'.repeat(16)}`,
        ...header(),
      },
    )
    const faked = await bert.read(clear)
    expect(faked).toMatchObject({
      summary: { from: [{ address: 'eve@evil.example' }] },
      security: { signature: 'none', inboxEncrypted: true },
    })
  })

  test('a key that is missing is named; the message is not lost', async () => {
    const armored = bert.gpg.encrypted(textPart('Not for you'), ['anna@example.org'])
    const { security, text } = await bert.read(encryptedMime(armored, header()))
    expect(text).toBe('')
    expect(security).toMatchObject({ encryption: 'failed', failure: 'no-key' })
    expect(security.neededKeys).toHaveLength(1)
  })

  test('a key under a passphrase of its own: locked, offered to unlock, then read', async () => {
    const vault = await bert.engine.vault()
    const sealed = await vault.setKeyPassphrase(bert.own, 'correct horse battery')
    const { sealed: secret, facts, bytes, protection } = sealed
    await bert.engine.call('keys.adopt', {
      keys: [{ facts, publicKey: bytes, sealed: secret, protection, revocation: null }],
      accountId: null,
    })
    await vault.forgetPassphrase(bert.own)
    const id = await bert.file(
      encryptedMime(bert.gpg.encrypted(textPart('Behind two locks'), ['bert@example.org']), header()),
    )
    const locked = await bert.engine.call('messages.get', { messageId: id })
    expect(locked).toMatchObject({ text: '', security: { encryption: 'locked' } })
    await vault.unlockKey(bert.own, 'correct horse battery', null)
    const open = await bert.engine.call('messages.get', { messageId: id })
    expect(open.text).toBe('Behind two locks')
  })
})
