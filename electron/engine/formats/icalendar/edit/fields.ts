import type { EventFields } from '../../../../../shared/features/calendar/model'
import { SiegelError } from '../../../../../shared/kit/result'
import type { EditFacts } from '../../../ports/calendar/calendar-objects'
import { conferenceNames, linksOf, travelName, travelOf } from '../event/read-event'
import { readRule } from '../recurrence/rule/read-rule'
import type { RecurrenceRule } from '../recurrence/rule/rule'
import { writeRule } from '../recurrence/rule/write-rule'
import type { TimeValue } from '../recurrence/time-value'
import { dayMs, dayOf } from '../recurrence/times/civil-days'
import { toInstant } from '../recurrence/zones/zone'
import {
  type Component,
  componentsIn,
  isComponent,
  makeComponent,
  propertiesOf,
  propertyOf,
  withLine,
  withLines,
} from '../text/component'
import { type Line, makeLine, parameterOf, readLine } from '../text/content-line'
import { type Duration, readDuration, writeDuration, writeText } from '../text/values'

/** A text property: its parameters stay, but for an alternative of the old text. */
function withText(component: Component, name: string, text: string): Component {
  if (text === '') return withLine(component, name, null)
  const kept = propertyOf(component, name)?.parameters.filter(each => each.name !== 'ALTREP') ?? []
  return withLine(component, name, makeLine(name, writeText(text), kept))
}

const lowerAddress = (text: string): string =>
  text
    .trim()
    .replace(/^mailto:/i, '')
    .toLowerCase()

function withGuests(
  component: Component,
  guests: NonNullable<EventFields['attendees']>,
  { organizer }: EditFacts,
): Component {
  const lines = linesOf(component, 'ATTENDEE')
  const addresses = propertiesOf(component, 'ATTENDEE').map(({ value }) => lowerAddress(value))
  const next = guests.map(({ address, name }) => {
    const known = lines[addresses.indexOf(lowerAddress(address))]
    return (
      known ??
      makeLine('ATTENDEE', `mailto:${address.trim()}`, [
        ...(name === '' ? [] : [{ name: 'CN', values: [name] }]),
        { name: 'ROLE', values: ['REQ-PARTICIPANT'] },
        { name: 'PARTSTAT', values: ['NEEDS-ACTION'] },
        { name: 'RSVP', values: ['TRUE'] },
      ])
    )
  })
  const invited = withLines(component, 'ATTENDEE', next)
  if (next.length === 0 || organizer === null || propertyOf(component, 'ORGANIZER')) return invited
  const cn = organizer.name === '' ? [] : [{ name: 'CN', values: [organizer.name] }]
  return withLine(invited, 'ORGANIZER', makeLine('ORGANIZER', `mailto:${organizer.address}`, cn))
}

/** An address as a URI has it: without blanks, which could not stand in a line. */
const asUri = (text: string): string => text.replace(/\s/g, '')

/** Addresses at which people meet. One that stands there already, under whatever name, stays as it is. */
function withConferences(component: Component, conferences: readonly string[]): Component {
  const wanted = conferences.map(asUri)
  let next = component
  for (const name of conferenceNames) {
    const kept = linesOf(component, name).filter(line => wanted.includes(readLine(line).value.trim()))
    const added =
      name === 'CONFERENCE'
        ? wanted
            .filter(each => !linksOf(component).conferences.includes(each))
            .map(each => makeLine('CONFERENCE', each, [{ name: 'VALUE', values: ['URI'] }]))
        : []
    next = withLines(next, name, [...kept, ...added])
  }
  return next
}

/** What belongs to it by address. What is inside of the object stays byte for byte. */
function withAttachments(
  component: Component,
  attachments: NonNullable<EventFields['attachments']>,
): Component {
  const lines = linesOf(component, 'ATTACH')
  const isInside = (line: Line) => parameterOf(readLine(line), 'VALUE')?.toUpperCase() === 'BINARY'
  const links = lines.filter(line => !isInside(line))
  const next = attachments.map(
    ({ url, name }) =>
      links.find(line => readLine(line).value.trim() === asUri(url)) ??
      makeLine('ATTACH', asUri(url), name === '' ? [] : [{ name: 'FILENAME', values: [name] }]),
  )
  return withLines(component, 'ATTACH', [...lines.filter(isInside), ...next])
}

