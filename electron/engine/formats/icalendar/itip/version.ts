import { instantOf, readTime } from '../event/times'
import type { TimeValue } from '../recurrence/time-value'
import { utc } from '../recurrence/zones/zone'
import { type Component, propertyOf } from '../text/component'

/** Which of two messages about one event is the later one (RFC 5546 §2.1.5). */
export type Version = Readonly<{
  sequence: number
  /** DTSTAMP, as an instant. */
  stampMs: number
  /** It takes the event back: of two with one SEQUENCE this one holds, whatever their DTSTAMPs are. */
  isCancelled: boolean
}>

/** Greater than 0 where the left one is the later. */
export const compareVersions = (left: Version, right: Version): number =>
  left.sequence - right.sequence ||
  Number(left.isCancelled) - Number(right.isCancelled) ||
  left.stampMs - right.stampMs

/**
 * Whether a version of the whole series makes one of an instance void: the organiser wrote it later, and knew of a higher SEQUENCE. Some count SEQUENCE
 * for each instance by itself, so the lower number alone says nothing.
 */
export const isVoid = (instance: Version, series: Version): boolean =>
  series.sequence > instance.sequence && series.stampMs > instance.stampMs

const wholeNumber = (component: Component, name: string): number => {
  const number = Number(propertyOf(component, name)?.value.trim() || 0)
  return Number.isSafeInteger(number) && number >= 0 ? number : 0
}

/** SEQUENCE; Exchange leaves it at 0 and counts in a property of its own. */
export const sequenceOf = (component: Component): number =>
  wholeNumber(component, 'SEQUENCE') || wholeNumber(component, 'X-MICROSOFT-CDO-APPT-SEQUENCE')

const timeIn = (component: Component, name: string): TimeValue | undefined => {
  const property = propertyOf(component, name)
  return property && readTime(property.value, property, [])?.value
}

/** The version of a component. */
export function versionOf(component: Component, isCancelled: boolean): Version {
  const stamp = timeIn(component, 'DTSTAMP')
  return {
    sequence: sequenceOf(component),
    stampMs: stamp ? instantOf(stamp, utc) : 0,
    isCancelled,
  }
}
