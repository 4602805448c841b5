import type { EventFields, EventWhen } from '../../../../../shared/features/calendar/model'
import { changeObject } from '../../../formats/icalendar/edit/edit-object'
import { readEvent } from '../../../formats/icalendar/event/read-event'
import type { EventTime } from '../../../formats/icalendar/event/times'
import type { ItipEvent, ItipMethod, ItipObject } from '../../../formats/icalendar/itip/read-message'
import { objectBytes } from '../../../formats/icalendar/itip/units'
import { sequenceOf } from '../../../formats/icalendar/itip/version'
import { writeTimeValue } from '../../../formats/icalendar/recurrence/time-value'
import { decideCancel } from './cancel'
import { changesBetween } from './changes'
import type { Invitations } from './describe'
import { type Known, type Outcome, outcome, type Reader } from './known'
import { askedOf, decideReply } from './reply'
import { decideAdd, decideRequest } from './request'

/** A time as an edit takes it: a zone that only the message describes is given as UTC. */
function asWhen({ value, zone }: EventTime, instantMs: number): EventWhen {
  const isNamed = value.form === 'local' && zone !== null && zone.includes('/')
  const written = value.form === 'utc' || value.form === 'date' || isNamed || zone === null
  const at = written ? value : { form: 'utc' as const, wallMs: instantMs }
  const text = writeTimeValue(at)
    .replace(/^(\d{4})(\d\d)(\d\d)/, '$1-$2-$3')
    .replace('Z', '')
  const wall = text.replace(/T(\d\d)(\d\d)(\d\d)/, 'T$1:$2:$3')
  return { at: wall, zone: at.form === 'date' ? null : at.form === 'utc' ? 'UTC' : zone }
}

/** One component of a COUNTER, over what those before it proposed. */
function decideCounterOf(
  from: ItipEvent,
  message: ItipObject,
  { known, before }: Readonly<{ known: Known; before: Known }>,
  reader: Reader,
): Outcome {
  const { uid } = message
  const asked = askedOf(message, from, before, reader)
  if ('kind' in asked) return asked
  const { stored, id, component, who } = asked
  const more = { instances: [id], who: who?.address ?? '', comment: from.comment }
  // Its own proposals raise the number too: what counts is the event as the guest knew it.
  const sent = askedOf(message, from, known, reader)
  if (!('kind' in sent) && from.version.sequence < sequenceOf(sent.component))
    return outcome('counter-to-old', uid, known, more)
  const now = readEvent(component, stored.vtimezones)
  const proposed = from.event
  if (now === null || proposed === null) return outcome('inert', uid, known, more)
  const changes = changesBetween(now, proposed, reader.zone).filter(({ what }) =>
    ['time', 'place', 'title'].includes(what),
  )
  const time = changes.find(({ what }) => what === 'time')
  const ms = time?.what === 'time' ? time.after : { startMs: 0, endMs: 0 }
  const end = proposed.end ? asWhen(proposed.end, ms.endMs) : asWhen(utcTime(ms.endMs), ms.endMs)
  const fields: EventFields = {
    ...(time ? { start: asWhen(proposed.start, ms.startMs) } : {}),
    ...(time && (proposed.end || proposed.start.value.form !== 'date') ? { end } : {}),
    ...(proposed.location === now.location ? {} : { location: proposed.location.slice(0, 5000) }),
    ...(proposed.title === now.title ? {} : { title: proposed.title.slice(0, 5000) }),
  }
  const place = { instance: id, scope: id === null ? 'all' : 'this', zone: reader.zone.name } as const
  const facts = { nowMs: reader.nowMs, raisesSequence: true, organizer: null }
  const { calendar } = changeObject(stored, place, fields, uid, facts)
  const bytes = calendar && objectBytes({ ...stored, calendar })
  return outcome('counter', uid, known, { ...more, changes, needs: 'click', next: { ...known, bytes } })
}

/**
 * COUNTER (RFC 5546 §3.2.7): what is proposed beside what is; `next` is the event as proposed, as a new version to be sent. Of several instances, what can be
 * proposed counts; where none can, the first says why.
 */
function decideCounter(message: ItipObject, known: Known, reader: Reader): Outcome {
  const all: Outcome[] = []
  // The series first: instances are looked for in what it becomes.
  const ordered = [...message.events].sort(
    (left, right) => Number(left.recurrenceId !== null) - Number(right.recurrenceId !== null),
  )
  for (const from of ordered) {
    const before = all.findLast(({ kind }) => kind === 'counter')?.next ?? known
    all.push(decideCounterOf(from, message, { known, before }, reader))
  }
  const proposed = all.filter(({ kind }) => kind === 'counter')
  const [first] = proposed
  const last = proposed.at(-1)
  if (first === undefined || last === undefined) return all[0] ?? outcome('inert', message.uid, known)
  return {
    ...first,
    instances: proposed.flatMap(({ instances }) => instances),
    changes: proposed.flatMap(({ changes }) => changes),
    ...{ seen: known, next: last.next },
  }
}

const utcTime = (wallMs: number): EventTime => ({ value: { form: 'utc', wallMs }, zone: null, tzid: null })

function decideRefresh(message: ItipObject, known: Known, reader: Reader): Outcome {
  const [from] = message.events
  if (from === undefined) return outcome('inert', message.uid, known)
  const asked = askedOf(message, from, known, reader)
  if ('kind' in asked) return asked
  return outcome('refresh', message.uid, known, {
    needs: 'click',
    who: asked.who?.address ?? '',
    instances: [asked.id],
  })
}

const deciders: Readonly<Record<ItipMethod, (message: ItipObject, known: Known, reader: Reader) => Outcome>> =
  {
    REQUEST: (message, known, reader) => decideRequest(message, known, reader, false),
    PUBLISH: (message, known, reader) => decideRequest(message, known, reader, true),
    ADD: decideAdd,
    CANCEL: decideCancel,
    REPLY: decideReply,
    COUNTER: decideCounter,
    REFRESH: decideRefresh,
    DECLINECOUNTER: ({ uid, events }, known) =>
      outcome('counter-declined', uid, known, { comment: events[0]?.comment ?? '' }),
  }

/**
 * What one UID of a mail means beside what is known of it here: a pure function, whose answer does not depend on the order in which mails
 * are looked at. `invitations` as `describe` reads them. Throws what reading an object throws.
 */
export function decide(
  { method, problem, invitations }: Invitations,
  uid: string,
  known: Known,
  reader: Omit<Reader, 'isDoubtful'>,
): Outcome {
  const invitation = invitations.find(each => each.uid === uid)
  if (problem !== null || invitation === undefined || uid === '') return outcome('inert', uid, known)
  if (invitation.kind !== 'VEVENT') return outcome('unsupported', uid, known)
  if (invitation.message.events.length === 0) return outcome('inert', uid, known)
  const isDoubtful = invitation.isUnsure || invitation.warnings.some(each => each !== 'not-invited')
  return deciders[method](invitation.message, known, { ...reader, isDoubtful })
}
