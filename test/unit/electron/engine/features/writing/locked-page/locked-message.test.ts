import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { outgoingBuilder } from '../../../../../../../electron/engine/features/writing/build/outgoing-builder'
import { lockedMessage } from '../../../../../../../electron/engine/features/writing/locked-page/locked-message'
import type { OutgoingMessage } from '../../../../../../../electron/engine/ports/writing/outgoing'
import { openContent } from '../../../../../../../renderer/locked-page/open-content'
import {
  type SealedContent,
  sealedElementId,
} from '../../../../../../../shared/features/writing/locked-page-format'
import { goldenMessages } from '../../../../../../fixtures/mail/outgoing/messages'

const random = { bytes: (count: number) => new Uint8Array(randomBytes(count)) }
const message = {
  ...(goldenMessages.find(each => each.name === 'attachments')?.message as OutgoingMessage),
  text: 'Secret plan for Grüße </script><!-- and more',
}
const passphrase = 'Wörter auf Papier 7'
const made = () => lockedMessage(message, passphrase, random)
const pageOf = (locked: OutgoingMessage) => Buffer.from(locked.attachments[0]?.bytes ?? []).toString('utf8')
const sealedIn = (page: string): SealedContent =>
  JSON.parse(new RegExp(`id="${sealedElementId}">([^<]*)<`).exec(page)?.[1] ?? '') as SealedContent

// 64 MiB in plain script take their time on a busy machine.
describe('a message for people without a key', { timeout: 60_000 }, () => {
  test('opens with the passphrase, as it was written, with its files', async () => {
    const sealed = sealedIn(pageOf(await made()))
    const content = await openContent(sealed, passphrase.normalize('NFD'), () => undefined)
    expect(content?.head).toMatchObject({
      subject: message.subject,
      text: message.text,
      from: 'ann@example.org',
    })
    expect(content?.files.map(file => Buffer.from(file).toString('hex'))).toEqual(
      message.attachments.map(({ bytes }) => Buffer.from(bytes).toString('hex')),
    )
  })

  test('does not open with another passphrase, nor when a byte of it was changed', async () => {
    const sealed = sealedIn(pageOf(await made()))
    expect(await openContent(sealed, 'Wörter auf Papier 8', () => undefined)).toBeNull()
    const data = Buffer.from(sealed.data, 'base64')
    data[10] = (data[10] ?? 0) ^ 1
    const changed = { ...sealed, data: data.toString('base64') }
    expect(await openContent(changed, passphrase, () => undefined)).toBeNull()
  })

  test('shows outside neither subject, text nor names of files, and goes to the same people', async () => {
    const locked = await made()
    const { raw, envelope } = outgoingBuilder.build(locked)
    const all = `${Buffer.from(raw).toString('latin1')}${pageOf(locked)}`
    for (const secret of ['Subject: Hello', 'Secret plan', 'notes.txt', passphrase])
      expect(all).not.toContain(secret)
    expect(envelope).toEqual(outgoingBuilder.build(message).envelope)
  })

  test('is never the same twice, and short texts are equally long', async () => {
    const [one, two, longer] = await Promise.all([
      made(),
      made(),
      lockedMessage({ ...message, text: 'x'.repeat(300) }, passphrase, random),
    ])
    expect(sealedIn(pageOf(one as OutgoingMessage)).data).not.toBe(
      sealedIn(pageOf(two as OutgoingMessage)).data,
    )
    expect(pageOf(longer as OutgoingMessage)).toHaveLength(pageOf(one as OutgoingMessage).length)
  })

  test('its policy permits no request at all', async () => {
    const page = pageOf(await made())
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? ''
    expect(policy.split('; ').map(each => each.split(' ')[0])).toEqual([
      'default-src',
      'script-src',
      'style-src',
      'base-uri',
      'form-action',
    ])
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe')
  })

  test('files that a browser could not hold are refused', async () => {
    const file = { fileName: 'x', contentType: 'x/y', bytes: new Uint8Array(25_000_001), keepsTraces: true }
    await expect(
      lockedMessage({ ...message, attachments: [file] }, passphrase, random),
    ).rejects.toMatchObject({
      code: 'too-large',
    })
  })
})
