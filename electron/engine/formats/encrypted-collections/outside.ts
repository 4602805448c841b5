/** What an encrypted object is to its server and to other programs: docs/formats/encrypted-collections.md. Pure. */
import { asLatin1 } from '../icalendar/calendar-objects'
import {
  type Component,
  componentsIn,
  type Item,
  isComponent,
  makeComponent,
  propertyOf,
  readComponents,
  writeComponent,
} from '../icalendar/text/component'
import { type Line, makeLine, readLine } from '../icalendar/text/content-line'
import { calendarHead } from '../icalendar/transfer/join-file'

/** The properties that carry an envelope, and the keys of a collection. */
const names = { object: 'X-ENCRYPTED-OBJECT', keys: 'X-ENCRYPTED-KEYS' } as const
const longAgo = '19700101'

type Inside = Readonly<{ uid: string; property: keyof typeof names; content: Uint8Array }>

/** What stands outside of an object of a calendar. */
export type OutsideOptions = Readonly<{
  component: 'VEVENT' | 'VTODO' | 'VJOURNAL'
  /** The object itself, where its times are shown as busy; null: nothing is. */
  busyOf: Uint8Array | null
}>

const carried = ({ property, content }: Inside): Line =>
  makeLine(names[property], Buffer.from(content).toString('base64'))

const written = (component: Component): Uint8Array => Buffer.from(writeComponent(component), 'latin1')

const calendarOf = (components: readonly Item[]): Component =>
  makeComponent('VCALENDAR', [...calendarHead(), ...components])

/** An object of a calendar as its server has it. */
export function outsideCalendar(inside: Inside, { component, busyOf }: OutsideOptions): Uint8Array {
  const busy = busyOf === null || component !== 'VEVENT' ? null : busyTimes(busyOf, inside)
  if (busy !== null) return written(calendarOf(busy))
  const common = [
    makeLine('UID', inside.uid),
    makeLine('DTSTAMP', `${longAgo}T000000Z`),
    makeLine('CLASS', 'PRIVATE'),
  ]
  const shown: Record<OutsideOptions['component'], readonly Line[]> = {
    // RFC 5545 §3.6.1 wants a start: one that nobody looks at and that takes no time.
    VEVENT: [day('DTSTART'), makeLine('TRANSP', 'TRANSPARENT')],
    // Done, so that no list shows it.
    VTODO: [makeLine('STATUS', 'COMPLETED'), makeLine('COMPLETED', `${longAgo}T000000Z`)],
    VJOURNAL: [day('DTSTART')],
  }
  return written(calendarOf([makeComponent(component, [...common, ...shown[component], carried(inside)])]))
}

const day = (name: string): Line => makeLine(name, longAgo, [{ name: 'VALUE', values: ['DATE'] }])

/** A card as its server has it. */
export function outsideCard(inside: Inside): Uint8Array {
  const lines = [
    makeLine('VERSION', '3.0'),
    makeLine('UID', inside.uid),
    makeLine('FN', '-'),
    makeLine('N', '-;;;;'),
    carried(inside),
  ]
  return written(makeComponent('VCARD', lines))
}

const timeNames = new Set([
  'DTSTART',
  'DTEND',
  'DURATION',
  'RRULE',
  'RDATE',
  'EXDATE',
  'RECURRENCE-ID',
  'TRANSP',
])
const timeParameters = new Set(['TZID', 'VALUE', 'RANGE'])
const zoneNames = new Set(['TZID', 'DTSTART', 'TZOFFSETFROM', 'TZOFFSETTO', 'RRULE', 'RDATE'])

/** When an event takes place and nothing else of it; null where its start cannot be told. */
function busyTimes(bytes: Uint8Array, inside: Inside): readonly Component[] | null {
  let calendar: Component | undefined
  try {
    ;[calendar] = readComponents(asLatin1(bytes))
  } catch {
    return null
  }
  const events = calendar === undefined ? [] : componentsIn(calendar, 'VEVENT')
  if (calendar === undefined || !events.some(each => propertyOf(each, 'DTSTART'))) return null
  const zones = componentsIn(calendar, 'VTIMEZONE').map(zone => only(zone, zoneNames))
  return [
    ...zones,
    ...events.map((event, at) => {
      const isCancelled = propertyOf(event, 'STATUS')?.value.trim().toUpperCase() === 'CANCELLED'
      const times = only(event, timeNames).items
      return makeComponent('VEVENT', [
        makeLine('UID', inside.uid),
        makeLine('DTSTAMP', `${longAgo}T000000Z`),
        makeLine('CLASS', 'PRIVATE'),
        makeLine('SUMMARY', 'Busy'),
        ...times,
        ...(isCancelled ? [makeLine('STATUS', 'CANCELLED')] : []),
        ...(at === 0 ? [carried(inside)] : []),
      ])
    }),
  ]
}

/** The properties of these names, written anew with the parameters that say when; of components within, the same. */
const only = (component: Component, kept: ReadonlySet<string>): Component =>
  makeComponent(
    component.name,
    component.items.flatMap((item): Item[] => {
      if (isComponent(item)) return component.name === 'VTIMEZONE' ? [only(item, kept)] : []
      if (!kept.has(item.name)) return []
      const { name, parameters, value } = readLine(item)
      return [
        makeLine(
          name,
          value,
          parameters.filter(each => timeParameters.has(each.name)),
        ),
      ]
    }),
  )

/** What an object of a server carries: null for one that is clear. */
export type Carried = Readonly<{ property: keyof typeof names; uid: string; content: Uint8Array }>

/**
 * Takes an object of a server as it is: the first line of each name counts, whichever component it stands in; nothing else of it is believed. Null for what
 * carries nothing. Never throws.
 */
export function readOutside(bytes: Uint8Array): Carried | null {
  const text = asLatin1(bytes)
  if (!/^X-ENCRYPTED-(?:OBJECT|KEYS)[;:]/im.test(text)) return null
  const lines = text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/)
  const value = (name: string): string | undefined =>
    lines.find(each => new RegExp(`^${name}[;:]`, 'i').test(each))?.replace(/^[^:]*:/, '')
  const property = value(names.object) === undefined ? 'keys' : 'object'
  const content = Buffer.from((value(names[property]) ?? '').replace(/\s/g, ''), 'base64')
  return {
    property,
    uid: Buffer.from(value('UID') ?? '', 'latin1')
      .toString('utf8')
      .trim()
      .slice(0, 500),
    content,
  }
}

/** An armored OpenPGP message as its packets alone. */
export function withoutArmor(armored: string): Uint8Array {
  const [, body = ''] =
    /\r?\n\r?\n([A-Za-z0-9+/=\s]*?)(?:\r?\n=[A-Za-z0-9+/]{4})?\r?\n-----END/.exec(armored) ?? []
  return Buffer.from(body.replace(/\s/g, ''), 'base64')
}
