import { withZones } from '../edit/whole-object'
import type { EventObject } from '../event/event-object'
import type { Zone } from '../recurrence/zones/zone'
import {
  type Component,
  componentsIn,
  isComponent,
  makeComponent,
  propertiesOf,
  propertyOf,
  withLine,
  withLines,
  writeComponent,
} from '../text/component'
import { type Line, makeLine, type Parameter, parameterOf, readLine } from '../text/content-line'
import { writeText } from '../text/values'
import { calendarHead } from '../transfer/join-file'
import { zonesNamed } from '../transfer/split-file'
import { asUri, isOneOf } from './people'
import type { ItipMethod } from './read-message'
import { eventAt, unitsOf } from './units'
import { sequenceOf } from './version'

/** What a message of ours is made of: the object as it is here, of whom, and when. */
export type Written = Readonly<{
  object: EventObject
  /** Which instances; null for the event or series. */
  instances: readonly (number | null)[]
  zone: Zone
  nowMs: number
  comment: string
}>

/** An answer (RFC 5546 §3.2.3): PARTSTAT in capitals; `delegate`: to whom, with DELEGATED. */
type MyAnswer = Readonly<{ address: string; status: string; delegate?: string }>

const utcText = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`

const linesOf = (component: Component, names: readonly string[]): Line[] =>
  component.items.filter((item): item is Line => !isComponent(item) && names.includes(item.name))

/** A whole message: our own PRODID, the zones that are named and no others. */
function message(method: ItipMethod, object: EventObject, components: readonly Component[]): Uint8Array {
  const named = zonesNamed(components)
  const zones = componentsIn(object.calendar, 'VTIMEZONE').filter(each =>
    named.has(propertyOf(each, 'TZID')?.value.trim() ?? ''),
  )
  const head = [...calendarHead(), makeLine('METHOD', method)]
  const calendar = withZones(makeComponent('VCALENDAR', [...head, ...zones, ...components]))
  return Buffer.from(writeComponent(calendar), 'latin1')
}

const commentLine = (comment: string): Line[] =>
  comment === '' ? [] : [makeLine('COMMENT', writeText(comment))]

/** The components that a message is about; what an instance is not yet by itself is taken out of its series. */
function aboutOf({ object, instances, zone }: Written): Component[] {
  const units = unitsOf(object, zone)
  return instances.flatMap(id => {
    const own = units.find(unit => unit.id === id)?.component
    const component = own ?? eventAt(object, id, zone)?.component
    return component ? [component] : []
  })
}

/** The server that sends is asked by these; they are not for guests (RFC 6638 §7). */
const ofServer = ['SCHEDULE-AGENT', 'SCHEDULE-STATUS', 'SCHEDULE-FORCE-SEND']

const withoutServer = (line: Line): Line => {
  if (line.name !== 'ATTENDEE' && line.name !== 'ORGANIZER') return line
  const { parameters, value } = readLine(line)
  const kept = parameters.filter(({ name }) => !ofServer.includes(name))
  return kept.length === parameters.length ? line : makeLine(line.name, value, kept)
}

/** What every short message says of its event: which, what version of it, and when it was to be. */
const identity = (component: Component, nowMs: number, sequence = sequenceOf(component)): Line[] => [
  ...linesOf(component, ['UID', 'RECURRENCE-ID']),
  makeLine('DTSTAMP', utcText(nowMs)),
  makeLine('SEQUENCE', String(sequence)),
  ...linesOf(component, ['DTSTART', 'DTEND', 'DURATION', 'SUMMARY', 'ORGANIZER']).map(withoutServer),
]

/** The name that the organiser calls a guest by, and nothing else of the line. */
function guestLine(component: Component, address: string, more: readonly Parameter[]): Line {
  const found = linesOf(component, ['ATTENDEE'])
    .map(readLine)
    .find(({ value }) => isOneOf(value, [address]))
  const name = found && parameterOf(found, 'CN')
  const cn = name === undefined ? [] : [{ name: 'CN', values: [name] }]
  return makeLine('ATTENDEE', found?.value.trim() ?? asUri(address), [...cn, ...more])
}

const parameter = (name: string, value: string): Parameter => ({ name, values: [value] })

/** What a delegate says with each answer: for whom (RFC 5546 §4.2.5). Without it nobody knows who they are. */
const delegatedFrom = (component: Component, address: string): Parameter[] =>
  linesOf(component, ['ATTENDEE'])
    .map(readLine)
    .filter(({ value }) => isOneOf(value, [address]))
    .flatMap(({ parameters }) => parameters.filter(({ name }) => name === 'DELEGATED-FROM'))

/** REPLY: with the SEQUENCE of what was asked, a DTSTAMP of its own, and of all guests only the one who answers (and the delegate). */
export function writeReply(written: Written, { address, status, delegate }: MyAnswer): Uint8Array {
  const components = aboutOf(written).map(component =>
    makeComponent('VEVENT', [
      ...identity(component, written.nowMs),
      guestLine(component, address, [
        parameter('PARTSTAT', status),
        ...delegatedFrom(component, address),
        ...(delegate === undefined ? [] : [parameter('DELEGATED-TO', asUri(delegate))]),
      ]),
      ...(delegate === undefined
        ? []
        : [
            guestLine(component, delegate, [
              parameter('PARTSTAT', 'NEEDS-ACTION'),
              parameter('DELEGATED-FROM', asUri(address)),
            ]),
          ]),
      ...commentLine(written.comment),
    ]),
  )
  return message('REPLY', written.object, components)
}

/** What is of whoever has the event, and goes to nobody. */
const ofOwner =
  /^(X-MOZ-.*|X-APPLE-(TRAVEL.*|DEFAULT-ALARM)|X-MICROSOFT-CDO-BUSYSTATUS|COMMENT|CREATED|LAST-MODIFIED)$/

/** The component as others may see it: without alarms and what is its owner's. */
function shared(component: Component, nowMs: number, comment: string): Component {
  const items = component.items
    .filter(item => (isComponent(item) ? item.name !== 'VALARM' : !ofOwner.test(item.name)))
    .map(item => (isComponent(item) ? item : withoutServer(item)))
  const stamped = withLine({ ...component, items }, 'DTSTAMP', makeLine('DTSTAMP', utcText(nowMs)))
  return withLines(stamped, 'COMMENT', commentLine(comment))
}

/** Who hands an invitation on, and to whom. */
type HandedOn = Readonly<{ from: string; to: string }>

/** The component with a delegate among its guests (RFC 5546 §3.2.2.3). Who is invited anyway keeps their line. */
function withDelegate(component: Component, { from, to }: HandedOn): Component {
  const guests = linesOf(component, ['ATTENDEE'])
  if (guests.some(line => isOneOf(readLine(line).value, [to]))) return component
  const line = guestLine(component, to, [
    ...[parameter('PARTSTAT', 'NEEDS-ACTION'), parameter('RSVP', 'TRUE')],
    parameter('DELEGATED-FROM', asUri(from)),
  ])
  return withLines(component, 'ATTENDEE', [...guests, line])
}

/** REQUEST: the whole of those components. With the series go its instances. `handedOn`: of a guest, to a delegate. */
export function writeRequest(written: Written, handedOn: HandedOn | null = null): Uint8Array {
  const isWhole = written.instances.includes(null)
  const all = isWhole
    ? unitsOf(written.object, written.zone).map(({ component }) => component)
    : aboutOf(written)
  return message(
    'REQUEST',
    written.object,
    all.map(component => {
      const told = shared(component, written.nowMs, written.comment)
      return handedOn === null ? told : withDelegate(told, handedOn)
    }),
  )
}

/** COUNTER: the event as the guest would have it, at the version that it answers; `written.object` is that proposal. */
export function writeCounter(written: Written, sequence: number): Uint8Array {
  const components = aboutOf(written).map(component =>
    withLine(
      shared(component, written.nowMs, written.comment),
      'SEQUENCE',
      makeLine('SEQUENCE', String(sequence)),
    ),
  )
  return message('COUNTER', written.object, components)
}

/** DECLINECOUNTER: to the guest who proposed. */
export function writeDeclineCounter(written: Written, guest: string): Uint8Array {
  const components = aboutOf(written).map(component =>
    makeComponent('VEVENT', [
      ...identity(component, written.nowMs),
      guestLine(component, guest, []),
      ...commentLine(written.comment),
    ]),
  )
  return message('DECLINECOUNTER', written.object, components)
}

/**
 * CANCEL: to all (`guests` null), with the next SEQUENCE and STATUS; or to guests who are no longer invited, who alone are named and without STATUS
 * (RFC 5546 §3.2.5).
 */
export function writeCancel(written: Written, guests: readonly string[] | null): Uint8Array {
  const components = aboutOf(written).map(component => {
    const all = propertiesOf(component, 'ATTENDEE').map(({ value }) => value)
    return makeComponent('VEVENT', [
      ...identity(component, written.nowMs, sequenceOf(component) + 1),
      ...(guests ?? all).map(each => guestLine(component, each, [])),
      ...(guests === null ? [makeLine('STATUS', 'CANCELLED')] : []),
      ...commentLine(written.comment),
    ])
  })
  return message('CANCEL', written.object, components)
}
