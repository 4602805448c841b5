import { attendeesOf, type EventPerson, organizerOf } from '../event/read-event'
import { type Component, isComponent, propertiesOf, propertyOf, withLines } from '../text/component'
import {
  type Line,
  makeLine,
  type Parameter,
  type Property,
  parameterOf,
  readLine,
} from '../text/content-line'

/** Somebody of an invitation, with who writes or answers in their place. */
export type Participant = EventPerson &
  Readonly<{
    /** SENT-BY (RFC 5545 §3.2.18): an address that writes for this one; empty for none. */
    sentBy: string
    /** EMAIL (RFC 7986 §6.2): where they are written to, where the address is only a name for the server; empty for none. */
    email: string
    delegatedTo: readonly string[]
    delegatedFrom: readonly string[]
  }>

/** An address as it is compared: some write it with `mailto:`, and in any case. */
export const plainAddress = (text: string): string =>
  text
    .trim()
    .replace(/^mailto:/i, '')
    .toLowerCase()

const delegates = (property: Property, name: string): string[] =>
  (property.parameters.find(each => each.name === name)?.values ?? []).map(plainAddress)

const participant = (person: EventPerson, property: Property): Participant => ({
  ...person,
  sentBy: plainAddress(parameterOf(property, 'SENT-BY') ?? ''),
  email: plainAddress(parameterOf(property, 'EMAIL') ?? ''),
  delegatedTo: delegates(property, 'DELEGATED-TO'),
  delegatedFrom: delegates(property, 'DELEGATED-FROM'),
})

/** ATTENDEEs of a component. */
export function participantsOf(component: Component): Participant[] {
  const properties = propertiesOf(component, 'ATTENDEE')
  return attendeesOf(component).flatMap((person, at) => {
    const property = properties[at]
    return property ? [participant(person, property)] : []
  })
}

/** ORGANIZER of a component. */
export function inviterOf(component: Component): Participant | null {
  const [person, property] = [organizerOf(component), propertyOf(component, 'ORGANIZER')]
  return person && property ? participant(person, property) : null
}

/** Whether an address is one of these. */
export const isOneOf = (address: string, addresses: readonly string[]): boolean =>
  address !== '' && addresses.some(each => plainAddress(each) === plainAddress(address))

const guestLines = (component: Component): Line[] =>
  component.items.filter((item): item is Line => !isComponent(item) && item.name === 'ATTENDEE')

const lineAddress = (line: Line): string => plainAddress(readLine(line).value)

/** The parameters with one of them set; with no values it goes. */
const withParameter = (
  parameters: readonly Parameter[],
  name: string,
  values: readonly string[],
): Parameter[] => [
  ...parameters.filter(each => each.name !== name),
  ...(values.length === 0 ? [] : [{ name, values }]),
]

/** The line of a guest with another PARTSTAT and DELEGATED-TO. Whoever answered need not be asked any more. */
function answered(line: Line, status: string, delegatedTo: readonly string[]): Line {
  const { parameters, value } = readLine(line)
  const isAnswer = status !== 'NEEDS-ACTION'
  const rest = parameters.filter(each => !(isAnswer && each.name === 'RSVP'))
  const named = withParameter(rest, 'PARTSTAT', [status])
  return makeLine(
    'ATTENDEE',
    value,
    delegatedTo.length === 0 ? named : withParameter(named, 'DELEGATED-TO', delegatedTo.map(asUri)),
  )
}

export const asUri = (address: string): string => (/^[a-z]+:/i.test(address) ? address : `mailto:${address}`)

/** The component with another answer of those guests. Who says that already keeps the bytes of their line. */
export function withAnswer(
  component: Component,
  addresses: readonly string[],
  status: string,
  delegatedTo: readonly string[] = [],
): Component {
  const lines = guestLines(component).map(line => {
    if (!isOneOf(lineAddress(line), addresses)) return line
    const says = (parameterOf(readLine(line), 'PARTSTAT') ?? 'NEEDS-ACTION').toUpperCase()
    return says === status && delegatedTo.length === 0 ? line : answered(line, status, delegatedTo)
  })
  return withLines(component, 'ATTENDEE', lines)
}

/** The component without those guests. */
export const withoutGuests = (component: Component, addresses: readonly string[]): Component =>
  withLines(
    component,
    'ATTENDEE',
    guestLines(component).filter(line => !isOneOf(lineAddress(line), addresses)),
  )

/** The component with one more guest, as the line of a message has them. */
export const withGuestOf = (component: Component, from: Component, address: string): Component => {
  const line = guestLines(from).find(each => isOneOf(lineAddress(each), [address]))
  const isThere = guestLines(component).some(each => isOneOf(lineAddress(each), [address]))
  return line === undefined || isThere
    ? component
    : withLines(component, 'ATTENDEE', [...guestLines(component), line])
}
