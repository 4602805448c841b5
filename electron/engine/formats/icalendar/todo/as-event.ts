import { type Component, componentsIn, type Item, isComponent, propertyOf } from '../text/component'

/**
 * To-dos take place as events do: what repeats, moves and reminds of a VTODO is worked out with its lines under the names that an event has for
 * them. Only the names that are looked for change; the bytes of a line stay, so that `fromEvent` gives back what nobody changed as it was.
 */
export function asEvent(calendar: Component): Component {
  return {
    ...calendar,
    items: calendar.items.map(item => (isComponent(item) && item.name === 'VTODO' ? eventOf(item) : item)),
  }
}

/** A time of its own, or the time that it is due: one that is only due takes place then. */
function eventOf(todo: Component): Component {
  const due = propertyOf(todo, 'DTSTART') === undefined ? 'DTSTART' : 'DTEND'
  return {
    ...todo,
    name: 'VEVENT',
    items: todo.items.map(item =>
      !isComponent(item) && item.name === 'DUE' ? { raw: item.raw, name: due } : item,
    ),
  }
}

/** The other way. `isDueOnly`: its times are when it is due, see `isOnlyDue`. */
export function fromEvent(calendar: Component, isDueOnly: boolean): Component {
  const lineBack = (item: Item): Item => {
    if (isComponent(item)) return item
    if (item.name !== 'DTEND' && !(isDueOnly && item.name === 'DTSTART')) return item
    // One that was not written anew still says DUE.
    return { raw: item.raw.replace(/^(DTEND|DTSTART)(?=[;:])/, 'DUE'), name: 'DUE' }
  }
  return {
    ...calendar,
    items: calendar.items.map(item =>
      isComponent(item) && item.name === 'VEVENT'
        ? { ...item, name: 'VTODO', items: item.items.map(lineBack) }
        : item,
    ),
  }
}

/** Whether its to-dos say when they are due and not when they begin. */
export const isOnlyDue = (calendar: Component): boolean =>
  componentsIn(calendar, 'VTODO').every(
    each => propertyOf(each, 'DTSTART') === undefined && propertyOf(each, 'DUE') !== undefined,
  )
