import { findInstance, instantIn } from '../edit/instances'
import { detached } from '../edit/one'
import { withZones } from '../edit/whole-object'
import { type EventObject, readObject } from '../event/event-object'
import type { EventComponent } from '../event/read-event'
import { idOf } from '../recurrence/moments'
import { replacedBy } from '../recurrence/overrides'
import type { TimeValue } from '../recurrence/time-value'
import type { Zone } from '../recurrence/zones/zone'
import { type Component, componentsIn, isComponent, propertyOf, writeComponent } from '../text/component'
import { zonesNamed } from '../transfer/split-file'

/** A component of an object with what names it: the instant of its instance (see `Instance.id`), null for the event or series itself. */
export type Unit = Readonly<{ id: number | null; component: Component }>

/** The instance that a RECURRENCE-ID names; `master`: of the series where it is known. */
export function instanceNamed(value: TimeValue, master: EventComponent | null, reader: Zone): number {
  if (master === null) return instantIn(value, reader)
  const start = master.start.value
  const zone = start.form === 'local' ? (start.zone ?? reader) : reader
  return idOf(replacedBy({ id: value }, { start, zone }), start.form === 'date')
}

/** All components of an object. Of two for one instance the later one of the object's own order holds. */
export function unitsOf({ master, overrides }: EventObject, reader: Zone): Unit[] {
  const named = new Map<number | null, Unit>()
  if (master) named.set(null, { id: null, component: master.component })
  for (const { recurrenceId, component } of overrides) {
    if (recurrenceId === null) continue
    const id = instanceNamed(recurrenceId.value, master, reader)
    named.set(id, { id, component })
  }
  return [...named.values()]
}

/** An instance as it takes place by what an object says: its override, or what the series makes of it. Null: there is none. */
export function eventAt(object: EventObject, id: number | null, reader: Zone): EventComponent | null {
  if (id === null) return object.master
  const found = findInstance(object, id, reader)
  return found && detached(object, found, reader)
}

/** A zone by its name, and whether two describe it differently. */
const tzidOf = (zone: Component): string => propertyOf(zone, 'TZID')?.value.trim() ?? ''

/**
 * An object of these components, in an order that does not depend on how they came: the series, its instances by their time. What stands before
 * the components is that of `head`; zones are those that are named, of `head` before those of `others`.
 */
export function joined(head: Component, others: readonly Component[], units: readonly Unit[]): EventObject {
  const sorted = [...units].sort(
    (left, right) => (left.id ?? Number.NEGATIVE_INFINITY) - (right.id ?? Number.NEGATIVE_INFINITY),
  )
  const components = sorted.map(({ component }) => component)
  const named = zonesNamed(components)
  const zones = new Map<string, Component>()
  for (const calendar of [head, ...others])
    for (const zone of componentsIn(calendar, 'VTIMEZONE')) {
      const tzid = tzidOf(zone)
      if (named.has(tzid) && !zones.has(tzid)) zones.set(tzid, zone)
    }
  const kept = [...zones.values()].sort((left, right) => (tzidOf(left) < tzidOf(right) ? -1 : 1))
  const lines = head.items.filter(item => !isComponent(item) && item.name !== 'METHOD')
  return readObject(withZones({ ...head, items: [...lines, ...kept, ...components] }))
}

/** The bytes of an object. */
export const objectBytes = ({ calendar }: EventObject): Uint8Array =>
  Buffer.from(writeComponent(calendar), 'latin1')
