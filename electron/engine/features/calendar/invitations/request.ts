import { replaceComponent } from '../../../formats/icalendar/edit/whole-object'
import type { EventObject } from '../../../formats/icalendar/event/event-object'
import { isOneOf, participantsOf, plainAddress, withAnswer } from '../../../formats/icalendar/itip/people'
import type { ItipEvent, ItipObject } from '../../../formats/icalendar/itip/read-message'
import {
  eventAt,
  instanceNamed,
  joined,
  objectBytes,
  type Unit,
  unitsOf,
} from '../../../formats/icalendar/itip/units'
import { compareVersions, isVoid, type Version } from '../../../formats/icalendar/itip/version'
import {
  type Component,
  componentsIn,
  isComponent,
  propertyOf,
  withLine,
  withLines,
} from '../../../formats/icalendar/text/component'
import { type Line, makeLine, type Property } from '../../../formats/icalendar/text/content-line'
import { asksAgain, changesBetween, type EventChange } from './changes'
import { inviterIn } from './describe'
import {
  type Known,
  lastReceived,
  type Outcome,
  outcome,
  type Reader,
  type Received,
  refused,
  storedObject,
  withReceived,
} from './known'
import { saidOf, withOwnWords } from './own-words'

/** Properties that a program keeps for whoever has the event: they are of no other. */
const personal = /^(X-MOZ-(LASTACK|SNOOZE.*)|X-APPLE-(TRAVEL.*|DEFAULT-ALARM)|X-MICROSOFT-CDO-BUSYSTATUS)$/

/** The answer of one of these addresses in a component; null where none of them is in it. */
const answerIn = (component: Component | undefined, mine: readonly string[]): string | null =>
  (component && participantsOf(component).find(({ address }) => isOneOf(address, mine))?.status) ?? null

/** What came, as it is stored: with what is mine of what it replaces, and without the inviter's alarms. */
function received(
  component: Component,
  old: Component | undefined,
  answer: string | null,
  reader: Reader,
  said: string | null | undefined,
): Component {
  const items = component.items.filter(item =>
    isComponent(item) ? item.name !== 'VALARM' : !personal.test(item.name),
  )
  const kept = old ? old.items.filter(item => !isComponent(item) && personal.test(item.name)) : []
  const alarms = old ? componentsIn(old, 'VALARM') : []
  const first = items.findIndex(isComponent)
  const place = first < 0 ? items.length : first
  const made = { ...component, items: [...items.slice(0, place), ...kept, ...items.slice(place), ...alarms] }
  const mineKept = old ? withOwnWords(made, old, said) : made
  return answer === null ? mineKept : withAnswer(mineKept, reader.mine, answer)
}

type Piece = Readonly<{ id: number | null; from: ItipEvent; version: Version; last: Received | null }>

/** The parts of a message that say something new, and those that do not. */
function piecesOf(message: ItipObject, known: Known, stored: EventObject | null, reader: Reader): Piece[] {
  const series = message.events.find(({ recurrenceId }) => recurrenceId === null)
  const master = series?.event ?? stored?.master ?? null
  return message.events.map(from => {
    const id = from.recurrenceId ? instanceNamed(from.recurrenceId.value, master, reader.zone) : null
    // An instance that comes with its series is as new as that.
    const stampMs = Math.max(from.version.stampMs, series?.version.stampMs ?? 0)
    return { id, from, version: { ...from.version, stampMs }, last: lastReceived(known, id, reader) }
  })
}

const isFresh = ({ id, version, last }: Piece, series: Received | null): boolean => {
  if (id !== null && series && isVoid(version, series)) return false
  // A series that was taken back takes its instances along.
  if (id !== null && series?.isCancelled && version.stampMs <= series.stampMs) return false
  const order = last ? compareVersions(version, last) : 1
  return order > 0 || (order === 0 && !last?.isStored && last?.waiting == null)
}

/** The object with the new parts in it, and what is known then. */
function withPieces(
  message: ItipObject,
  fresh: readonly Piece[],
  known: Known,
  reader: Reader,
  answerOf: (old: Component | undefined) => string | null,
): Known {
  const stored = storedObject(known)
  const series = fresh.find(({ id }) => id === null)
  const version = series?.version ?? lastReceived(known, null, reader)
  const before = stored ? unitsOf(stored, reader.zone) : []
  const units = new Map<number | null, Unit>(before.map(unit => [unit.id, unit]))
  const calendars = stored ? [stored.calendar] : []
  const now: Received[] = []
  if (series)
    for (const { id } of before) {
      const last = id === null ? null : lastReceived(known, id, reader)
      if (id !== null && last && isVoid(last, series.version)) units.delete(id)
    }
  for (const piece of fresh) {
    const old = before.find(({ id }) => id === piece.id)?.component
    const component = received(piece.from.component, old, answerOf(old), reader, piece.last?.said)
    units.set(piece.id, { id: piece.id, component })
    const said = saidOf(piece.from.component)
    now.push({ ...piece.version, instance: piece.id, isStored: true, waiting: null, said })
  }
  // Cancelled instances that came before their series.
  for (const each of known.received) {
    if (each.waiting === null || !units.has(null)) continue
    if (now.some(({ instance }) => instance === each.instance)) continue
    if (version && isVoid(each, version)) continue
    const object = storedObject({ ...known, bytes: each.waiting })
    const unit = object && unitsOf(object, reader.zone)[0]
    if (unit) units.set(each.instance, { ...unit, id: each.instance })
    if (object) calendars.push(object.calendar)
    now.push({ ...each, isStored: true, waiting: null })
  }
  const mine = message.object.calendar
  const head = series || stored === null ? mine : stored.calendar
  const object = joined(head, [...calendars, mine], [...units.values()])
  return withReceived({ ...known, bytes: objectBytes(object) }, now)
}

