import { makeComponent, writeComponent } from '../icalendar/text/component'
import { type Line, makeLine } from '../icalendar/text/content-line'
import { writeText } from '../icalendar/text/values'
import { calendarHead } from '../icalendar/transfer/join-file'
import type { Tnef } from './read-tnef'

/** Whom the mail around it comes from and goes to; an invitation in TNEF leaves that to its header. */
export type MailPeople = Readonly<{ from: string; to: readonly string[] }>

/** An invitation as iCalendar, with its METHOD. */
type TnefCalendar = Readonly<{ method: string | null; bytes: Uint8Array }>

/** Sets of named properties (MS-OXPROPS §1.3.2). */
const appointment = '0006200200000000c000000000000046'
const meeting = '6ed8da90450b101b98da00aa003f1305'

type Said = Readonly<{ method: 'REQUEST' | 'CANCEL' | 'REPLY'; answer: string | null }>

/** Classes of today (MS-OXOCAL §2.2), and of Outlook's first versions, which TNEF's own attribute still names (MS-OXTNEF §2.1.3.3.4). */
const classes: Readonly<Record<string, Said>> = {
  'ipm.schedule.meeting.request': { method: 'REQUEST', answer: null },
  'ipm.schedule.meeting.canceled': { method: 'CANCEL', answer: null },
  'ipm.schedule.meeting.resp.pos': { method: 'REPLY', answer: 'ACCEPTED' },
  'ipm.schedule.meeting.resp.neg': { method: 'REPLY', answer: 'DECLINED' },
  'ipm.schedule.meeting.resp.tent': { method: 'REPLY', answer: 'TENTATIVE' },
  'ipm.microsoft schedule.mtgreq': { method: 'REQUEST', answer: null },
  'ipm.microsoft schedule.mtgcncl': { method: 'CANCEL', answer: null },
  'ipm.microsoft schedule.mtgrespp': { method: 'REPLY', answer: 'ACCEPTED' },
  'ipm.microsoft schedule.mtgrespn': { method: 'REPLY', answer: 'DECLINED' },
  'ipm.microsoft schedule.mtgrespa': { method: 'REPLY', answer: 'TENTATIVE' },
}

const dayMs = 86_400_000
const idBegin = Buffer.from('040000008200e00074c5b7101a82e008', 'hex')

/** The UID that a global object id stands for (MS-OXCICAL §2.1.3.1.1.20.26), and the day of the instance it names. */
function identityOf(bytes: Uint8Array): Readonly<{ uid: string; day: string | null }> | null {
  const id = Buffer.from(bytes)
  if (id.length < 40 || id.length > 1_000 || !id.subarray(0, 16).equals(idBegin)) return null
  const [year, month, day] = [id.readUInt16BE(16), id.readUInt8(18), id.readUInt8(19)]
  const data = id.subarray(40)
  id.fill(0, 16, 20)
  const foreign = data.subarray(0, 8).toString('latin1') === 'vCal-Uid'
  const uid = foreign
    ? data.subarray(12).toString('utf8').replace(/\0.*$/s, '')
    : id.toString('hex').toUpperCase()
  const two = (number: number): string => String(number).padStart(2, '0')
  return uid === '' ? null : { uid, day: year === 0 ? null : `${year}${two(month)}${two(day)}` }
}

const moment = (ms: number): string => `${new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '')}`

/** Midnight of the zone where it was written lies within half a day of that of UTC. */
const dayOf = (ms: number): string => moment(Math.round(ms / dayMs) * dayMs).slice(0, 8)

const isMoment = (value: unknown): value is number =>
  typeof value === 'number' && Math.abs(value) < 250_000 * dayMs

/** What a winmail.dat asks for: iCalendar files in it, else what its properties say. Of a series, whose rule and zones are Exchange's own, nothing. */
export function meetingIn(
  { messageClass, properties, attachments }: Tnef,
  people: MailPeople,
): TnefCalendar[] {
  const files = attachments.filter(bytes =>
    /^(?:\xef\xbb\xbf)?\s*BEGIN:VCALENDAR/i.test(Buffer.from(bytes.subarray(0, 200)).toString('latin1')),
  )
  if (files.length > 0) return files.map(bytes => ({ method: null, bytes }))
  const text = (name: string): string => {
    const value = properties.get(name)
    return typeof value === 'string' ? value.trim() : ''
  }
  const said = classes[(text('001a') || messageClass).toLowerCase()]
  const ids = [properties.get(`${meeting}/0003`), properties.get(`${meeting}/0023`)]
  const [identity] = ids.flatMap(id => (id instanceof Uint8Array ? (identityOf(id) ?? []) : []))
  if (said === undefined || identity === undefined || properties.get(`${appointment}/8223`) === true)
    return []
  const [start, end] = [properties.get(`${appointment}/820d`), properties.get(`${appointment}/820e`)]
  if (!isMoment(start) || !isMoment(end) || end < start) return []
  const isAllDay = properties.get(`${appointment}/8215`) === true
  const time = (name: string, ms: number): Line =>
    isAllDay ? makeLine(name, dayOf(ms), [{ name: 'VALUE', values: ['DATE'] }]) : makeLine(name, moment(ms))
  const sequence = properties.get(`${appointment}/8201`)
  const stamp = [`${meeting}/001a`, `${meeting}/0001`, '0039']
    .map(name => properties.get(name))
    .find(isMoment)
  const replaced = properties.get(`${appointment}/8228`)
  const [organizer, guests] =
    said.answer === null ? [sender(text, people), people.to] : [people.to[0] ?? '', [people.from]]
  const parameters =
    said.answer === null
      ? [
          { name: 'PARTSTAT', values: ['NEEDS-ACTION'] },
          { name: 'RSVP', values: ['TRUE'] },
        ]
      : [{ name: 'PARTSTAT', values: [said.answer] }]
  const lines = [
    makeLine('UID', writeText(identity.uid)),
    makeLine('DTSTAMP', moment(stamp ?? start)),
    makeLine('SEQUENCE', String(typeof sequence === 'number' && sequence > 0 ? sequence : 0)),
    ...(identity.day === null
      ? []
      : [
          isMoment(replaced)
            ? time('RECURRENCE-ID', replaced)
            : makeLine('RECURRENCE-ID', identity.day, [{ name: 'VALUE', values: ['DATE'] }]),
        ]),
    time('DTSTART', start),
    time('DTEND', end),
    makeLine('SUMMARY', writeText(text('0e1d') || text('0037'))),
    ...(text(`${appointment}/8208`) === ''
      ? []
      : [makeLine('LOCATION', writeText(text(`${appointment}/8208`)))]),
    ...(said.method === 'CANCEL' ? [makeLine('STATUS', 'CANCELLED')] : []),
    ...(organizer === '' ? [] : [makeLine('ORGANIZER', `mailto:${organizer}`)]),
    ...guests.slice(0, 200).map(guest => makeLine('ATTENDEE', `mailto:${guest}`, parameters)),
  ]
  const calendar = makeComponent('VCALENDAR', [
    ...calendarHead(),
    makeLine('METHOD', said.method),
    makeComponent('VEVENT', lines),
  ])
  return [{ method: said.method, bytes: Buffer.from(writeComponent(calendar), 'latin1') }]
}

/** Whom the invitation is from: an address of the internet that it names, else who sent the mail. Exchange's own names lead nowhere. */
const sender = (text: (name: string) => string, { from }: MailPeople): string =>
  [text('5d02'), text('0065'), text('5d01'), from].find(each => /^[^\s@:]+@[^\s@:]+$/.test(each)) ?? ''
