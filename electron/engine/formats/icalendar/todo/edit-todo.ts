import type { EventWhen } from '../../../../../shared/features/calendar/model'
import { messageAddress, messageNamed } from '../../../../../shared/features/todos/message-address'
import { SiegelError } from '../../../../../shared/kit/result'
import type { EditFacts } from '../../../ports/calendar/calendar-objects'
import type { TodoChange } from '../../../ports/calendar/todos'
import { changeObject } from '../edit/edit-object'
import { stamped, withAlarms, withFields, withRule } from '../edit/fields'
import { findInstance } from '../edit/instances'
import { cutAt, tailOf } from '../edit/split'
import { replaceComponent, withZones } from '../edit/whole-object'
import { timeLine, type WrittenTime, writtenTime } from '../edit/written-time'
import { isRecurring, readObject, setsOf } from '../event/event-object'
import { readTime } from '../event/times'
import { expand } from '../recurrence/expand'
import { writeTimeValue } from '../recurrence/time-value'
import { ianaZone } from '../recurrence/zones/iana-zone'
import { utc } from '../recurrence/zones/zone'
import {
  type Component,
  componentsIn,
  isComponent,
  makeComponent,
  propertyOf,
  withLine,
  without,
} from '../text/component'
import { type Line, makeLine, parameterOf, readLine } from '../text/content-line'
import { writeText } from '../text/values'
import { calendarHead } from '../transfer/join-file'
import { asEvent, fromEvent, isOnlyDue } from './as-event'
import { mainTodo, textOf } from './read-todo'

const facts = (nowMs: number): EditFacts => ({ nowMs, raisesSequence: true, organizer: null })
const utcText = (ms: number): string => writeTimeValue({ form: 'utc', wallMs: Math.floor(ms / 1000) * 1000 })

const setNumber = (component: Component, name: string, value: number | undefined): Component => {
  if (value === undefined) return component
  const now = Number(propertyOf(component, name)?.value.trim() ?? 0)
  return now === value
    ? component
    : withLine(component, name, value === 0 ? null : makeLine(name, String(value)))
}

/** A line that says what the to-do is a part of, in the place of the one that said so; other relations stay. */
function withParent(component: Component, parentUid: string | null | undefined): Component {
  if (parentUid === undefined) return component
  const isParent = (line: Line) =>
    (parameterOf(readLine(line), 'RELTYPE') ?? 'PARENT').toUpperCase() === 'PARENT'
  const items = component.items.filter(
    item => isComponent(item) || item.name !== 'RELATED-TO' || !isParent(item),
  )
  if (parentUid === null) return items.length === component.items.length ? component : { ...component, items }
  const at = items.findIndex(isComponent)
  const place = at < 0 ? items.length : at
  const line = makeLine('RELATED-TO', writeText(parentUid))
  return { ...component, items: [...items.slice(0, place), line, ...items.slice(place)] }
}

/** The address of a message (RFC 2392). An address that leads elsewhere stays. */
function withMessage(component: Component, message: string | null | undefined): Component {
  if (message === undefined) return component
  const now = propertyOf(component, 'URL')?.value
  if (message === null)
    return now !== undefined && messageNamed(now) !== null ? withLine(component, 'URL', null) : component
  return withLine(component, 'URL', makeLine('URL', messageAddress(message)))
}

/** A time, null for none, and undefined for what it is. */
const withTime = (
  component: Component,
  name: 'DTSTART' | 'DUE',
  when: EventWhen | null | undefined,
): Component =>
  when === undefined
    ? component
    : withLine(component, name, when === null ? null : timeLine(name, writtenTime(when)))

const writtenIn = (component: Component, name: string, calendar: Component): WrittenTime | null => {
  const property = propertyOf(component, name)
  const time = property && readTime(property.value, property, componentsIn(calendar, 'VTIMEZONE'))
  return time ? { value: time.value, tzid: time.value.form === 'local' ? time.tzid : null } : null
}