const linesOf = (component: Component, name: string): Line[] =>
  component.items.filter((item): item is Line => !isComponent(item) && item.name === name)

const triggerOf = (alarm: Component): string => {
  const trigger = propertyOf(alarm, 'TRIGGER')
  const duration = trigger && readDuration(trigger.value)
  if (trigger === undefined || duration === undefined) return 'absolute'
  return `${parameterOf(trigger, 'RELATED')?.toUpperCase() ?? 'START'} ${writeDuration(duration)}`
}

/** What a person can choose: a note on the screen or a sound, some time before the start or the end. */
const isPlain = (alarm: Component): boolean =>
  ['DISPLAY', 'AUDIO'].includes(propertyOf(alarm, 'ACTION')?.value.trim().toUpperCase() ?? '') &&
  triggerOf(alarm) !== 'absolute'

/**
 * VALARMs that remind at these times before the start (of a to-do before it is due: `related`); one that does already stays as it is. Those that do something else stay byte for
 * byte. A single reminder that gets another time stays itself: only its TRIGGER changes.
 */
export function withAlarms(
  component: Component,
  alarms: readonly string[],
  title: string,
  related: 'START' | 'END' = 'START',
): Component {
  const all = componentsIn(component, 'VALARM')
  const there = all.filter(isPlain)
  const [only, ...others] = there
  const moved = alarms.length === 1 && others.length === 0 ? only : undefined
  const trigger = (before: Duration) =>
    makeLine(
      'TRIGGER',
      writeDuration(before),
      related === 'END' ? [{ name: 'RELATED', values: ['END'] }] : [],
    )
  const next = alarms.map(text => {
    const read = readDuration(text)
    if (read === undefined) throw new SiegelError('event-length-impossible', { detail: text })
    // A person says how long before, with or without the sign that iCalendar has for it.
    const before = { days: -Math.abs(read.days) || 0, ms: -Math.abs(read.ms) || 0 }
    return (
      all.find(each => triggerOf(each) === `${related} ${writeDuration(before)}`) ??
      (moved && withLine(moved, 'TRIGGER', trigger(before))) ??
      makeComponent('VALARM', [
        makeLine('ACTION', 'DISPLAY'),
        makeLine('DESCRIPTION', writeText(title === '' ? '-' : title)),
        trigger(before),
      ])
    )
  })
  const kept = all.filter(each => !isPlain(each) && !next.includes(each))
  const rest = component.items.filter(item => !isComponent(item) || item.name !== 'VALARM')
  return { ...component, items: [...rest, ...kept, ...next] }
}

const upper = { PUBLIC: null } as Readonly<Record<string, string | null>>
const word = (text: string): string | null => (text.toUpperCase() in upper ? null : text.toUpperCase())

/** Sets all that is said but the times and the rule. What is not said stays byte for byte. */
export function withFields(component: Component, fields: EventFields, facts: EditFacts): Component {
  let next = component
  if (fields.title !== undefined) next = withText(next, 'SUMMARY', fields.title)
  if (fields.location !== undefined) next = withText(next, 'LOCATION', fields.location)
  if (fields.description !== undefined) next = withText(next, 'DESCRIPTION', fields.description)
  if (fields.status !== undefined) next = withWord(next, 'STATUS', fields.status.toUpperCase())
  if (fields.isTransparent !== undefined)
    next = withWord(next, 'TRANSP', fields.isTransparent ? 'TRANSPARENT' : 'OPAQUE')
  if (fields.privacy !== undefined) next = withWord(next, 'CLASS', word(fields.privacy))
  if (fields.categories !== undefined)
    next = withLine(
      next,
      'CATEGORIES',
      fields.categories.length === 0
        ? null
        : makeLine('CATEGORIES', fields.categories.map(each => writeText(each)).join(',')),
    )
  if (fields.url !== undefined)
    next = withLine(next, 'URL', fields.url === '' ? null : makeLine('URL', fields.url.replace(/\s/g, '')))
  if (fields.conferences !== undefined) next = withConferences(next, fields.conferences)
  if (fields.attachments !== undefined) next = withAttachments(next, fields.attachments)
  if (fields.attendees !== undefined) next = withGuests(next, fields.attendees, facts)
  if (fields.travel !== undefined) next = withTravel(next, fields.travel)
  if (fields.alarms !== undefined) next = withAlarms(next, fields.alarms, fields.title ?? titleOf(next))
  return next
}

