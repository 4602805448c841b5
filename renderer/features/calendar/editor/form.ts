import type { CalendarId, EventDetail, EventFields } from '../../../../shared/features/calendar/model'
import { allPeople, type People } from '../../../ui/fields/people-field'
import { type Repeat, type RepeatEnd, readEnd, readRepeat, ruleOf } from '../event/repeat'
import { whenFields } from '../event/when-fields'
import { usualSpan } from '../grid/moved-span'
import type { Span } from '../layout/placed'
import { isoOf } from '../time/day'
import { timeText } from '../time/typed-time'
import { minutesOfDay, ZoneClock } from '../time/zone-clock'

/** Reminders that can be chosen, as DURATION before the start. */
export const reminders = ['none', 'PT0S', 'PT5M', 'PT10M', 'PT30M', 'PT1H', 'PT2H', 'P1D', 'P1W'] as const
export type Reminder = (typeof reminders)[number] | 'own'

/** Lengths of the way there that can be chosen, in minutes. */
export const travelTimes = [0, 5, 15, 30, 45, 60, 90, 120] as const

/** What stands in the editor. */
export type EventForm = Readonly<{
  title: string
  span: Span
  /** How long it was before it became one of whole days. */
  zone: string | null
  repeat: Repeat
  repeatEnd: RepeatEnd
  calendarId: CalendarId
  location: string
  reminder: Reminder
  /** How long the way there takes, in minutes. */
  travel: number
  people: People
  notes: string
  shownAs: ShownAs
  privacy: EventDetail['privacy']
  categories: string
  url: string
  /** Where people meet online: the first; others stay as they are. */
  conference: string
  otherConferences: readonly string[]
  /** An address a line. */
  attachments: string
  attachmentNames: Readonly<Record<string, string>>
}>

/** What of its time is taken. An event that was called off is none of these, and stays so. */
export const waysShown = ['busy', 'tentative', 'free'] as const
type ShownAs = (typeof waysShown)[number]

export const privacies = ['public', 'private', 'confidential'] as const

const minuteMs = 60_000

export const newForm = (span: Span, calendarId: CalendarId, own: ZoneClock): EventForm => ({
  title: '',
  span,
  zone: span.allDay ? null : own.zone,
  repeat: 'none',
  repeatEnd: { kind: 'never' },
  calendarId,
  location: '',
  reminder: 'none',
  travel: 0,
  people: { list: [], typed: '' },
  notes: '',
  shownAs: 'busy',
  privacy: 'public',
  categories: '',
  url: '',
  conference: '',
  otherConferences: [],
  attachments: '',
  attachmentNames: {},
})

const reminderOf = (alarms: EventDetail['alarms']): Reminder => {
  const [alarm] = alarms
  if (alarm === undefined) return 'none'
  // One that writes mail, or says nothing of how long before, is not what can be chosen here.
  if (!['DISPLAY', 'AUDIO'].includes(alarm.action.toUpperCase())) return 'own'
  const known = reminders.find(
    each => each !== 'none' && (each === alarm.before || (each === 'PT0S' && alarm.before === 'PT0M')),
  )
  return alarms.length === 1 && !alarm.fromEnd && known !== undefined ? known : 'own'
}

/** The first day of an event, by the clock its times are read on. */
export const startDay = ({ span, zone }: Pick<EventForm, 'span' | 'zone'>, own: ZoneClock): number =>
  span.allDay ? span.first : clockOf(zone, own).dayAt(span.startMs)

export const clockOf = (zone: string | null, own: ZoneClock): ZoneClock =>
  zone === null || zone === own.zone ? own : new ZoneClock(zone)

export function formOf(detail: EventDetail, span: Span, own: ZoneClock): EventForm {
  const { zone } = detail
  const day = startDay({ span, zone }, own)
  return {
    title: detail.title,
    span,
    zone,
    repeat: readRepeat(detail.rule, day),
    repeatEnd: readEnd(detail.rule, ms => clockOf(zone, own).dayAt(ms)),
    calendarId: detail.calendarId,
    location: detail.location,
    reminder: reminderOf(detail.alarms),
    travel: Math.round((detail.travelMs ?? 0) / minuteMs),
    people: { list: detail.attendees.map(({ name, address }) => ({ name, address })), typed: '' },
    notes: detail.description,
    shownAs: detail.isTransparent ? 'free' : detail.status === 'tentative' ? 'tentative' : 'busy',
    privacy: detail.privacy,
    categories: detail.categories.join(', '),
    url: detail.url,
    conference: detail.conferences[0] ?? '',
    otherConferences: detail.conferences.slice(1),
    attachments: detail.attachments.map(({ url }) => url).join('\n'),
    attachmentNames: Object.fromEntries(detail.attachments.map(({ url, name }) => [url, name])),
  }
}

/** The length that an event gets with times, after it had whole days. */
export function withAllDay(form: EventForm, isAllDay: boolean, own: ZoneClock): EventForm {
  const { span } = form
  if (span.allDay === isAllDay) return form
  if (span.allDay) {
    const startMs = own.at(span.first, 9 * 60)
    const { endMs } = usualSpan({ day: span.first, minute: 9 * 60 }, own) as Extract<Span, { allDay: false }>
    return { ...form, span: { allDay: false, startMs, endMs }, zone: own.zone }
  }
  const clock = clockOf(form.zone, own)
  const first = clock.dayAt(span.startMs)
  return {
    ...form,
    span: { allDay: true, first, last: Math.max(first, clock.lastDayBefore(span.endMs, span.startMs)) },
    zone: null,
  }
}

