import {
  readObjectBytes,
  setsOf,
} from '../../../../../../electron/engine/formats/icalendar/event/event-object'
import { instancesBetween } from '../../../../../../electron/engine/formats/icalendar/recurrence/expand'
import { ianaZone } from '../../../../../../electron/engine/formats/icalendar/recurrence/zones/iana-zone'
import { utc } from '../../../../../../electron/engine/formats/icalendar/recurrence/zones/zone'

/** Bytes of a text as the readers take them. */
export const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')
export const fromLatin1 = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8')

/** A calendar with these lines; what is between BEGIN and END of VEVENT, one or more of them, or whole components. */
export const calendar = (...events: string[]): string =>
  `${[
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Test//EN',
    ...events.map(each =>
      each.startsWith('BEGIN:')
        ? each.trim()
        : `BEGIN:VEVENT\r\nUID:u1\r\nDTSTAMP:20260101T000000Z\r\n${each.trim()}\r\nEND:VEVENT`,
    ),
    'END:VCALENDAR',
  ]
    .join('\n')
    .replace(/\r?\n\s*/g, '\r\n')}\r\n`

/** `start/end title` of every instance between two instants, in UTC, sorted. */
export function takesPlace(text: string, from: string, to: string, reader = 'Europe/Berlin'): string[] {
  const zone = ianaZone(reader) ?? utc
  const object = readObjectBytes(latin1(text))
  return setsOf(object, zone)
    .flatMap(({ of, set }) =>
      instancesBetween(set, Date.parse(from), Date.parse(to)).instances.map(each => ({
        ...each,
        title: (each.override?.component ?? of).title,
      })),
    )
    .sort((left, right) => left.startMs - right.startMs)
    .map(({ startMs, endMs, title }) => `${short(startMs)}/${short(endMs)}${title === '' ? '' : ` ${title}`}`)
}

/** 0328T2300Z, or with its year where that is not 2026. */
function short(ms: number): string {
  const text = new Date(ms).toISOString().replace(/[-:]/g, '')
  return `${text.startsWith('2026') ? text.slice(4, 13) : text.slice(0, 13)}Z`
}
