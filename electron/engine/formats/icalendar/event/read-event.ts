import type { Length } from '../recurrence/length'
import { type Component, componentsIn, propertiesOf, propertyOf } from '../text/component'
import { type Property, parameterOf } from '../text/content-line'
import { type Duration, readDuration, readText, readTexts } from '../text/values'
import type { ZoneNote } from '../zones/find-zone'
import { type EventTime, instantOf, lasting, readTime } from './times'

/** A person of an event: an address, or what stands in its place. */
export type EventPerson = Readonly<{
  address: string
  name: string
  /** PARTSTAT and ROLE in capitals, as RFC 5545 §3.2.12 and §3.2.16 have them without one. */
  status: string
  role: string
}>

export type EventAlarm = Readonly<{
  action: string
  /** From the start, or from the end where `fromEnd`. */
  before?: Duration
  fromEnd: boolean
  atMs?: number
}>

/** What is to be said of an event beside itself. */
export type EventNote = ZoneNote | 'no-start' | 'bad-end' | 'bad-rule'

/** A VEVENT as it was understood. Texts are cut nowhere; whoever shows them cuts. */
export type EventComponent = Readonly<{
  component: Component
  uid: string
  recurrenceId: EventTime | null
  isThisAndFuture: boolean
  start: EventTime
  /** As DTEND says it; absent with DURATION or neither. */
  end: EventTime | null
  length: Length
  title: string
  location: string
  description: string
  status: 'confirmed' | 'tentative' | 'cancelled'
  isTransparent: boolean
  privacy: 'public' | 'private' | 'confidential'
  sequence: number
  stampMs: number
  notes: readonly EventNote[]
}>

const textOf = (component: Component, name: string): string =>
  readText(propertyOf(component, name)?.value ?? '')

/** The time of a property; null where it is missing or none. */
function timeOf(component: Component, name: string, vtimezones: readonly Component[]): EventTime | null {
  const property = propertyOf(component, name)
  return (property && readTime(property.value, property, vtimezones)) ?? null
}

const statuses = { TENTATIVE: 'tentative', CANCELLED: 'cancelled' } as const
const privacies = { PRIVATE: 'private', CONFIDENTIAL: 'confidential' } as const

const oneOf = <Words extends Readonly<Record<string, string>>, Else extends string>(
  words: Words,
  text: string,
  otherwise: Else,
): Words[keyof Words] | Else => words[text.trim().toUpperCase() as keyof Words] ?? otherwise

/** Reads a VEVENT. Without a readable DTSTART it cannot take place: null. */
export function readEvent(component: Component, vtimezones: readonly Component[]): EventComponent | null {
  const start = timeOf(component, 'DTSTART', vtimezones)
  if (start === null) return null
  const end = timeOf(component, 'DTEND', vtimezones)
  const id = propertyOf(component, 'RECURRENCE-ID')
  const recurrenceId = id ? (readTime(id.value, id, vtimezones) ?? null) : null
  const sequence = Number(propertyOf(component, 'SEQUENCE')?.value.trim())
  const stamp = timeOf(component, 'DTSTAMP', vtimezones)
  const isBackwards = end !== null && instantOf(end.value) < instantOf(start.value)
  return {
    component,
    uid: textOf(component, 'UID').trim(),
    recurrenceId,
    isThisAndFuture: id !== undefined && parameterOf(id, 'RANGE')?.toUpperCase() === 'THISANDFUTURE',
    start,
    end,
    length: lasting(start.value, end?.value, propertyOf(component, 'DURATION')?.value),
    title: textOf(component, 'SUMMARY'),
    location: textOf(component, 'LOCATION'),
    description: textOf(component, 'DESCRIPTION'),
    status: oneOf(statuses, textOf(component, 'STATUS'), 'confirmed'),
    isTransparent: textOf(component, 'TRANSP').trim().toUpperCase() === 'TRANSPARENT',
    privacy: oneOf(privacies, textOf(component, 'CLASS'), 'public'),
    sequence: Number.isSafeInteger(sequence) ? sequence : 0,
    stampMs: stamp ? instantOf(stamp.value) : 0,
    notes: [
      ...new Set([
        ...(start.note ? [start.note] : []),
        ...(end?.note ? [end.note] : []),
        ...(isBackwards ? (['bad-end'] as const) : []),
      ]),
    ],
  }
}

