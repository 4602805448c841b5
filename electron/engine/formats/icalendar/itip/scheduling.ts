import { type Component, componentsIn, isComponent } from '../text/component'
import { type Line, makeLine, parameterOf, readLine } from '../text/content-line'
import { plainAddress } from './people'

/** What a server says of a message that it sent for us (RFC 6638 §7.3). */
export type Delivery = Readonly<{ address: string; code: string; isFailed: boolean }>

/** Codes of RFC 6638 §3.2.9: what begins with 1 or 2 went out or waits. */
const failed = /^[345]\./

/** What the server said of each person, the last word for each. */
export function deliveriesIn(calendar: Component): Delivery[] {
  const found = new Map<string, Delivery>()
  for (const component of componentsIn(calendar, 'VEVENT'))
    for (const item of component.items) {
      if (isComponent(item) || (item.name !== 'ATTENDEE' && item.name !== 'ORGANIZER')) continue
      const property = readLine(item)
      const said = parameterOf(property, 'SCHEDULE-STATUS')?.trim() ?? ''
      if (said === '') continue
      const address = plainAddress(property.value)
      // Several codes stand in one, the first attempt first.
      const code = said.split(',').at(-1)?.trim().slice(0, 20) ?? ''
      found.set(address, { address, code, isFailed: failed.test(code) })
    }
  return [...found.values()]
}

/** Whether the server was told that messages go another way. */
export const isOursToSend = (calendar: Component): boolean =>
  componentsIn(calendar, 'VEVENT').some(component =>
    component.items.some(
      item =>
        !isComponent(item) &&
        item.name === 'ORGANIZER' &&
        /^(client|none)$/i.test(parameterOf(readLine(item), 'SCHEDULE-AGENT')?.trim() ?? ''),
    ),
  )

/** The object as it is put on a server for the first time when its answers go by mail: the server sends none (RFC 6638 §7.1). */
export function byMail(calendar: Component): Component {
  const told = (line: Line): Line => {
    const { parameters, value } = readLine(line)
    const rest = parameters.filter(({ name }) => name !== 'SCHEDULE-AGENT')
    return makeLine('ORGANIZER', value, [...rest, { name: 'SCHEDULE-AGENT', values: ['CLIENT'] }])
  }
  const changed = (component: Component): Component => ({
    ...component,
    items: component.items.map(item => (!isComponent(item) && item.name === 'ORGANIZER' ? told(item) : item)),
  })
  return {
    ...calendar,
    items: calendar.items.map(item => (isComponent(item) && item.name === 'VEVENT' ? changed(item) : item)),
  }
}
