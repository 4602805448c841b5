import PostalMime from 'postal-mime'
import { describe, expect, test } from 'vitest'
import { sampleMessages } from '../../../../../../electron/engine/features/mail/app/archive/sample/messages'
import { outgoingBuilder } from '../../../../../../electron/engine/features/writing/build/outgoing-builder'
import { mime } from '../../../../../../electron/engine/formats/mime/mime'
import { goldenMessages } from '../../../../../fixtures/mail/outgoing/messages'

/** What two readers written apart from each other must agree on. */
async function bothWays(raw: Uint8Array) {
  const own = mime.parseMessage(raw)
  const other = await PostalMime.parse(raw)
  const flat = (text: string | undefined) => (text ?? '').replace(/\s+/g, ' ').trim()
  return {
    own: {
      subject: own.header.subject,
      from: own.header.from,
      to: own.header.to,
      messageId: own.header.messageIdHeader,
      dateMs: own.header.dateMs,
      text: flat(own.text),
      html: flat(own.html ?? ''),
      attachments: own.attachments.map(each => [
        each.fileName,
        each.contentType,
        Buffer.from(mime.readPart(raw, each.partId)?.bytes ?? []).toString('base64'),
      ]),
    },
    other: {
      subject: other.subject ?? '',
      from: other.from ? [{ name: other.from.name, address: other.from.address ?? '' }] : [],
      to: (other.to ?? [])
        .flatMap(each => each.group ?? [each])
        .map(each => ({ name: each.name, address: each.address ?? '' })),
      messageId: (other.messageId ?? '').replace(/^<|>$/g, ''),
      dateMs: other.date ? Date.parse(other.date) : null,
      // Text made from HTML is a matter of taste.
      text: Buffer.from(raw).includes('text/plain') ? flat(other.text) : flat(own.text),
      html: flat(other.html),
      attachments: other.attachments.map(each => [
        each.filename,
        each.mimeType,
        Buffer.from(each.content as ArrayBuffer).toString('base64'),
      ]),
    },
  }
}

describe('the reader agrees with an independent one', () => {
  test('on every message of the sample mailbox', async () => {
    for (const { raw } of sampleMessages(Date.UTC(2026, 10, 23, 18))) {
      const { own, other } = await bothWays(raw)
      expect(own).toEqual(other)
    }
  })

  test('on everything that Siegel itself writes', async () => {
    for (const { name, message } of goldenMessages) {
      const { own, other } = await bothWays(outgoingBuilder.build(message).raw)
      // A message as an attachment is one file for us, and taken apart by the other reader.
      if (name !== 'forward-as-attachment') expect(own, name).toEqual(other)
    }
  })
})
