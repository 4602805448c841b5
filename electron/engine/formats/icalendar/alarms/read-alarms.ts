import { instantOf, readTime } from '../event/times'
import { type Component, componentsIn, propertiesOf, propertyOf } from '../text/component'
import { parameterOf } from '../text/content-line'
import { type Duration, readDuration, readText } from '../text/values'

/** A VALARM that reminds of something (RFC 5545 §3.6.6, RFC 9074). */
export type Alarm = Readonly<{
  component: Component
  /** In capitals, as it stands there. No action is ever carried out: whatever it says, somebody is reminded. */
  action: string
  uid: string
  when: Readonly<{ atMs: number }> | Readonly<{ offset: Duration; fromEnd: boolean }>
  /** Reminders up to then were seen, here or on another device (RFC 9074 §6). */
  seenMs: number
  /** It is another one put off (RFC 9074 §7.2). */
  isSnooze: boolean
}>

/** Alarms of one component that are looked at: people have a handful. */
const most = 50

export const never = -8.64e15

const utcTime = (component: Component, name: string): number => {
  const property = propertyOf(component, name)
  const time = property && readTime(property.value, property, [])
  return time ? instantOf(time.value) : never
}

/**
 * The alarms of an event or a to-do, those that Thunderbird writes beside them included. `ACTION:NONE` is how Apple says that there is none
 * (its default alarm switched off).
 */
export function readAlarms(component: Component): Alarm[] {
  const own = componentsIn(component, 'VALARM')
    .slice(0, most)
    .flatMap((each): Alarm[] => {
      const trigger = propertyOf(each, 'TRIGGER')
      const action = propertyOf(each, 'ACTION')?.value.trim().toUpperCase() || 'DISPLAY'
      if (trigger === undefined || action === 'NONE') return []
      const facts = {
        component: each,
        action: action.slice(0, 50),
        uid: readText(propertyOf(each, 'UID')?.value ?? '').trim(),
        seenMs: utcTime(each, 'ACKNOWLEDGED'),
        isSnooze: propertiesOf(each, 'RELATED-TO').some(
          related => parameterOf(related, 'RELTYPE')?.toUpperCase() === 'SNOOZE',
        ),
      }
      const offset = readDuration(trigger.value)
      if (offset)
        return [
          { ...facts, when: { offset, fromEnd: parameterOf(trigger, 'RELATED')?.toUpperCase() === 'END' } },
        ]
      const at = readTime(trigger.value, trigger, [])
      return at ? [{ ...facts, when: { atMs: instantOf(at.value) } }] : []
    })
  return [...own, ...snoozedByThunderbird(component)]
}

/** Thunderbird puts off by a property of the event; that of one instance of a series ends in what names it. */
export const isMozillaSnooze = (name: string): boolean => name.startsWith('X-MOZ-SNOOZE-TIME')

function snoozedByThunderbird(component: Component): Alarm[] {
  const names = new Set(
    component.items.flatMap(item => ('raw' in item && isMozillaSnooze(item.name) ? [item.name] : [])),
  )
  return [...names].slice(0, most).flatMap((name): Alarm[] => {
    const atMs = utcTime(component, name)
    return atMs === never
      ? []
      : [
          {
            component,
            action: 'DISPLAY',
            uid: '',
            when: { atMs },
            seenMs: never,
            isSnooze: true,
          },
        ]
  })
}

/** Thunderbird says of a whole event up to when its reminders were seen. A snooze of its own counts from there on. */
export const seenInMozilla = (component: Component): number => utcTime(component, 'X-MOZ-LASTACK')
