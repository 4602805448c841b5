import type { EventInstance } from '../../../../../shared/features/calendar/model'
import { type EventObject, isRecurring, setsOf } from '../event/event-object'
import type { EventComponent } from '../event/read-event'
import { instancesBetween } from '../recurrence/expand'
import { endOf, type Length } from '../recurrence/length'
import { momentOf } from '../recurrence/moments'
import type { Instance } from '../recurrence/recurrence-set'
import type { TimeValue } from '../recurrence/time-value'
import { dayMs } from '../recurrence/times/civil-days'
import { ianaZone } from '../recurrence/zones/iana-zone'
import { utc, type Zone } from '../recurrence/zones/zone'
import { type ShownFacts, shownFacts } from './facts'

/** An event as it takes place once, without what the store knows of it. */
export type Occurrence = Omit<EventInstance, 'id' | 'calendarId'>

/** The zone of a reader; UTC for a name that is none. */
export const readerZone = (name: string): Zone => ianaZone(name) ?? utc

/** Days are few and asked for again and again. */
const dayTexts = new Map<number, string>()
const mostDayTexts = 20_000

function dayText(wallMs: number): string {
  const day = Math.round(wallMs / dayMs)
  const known = dayTexts.get(day)
  if (known !== undefined) return known
  if (dayTexts.size >= mostDayTexts) dayTexts.clear()
  const text = new Date(day * dayMs).toISOString().slice(0, 10)
  dayTexts.set(day, text)
  return text
}

/** Facts of a component are worked out once: an object is kept in memory, and its series asked for month by month. */
const factsOf = new WeakMap<EventComponent, ShownFacts>()

function factsFor(event: EventComponent, object: EventObject): ShownFacts {
  const known = factsOf.get(event)
  if (known) return known
  const made = shownFacts(event, object.notes)
  factsOf.set(event, made)
  return made
}

/** An instance with what is shown of it. `instance`: what names it, null where it does not repeat. */
export function occurrence(
  object: EventObject,
  of: EventComponent,
  made: Instance<EventComponent>,
  instance: number | null,
): Occurrence {
  const isRepeating = object.master !== null && isRecurring(object)
  return {
    ...factsFor(made.override?.component ?? of, object),
    uid: object.uid,
    instance,
    startMs: made.startMs,
    endMs: made.endMs,
    days: made.isAllDay ? { from: dayText(made.startWallMs), to: dayText(made.endWallMs) } : null,
    isRepeating,
    isChanged: made.override !== undefined || object.master === null,
  }
}

/** Instances of one object that are shown of one stretch of time: a rule of seconds would fill any list. */
const mostOfOne = 2000

/**
 * When an object takes place between two instants, as a reader in a zone sees it. `isCut`: there is more than is told.
 */
export function occurrencesBetween(
  object: EventObject,
  fromMs: number,
  toMs: number,
  reader: Zone,
): { events: Occurrence[]; isCut: boolean } {
  let isCut = false
  const isSeries = object.master !== null && (isRecurring(object) || object.overrides.length > 0)
  const events = setsOf(object, reader).flatMap(({ of, set }) => {
    const { instances, ending } = instancesBetween(set, fromMs, toMs)
    isCut ||= ending === 'cut' || instances.length > mostOfOne
    return instances.slice(0, mostOfOne).map(made => {
      const alone = object.master === null ? idOfAlone(of, reader) : null
      return occurrence(object, of, made, isSeries ? made.id : alone)
    })
  })
  return { events, isCut }
}

/** An instance without its series is named by its RECURRENCE-ID all the same. */
const idOfAlone = ({ recurrenceId }: EventComponent, reader: Zone): number | null => {
  if (recurrenceId === null) return null
  const { value } = recurrenceId
  return value.form === 'date' ? value.wallMs : momentOf(value, reader).instantMs
}

/** When an event takes place that neither repeats nor has a zone of its own making: kept in the index, so that its object need not be read. */
type PlainTimes = Readonly<{
  form: TimeValue['form']
  wallMs: number
  /** Of the tz database; null for UTC, floating times and days. */
  zone: string | null
  length: Length
}>

/** What the index keeps of such an event. */
export type PlainEvent = Readonly<{ facts: ShownFacts; times: PlainTimes }>

/** The one time at which it takes place. */
export function plainOccurrence({ facts, times }: PlainEvent, reader: Zone): Occurrence {
  const own = times.zone === null ? undefined : ianaZone(times.zone)
  const value: TimeValue =
    times.form === 'local'
      ? { form: 'local', wallMs: times.wallMs, ...(own ? { zone: own } : {}) }
      : { form: times.form, wallMs: times.wallMs }
  const zone = times.form === 'utc' ? utc : (own ?? reader)
  const start = momentOf(value, zone)
  const isAllDay = times.form === 'date'
  return {
    ...facts,
    instance: null,
    startMs: start.instantMs,
    endMs: Math.max(start.instantMs, endOf(start, times.length, zone)),
    days: isAllDay
      ? { from: dayText(times.wallMs), to: dayText(times.wallMs + times.length.days * dayMs) }
      : null,
    isRepeating: false,
    isChanged: false,
  }
}