/** Another start takes the end with it: what it moves is the event, not its length. */
export function withStart(form: EventForm, day: number, minute: number | null, own: ZoneClock): EventForm {
  const { span } = form
  if (span.allDay) return { ...form, span: { allDay: true, first: day, last: day + span.last - span.first } }
  const clock = clockOf(form.zone, own)
  const startMs = clock.at(day, minute ?? clock.minuteAt(span.startMs))
  return { ...form, span: { allDay: false, startMs, endMs: startMs + span.endMs - span.startMs } }
}

/** Another start, as a moment: its length stays. */
export const movedTo = (form: EventForm, startMs: number): EventForm =>
  form.span.allDay
    ? form
    : { ...form, span: { allDay: false, startMs, endMs: startMs + form.span.endMs - form.span.startMs } }

/** Another end; one before the start is taken as it is and said to be wrong. */
export function withEnd(form: EventForm, day: number, minute: number | null, own: ZoneClock): EventForm {
  const { span } = form
  if (span.allDay) return { ...form, span: { ...span, last: day } }
  const clock = clockOf(form.zone, own)
  return { ...form, span: { ...span, endMs: clock.at(day, minute ?? clock.minuteAt(span.endMs)) } }
}

export const withLength = (form: EventForm, minutes: number): EventForm =>
  form.span.allDay ? form : { ...form, span: { ...form.span, endMs: form.span.startMs + minutes * minuteMs } }

/** The times typed before mean the other zone now. */
export function withZone(form: EventForm, zone: string | null, own: ZoneClock): EventForm {
  const { span } = form
  if (span.allDay) return form
  const [before, after] = [clockOf(form.zone, own), clockOf(zone, own)]
  const moved = (ms: number) => after.at(before.dayAt(ms), before.minuteAt(ms))
  return { ...form, zone, span: { allDay: false, startMs: moved(span.startMs), endMs: moved(span.endMs) } }
}

export const isEndBeforeStart = ({ span }: EventForm): boolean =>
  span.allDay ? span.last < span.first : span.endMs < span.startMs

/** The last moment of a day by a clock, as iCalendar writes it in UTC. */
const lastMomentUtc = (clock: ZoneClock) => (day: number) =>
  `${new Date(clock.startOf(day + 1) - 1000).toISOString().replaceAll(/[-:]/g, '').slice(0, 15)}Z`

const floatingUntil = (day: number) =>
  `${isoOf(day).replaceAll('-', '')}T${timeText(minutesOfDay - 1).replace(':', '')}59`

const ruleIn = (form: EventForm, own: ZoneClock): string | null =>
  form.repeat === 'own'
    ? null
    : ruleOf(
        form.repeat,
        form.repeatEnd,
        startDay(form, own),
        form.span.allDay,
        form.zone === null ? floatingUntil : lastMomentUtc(clockOf(form.zone, own)),
      )

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map(word => word.trim())
    .filter(word => word !== '')

const linesIn = (text: string): string[] =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')

/** Only what differs: an event that was called off and blocks its time stays called off. */
function shownFields({ shownAs }: EventForm, before: EventForm | null): EventFields {
  const isTentative = shownAs === 'tentative'
  return {
    ...(before === null || (before.shownAs === 'free') !== (shownAs === 'free')
      ? { isTransparent: shownAs === 'free' }
      : {}),
    ...(isTentative || before?.shownAs === 'tentative'
      ? { status: isTentative ? 'tentative' : 'confirmed' }
      : {}),
  }
}

/** What a form says differently from another; all of it where there is no other. */
export function fieldsOf(form: EventForm, before: EventForm | null, own: ZoneClock): EventFields {
  const isOther = <K extends keyof EventForm>(...names: K[]) =>
    before === null || names.some(name => JSON.stringify(form[name]) !== JSON.stringify(before[name]))
  const isEmpty = (text: string) => before === null && text === ''
  return {
    ...(isOther('title') ? { title: form.title.trim() } : {}),
    ...(isOther('span', 'zone') ? whenFields(form.span, form.zone, own) : {}),
    ...(isOther('repeat', 'repeatEnd') &&
    form.repeat !== 'own' &&
    !(before === null && form.repeat === 'none')
      ? { rule: ruleIn(form, own) }
      : {}),
    ...(isOther('location') && !isEmpty(form.location) ? { location: form.location.trim() } : {}),
    ...(isOther('notes') && !isEmpty(form.notes) ? { description: form.notes } : {}),
    ...(isOther('shownAs') && !(before === null && form.shownAs === 'busy') ? shownFields(form, before) : {}),
    ...(isOther('privacy') && !(before === null && form.privacy === 'public')
      ? { privacy: form.privacy }
      : {}),
    ...(isOther('categories') && !isEmpty(form.categories) ? { categories: listOf(form.categories) } : {}),
    ...(isOther('url') && !isEmpty(form.url) ? { url: form.url.trim() } : {}),
    ...(isOther('conference') && !isEmpty(form.conference)
      ? { conferences: [form.conference.trim(), ...form.otherConferences].filter(each => each !== '') }
      : {}),
    ...(isOther('attachments') && !isEmpty(form.attachments)
      ? {
          attachments: linesIn(form.attachments).map(url => ({
            url,
            name: form.attachmentNames[url] ?? '',
          })),
        }
      : {}),
    ...(isOther('people') && (before !== null || allPeople(form.people).length > 0)
      ? { attendees: allPeople(form.people) }
      : {}),
    ...(isOther('travel') && !(before === null && form.travel === 0)
      ? { travel: form.travel === 0 ? null : `PT${form.travel}M` }
      : {}),
    ...(isOther('reminder') && form.reminder !== 'own' && !(before === null && form.reminder === 'none')
      ? { alarms: form.reminder === 'none' ? [] : [form.reminder] }
      : {}),
  }
}
