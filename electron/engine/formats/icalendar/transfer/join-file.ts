import {
  type Component,
  componentsIn,
  makeComponent,
  propertyOf,
  readComponents,
  writeComponent,
} from '../text/component'
import { makeLine } from '../text/content-line'

/** Neutral: says neither the version nor the machine. */
const productId = '-//calendar//EN'

/** The properties that every VCALENDAR of ours begins with. */
export const calendarHead = () => [
  makeLine('VERSION', '2.0'),
  makeLine('PRODID', productId),
  makeLine('CALSCALE', 'GREGORIAN'),
]

/**
 * Objects as one file: their components byte for byte, each zone once. Where two objects describe zones of one name differently the
 * later one stands in a VCALENDAR of its own (RFC 5545 §3.4 allows several), so that neither loses its times.
 */
export function* joinFile(objects: Iterable<string>): Generator<string> {
  const zones = new Map<string, string>()
  const together: Component[] = []
  const apart: Component[] = []
  for (const bytes of objects) {
    const [calendar] = readComponents(bytes)
    if (calendar === undefined) continue
    const described = componentsIn(calendar, 'VTIMEZONE').map(
      each => [propertyOf(each, 'TZID')?.value.trim() ?? '', writeComponent(each)] as const,
    )
    const isOther = described.some(([tzid, text]) => zones.has(tzid) && zones.get(tzid) !== text)
    if (isOther) {
      apart.push(calendar)
      continue
    }
    for (const [tzid, text] of described) zones.set(tzid, text)
    together.push(...componentsIn(calendar).filter(({ name }) => name !== 'VTIMEZONE'))
  }
  const frame = makeComponent('VCALENDAR', calendarHead())
  yield `${frame.begin.raw}${calendarHead()
    .map(({ raw }) => raw)
    .join('')}`
  yield* zones.values()
  for (const component of together) yield writeComponent(component)
  yield frame.end.raw
  for (const calendar of apart) yield writeComponent(calendar)
}
