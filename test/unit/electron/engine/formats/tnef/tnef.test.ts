import { expect, test } from 'vitest'
import { invitations } from '../../../../../../electron/engine/features/calendar/invitations/invitations'
import { mime } from '../../../../../../electron/engine/formats/mime/mime'
import { readTnef } from '../../../../../../electron/engine/formats/tnef/read-tnef'
import {
  appointmentSet,
  globalId,
  type MapiProperty,
  meetingSet,
  tnef,
} from '../../../../../fixtures/invitations/tnef'

const start = new Date('2027-03-10T08:00:00Z')
const end = new Date('2027-03-10T09:00:00Z')
const usual = (id: Buffer): MapiProperty[] => [
  { id: 0x0037, value: 'Lünch, with Eva; at noon' },
  { id: 0x0065, value: '/o=Example/ou=Exchange/cn=Recipients/cn=eva' },
  { id: 0x0003, set: meetingSet, value: id },
  { id: 0x001a, set: meetingSet, value: new Date('2027-02-01T10:11:12Z') },
  { id: 0x820d, set: appointmentSet, value: start },
  { id: 0x820e, set: appointmentSet, value: end },
  { id: 0x8208, set: appointmentSet, value: 'Room 5' },
  { id: 0x8201, set: appointmentSet, value: 2 },
]
const mail = (
  bytes: Buffer,
  type = 'application/ms-tnef',
  from = 'eva@example.org',
  to = 'max@example.org',
) =>
  Buffer.from(
    [
      ...[`From: Eva <${from}>`, `To: Max <${to}>`, 'Subject: Lunch', 'MIME-Version: 1.0'],
      ...[
        'Content-Type: multipart/mixed; boundary=b',
        '',
        '--b',
        'Content-Type: text/plain',
        '',
        'See there.',
      ],
      ...['--b', `Content-Type: ${type}; name=winmail.dat`, 'Content-Transfer-Encoding: base64', ''],
      ...[bytes.toString('base64').replace(/(.{76})/g, '$1\r\n'), '--b--', ''],
    ].join('\r\n'),
  )
const read = (raw: Buffer, from = 'eva@example.org', mine = 'max@example.org') =>
  invitations.read(
    mime.readCalendars(raw),
    { from, signer: null, isForged: false, mine: [[mine]], senders: [] },
    'Europe/Berlin',
  )

test.each([
  ['IPM.Schedule.Meeting.Request', 'application/ms-tnef'],
  ['IPM.Microsoft Schedule.MtgReq', 'application/vnd.ms-tnef'],
  ['IPM.Schedule.Meeting.Request', 'application/octet-stream'],
])('an invitation in winmail.dat (%s, %s) is one like any other, without an alarm', (messageClass, type) => {
  const [found, ...more] = read(mail(tnef(messageClass, usual(globalId('abc-123@example.org'))), type))
  expect(more).toEqual([])
  expect(found).toMatchObject({
    ...{ uid: 'abc-123@example.org', method: 'REQUEST', problem: null, warnings: [], me: 'guest' },
    ...{ title: 'Lünch, with Eva; at noon' },
    event: { startMs: start.getTime(), endMs: end.getTime(), location: 'Room 5' },
  })
})

test("Exchange's own number is the UID that its iCalendar has, and an instance is named by its day", () => {
  const [own] = read(mail(tnef('IPM.Schedule.Meeting.Request', usual(globalId('')))))
  expect(own?.uid).toMatch(/^040000008200E00074C5B7101A82E00800000000/)
  const [part] = mime.readCalendars(
    mail(tnef('IPM.Schedule.Meeting.Canceled', usual(globalId('', [2027, 3, 10])))),
  )
  const text = Buffer.from(part?.bytes ?? []).toString()
  expect(text).toMatch(/RECURRENCE-ID;VALUE=DATE:20270310/)
  expect(text).toMatch(/METHOD:CANCEL[\s\S]*STATUS:CANCELLED/)
  expect(text.replace(/\r\n /g, '')).toContain(`UID:${own?.uid}`)
})

