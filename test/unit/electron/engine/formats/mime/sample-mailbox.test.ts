import { describe, expect, test } from 'vitest'
import { sampleMessages } from '../../../../../../electron/engine/features/mail/app/archive/sample/messages'
import { inspectMessage } from '../../../../../../electron/engine/formats/mime/inspect-message'
import { mime } from '../../../../../../electron/engine/formats/mime/mime'
import { sanitizeHtml } from '../../../../../../electron/engine/formats/mime/sanitize/sanitize-html'

const now = Date.UTC(2026, 10, 23, 18, 9)
const sample = sampleMessages(now).map(each => ({ ...each, parsed: mime.parseMessage(each.raw) }))
const about = (word: string) => {
  const found = sample.find(each => each.parsed.header.subject.includes(word))
  if (!found) throw new Error(`no sample about ${word}`)
  return found
}

describe('the sample mailbox', () => {
  test('is whole, dated before now, and the same for the same moment', () => {
    expect(sample.length).toBeGreaterThanOrEqual(14)
    for (const { parsed, internalDateMs, raw } of sample) {
      expect(parsed.broken).toBe(false)
      expect(parsed.header.subject).not.toBe('')
      expect(parsed.text.trim()).not.toBe('')
      expect(parsed.header.dateMs).toBe(internalDateMs)
      expect(internalDateMs).toBeLessThan(now)
      expect(
        Buffer.from(raw)
          .toString('latin1')
          .split('\r\n')
          .every(line => line.length < 998 && /^[\t -~]*$/.test(line)),
      ).toBe(true)
    }
    expect(sampleMessages(now)).toEqual(sampleMessages(now))
    expect(new Set(sample.map(each => each.parsed.header.messageIdHeader)).size).toBe(sample.length)
  })

  test('fills every mailbox that a person expects', () => {
    expect(new Set(sample.map(each => each.mailbox))).toEqual(
      new Set(['inbox', 'sent', 'archive', 'drafts', 'junk', 'trash']),
    )
  })

  test('holds a conversation of four over two mailboxes', () => {
    const thread = sample.filter(each => each.parsed.header.subject.includes('Gemeinschaftsgarten'))
    expect(thread.map(each => each.mailbox).sort()).toEqual(['inbox', 'inbox', 'inbox', 'sent'])
    const ids = thread.map(each => each.parsed.header.messageIdHeader)
    for (const { parsed } of thread.slice(1)) expect(ids).toContain(parsed.header.inReplyTo)
  })

  test('the newsletter’s tracker is blocked and counted', () => {
    const { html } = about('Neu auf dem Tisch').parsed
    const result = sanitizeHtml(html ?? '', { cidUrl: () => null })
    expect(result.trackerCount).toBe(1)
    expect(result.blockedRemoteCount).toBe(6)
  })

  test('the parcel notice is recognised as deceit', () => {
    expect(inspectMessage(about('Sendung').parsed).map(each => each.code)).toEqual([
      'reply-to-differs',
      'link-mismatch',
    ])
  })

  test('honest messages raise no alarm', () => {
    for (const each of sample)
      if (each !== about('Sendung'))
        expect(inspectMessage(each.parsed), each.parsed.header.subject).toEqual([])
  })

  test('attachments open', () => {
    const pdf = about('Angebot')
    expect(pdf.parsed.attachments).toMatchObject([
      { fileName: 'Angebot Bücherregal 2026-118.pdf', danger: null },
    ])
    expect(Buffer.from(mime.readPart(pdf.raw, '2')?.bytes ?? []).toString('latin1')).toMatch(
      /^%PDF-1\.4.*%%EOF\n$/s,
    )
    expect(about('lake').parsed.attachments).toMatchObject([{ contentType: 'image/png', danger: null }])
  })

  test('the mailing list and the Japanese letter are themselves', () => {
    expect(about('letterpress').parsed.header.listId).toBe('letterpress.lists.example.org')
    expect(about('京都').parsed.header.from[0]).toEqual({
      name: '佐藤 美咲',
      address: 'misaki.sato@example.com',
    })
  })
})
