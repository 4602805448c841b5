import { withAnswer } from '../../../formats/icalendar/itip/people'
import { eventAt, joined, objectBytes, unitsOf } from '../../../formats/icalendar/itip/units'
import { type Known, type Reader, storedObject } from './known'

/**
 * What is known once I answered: PARTSTAT of mine on these instances. One that was answered by itself keeps its answer when the
 * series is answered later.
 */
export function withMyAnswer(
  known: Known,
  instances: readonly (number | null)[],
  status: string,
  { zone, mine }: Pick<Reader, 'zone' | 'mine'>,
): Known {
  const stored = storedObject(known)
  if (stored === null) return known
  const before = unitsOf(stored, zone)
  const added = instances.flatMap(id => {
    const event = before.some(unit => unit.id === id) ? null : eventAt(stored, id, zone)
    return event ? [{ id, component: event.component }] : []
  })
  const units = [...before, ...added].map(unit =>
    instances.includes(unit.id) ? { ...unit, component: withAnswer(unit.component, mine, status) } : unit,
  )
  return { ...known, bytes: objectBytes(joined(stored.calendar, [], units)) }
}
