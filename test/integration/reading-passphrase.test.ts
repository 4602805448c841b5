/** Mail that GnuPG encrypted under a passphrase, read and answered through the real engine and vault. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MessageId } from '../../shared/model/ids'
import { defaultHeader, encryptedMime, entity, multipart, textPart } from '../support/protected-mail'
import { ReadingProfile } from '../support/reading-profile'

let bert: ReadingProfile
beforeAll(async () => {
  bert = await ReadingProfile.open()
  bert.gpg.generate('Anna <anna@example.org>')
  bert.gpg.generate('Carl <carl@example.org>')
  await bert.meet(bert.gpg.publicKey('anna@example.org'))
})
afterAll(() => bert.close())

const word = 'sieben Zwerge'
let count = 0
const header = () => {
  count += 1
  return { ...defaultHeader, 'Message-ID': `<p${count}@example.org>` }
}
const under = (text: string, ...args: string[]): string =>
  bert.gpg.run(['--armor', '--passphrase', word, ...args, '--symmetric'], text).toString('latin1')
const enter = (messageId: MessageId, passphrase: string, attached: string[] = []) =>
  bert.engine.call('messages.openWithPassphrase', {
    messageId,
    attached,
    passphrase: new TextEncoder().encode(passphrase),
  })
const get = (messageId: MessageId) => bert.engine.call('messages.get', { messageId })

test('PGP/MIME under a passphrase is closed, refuses a wrong one, opens with the right one and stays open', async () => {
  const signed = ['--local-user', 'anna@example.org', '--sign']
  const message = encryptedMime(under(textPart('Unter uns gesagt'), ...signed), header())
  const closed = await bert.read(message)
  expect(closed.security).toMatchObject({
    encryption: 'failed',
    failure: 'passphrase-only',
    passphrase: 'opens',
    signature: 'none',
  })
  expect(closed.text).toBe('')
  await expect(enter(closed.id, 'acht Zwerge')).rejects.toMatchObject({ code: 'message-passphrase-wrong' })
  expect((await get(closed.id)).text).toBe('')
  await enter(closed.id, word)
  const open = await get(closed.id)
  expect(open.text).toBe('Unter uns gesagt')
  expect(open.security).toMatchObject({
    encryption: 'encrypted',
    passphrase: 'opened',
    signature: 'good',
    signer: { address: 'anna@example.org' },
  })

  // An answer quotes it, and its text is as protected as that of any encrypted message.
  const draft = await bert.engine.call('drafts.create', {
    mode: 'reply',
    messageId: closed.id,
    accountId: null,
  })
  expect(draft.content.text).toContain('> Unter uns gesagt')
  const plan = await bert.engine.call('keys.plan', { draftId: draft.id })
  const byKey = await bert.read(
    encryptedMime(
      bert.gpg.encrypted(textPart('Mit Schlüssel'), ['bert@example.org'], { signer: 'anna@example.org' }),
      header(),
    ),
  )
  const other = await bert.engine.call('drafts.create', {
    mode: 'reply',
    messageId: byKey.id,
    accountId: null,
  })
  expect(plan).toEqual(await bert.engine.call('keys.plan', { draftId: other.id }))
})

test('beside a key that is not here', async () => {
  const armored = under(textPart('Für zwei Wege'), '--recipient', 'carl@example.org', '--encrypt')
  const closed = await bert.read(encryptedMime(armored, header()))
  expect(closed.security).toMatchObject({ failure: 'no-key', passphrase: 'opens' })
  expect(closed.security.neededKeys).toHaveLength(1)
  await enter(closed.id, word)
  expect(await get(closed.id)).toMatchObject({ text: 'Für zwei Wege', security: { passphrase: 'opened' } })
})

test('an own key that is here opens it without a passphrase', async () => {
  const armored = under(textPart('Für Bert'), '--recipient', 'bert@example.org', '--encrypt')
  expect(await bert.read(encryptedMime(armored, header()))).toMatchObject({
    text: 'Für Bert',
    security: { encryption: 'encrypted', passphrase: 'none' },
  })
})

test('inline armour, with words around it: the stretch is opened and not quoted', async () => {
  const armored = under('Nur hier drin')
  const { id, security } = await bert.read(entity(header(), `Davor\n${armored}Danach`))
  expect(security.passphrase).toBe('opens')
  await enter(id, word)
  const open = await get(id)
  expect(open.security).toMatchObject({ encryption: 'inline-encrypted', passphrase: 'opened' })
  const { start, end } = open.security.inlineExtent ?? { start: 0, end: 0 }
  expect(open.text?.slice(start, end).trim()).toBe('Nur hier drin')
  const draft = await bert.engine.call('drafts.create', { mode: 'reply', messageId: id, accountId: null })
  expect(draft.content.text).not.toContain('Nur hier drin')
})

test('one that came as a file is opened by itself', async () => {
  const inner = encryptedMime(under(textPart('Im Umschlag')), header())
  const carrier = multipart('multipart/mixed', [
    textPart('Siehe Anlage'),
    `Content-Type: message/rfc822\r\n\r\n${inner}`,
  ])
  const { id, attachments, security } = await bert.read(withHead(carrier))
  expect(security.passphrase).toBe('none')
  const attached = attachments.slice(0, 1).map(({ partId }) => partId)
  const look = () => bert.engine.call('messages.attached', { messageId: id, attached })
  expect((await look()).security.passphrase).toBe('opens')
  await enter(id, word, attached)
  expect((await look()).text).toBe('Im Umschlag')
})

const withHead = (part: string): string =>
  Object.entries(header())
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('') + part

test('damaged and cut messages say so and show nothing', async () => {
  const armored = under(textPart(Array.from({ length: 200 }, (_, at) => `Zeile ${at * 7919}`).join('\n')))
  const lines = armored.split('\n')
  const cut = [...lines.slice(0, 3), ...lines.slice(4)].join('\n')
  const { id } = await bert.read(encryptedMime(cut, header()))
  await expect(enter(id, word)).rejects.toHaveProperty('code')
  expect((await get(id)).text).toBe('')
})

test('what cannot be opened is named with its method', async () => {
  for (const [algorithm, name] of [
    ['IDEA', 'IDEA'],
    ['CAMELLIA256', 'Camellia'],
  ] as const) {
    const byPassphrase = await bert.read(
      encryptedMime(under(textPart('x'), '--cipher-algo', algorithm), header()),
    )
    expect(byPassphrase.security).toMatchObject({
      failure: 'cipher-unsupported',
      method: name,
      passphrase: 'none',
    })
    const armored = bert.gpg.encrypted(textPart('x'), ['bert@example.org'], {
      args: ['--cipher-algo', algorithm],
    })
    const byKey = await bert.read(encryptedMime(armored, header()))
    expect(byKey.security).toMatchObject({ failure: 'cipher-unsupported', method: name })
  }
})