/** `mailto:` is how addresses stand in CAL-ADDRESS (§3.3.3); anything else is shown as it is. */
const addressOf = (value: string): string => value.trim().replace(/^mailto:/i, '')

const person = (property: Property): EventPerson => ({
  address: addressOf(property.value),
  name: parameterOf(property, 'CN') ?? '',
  status: (parameterOf(property, 'PARTSTAT') ?? 'NEEDS-ACTION').toUpperCase(),
  role: (parameterOf(property, 'ROLE') ?? 'REQ-PARTICIPANT').toUpperCase(),
})

export const attendeesOf = (component: Component): EventPerson[] =>
  propertiesOf(component, 'ATTENDEE').map(person)

export function organizerOf(component: Component): EventPerson | null {
  const property = propertyOf(component, 'ORGANIZER')
  return property ? person(property) : null
}

/** VALARMs (§3.6.6). They only ever remind: no action of one is carried out. */
export function alarmsOf(component: Component): EventAlarm[] {
  return componentsIn(component, 'VALARM').flatMap((alarm): EventAlarm[] => {
    const trigger = propertyOf(alarm, 'TRIGGER')
    if (trigger === undefined) return []
    const action = textOf(alarm, 'ACTION').toUpperCase() || 'DISPLAY'
    const fromEnd = parameterOf(trigger, 'RELATED')?.toUpperCase() === 'END'
    const before = readDuration(trigger.value)
    if (before) return [{ action, before, fromEnd }]
    const at = readTime(trigger.value, trigger, [])
    return at ? [{ action, fromEnd: false, atMs: instantOf(at.value) }] : []
  })
}

/** The property in which Apple's calendars, and so others, keep how long the way takes. */
export const travelName = 'X-APPLE-TRAVEL-DURATION'
const longestTravelMs = 7 * 86_400_000

/** How long the way there takes, in milliseconds; 0 for none, and for what cannot be meant. */
export function travelOf(component: Component): number {
  const property = propertyOf(component, travelName)
  const read = property && readDuration(property.value)
  const ms = read ? read.days * 86_400_000 + read.ms : 0
  return ms > 0 && ms <= longestTravelMs ? ms : 0
}

export const categoriesOf = (component: Component): string[] => [
  ...new Set(propertiesOf(component, 'CATEGORIES').flatMap(({ value }) => readTexts(value))),
]

/** Names of properties that lead to a meeting: RFC 7986 §5.11, then what Google, Microsoft and others write. */
export const conferenceNames = [
  'CONFERENCE',
  'X-GOOGLE-CONFERENCE',
  'X-MICROSOFT-SKYPETEAMSMEETINGURL',
  'X-MICROSOFT-ONLINEMEETINGCONFLINK',
]

/** Addresses of an event, as text: nothing is ever fetched of them, and only https ones are links. */
export const linksOf = (
  component: Component,
): Readonly<{ url: string; conferences: string[]; attachments: { url: string; name: string }[] }> => ({
  url: propertyOf(component, 'URL')?.value.trim() ?? '',
  conferences: [
    ...new Set(
      conferenceNames.flatMap(name => propertiesOf(component, name).map(({ value }) => value.trim())),
    ),
  ].filter(each => each !== ''),
  attachments: propertiesOf(component, 'ATTACH')
    // What is inside of the object is no link; it stays there.
    .filter(property => parameterOf(property, 'VALUE')?.toUpperCase() !== 'BINARY')
    .map(property => ({
      url: property.value.trim(),
      name: parameterOf(property, 'FILENAME') ?? parameterOf(property, 'X-FILENAME') ?? '',
    })),
})