/** REQUEST and PUBLISH: what they bring beside what is here. */
export function decideRequest(
  message: ItipObject,
  known: Known,
  reader: Reader,
  isPublished: boolean,
): Outcome {
  const { uid, events } = message
  const stored = storedObject(known)
  const inviter = events.find(({ organizer }) => organizer)?.organizer?.address ?? ''
  const knownInviter = stored ? inviterIn(stored) : ''
  if (!isPublished && isOneOf(inviter, reader.mine)) return refused('own-event', uid, known, inviter)
  if (stored && knownInviter !== plainAddress(inviter)) return refused('other-organizer', uid, known, inviter)
  const timed = events.filter(({ event }) => event !== null)
  const pieces = piecesOf({ ...message, events: timed }, known, stored, reader)
  const series = lastReceived(known, null, reader)
  const fresh = pieces.filter(piece => isFresh(piece, series))
  const instances = pieces.map(({ id }) => id)
  if (fresh.length === 0) {
    const isThere = pieces.some(({ version, last }) => last && compareVersions(version, last) === 0)
    const isGone = stored === null && (series?.isCancelled || pieces.every(({ last }) => last?.isCancelled))
    return outcome(isGone ? 'cancelled-before' : isThere ? 'already-there' : 'superseded', uid, known, {
      instances,
    })
  }
  const changes = fresh.flatMap((piece): EventChange[] => {
    const old = stored && eventAt(stored, piece.id, reader.zone)
    return old && piece.from.event
      ? withoutInherited(piece, changesBetween(old, piece.from.event, reader.zone))
      : []
  })
  const isAsked = asksAgain(changes)
  const storedMaster = stored?.master?.component
  const next = withPieces(message, fresh, known, reader, old =>
    isAsked || isPublished
      ? isPublished
        ? null
        : 'NEEDS-ACTION'
      : answerIn(old ?? storedMaster, reader.mine),
  )
  const seen = withReceived(
    known,
    fresh.map(({ id, version, last }) => ({
      ...{ ...version, instance: id, isStored: false, waiting: null, said: last?.said ?? null },
      ...(last?.waiting && compareVersions(version, last) <= 0 ? last : {}),
    })),
  )
  const more = {
    instances,
    changes,
    seen,
    next,
    comment: events.find(({ comment }) => comment !== '')?.comment ?? '',
  }
  if (isPublished) return outcome('published', uid, known, { ...more, needs: 'click' })
  const isInvited = events.some(({ attendees }) =>
    attendees.some(({ address }) => isOneOf(address, reader.mine)),
  )
  if (!isInvited) return outcome('not-invited', uid, known, { ...more, needs: 'click' })
  const isSeries = fresh.some(({ id }) => id === null)
  if (stored === null || stored.master === null)
    return outcome('offer', uid, known, { ...more, needs: 'answer' })
  const needs = isAsked ? 'answer' : reader.isDoubtful ? 'click' : 'nothing'
  if (!isSeries) return outcome('instance', uid, known, { ...more, needs })
  const isHigher = fresh.some(
    ({ id, version, last }) => id === null && last && version.sequence > last.sequence,
  )
  return outcome(isHigher || isAsked ? 'difference' : 'update', uid, known, { ...more, needs })
}

/** An instance has no rule, so it has lost none. */
const withoutInherited = ({ id }: Piece, changes: EventChange[]): EventChange[] =>
  id === null ? changes : changes.filter(({ what }) => what !== 'rule')

/** ADD (RFC 5546 §3.2.4): more instances of a series that is here: each is named by its start, and the series gets that date. */
export function decideAdd(message: ItipObject, known: Known, reader: Reader): Outcome {
  const { uid } = message
  const stored = storedObject(known)
  const added = message.events.flatMap(from => {
    const start = propertyOf(from.component, 'DTSTART')
    return from.event && start ? [{ from, start, at: from.event.start.value }] : []
  })
  const [first] = added
  if (!stored?.master || first === undefined) return outcome('refresh-first', uid, known, { needs: 'click' })
  const { master } = stored
  for (const { from } of added) {
    const inviter = from.organizer?.address ?? ''
    if (inviterIn(stored) !== plainAddress(inviter)) return refused('other-organizer', uid, known, inviter)
  }
  const pieces = added.map(({ from, start, at }): Piece & { start: Property } => {
    const id = instanceNamed(at, master, reader.zone)
    const named = makeLine('RECURRENCE-ID', start.value, start.parameters)
    return {
      ...{ id, start, version: from.version, last: lastReceived(known, id, reader) },
      from: { ...from, component: withLine(from.component, 'RECURRENCE-ID', named) },
    }
  })
  const series = lastReceived(known, null, reader)
  const fresh = pieces.filter(piece => isFresh(piece, series))
  const { comment } = first.from
  if (fresh.length === 0)
    return outcome('already-there', uid, known, { instances: pieces.map(({ id }) => id) })
  const dates = master.component.items.filter(
    (item): item is Line => !isComponent(item) && item.name === 'RDATE',
  )
  const dated = withLines(master.component, 'RDATE', [
    ...dates,
    ...fresh.map(({ start }) => makeLine('RDATE', start.value, start.parameters)),
  ])
  const calendar = replaceComponent(stored.calendar, master.component, dated)
  const before = { ...known, bytes: objectBytes({ ...stored, calendar }) }
  const next = withPieces(message, fresh, before, reader, () => 'NEEDS-ACTION')
  return outcome('added', uid, known, {
    ...{ next, needs: 'answer', comment },
    instances: fresh.map(({ id }) => id),
  })
}
