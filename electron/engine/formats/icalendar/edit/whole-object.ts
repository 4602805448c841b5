import { readTimeValue } from '../recurrence/time-value'
import { type Component, componentsIn, type Item, isComponent, propertyOf } from '../text/component'
import { readLine } from '../text/content-line'
import { zoneNamed } from '../zones/find-zone'
import { writeVtimezone } from '../zones/write-vtimezone'

/** The calendar with one component in the place of another. */
export const replaceComponent = (calendar: Component, old: Component, next: Component | null): Component => ({
  ...calendar,
  items: calendar.items.flatMap(item => (item === old ? (next === null ? [] : [next]) : [item])),
})

/** The calendar with further components at its end. */
export const withComponents = (calendar: Component, more: readonly Component[]): Component => ({
  ...calendar,
  items: [...calendar.items, ...more],
})

/** TZIDs that the lines of components name, with about when. */
function namedZones(component: Component): Map<string, number> {
  const named = new Map<string, number>()
  const look = (item: Item): void => {
    if (isComponent(item)) {
      if (item.name !== 'VTIMEZONE') item.items.forEach(look)
      return
    }
    if (!/tzid/i.test(item.raw)) return
    const { parameters, value } = readLine(item)
    const tzid = parameters.find(({ name }) => name === 'TZID')?.values[0]
    if (tzid === undefined) return
    const wallMs = readTimeValue(value.split(/[,/]/)[0] ?? '')?.wallMs ?? 0
    named.set(tzid, Math.min(named.get(tzid) ?? wallMs, wallMs))
  }
  component.items.forEach(look)
  return named
}

/** Every zone that is named is described beside it (RFC 5545 §3.6.5): adds what is missing, before the events. */
export function withZones(calendar: Component): Component {
  const described = new Set(
    componentsIn(calendar, 'VTIMEZONE').map(each => propertyOf(each, 'TZID')?.value.trim()),
  )
  const missing = [...namedZones(calendar)].flatMap(([tzid, aroundMs]) => {
    const zone = described.has(tzid.trim()) ? undefined : zoneNamed(tzid)
    return zone === undefined ? [] : [writeVtimezone({ ...zone, name: tzid }, aroundMs)]
  })
  if (missing.length === 0) return calendar
  const first = calendar.items.findIndex(isComponent)
  const place = first < 0 ? calendar.items.length : first
  return {
    ...calendar,
    items: [...calendar.items.slice(0, place), ...missing, ...calendar.items.slice(place)],
  }
}
