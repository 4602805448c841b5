import { expect, test } from 'vitest'
import { mime } from '../../../../../../electron/engine/formats/mime/mime'

const ics =
  'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:Grüße\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n'
const part = (header: readonly string[], body: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(
      [...header, 'Content-Transfer-Encoding: base64', '', body.toString('base64'), ''].join('\r\n'),
    ),
  ])
const bounded = (kind: string, boundary: string, parts: readonly Buffer[]): Buffer =>
  Buffer.concat([
    Buffer.from(`From: a@b.example\r\nContent-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n`),
    ...parts.flatMap(each => [Buffer.from(`--${boundary}\r\n`), each]),
    Buffer.from(`--${boundary}--\r\n`),
  ])
const mail = (kind: string, ...parts: Buffer[]): Buffer => bounded(kind, 'x', parts)
const utf8 = Buffer.from(ics, 'utf8')
const read = (raw: Buffer) =>
  mime.readCalendars(raw).map(({ method, bytes }) => ({ method, text: Buffer.from(bytes).toString('utf8') }))

test('an invitation is found as another form of the text, as a file, and alone', () => {
  const text = part(['Content-Type: text/plain'], Buffer.from('You are invited'))
  const form = part(['Content-Type: text/calendar; charset="UTF-8"; method=REQUEST'], utf8)
  const file = part(
    ['Content-Type: application/ics; name="invite.ics"', 'Content-Disposition: attachment'],
    utf8,
  )
  expect(read(mail('alternative', text, form))).toEqual([{ method: 'REQUEST', text: ics }])
  expect(read(mail('mixed', text, file))).toEqual([{ method: null, text: ics }])
  expect(read(mail('mixed', text, form, file))).toHaveLength(2)
  const alone = Buffer.concat([
    Buffer.from('From: a@b.example\r\nContent-Type: text/calendar; method="Reply"\r\n\r\n'),
    utf8,
  ])
  expect(read(alone)).toEqual([{ method: 'Reply', text: ics }])
})

test('a file that a gateway calls octets is known by its name and its beginning, and by neither alone', () => {
  const octets = (name: string, body: Buffer) =>
    mail('mixed', part([`Content-Type: application/octet-stream; name="${name}"`], body))
  expect(read(octets('meeting.ics', utf8))).toEqual([{ method: null, text: ics }])
  expect(read(octets('meeting.ics', Buffer.from('MZ')))).toEqual([])
  expect(read(octets('meeting.bin', utf8))).toEqual([])
})

test('what is written in another charset is read by it, and an invitation within an attached message is not of this one', () => {
  const latin = part(['Content-Type: text/calendar; charset=iso-8859-1'], Buffer.from(ics, 'latin1'))
  expect(read(mail('mixed', latin))).toEqual([{ method: null, text: ics }])
  const inner = bounded('mixed', 'y', [part(['Content-Type: text/calendar; method=REQUEST'], utf8)])
  const outer = Buffer.concat([
    Buffer.from('Content-Type: message/rfc822\r\n\r\n'),
    inner,
    Buffer.from('\r\n'),
  ])
  expect(read(mail('mixed', outer))).toEqual([])
})

test('nothing is found in nothing, and a part without an end is no reason to fall', () => {
  expect(read(Buffer.alloc(0))).toEqual([])
  expect(read(mail('mixed', part(['Content-Type: text/calendar'], Buffer.alloc(0))))).toEqual([])
})
