import { type EventObject, readObject, setsOf } from '../event/event-object'
import { attendeesOf, type EventComponent } from '../event/read-event'
import { expand } from '../recurrence/expand'
import { offsetFrom, sizeOf } from '../recurrence/length'
import type { Instance, RecurrenceSet } from '../recurrence/recurrence-set'
import { dayMs } from '../recurrence/times/civil-days'
import type { Zone } from '../recurrence/zones/zone'
import { type Component, componentsIn, propertyOf } from '../text/component'
import { readText } from '../text/values'
import { asEvent } from '../todo/as-event'
import { type Alarm, never, readAlarms, seenInMozilla } from './read-alarms'

/** A reminder that is due: of an object always the latest one, since what it reminded of before is over. */
export type DueAlarm = Readonly<{
  triggerMs: number
  action: string
  /** Of the instance that it reminds of; null for what has no time. */
  made: Instance<EventComponent> | null
  title: string
  location: string
}>

/** From when on, as whom and where reminders are looked at. */
export type AlarmView = Readonly<{
  nowMs: number
  /** When the object was seen first: what was due before counts only for a day, and only while it lasts. */
  knownMs: number
  /** Reminders up to then were seen, where the object itself cannot say so. */
  seenMs: number
  reader: Zone
  /** Addresses of the person in lower case: nobody is reminded of what they declined. */
  own: ReadonlySet<string>
}>

export const neverDue = 8.64e15
/** What nobody has seen for so long reminds of nothing any more. */
const oldestMs = 30 * dayMs
/** Where a reminder that is due is looked for first: there are rules with an instance every second. */
const nearMs = 2 * dayMs

type Shown = Readonly<{ component: Component; title: string; location: string }>
type Part = Readonly<{ alarms: readonly Alarm[]; seenMs: number; isSilent: boolean }>

const alarmObjects = new WeakMap<Component, EventObject>()

/** An object as the recurrence engine takes it, of an event or a to-do. */
function readOnce(calendar: Component): EventObject {
  const known = alarmObjects.get(calendar)
  if (known) return known
  const made = readObject(asEvent(calendar))
  alarmObjects.set(calendar, made)
  return made
}

/** Whether anything in it reminds of anything. */
export const hasAlarms = (calendar: Component): boolean =>
  componentsIn(calendar).some(each => readAlarms(each).length > 0)

/** What of an object is due, and when something of it will be (`neverDue`: never). */
export function alarmTimes(
  calendar: Component,
  view: AlarmView,
): Readonly<{ due: DueAlarm | null; nextMs: number }> {
  const found = new Found(view)
  const object = readOnce(calendar)
  const parts = new Map<Component, Part>()
  const partOf = (component: Component): Part => {
    const known = parts.get(component)
    if (known) return known
    const made = readPart(component, view.own)
    parts.set(component, made)
    return made
  }
  const sets = setsOf(object, view.reader)
  for (const { of, set } of sets) {
    const components = [of.component, ...set.overrides.map(each => each.component.component)]
    if (components.every(each => partOf(each).alarms.length === 0)) continue
    lookThrough(found, of, set, partOf)
  }
  // Without a time of its own something is reminded of at a time that is given.
  if (sets.length === 0)
    for (const component of componentsIn(calendar, 'VTODO')) {
      const part = partOf(component)
      for (const alarm of part.alarms)
        if ('atMs' in alarm.when && !part.isSilent)
          found.take(alarm, part, alarm.when.atMs, null, shown(component))
    }
  return found
}

const shown = (component: Component): Shown => ({
  component,
  title: readText(propertyOf(component, 'SUMMARY')?.value ?? ''),
  location: readText(propertyOf(component, 'LOCATION')?.value ?? ''),
})

