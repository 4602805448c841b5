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

const isOurs = (line: Line): boolean =>
  /^(client|none)$/i.test(parameterOf(readLine(line), 'SCHEDULE-AGENT')?.trim() ?? '')

/** Whether the server was told that messages go another way. */
export const isOursToSend = (calendar: Component): boolean =>
  componentsIn(calendar, 'VEVENT').some(component =>
    component.items.some(item => !isComponent(item) && item.name === 'ORGANIZER' && isOurs(item)),
  )

/** Whether the server was told, of guests of mine, that messages to them go another way. */
export const guestsAreOurs = (calendar: Component): boolean =>
  componentsIn(calendar, 'VEVENT').some(component =>
    component.items.some(item => !isComponent(item) && item.name === 'ATTENDEE' && isOurs(item)),
  )

/** The object as it is put on a server for the first time when its answers go by mail: the server sends none (RFC 6638 §7.1). */
export const byMail = (calendar: Component): Component => withAgent(calendar, 'ORGANIZER')

/** The same of an event of mine: the server sends its guests nothing. */
export const guestsByMail = (calendar: Component): Component => withAgent(calendar, 'ATTENDEE')

function withAgent(calendar: Component, name: 'ORGANIZER' | 'ATTENDEE'): Component {
  const told = (line: Line): Line => {
    if (isOurs(line)) return line
    const { parameters, value } = readLine(line)
    const rest = parameters.filter(each => each.name !== 'SCHEDULE-AGENT')
    return makeLine(name, value, [...rest, { name: 'SCHEDULE-AGENT', values: ['CLIENT'] }])
  }
  const changed = (component: Component): Component => ({
    ...component,
    items: component.items.map(item => (!isComponent(item) && item.name === name ? told(item) : item)),
  })
  return {
    ...calendar,
    items: calendar.items.map(item => (isComponent(item) && item.name === 'VEVENT' ? changed(item) : item)),
  }
}
