import { expect, test } from 'vitest'
import { createProtectedBuilder } from '../../../../../../../electron/engine/features/writing/build/protect/protected-builder'
import { checkEncrypted } from '../../../../../../../electron/engine/features/writing/build/self-check'
import type { OutgoingMessage } from '../../../../../../../electron/engine/ports/writing/outgoing'
import { fakeSeal } from '../../../../../../fixtures/mail/outgoing/fake-seal'
import { protectedMessages } from '../../../../../../fixtures/mail/outgoing/protected-messages'

const builder = createProtectedBuilder(fakeSeal, { now: () => 0 })
const { message, protection } = protectedMessages.find(
  each => each.name === 'encrypted-blind-copy',
) as (typeof protectedMessages)[number]
const finished = async () => Buffer.from((await builder.build(message, protection)).raw).toString('latin1')
const reasonFor = (raw: string, change: Partial<{ message: OutgoingMessage; policy: 'shy' }> = {}) => {
  try {
    checkEncrypted(Buffer.from(raw, 'latin1'), { message, policy: 'baseline', recipientCount: 4, ...change })
    return 'passes'
  } catch (error) {
    return (error as { params: { reason: string } }).params.reason
  }
}

test('a message as it is written passes', async () => {
  expect(reasonFor(await finished())).toBe('passes')
})

const spoiled: readonly [what: string, reason: string, spoil: (raw: string) => string][] = [
  ['the subject stands outside', 'subject', raw => raw.replace('Subject: [...]', 'Subject: Re: Hello')],
  [
    'a Bcc field stands outside',
    'header',
    raw => raw.replace('Subject:', 'Bcc: secret@example.com\r\nSubject:'),
  ],
  ['a blind copy stands among the names', 'bcc', raw => raw.replace('"Cy"', '"secret@example.com"')],
  ['somebody else is addressed outside', 'people', raw => raw.replace('cy@example.com', 'eve@example.com')],
  ['a field nobody knows stands outside', 'header', raw => raw.replace('Subject:', 'X-Note: a\r\nSubject:')],
  [
    'a known field says more than it should',
    'header',
    raw => raw.replace('+0000\r\n', '+0000 (meet at 8)\r\n'),
  ],
  ['a field stands there twice', 'header', raw => raw.replace('Subject:', 'Subject: [...]\r\nSubject:')],
  [
    'text stands before the parts',
    'structure',
    raw => raw.replace('\r\n\r\n--=_', '\r\n\r\nmeet at 8\r\n--=_'),
  ],
  ['text stands behind the parts', 'structure', raw => `${raw}meet at 8\r\n`],
  [
    'the file name tells something',
    'structure',
    raw => raw.replace('name="encrypted.asc"', 'name="notes.txt"'),
  ],
  [
    'a third part stands beside the two',
    'structure',
    raw => raw.replace(/\r\n(--=_\w+)--\r\n$/, '\r\n$1\r\n\r\nmeet at 8\r\n$1--\r\n'),
  ],
  [
    'the text is not encrypted at all',
    'not-encrypted',
    raw => raw.replace(/-----BEGIN[\s\S]*MESSAGE-----/, 'meet at 8'),
  ],
  [
    'text stands beside the ciphertext',
    'not-encrypted',
    raw => raw.replace('-----END PGP MESSAGE-----', '-----END PGP MESSAGE-----\r\nmeet at 8'),
  ],
  [
    'the ciphertext lacks integrity protection',
    'not-encrypted',
    raw =>
      raw.replace(/(-----BEGIN PGP MESSAGE-----\r\n\r\n)([^-]*)(-----END)/, (_, head, body, end) => {
        const bytes = Buffer.from(body, 'base64')
        bytes[4 * 14] = 0xc9
        return `${head}${bytes
          .toString('base64')
          .match(/.{1,64}/g)
          ?.join('\r\n')}\r\n${end}`
      }),
  ],
]
for (const [what, reason, spoil] of spoiled)
  test(`nothing is sent when ${what}`, async () => {
    const raw = await finished()
    const bad = spoil(raw)
    expect(bad).not.toBe(raw)
    expect(reasonFor(bad)).toBe(reason)
  })

test('nothing is sent when a recipient has no key packet', async () => {
  const raw = await finished()
  expect(() =>
    checkEncrypted(Buffer.from(raw, 'latin1'), { message, policy: 'baseline', recipientCount: 5 }),
  ).toThrow('recipients')
})

test('nothing is sent when a name stands outside although names are to be hidden', async () => {
  expect(reasonFor(await finished(), { policy: 'shy' })).toBe('people')
})

test('a text that quotes the form of an encrypted message can still be sent', async () => {
  const text =
    'Content-Type: application/octet-stream; name="encrypted.asc"\n-----BEGIN PGP MESSAGE-----\nVersion: 1\n'
  await expect(
    builder.build({ ...message, text, subject: text.slice(0, 40) }, protection),
  ).resolves.toBeDefined()
})
