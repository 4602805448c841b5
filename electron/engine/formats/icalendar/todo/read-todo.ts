import type { EventWhen } from '../../../../../shared/features/calendar/model'
import { messageNamed } from '../../../../../shared/features/todos/message-address'
import type { TodoRead } from '../../../ports/calendar/todos'
import { readAlarms } from '../alarms/read-alarms'
import { type EventObject, isRecurring, readObject, setsOf } from '../event/event-object'
import { categoriesOf } from '../event/read-event'
import { type EventTime, instantOf, readTime } from '../event/times'
import { expand } from '../recurrence/expand'
import { utc } from '../recurrence/zones/zone'
import { type Component, componentsIn, propertiesOf, propertyOf } from '../text/component'
import { parameterOf } from '../text/content-line'
import { readText, writeDuration } from '../text/values'
import { asEvent } from './as-event'

const longText = 100_000
const shortText = 2_000
const most = 100
/** Instances that were done by themselves, as Thunderbird has it; more are not looked through. */
const mostDone = 2_000

export const textOf = (component: Component, name: string): string =>
  readText(propertyOf(component, name)?.value ?? '')

/** The VTODO that the others are instances of; of an object without one the first. */
export function mainTodo(calendar: Component): Component | undefined {
  const all = componentsIn(calendar, 'VTODO')
  return all.find(each => propertyOf(each, 'RECURRENCE-ID') === undefined) ?? all[0]
}

const timeOf = (component: Component, name: string, calendar: Component): EventTime | null => {
  const property = propertyOf(component, name)
  return (property && readTime(property.value, property, componentsIn(calendar, 'VTIMEZONE'))) ?? null
}

const isDone = (component: Component): boolean =>
  propertyOf(component, 'COMPLETED') !== undefined ||
  ['COMPLETED', 'CANCELLED'].includes(propertyOf(component, 'STATUS')?.value.trim().toUpperCase() ?? '')

const number = (component: Component, name: string, highest: number): number => {
  const value = Math.trunc(Number(propertyOf(component, name)?.value.trim() ?? 0))
  return value >= 0 && value <= highest ? value : 0
}

const statusOf = (component: Component): TodoRead['status'] => {
  const status = propertyOf(component, 'STATUS')?.value.trim().toUpperCase()
  if (status === 'CANCELLED') return 'cancelled'
  if (isDone(component)) return 'done'
  return status === 'IN-PROCESS' || number(component, 'PERCENT-COMPLETE', 100) > 0 ? 'started' : 'open'
}

const whenOf = ({ value, zone }: EventTime, wallMs = value.wallMs): EventWhen => {
  const text = new Date(wallMs).toISOString()
  return value.form === 'date'
    ? { at: text.slice(0, 10), zone: null }
    : {
        at: text.slice(0, 19).replace(/:00$/, ''),
        zone: value.form === 'utc' ? 'UTC' : (zone?.slice(0, 100) ?? null),
      }
}

/** The to-do that this one is a part of: RELATED-TO says so where it says nothing else (§3.2.15). */
const parentLine = (component: Component): string | null => {
  const parent = propertiesOf(component, 'RELATED-TO').find(
    each => (parameterOf(each, 'RELTYPE') ?? 'PARENT').toUpperCase() === 'PARENT',
  )
  return parent === undefined ? null : readText(parent.value).trim().slice(0, 1000) || null
}

/** The times of the instance that is to be done next, on the wall; of what does not repeat its own. */
function nextTimes(
  calendar: Component,
  main: Component,
): { start: EventTime | null; due: EventTime | null; moveMs: number } {
  const start = timeOf(main, 'DTSTART', calendar)
  const due = timeOf(main, 'DUE', calendar)
  const anchor = start ?? due
  const own = { start, due, moveMs: 0 }
  if (anchor === null) return own
  const object = readObject(asEvent(calendar))
  if (!isRecurring(object) || object.overrides.length === 0 || isDone(main)) return own
  const next = firstOpen(object)
  return next === null ? own : { ...own, moveMs: next.startWallMs - anchor.value.wallMs }
}

function firstOpen(object: EventObject): { startWallMs: number } | null {
  const [first] = setsOf(object, utc)
  if (first === undefined) return null
  let looked = 0
  for (const made of expand(first.set, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)) {
    if (!isDone((made.override?.component ?? first.of).component)) return made
    looked += 1
    if (looked > mostDone) return null
  }
  return null
}

/** What is known of the to-do in an object. */
export function readTodo(calendar: Component): TodoRead {
  const main = mainTodo(calendar) ?? calendar
  const { start, due, moveMs } = nextTimes(calendar, main)
  const notes = textOf(main, 'DESCRIPTION')
  const completed = timeOf(main, 'COMPLETED', calendar)
  const rule = propertyOf(main, 'RRULE')?.value ?? null
  const alarms = readAlarms(main)
  const message = [...propertiesOf(main, 'URL'), ...propertiesOf(main, 'ATTACH')]
    .map(({ value }) => messageNamed(value))
    .find(each => each !== null)
  return {
    uid: textOf(main, 'UID').trim().slice(0, 1000),
    parentUid: parentLine(main),
    title: textOf(main, 'SUMMARY').slice(0, shortText),
    due: due && whenOf(due, due.value.wallMs + moveMs),
    start: start && whenOf(start, start.value.wallMs + moveMs),
    priority: number(main, 'PRIORITY', 9),
    percent: number(main, 'PERCENT-COMPLETE', 100),
    status: statusOf(main),
    doneMs: completed && instantOf(completed.value),
    rule: rule?.slice(0, shortText) ?? null,
    hasAlarm: alarms.length > 0,
    hasNotes: notes.trim() !== '',
    message: message ?? null,
    notes: notes.slice(0, longText),
    isCut: notes.length > longText,
    categories: categoriesOf(main)
      .slice(0, most)
      .map(each => each.slice(0, 200)),
    alarms: alarms
      .filter(each => !each.isSnooze)
      .slice(0, most)
      .map(({ when }) =>
        'offset' in when ? writeDuration({ days: -when.offset.days, ms: -when.offset.ms }) : null,
      ),
  }
}