function readPart(component: Component, own: ReadonlySet<string>): Part {
  const status = propertyOf(component, 'STATUS')?.value.trim().toUpperCase()
  const isDeclined = () =>
    attendeesOf(component).some(
      ({ address, status }) => status === 'DECLINED' && own.has(address.toLowerCase()),
    )
  return {
    alarms: readAlarms(component),
    seenMs: seenInMozilla(component),
    isSilent:
      status === 'CANCELLED' ||
      status === 'COMPLETED' ||
      propertyOf(component, 'COMPLETED') !== undefined ||
      isDeclined(),
  }
}

class Found {
  due: DueAlarm | null = null
  nextMs = neverDue
  readonly view: AlarmView

  constructor(view: AlarmView) {
    this.view = view
  }

  take(
    alarm: Alarm,
    part: Part,
    triggerMs: number,
    made: Instance<EventComponent> | null,
    { title, location }: Shown,
  ) {
    const { nowMs, knownMs, seenMs } = this.view
    // Thunderbird's own snooze is later than what it says was seen.
    const seen = Math.max(alarm.seenMs, seenMs, part.seenMs)
    if (triggerMs <= seen) return
    if (triggerMs > nowMs) {
      this.nextMs = Math.min(this.nextMs, triggerMs)
      return
    }
    const isOver = (made?.endMs ?? triggerMs) <= nowMs
    const oldest = Math.max(nowMs - oldestMs, isOver ? knownMs : knownMs - dayMs)
    if (triggerMs <= oldest || (this.due !== null && this.due.triggerMs >= triggerMs)) return
    this.due = { triggerMs, action: alarm.action, made, title, location }
  }
}

function lookThrough(
  found: Found,
  of: EventComponent,
  set: RecurrenceSet<EventComponent>,
  partOf: (component: Component) => Part,
): void {
  const { nowMs } = found.view
  const all = [of, ...set.overrides.map(each => each.component)]
  const offsets = all.flatMap(({ component }) =>
    partOf(component).alarms.flatMap(({ when }) => ('offset' in when ? [sizeOf(when.offset)] : [])),
  )
  const reachMs = Math.max(0, ...offsets) + Math.max(...all.map(each => sizeOf(each.length))) + dayMs
  const take = (made: Instance<EventComponent>): void => {
    const event = made.override?.component ?? of
    const part = partOf(event.component)
    if (part.isSilent) return
    for (const alarm of part.alarms) {
      if ('atMs' in alarm.when) continue
      const from = alarm.when.fromEnd ? made.endMs : made.startMs
      const triggerMs = offsetFrom(from, alarm.when.offset, set.zone)
      found.take(alarm, part, triggerMs, made, event)
    }
  }
  for (const backMs of [nearMs, oldestMs]) {
    for (const made of expand(set, nowMs - backMs - reachMs, nowMs + reachMs)) take(made)
    if (found.due !== null) break
  }
  // The next one may lie far off. Instances come by their start, and none rings earlier than by what all reach.
  for (const made of expand(set, nowMs, Number.POSITIVE_INFINITY)) {
    if (made.startMs - reachMs > found.nextMs) break
    take(made)
  }
  for (const { component } of all) {
    const part = partOf(component)
    if (part.isSilent) continue
    for (const alarm of part.alarms)
      if ('atMs' in alarm.when) {
        const made = remindedOf(set, alarm.when.atMs, Math.max(0, ...offsets))
        found.take(alarm, part, alarm.when.atMs, made, made?.override?.component ?? of)
      }
  }
}

/** The instance that a reminder at a fixed time is about: the one that is on or whose own reminder came before, else the one before it. */
function remindedOf(
  set: RecurrenceSet<EventComponent>,
  atMs: number,
  beforeMs: number,
): Instance<EventComponent> | null {
  let last: Instance<EventComponent> | null = null
  for (const made of expand(set, atMs - oldestMs, atMs + beforeMs + 1)) {
    if (made.endMs > atMs || made.startMs >= atMs) return made
    last = made
  }
  if (last !== null) return last
  for (const made of expand(set, never, Number.POSITIVE_INFINITY)) return made
  return null
}