/** How long the way takes; none for null, and for no time at all. Throws `event-length-impossible`. */
function withTravel(component: Component, travel: string | null): Component {
  const length = travel === null ? { days: 0, ms: 0 } : readDuration(travel)
  if (length === undefined || length.days < 0 || length.ms < 0)
    throw new SiegelError('event-length-impossible', { detail: travel ?? '' })
  const ms = length.days * dayMs + length.ms
  if (ms === travelOf(component)) return component
  const line = makeLine(travelName, writeDuration(length), [{ name: 'VALUE', values: ['DURATION'] }])
  return withLine(component, travelName, ms === 0 ? null : line)
}

const titleOf = (component: Component): string => propertyOf(component, 'SUMMARY')?.value ?? ''

/** A property of one word; none where it would say what holds without it, and where it says that already nothing is written. */
function withWord(component: Component, name: string, value: string | null): Component {
  const now = propertyOf(component, name)?.value.trim().toUpperCase()
  return now === value ? component : withLine(component, name, value === null ? null : makeLine(name, value))
}

/**
 * UNTIL in the form that it must have beside this DTSTART (RFC 5545 §3.3.10). A day means all of it.
 */
function untilBeside(rule: RecurrenceRule, start: TimeValue): RecurrenceRule {
  const { until } = rule
  if (until === undefined) return rule
  const dayEndMs = until.form === 'date' ? until.wallMs + dayMs - 1000 : until.wallMs
  if (start.form === 'date') return { ...rule, until: { form: 'date', wallMs: dayOf(until.wallMs) * dayMs } }
  if (until.form === 'utc') return rule
  if (start.form === 'utc') return { ...rule, until: { form: 'utc', wallMs: dayEndMs } }
  return start.zone === undefined
    ? { ...rule, until: { form: 'local', wallMs: dayEndMs } }
    : { ...rule, until: { form: 'utc', wallMs: toInstant(start.zone, dayEndMs).instantMs } }
}

/** Sets or takes away the rule; `start` is the component's DTSTART. Throws `event-rule-impossible`. */
export function withRule(component: Component, rule: string | null, start: TimeValue): Component {
  if (rule === null) return withLine(component, 'RRULE', null)
  const value = rule.trim().replace(/^RRULE:/i, '')
  const read = readRule(value)
  if ('problem' in read)
    throw new SiegelError('event-rule-impossible', {
      detail: [read.problem.part, read.problem.value].filter(each => each !== '').join('=') || value,
    })
  return withLine(component, 'RRULE', makeLine('RRULE', writeRule(untilBeside(read.rule, start))))
}

/** Says when it was changed, and that it is a new version. */
export function stamped(component: Component, { nowMs, raisesSequence }: EditFacts): Component {
  const now = `${new Date(nowMs).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
  const sequence = Number(propertyOf(component, 'SEQUENCE')?.value.trim() ?? '0')
  const dated = withLine(
    withLine(component, 'DTSTAMP', makeLine('DTSTAMP', now)),
    'LAST-MODIFIED',
    makeLine('LAST-MODIFIED', now),
  )
  return raisesSequence
    ? withLine(
        dated,
        'SEQUENCE',
        makeLine('SEQUENCE', String((Number.isSafeInteger(sequence) ? sequence : 0) + 1)),
      )
    : dated
}
