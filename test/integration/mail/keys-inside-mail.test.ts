import { afterAll, beforeAll, expect, test } from 'vitest'
import { defaultHeader, encryptedMime, entity, multipart, textPart } from '../../support/protected-mail'
import { ReadingProfile } from '../../support/reading-profile'

const anna = 'anna@example.org'
const carol = 'carol@example.org'
const dave = 'dave@example.org'
let bert: ReadingProfile

beforeAll(async () => {
  bert = await ReadingProfile.open()
  for (const [name, address] of [
    ['Anna', anna],
    ['Carol', carol],
    ['Dave', dave],
  ])
    bert.gpg.generate(`${name} <${address}>`)
})
afterAll(() => bert?.close())

let count = 0
const header = (change: Record<string, string> = {}) => {
  count += 1
  return { ...defaultHeader, 'Message-ID': `<inside${count}@example.org>`, ...change }
}
const gossipOf = (address: string): string =>
  `addr=${address}; keydata=${bert.gpg.publicKey(address).toString('base64')}`
const sourcesOf = async (address: string) =>
  (await bert.engine.call('keys.contacts', { address })).keys.map(({ evidence }) =>
    evidence.map(({ source }) => source),
  )

test('a key for another recipient is learned from inside an encrypted message, never from its outside', async () => {
  const everybody = { To: `Bert <bert@example.org>, Carol <${carol}>`, Cc: `Dave <${dave}>` }
  const inside = textPart('To all of you', { 'Autocrypt-Gossip': gossipOf(carol) })
  const sealed = bert.gpg.encrypted(inside, ['bert@example.org'], { signer: anna })
  await bert.read(encryptedMime(sealed, header({ ...everybody, 'Autocrypt-Gossip': gossipOf(dave) })))
  expect(await sourcesOf(carol)).toEqual([['gossip']])
  expect(await sourcesOf(dave)).toEqual([])
})

test('a message in clear teaches no keys of third people', async () => {
  await bert.read(textPart('In clear', header({ Cc: dave, 'Autocrypt-Gossip': gossipOf(dave) })))
  expect(await sourcesOf(dave)).toEqual([])
})

test('a key that came as a file is named, and taken only when asked', async () => {
  const file = entity(
    {
      'Content-Type': 'application/pgp-keys; name="anna.asc"',
      'Content-Disposition': 'attachment; filename="anna.asc"',
    },
    bert.gpg.run(['--armor', '--export', anna]).toString('latin1'),
  )
  const notKey = entity(
    {
      'Content-Type': 'text/plain; name="notes.asc"',
      'Content-Disposition': 'attachment; filename="notes.asc"',
    },
    'no key',
  )
  const { id, attachedKeys } = await bert.read(
    multipart('multipart/mixed', [textPart('My key'), file, notKey], header()),
  )
  expect(attachedKeys).toMatchObject([{ fileName: 'anna.asc', kind: 'public' }])
  expect(await sourcesOf(anna)).toEqual([])
  await bert.engine.call('keys.importFromMessage', { messageId: id, partId: attachedKeys[0]?.partId ?? '' })
  expect(await sourcesOf(anna)).toEqual([['attachment']])
})

test('a key in an address card is named, and taken only when asked, also of a card that is known by its name alone', async () => {
  const card = [
    ...['BEGIN:VCARD', 'VERSION:4.0', 'FN:Dave', `EMAIL:${dave}`],
    `KEY:data:application/pgp-keys;base64,${bert.gpg.publicKey(dave).toString('base64')}`,
    ...['END:VCARD', ''],
  ].join('\r\n')
  for (const type of ['text/vcard', 'application/octet-stream']) {
    const file = entity(
      {
        'Content-Type': `${type}; name="dave.vcf"`,
        'Content-Disposition': 'attachment; filename="dave.vcf"',
      },
      card,
    )
    const { id, attachedKeys } = await bert.read(
      multipart('multipart/mixed', [textPart('My card'), file], header({ From: `Dave <${dave}>` })),
    )
    expect(attachedKeys).toMatchObject([{ fileName: 'dave.vcf', kind: 'public' }])
    if (type === 'text/vcard') expect(await sourcesOf(dave)).toEqual([])
    await bert.engine.call('keys.importFromMessage', { messageId: id, partId: attachedKeys[0]?.partId ?? '' })
    expect(await sourcesOf(dave)).toEqual([['vcard']])
  }
})
