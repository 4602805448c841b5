import { limits } from '../../../ports/limits'
import type { CalendarPart } from '../../../ports/mail/mime'
import { type MailPeople, meetingIn } from '../../tnef/meeting'
import { readTnef } from '../../tnef/read-tnef'
import { decodeCharset, isCharset } from '../charset/charset'
import { dispositionOf, givenFileName, headOf, partBytes } from './leaf'
import type { MimePart } from './split'

const calendarTypes: ReadonlySet<string> = new Set(['text/calendar', 'application/ics', 'text/x-vcalendar'])
/** Types that say nothing of what is in a file: there its name or its beginning counts. */
const vagueTypes: ReadonlySet<string> = new Set([
  'application/octet-stream',
  'text/plain',
  'application/x-ics',
])

/** Whether a part is an iCalendar file, whatever it is called: some gateways turn the type into octets. */
function isCalendar(raw: Buffer, part: MimePart): boolean {
  const { value } = part.type
  if (calendarTypes.has(value)) return true
  if (!vagueTypes.has(value)) return false
  if (!/\.(?:ics|ical|ifb)$/i.test(givenFileName(part, dispositionOf(part)))) return false
  return /^(?:\xef\xbb\xbf)?\s*BEGIN:VCALENDAR/i.test(headOf(raw, part).toString('latin1'))
}

/** Exchange's envelope, by its type or by the name that gateways leave it. */
const isTnef = (part: MimePart): boolean =>
  /^application\/(?:vnd\.)?ms-tnef$/.test(part.type.value) ||
  (vagueTypes.has(part.type.value) && /^win(?:mail)?\.dat$/i.test(givenFileName(part, dispositionOf(part))))

/** In UTF-8, as iCalendar is (RFC 5545 §3.1.4), whatever charset the part names. */
function asUtf8(bytes: Buffer, charset: string): Buffer {
  const label = charset.toLowerCase()
  if (label === '' || /^(utf-?8|us-ascii)$/.test(label) || !isCharset(label)) return bytes
  return Buffer.from(decodeCharset(bytes, label), 'utf8')
}

/** Calendar parts of a message, those of messages inside it left out: they are somebody else's. `people`: of its header. */
export function calendarParts(raw: Buffer, root: MimePart, people: () => MailPeople): CalendarPart[] {
  const found: CalendarPart[] = []
  const look = (part: MimePart): void => {
    if (found.length >= limits.calendarParts) return
    for (const child of part.children) look(child)
    if (part.children.length > 0) return
    if (isTnef(part)) {
      const tnef = readTnef(partBytes(raw, part))
      for (const { method, bytes } of tnef ? meetingIn(tnef, people()) : [])
        if (bytes.length <= limits.calendarObjectBytes && found.length < limits.calendarParts)
          found.push({ partId: part.id, method, bytes })
      return
    }
    if (!isCalendar(raw, part)) return
    const bytes = partBytes(raw, part)
    if (bytes.length === 0 || bytes.length > limits.calendarObjectBytes) return
    found.push({
      partId: part.id,
      method: part.type.parameters.get('method')?.trim() || null,
      bytes: asUtf8(bytes, part.type.parameters.get('charset')?.trim() ?? ''),
    })
  }
  look(root)
  return found
}
