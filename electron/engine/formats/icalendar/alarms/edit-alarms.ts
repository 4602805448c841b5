import { writeTimeValue } from '../recurrence/time-value'
import {
  type Component,
  componentsIn,
  isComponent,
  makeComponent,
  propertiesOf,
  propertyOf,
  withLine,
} from '../text/component'
import { makeLine, parameterOf } from '../text/content-line'
import { readText, writeText } from '../text/values'
import { isMozillaSnooze, readAlarms } from './read-alarms'

const utcText = (ms: number): string => writeTimeValue({ form: 'utc', wallMs: Math.floor(ms / 1000) * 1000 })

/** Changes every event and to-do of an object. */
const eachItem = (calendar: Component, change: (component: Component) => Component): Component => ({
  ...calendar,
  items: calendar.items.map(item =>
    isComponent(item) && (item.name === 'VEVENT' || item.name === 'VTODO') ? change(item) : item,
  ),
})

/**
 * Says of all reminders of an object that they were seen up to now (RFC 9074 §6.1), which holds for every device. What was put off and has
 * rung goes. No stamp and no SEQUENCE is touched: to guests it is no new version.
 */
export const dismissed = (calendar: Component, nowMs: number): Component =>
  eachItem(calendar, component => {
    let next = component
    for (const alarm of readAlarms(component)) {
      if (alarm.component === component) continue
      // A snooze, also one that is yet to come: whoever dismisses is done with it.
      next = replaced(next, alarm.component, alarm.isSnooze ? null : seen(alarm.component, nowMs))
    }
    return seenByThunderbird(next, nowMs)
  })

/**
 * Puts off what is due: as seen, and with one more reminder at that time which says what it comes from (RFC 9074 §7.2). It stands in the first
 * component that reminds.
 */
export function snoozed(
  calendar: Component,
  nowMs: number,
  untilMs: number,
  newUid: () => string,
): Component {
  let isDone = false
  return eachItem(dismissed(calendar, nowMs), component => {
    const [first] = readAlarms(component).filter(each => each.component !== component)
    if (isDone || (first === undefined && componentsIn(calendar, component.name).length > 1)) return component
    isDone = true
    const uid = first === undefined ? null : first.uid === '' ? newUid() : first.uid
    const named =
      first === undefined || uid === null || first.uid === uid
        ? component
        : replaced(
            component,
            first.component,
            withLine(first.component, 'UID', makeLine('UID', writeText(uid))),
          )
    const title = readText(propertyOf(component, 'SUMMARY')?.value ?? '')
    const snooze = makeComponent('VALARM', [
      makeLine('UID', writeText(newUid())),
      makeLine('TRIGGER', utcText(untilMs), [{ name: 'VALUE', values: ['DATE-TIME'] }]),
      ...(uid === null
        ? []
        : [makeLine('RELATED-TO', writeText(uid), [{ name: 'RELTYPE', values: ['SNOOZE'] }])]),
      makeLine('ACTION', 'DISPLAY'),
      makeLine('DESCRIPTION', writeText(title === '' ? '-' : title)),
    ])
    return { ...named, items: [...named.items, snooze] }
  })
}

const replaced = (component: Component, old: Component, next: Component | null): Component => ({
  ...component,
  items: component.items.flatMap(item => (item === old ? (next === null ? [] : [next]) : [item])),
})

const seen = (alarm: Component, nowMs: number): Component =>
  withLine(alarm, 'ACKNOWLEDGED', makeLine('ACKNOWLEDGED', utcText(nowMs)))

/** Thunderbird keeps it at the event; what it put off goes as well. */
function seenByThunderbird(component: Component, nowMs: number): Component {
  const items = component.items.filter(item => isComponent(item) || !isMozillaSnooze(item.name))
  const next = items.length === component.items.length ? component : { ...component, items }
  return propertyOf(component, 'X-MOZ-LASTACK') === undefined && items.length === component.items.length
    ? next
    : withLine(next, 'X-MOZ-LASTACK', makeLine('X-MOZ-LASTACK', utcText(nowMs)))
}

const isSnooze = (alarm: Component): boolean =>
  propertiesOf(alarm, 'RELATED-TO').some(each => parameterOf(each, 'RELTYPE')?.toUpperCase() === 'SNOOZE')

/** What tells an alarm from the others beside it, on every device. */
const alarmKey = (alarm: Component): string =>
  isSnooze(alarm)
    ? 'snooze'
    : JSON.stringify([
        propertyOf(alarm, 'TRIGGER')?.value,
        propertyOf(alarm, 'ACTION')?.value,
        propertyOf(alarm, 'DESCRIPTION')?.value,
      ])

/** An alarm without what is written when it has rung. */
const bare = (alarm: Component): string =>
  JSON.stringify(
    alarm.items
      .flatMap(item =>
        isComponent(item) || ['ACKNOWLEDGED', 'UID'].includes(item.name) ? [] : [item.raw.trim()],
      )
      .sort(),
  )

/**
 * Alarms that two devices both dismissed or put off, of which neither changed when they ring: seen is what was seen last, and of two that
 * were put off the later holds. Null where more than that differs.
 */
export function mergedAlarms(ours: Component, theirs: Component): Component[] | null {
  const other = (component: Component) =>
    componentsIn(component).filter(each => each.name !== 'VALARM').length > 0
  if (other(ours) || other(theirs)) return null
  const [mine, their] = [ours, theirs].map(each => componentsIn(each, 'VALARM')) as [Component[], Component[]]
  const plain = (all: readonly Component[]) => all.filter(each => !isSnooze(each))
  const said = (all: readonly Component[]) => plain(all).map(bare).sort().join('\n')
  if (said(mine) !== said(their)) return null
  const byKey = new Map(plain(mine).map(each => [alarmKey(each), each]))
  const merged = plain(their).map(alarm => {
    const at = byKey.get(alarmKey(alarm))
    const [left, right] = [at, alarm].map(each => each && propertyOf(each, 'ACKNOWLEDGED')?.value)
    return at !== undefined && (left ?? '') > (right ?? '') ? at : alarm
  })
  const [last] = [...mine, ...their]
    .filter(isSnooze)
    .sort((left, right) => triggerText(right).localeCompare(triggerText(left)))
  const lastSeen = merged.reduce((latest, each) => {
    const text = propertyOf(each, 'ACKNOWLEDGED')?.value ?? ''
    return text > latest ? text : latest
  }, '')
  // One device put it off and the other one dismissed it later: it is done.
  const isOnBoth = mine.some(isSnooze) && their.some(isSnooze)
  const snoozer = mine.some(isSnooze) ? mine : their
  const putOff = snoozer.reduce((latest, each) => {
    const text = isSnooze(each) ? '' : (propertyOf(each, 'ACKNOWLEDGED')?.value ?? '')
    return text > latest ? text : latest
  }, '')
  return last !== undefined && (isOnBoth || putOff >= lastSeen) ? [...merged, last] : merged
}

const triggerText = (alarm: Component): string => propertyOf(alarm, 'TRIGGER')?.value ?? ''