/** Start and due are both days or both times, and in that order (RFC 5545 §3.8.2.3). Throws `todo-due-before-start`, `todo-rule-needs-time`. */
function checkTimes(component: Component, calendar: Component): void {
  const [start, due] = ['DTSTART', 'DUE'].map(name => writtenIn(component, name, calendar))
  if (propertyOf(component, 'RRULE') && !start && !due) throw new SiegelError('todo-rule-needs-time')
  if (!start || !due) return
  const isMixed = (start.value.form === 'date') !== (due.value.form === 'date')
  if (isMixed || due.value.wallMs < start.value.wallMs - (start.tzid === due.tzid ? 0 : 2 * 86_400_000))
    throw new SiegelError('todo-due-before-start')
}

/** All that is said but times of a series. */
function withChange(component: Component, change: TodoChange, calendar: Component, nowMs: number): Component {
  const { title, notes, categories, rule } = change
  let next = withFields(
    component,
    {
      ...(title === undefined ? {} : { title }),
      ...(notes === undefined ? {} : { description: notes }),
      ...(categories === undefined ? {} : { categories }),
    },
    facts(nowMs),
  )
  next = setNumber(next, 'PRIORITY', change.priority)
  if (change.percent !== undefined) next = withPercent(next, change.percent, nowMs)
  next = withMessage(withParent(next, change.parentUid), change.message)
  if (rule !== undefined) {
    const anchor = writtenIn(next, 'DTSTART', calendar) ?? writtenIn(next, 'DUE', calendar)
    if (rule !== null && anchor === null) throw new SiegelError('todo-rule-needs-time')
    next =
      rule === null
        ? without(next, ['RRULE', 'RDATE', 'EXDATE', 'EXRULE'])
        : withRule(next, rule, anchor?.value ?? { form: 'utc', wallMs: 0 })
  }
  if (change.alarms !== undefined)
    // Before it is due: the start of one that is only due is no time of it (§3.8.6.3).
    next = withAlarms(
      next,
      change.alarms,
      textOf(next, 'SUMMARY'),
      propertyOf(next, 'DUE') === undefined ? 'START' : 'END',
    )
  checkTimes(next, calendar)
  return next
}

/** A hundred is done, anything else is not. */
function withPercent(component: Component, percent: number, nowMs: number): Component {
  const wasDone = propertyOf(component, 'COMPLETED') !== undefined || statusText(component) === 'COMPLETED'
  if (percent === 100) return completed(component, nowMs)
  const open = wasDone ? reopened(component) : component
  const set = setNumber(open, 'PERCENT-COMPLETE', percent)
  const status = statusText(set)
  if (percent > 0 && (status === '' || status === 'NEEDS-ACTION'))
    return withLine(set, 'STATUS', makeLine('STATUS', 'IN-PROCESS'))
  return percent === 0 && status === 'IN-PROCESS'
    ? withLine(set, 'STATUS', makeLine('STATUS', 'NEEDS-ACTION'))
    : set
}

const statusText = (component: Component): string =>
  propertyOf(component, 'STATUS')?.value.trim().toUpperCase() ?? ''

const completed = (component: Component, nowMs: number): Component => {
  const percent = withLine(component, 'PERCENT-COMPLETE', makeLine('PERCENT-COMPLETE', '100'))
  const stamped = withLine(percent, 'COMPLETED', makeLine('COMPLETED', utcText(nowMs)))
  return withLine(stamped, 'STATUS', makeLine('STATUS', 'COMPLETED'))
}

const reopened = (component: Component): Component =>
  withLine(
    without(component, ['COMPLETED', 'PERCENT-COMPLETE']),
    'STATUS',
    makeLine('STATUS', 'NEEDS-ACTION'),
  )

/** A new to-do. Throws `event-date-impossible`, `event-zone-unknown`, `event-rule-impossible`, and what `checkTimes` throws. */
export function createTodo(change: TodoChange, uid: string, nowMs: number): Component {
  const now = utcText(nowMs)
  const bare = makeComponent('VTODO', [
    makeLine('UID', writeText(uid)),
    makeLine('DTSTAMP', now),
    makeLine('CREATED', now),
  ])
  const timed = withTime(withTime(bare, 'DTSTART', change.start), 'DUE', change.due)
  const todo = withChange(timed, change, makeComponent('VCALENDAR', []), nowMs)
  return withZones(makeComponent('VCALENDAR', [...calendarHead(), todo]))
}

