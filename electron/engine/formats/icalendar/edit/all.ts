import type { EventFields } from '../../../../../shared/features/calendar/model'
import type { EditFacts } from '../../../ports/calendar/calendar-objects'
import type { EventObject } from '../event/event-object'
import { readObject } from '../event/event-object'
import type { EventComponent } from '../event/read-event'
import { instantOf, readTime } from '../event/times'
import { writeRule } from '../recurrence/rule/write-rule'
import type { Zone } from '../recurrence/zones/zone'
import {
  type Component,
  componentsIn,
  isComponent,
  propertiesOf,
  propertyOf,
  withLine,
  withLines,
  without,
  writeComponent,
} from '../text/component'
import { type Line, makeLine, parameterOf } from '../text/content-line'
import { stamped, withFields, withRule } from './fields'
import { type Found, findInstance, instantIn } from './instances'
import { retimed, type Times, timesIn } from './retime'
import { ruleAfterShift } from './rule-shift'
import { replaceComponent } from './whole-object'
import {
  asWritten,
  isNoShift,
  likeWall,
  type Shift,
  shifted,
  timeLine,
  type WrittenTime,
  wallIn,
  zoneOf,
} from './written-time'

/** Properties that an instance has from its series until somebody changes them in it. */
const inherited = [
  ...['SUMMARY', 'LOCATION', 'DESCRIPTION', 'STATUS', 'TRANSP', 'CLASS', 'CATEGORIES', 'URL'],
  ...['ATTENDEE', 'ORGANIZER'],
]

const linesOf = (component: Component, name: string): Line[] =>
  component.items.filter((item): item is Line => !isComponent(item) && item.name === name)

const sameLines = (left: Component, right: Component, name: string): boolean =>
  JSON.stringify(propertiesOf(left, name)) === JSON.stringify(propertiesOf(right, name))

const alarmsOf = (component: Component): string =>
  componentsIn(component, 'VALARM').map(writeComponent).join('')

/** What an override takes over of a changed series: all in which it was like it before. */
function inheriting(override: Component, before: Component, after: Component): Component {
  let next = override
  for (const name of inherited)
    if (!sameLines(before, after, name) && sameLines(override, before, name))
      next = withLines(next, name, linesOf(after, name))
  if (alarmsOf(before) !== alarmsOf(after) && alarmsOf(override) === alarmsOf(before))
    next = {
      ...next,
      items: [
        ...next.items.filter(item => !isComponent(item) || item.name !== 'VALARM'),
        ...componentsIn(after, 'VALARM'),
      ],
    }
  return next
}

/** The lines of EXDATE or RDATE, moved with the series. A line none of whose times moves stays as it is. */
function movedDates(
  component: Component,
  name: string,
  shift: Shift,
  vtimezones: readonly Component[],
): Component {
  const lines = propertiesOf(component, name).flatMap(property =>
    property.value.split(',').flatMap((text): Line[] => {
      const [startText = '', rest] = text.split('/')
      const time = readTime(startText, property, vtimezones)
      if (time === undefined) return []
      const moved = shifted(time.value, shift)
      if (rest === undefined) return [timeLine(name, moved)]
      const end = readTime(rest, property, vtimezones)
      const line = timeLine(name, moved, [{ name: 'VALUE', values: ['PERIOD'] }])
      const endText = end ? rangeEnd(shifted(end.value, shift)) : rest
      return [{ ...line, raw: line.raw.replace(/\r\n$/, `/${endText}\r\n`) }]
    }),
  )
  return withLines(component, name, lines)
}

const rangeEnd = (time: WrittenTime): string =>
  timeLine('X', { ...time, tzid: null })
    .raw.replace(/^[^:]*:/, '')
    .trim()

/** Where the whole series goes when one of its instances is put at other times. */
function shiftOf(master: EventComponent, anchor: WrittenTime, to: WrittenTime): Shift {
  const from = asWritten(master.start)
  const anchorWall = wallIn(anchor.value, zoneOf(from.value))
  const days = to.value.form === 'date' && from.value.form !== 'date'
  const base = days ? Math.floor(from.value.wallMs / 86_400_000) * 86_400_000 : from.value.wallMs
  const anchorBase = days ? Math.floor(anchorWall / 86_400_000) * 86_400_000 : anchorWall
  return { from, to: likeWall(to, base + to.value.wallMs - anchorBase) }
}

/** The times of the whole series, from those that were given for an instance. */
function timesOfSeries(times: Times, shift: Shift): Times {
  const { start, end, duration } = times
  return {
    start: shift.to,
    ...(duration === undefined ? {} : { duration }),
    ...(end === undefined
      ? {}
      : {
          end:
            end === null
              ? null
              : likeWall(end, end.value.wallMs + shift.to.value.wallMs - start.value.wallMs),
        }),
  }
}