test.each([
  ['Pos', 'ACCEPTED'],
  ['Neg', 'DECLINED'],
  ['Tent', 'TENTATIVE'],
])('an answer (%s) speaks for whoever sent it', (kind, status) => {
  const [part] = mime.readCalendars(
    mail(
      tnef(`IPM.Schedule.Meeting.Resp.${kind}`, usual(globalId('u1'))),
      ...(['application/ms-tnef', 'max@example.org', 'eva@example.org'] as const),
    ),
  )
  expect(part?.method).toBe('REPLY')
  const text = Buffer.from(part?.bytes ?? [])
    .toString()
    .replace(/\r\n /g, '')
  expect(text).toContain(`ATTENDEE;PARTSTAT=${status}:mailto:max@example.org`)
  expect(text).toContain('ORGANIZER:mailto:eva@example.org')
})

test('a day as a whole, and an iCalendar file that lies in it', () => {
  const berlin = [new Date('2027-03-09T23:00:00Z'), new Date('2027-03-10T23:00:00Z')] as const
  const [part] = mime.readCalendars(
    mail(
      tnef('IPM.Schedule.Meeting.Request', [
        ...usual(globalId('u1')).filter(({ id }) => id !== 0x820d && id !== 0x820e),
        { id: 0x8215, set: appointmentSet, value: true },
        { id: 0x820d, set: appointmentSet, value: berlin[0] },
        { id: 0x820e, set: appointmentSet, value: berlin[1] },
      ]),
    ),
  )
  expect(Buffer.from(part?.bytes ?? []).toString()).toMatch(
    /DTSTART;VALUE=DATE:20270310\r\nDTEND;VALUE=DATE:20270311/,
  )
  const file = Buffer.from(
    'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:in\r\nDTSTAMP:20270101T000000Z\r\nDTSTART:20270310T080000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
  )
  const [inside] = mime.readCalendars(mail(tnef('IPM.Note', [], [file])))
  expect(Buffer.from(inside?.bytes ?? []).equals(file)).toBe(true)
})

test('what is no invitation, repeats, or names no time asks for nothing', () => {
  for (const bytes of [
    tnef('IPM.Note', usual(globalId('u1'))),
    tnef('IPM.Schedule.Meeting.Request', [
      ...usual(globalId('u1')),
      { id: 0x8223, set: appointmentSet, value: true },
    ]),
    tnef('IPM.Schedule.Meeting.Request', []),
    tnef('IPM.Schedule.Meeting.Request', usual(Buffer.alloc(60, 1))),
    Buffer.from('no envelope'),
    Buffer.alloc(0),
  ])
    expect(mime.readCalendars(mail(bytes))).toEqual([])
})

test('cut, with wrong lengths, and with any byte changed: never more than nothing, and never a line of its own', () => {
  const whole = tnef('IPM.Schedule.Meeting.Request', [
    ...usual(globalId('u1\r\nATTENDEE:mailto:x@example.com')),
    { id: 0x5d02, value: 'eva@example.org\r\nSTATUS:CANCELLED' },
  ])
  for (let at = 0; at < whole.length; at += 3) {
    const cut = whole.subarray(0, at)
    const short = readTnef(cut)
    if (short && at > whole.length - 20) expect(short.isCut).toBe(true)
    expect(mime.readCalendars(mail(Buffer.from(cut))).length).toBeLessThan(2)
    const changed = Buffer.from(whole)
    changed.writeUInt8(changed.readUInt8(at) ^ 0xff, at)
    expect(mime.readCalendars(mail(changed)).length).toBeLessThan(2)
  }
  const [part] = mime.readCalendars(mail(whole))
  const lines = Buffer.from(part?.bytes ?? [])
    .toString()
    .split('\r\n')
  expect(lines.filter(line => line.startsWith('ATTENDEE'))).toHaveLength(1)
  expect(lines.some(line => line.startsWith('STATUS'))).toBe(false)
})
