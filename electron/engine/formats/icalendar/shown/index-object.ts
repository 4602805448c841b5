import { foldText, spelledOut } from '../../../../../shared/kit/fold-text'
import type { TodoFacts } from '../../../ports/calendar/todos'
import { type EventObject, isRecurring, setsOf } from '../event/event-object'
import { attendeesOf, type EventComponent, organizerOf } from '../event/read-event'
import { seriesEnd } from '../recurrence/series-end'
import type { TimeValue } from '../recurrence/time-value'
import { dayMs } from '../recurrence/times/civil-days'
import { ianaZone } from '../recurrence/zones/iana-zone'
import { utc } from '../recurrence/zones/zone'
import { readTodo } from '../todo/read-todo'
import { shownFacts } from './facts'
import type { PlainEvent } from './occurrences'

/** Beyond any time there is: an event without an end, or one that takes place never. */
export const endless = 8.64e15

/** A stretch of time outside of which an object surely does not take place, whoever looks and whatever becomes of time zones. */
export type IndexRow = Readonly<{
  fromMs: number
  toMs: number
  plain: PlainEvent | TodoFacts | null
  find: string
}>

/** Zones are less than a day from UTC, and no law moves one by more. */
const marginMs = 2 * dayMs
/** What an end of a series may cost to find; beyond it counts as endless. */
const endWork = 20_000
/** Characters of an event in which words are looked for. */
const findCharacters = 20_000

const times = (event: EventComponent): TimeValue[] => [
  event.start.value,
  ...(event.recurrenceId ? [event.recurrenceId.value] : []),
]

const peopleOf = ({ component }: EventComponent) => {
  const organizer = organizerOf(component)
  return [...(organizer ? [organizer] : []), ...attendeesOf(component)]
}

/** Folded, and once more with ä, ö, ü written out where there are any: Müller is found as mueller too. */
const bothForms = (text: string): string => {
  const long = spelledOut(text)
  return long === null ? foldText(text) : `${foldText(text)}\n${long}`
}

const findText = (events: readonly EventComponent[]): string =>
  bothForms(
    events
      .flatMap(event => {
        const people = peopleOf(event).slice(0, 500)
        return [
          event.title,
          event.location,
          ...people.flatMap(({ name, address }) => [name, address]),
          event.description,
        ]
      })
      .filter(text => text !== '')
      .join('\n')
      .slice(0, findCharacters),
  )

function plainOf(object: EventObject): PlainEvent | null {
  const { master } = object
  if (master === null || object.overrides.length > 0 || isRecurring(object)) return null
  const { value, zone } = master.start
  if (value.form === 'local' && value.zone !== undefined && (zone === null || ianaZone(zone) !== value.zone))
    return null
  return {
    facts: { ...shownFacts(master, object.notes), uid: object.uid },
    times: {
      form: value.form,
      wallMs: value.wallMs,
      zone: value.form === 'local' ? zone : null,
      length: master.length,
    },
  }
}

/** From when to when; the other way round for what never takes place. */
function spanOf(object: EventObject): Pick<IndexRow, 'fromMs' | 'toMs'> {
  const events = [...(object.master ? [object.master] : []), ...object.overrides]
  if (events.length === 0) return { fromMs: endless, toMs: -endless }
  // Ranges move what comes after them to any time.
  const hasRange = object.overrides.some(each => each.isThisAndFuture)
  const starts = [...events.flatMap(times), ...object.dates.map(({ start }) => start)].map(
    each => each.wallMs,
  )
  let fromMs = endless
  for (const each of starts) fromMs = Math.min(fromMs, each)
  let toMs = -endless
  for (const { set } of setsOf(object, utc)) {
    const end = seriesEnd(set, endWork)
    toMs = Math.max(toMs, end.kind === 'ends' ? end.endMs : end.kind === 'empty' ? -endless : endless)
  }
  return {
    fromMs: hasRange ? -endless : fromMs - marginMs,
    toMs: Math.abs(toMs) === endless ? toMs : toMs + marginMs,
  }
}

/** A to-do takes no time; all that a list shows of it is kept instead. */
function todoRow({ calendar }: EventObject): IndexRow {
  const { notes, isCut: _, categories, alarms: __, ...facts } = readTodo(calendar)
  const find = bothForms(
    [facts.title, ...categories, notes]
      .filter(each => each !== '')
      .join('\n')
      .slice(0, findCharacters),
  )
  return { fromMs: endless, toMs: -endless, plain: facts, find }
}

/** What the index keeps of an object. */
export function indexObject(object: EventObject): IndexRow {
  if (object.kind === 'VTODO') return todoRow(object)
  const events = [...(object.master ? [object.master] : []), ...object.overrides]
  return { ...spanOf(object), plain: plainOf(object), find: findText(events) }
}