/** Changes what is said, and nothing else. */
export function changeTodo(calendar: Component, change: TodoChange, nowMs: number, zone: string): Component {
  const main = mainTodo(calendar)
  if (main === undefined) throw new SiegelError('not-found', { what: 'todo' })
  const moved = movedSeries(calendar, change, nowMs, zone)
  const base = moved ?? calendar
  const before = mainTodo(base) ?? main
  const timed =
    moved === null ? withTime(withTime(before, 'DTSTART', change.start), 'DUE', change.due) : before
  const next = withChange(timed, change, base, nowMs)
  return withZones(replaceComponent(base, before, moved === null ? stamped(next, facts(nowMs)) : next))
}

/**
 * A series that is put at other times takes along what names its instances, as an event does. Null where it is no series, or where it gets or
 * loses one of its two times.
 */
function movedSeries(calendar: Component, change: TodoChange, nowMs: number, zone: string): Component | null {
  if (change.due === undefined && change.start === undefined) return null
  const main = mainTodo(calendar)
  const object = readObject(asEvent(calendar))
  if (main === undefined || object.master === null || !isRecurring(object)) return null
  const [hasStart, hasDue] = ['DTSTART', 'DUE'].map(name => propertyOf(main, name) !== undefined)
  if (change.due === null || change.start === null) return null
  if ((change.start !== undefined && !hasStart) || (change.due !== undefined && !hasDue)) return null
  const times = hasStart
    ? {
        ...(change.start === undefined ? {} : { start: change.start }),
        ...(change.due === undefined ? {} : { end: change.due }),
      }
    : { ...(change.due === undefined ? {} : { start: change.due }) }
  const { calendar: made } = changeObject(
    object,
    { instance: null, scope: 'all', zone },
    times,
    object.uid,
    facts(nowMs),
  )
  return made && fromEvent(made, isOnlyDue(calendar))
}

/**
 * Done, or open again. One that repeats goes on to its first time that is still to come, and keeps its UID: what was before goes. Without such a
 * time it is done for good.
 */
export function doneTodo(
  calendar: Component,
  isDone: boolean,
  nowMs: number,
  zone: string,
): { calendar: Component; isMoved: boolean } {
  const main = mainTodo(calendar)
  if (main === undefined) throw new SiegelError('not-found', { what: 'todo' })
  const next = isDone ? nextOfSeries(calendar, nowMs, zone) : null
  if (next !== null) {
    const moved = mainTodo(next)
    if (moved !== undefined) {
      const open = stamped(reopened(moved), facts(nowMs))
      return { calendar: withZones(replaceComponent(next, moved, open)), isMoved: true }
    }
  }
  const changed = stamped(isDone ? completed(main, nowMs) : reopened(main), facts(nowMs))
  return { calendar: replaceComponent(calendar, main, changed), isMoved: false }
}

const isDoneComponent = (component: Component): boolean =>
  propertyOf(component, 'COMPLETED') !== undefined ||
  ['COMPLETED', 'CANCELLED'].includes(statusText(component))

function nextOfSeries(calendar: Component, nowMs: number, zoneName: string): Component | null {
  const object = readObject(asEvent(calendar))
  if (object.master === null || !isRecurring(object)) return null
  const zone = ianaZone(zoneName) ?? utc
  const [first] = setsOf(object, zone)
  if (first === undefined) return null
  let isCurrentPassed = false
  for (const made of expand(first.set, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)) {
    if (isDoneComponent((made.override?.component ?? first.of).component)) continue
    // The first that is open is the one that is done now; of those behind it what is over is left out with it.
    if (!isCurrentPassed) {
      isCurrentPassed = true
      continue
    }
    const dueMs = made.isAllDay ? made.endMs : made.endMs > made.startMs ? made.endMs : made.startMs
    if (dueMs <= nowMs) continue
    const found = findInstance(object, made.id, zone)
    if (found === null) return null
    const tail = tailOf(object, cutAt(first.set, found), object.uid)
    return fromEvent(tail, isOnlyDue(calendar))
  }
  return null
}
