import { instantOf, readTime } from '../event/times'
import { componentsIn, makeComponent, propertiesOf, readComponents, writeComponent } from '../text/component'
import { makeLine, parameterOf } from '../text/content-line'
import { readDuration, writeText } from '../text/values'
import { calendarHead } from '../transfer/join-file'

/** A stretch of time that somebody is not free in. */
export type Busy = Readonly<{ startMs: number; endMs: number; kind: 'busy' | 'tentative' | 'unavailable' }>

const utcText = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`

/** The question when people are free (RFC 5546 §3.3.2). */
export function writeFreeBusyRequest(question: {
  uid: string
  organizer: string
  addresses: readonly string[]
  fromMs: number
  toMs: number
  nowMs: number
}): Uint8Array {
  const component = makeComponent('VFREEBUSY', [
    makeLine('UID', writeText(question.uid)),
    makeLine('DTSTAMP', utcText(question.nowMs)),
    makeLine('DTSTART', utcText(question.fromMs)),
    makeLine('DTEND', utcText(question.toMs)),
    makeLine('ORGANIZER', `mailto:${question.organizer}`),
    ...question.addresses.map(each => makeLine('ATTENDEE', `mailto:${each}`)),
  ])
  const calendar = makeComponent('VCALENDAR', [...calendarHead(), makeLine('METHOD', 'REQUEST'), component])
  return Buffer.from(writeComponent(calendar), 'latin1')
}

const kinds = { 'BUSY-TENTATIVE': 'tentative', 'BUSY-UNAVAILABLE': 'unavailable' } as const
const most = 5_000

/** When somebody is not free, by what a server or a published file says, sorted. Throws `calendar-unreadable`. */
export function readBusy(bytes: string): Busy[] {
  const all = readComponents(bytes).flatMap(calendar => componentsIn(calendar, 'VFREEBUSY'))
  const busy = all.flatMap(component =>
    propertiesOf(component, 'FREEBUSY').flatMap(property => {
      const type = (parameterOf(property, 'FBTYPE') ?? 'BUSY').toUpperCase()
      if (type === 'FREE') return []
      return property.value.split(',').flatMap((text): Busy[] => {
        const [from = '', to = ''] = text.trim().split('/')
        const start = readTime(from, property, [])?.value
        if (!start) return []
        const startMs = instantOf(start)
        const length = readDuration(to)
        const end = length ? null : readTime(to, property, [])?.value
        const endMs = length ? startMs + length.days * 86_400_000 + length.ms : end ? instantOf(end) : startMs
        return endMs > startMs ? [{ startMs, endMs, kind: kinds[type as keyof typeof kinds] ?? 'busy' }] : []
      })
    }),
  )
  return busy.slice(0, most).sort((left, right) => left.startMs - right.startMs)
}