/** An override with its series moved: its name always, its times where it was where the series had it. */
function movedOverride(override: EventComponent, shift: Shift, times: Times): Component {
  const { recurrenceId, component } = override
  if (recurrenceId === null) return component
  const id = shifted(recurrenceId.value, shift)
  const range = propertyOf(component, 'RECURRENCE-ID')
  const kept =
    range && parameterOf(range, 'RANGE') !== undefined ? [{ name: 'RANGE', values: ['THISANDFUTURE'] }] : []
  const named = withLine(component, 'RECURRENCE-ID', timeLine('RECURRENCE-ID', id, kept))
  const event = { ...override, component: named }
  // What moves all later instances goes on doing so by as much as before.
  if (override.isThisAndFuture) return retimed(event, { start: shifted(override.start.value, shift) })
  const isWhereItWas = instantOf(override.start.value) === instantOf(recurrenceId.value)
  if (!isWhereItWas) return named
  return retimed(event, timesOfSeries({ ...times, start: shift.to }, { from: shift.to, to: id }))
}

/** A changed object, and how many instances that had been changed by themselves have no place in it any more. */
export type Changed = Readonly<{ calendar: Component; dropped: number }>

/** Changes a whole series, or an event that does not repeat. `anchor`: the instance whose times were given; null for the first. */
export function changeAll(
  object: EventObject,
  master: EventComponent,
  anchor: Found | null,
  fields: EventFields,
  facts: EditFacts,
  reader: Zone,
): Changed {
  const anchorStart = anchor === null ? asWritten(master.start) : anchorTime(anchor, reader)
  const given = timesIn(fields, anchorStart)
  const shift = given ? shiftOf(master, anchorStart, given.start) : null
  const times = given && shift ? timesOfSeries(given, shift) : null
  let component = times ? retimed(master, times) : master.component
  const isMoved = shift !== null && !isNoShift(shift)
  if (isMoved) {
    component = movedDates(component, 'EXDATE', shift, object.vtimezones)
    component = movedDates(component, 'RDATE', shift, object.vtimezones)
    if (fields.rule === undefined && object.rules.length > 0)
      component = withLines(
        component,
        'RRULE',
        object.rules.map(rule => makeLine('RRULE', writeRule(ruleAfterShift(rule, shift)))),
      )
  }
  if (fields.rule !== undefined)
    component = withRule(component, fields.rule, (times?.start ?? asWritten(master.start)).value)
  if (fields.rule === null) component = without(component, ['RDATE', 'EXDATE', 'EXRULE'])
  component = stamped(withFields(component, fields, facts), facts)
  let calendar = replaceComponent(object.calendar, master.component, component)
  for (const override of object.overrides) {
    const moved = times && isMoved ? movedOverride(override, shift, times) : sameTimes(override, times, shift)
    const next = override.isThisAndFuture
      ? withFields(moved, fields, facts)
      : inheriting(moved, master.component, component)
    if (next !== override.component)
      calendar = replaceComponent(calendar, override.component, stamped(next, facts))
  }
  return fields.rule === undefined ? { calendar, dropped: 0 } : withoutLost(calendar, fields.rule, reader)
}

/** Only the length was changed: those instances that lie where the series has them take it. */
function sameTimes(override: EventComponent, times: Times | null, shift: Shift | null): Component {
  const { recurrenceId } = override
  if (times === null || shift === null || recurrenceId === null) return override.component
  if (instantOf(override.start.value) !== instantOf(recurrenceId.value)) return override.component
  return movedOverride(override, shift, times)
}

/** The start of an instance as it is written. */
function anchorTime({ instance, event, id }: Found, reader: Zone): WrittenTime {
  const model = asWritten(event.start)
  if (model.value.form === 'utc') return { value: { form: 'utc', wallMs: instance.startMs }, tzid: null }
  const wallMs =
    model.value.form === 'date'
      ? instance.startWallMs
      : wallIn({ form: 'utc', wallMs: instance.startMs }, model.value.zone ?? reader)
  return likeWall(model, id.form === 'date' && model.value.form === 'date' ? id.wallMs : wallMs)
}

/** Drops overrides that are of no instance of the new rule, and counts them. */
function withoutLost(calendar: Component, rule: string | null, reader: Zone): Changed {
  const object = readObject(calendar)
  const bare = { ...object, overrides: [] }
  let next = calendar
  let dropped = 0
  for (const { recurrenceId, component } of object.overrides) {
    const isThere =
      rule !== null &&
      recurrenceId !== null &&
      findInstance(bare, instantIn(recurrenceId.value, reader), reader) !== null
    if (isThere) continue
    next = replaceComponent(next, component, null)
    dropped += 1
  }
  return { calendar: next, dropped }
}
