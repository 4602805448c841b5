import type { InvitationChange } from '../../../../../shared/features/calendar/invitations/model'
import type { ShownEvent } from '../../../../../shared/features/calendar/model'
import { asLatin1 } from '../../../formats/icalendar/calendar-objects'
import { changeObject } from '../../../formats/icalendar/edit/edit-object'
import { type EventObject, readObjectBytes } from '../../../formats/icalendar/event/event-object'
import { readEvent } from '../../../formats/icalendar/event/read-event'
import { instantOf } from '../../../formats/icalendar/event/times'
import { readBusy, writeFreeBusyRequest } from '../../../formats/icalendar/itip/free-busy'
import { inviterOf, isOneOf, participantsOf, withAnswer } from '../../../formats/icalendar/itip/people'
import {
  byMail,
  deliveriesIn,
  guestsAreOurs,
  guestsByMail,
  isOursToSend,
} from '../../../formats/icalendar/itip/scheduling'
import { eventAt, joined, objectBytes, unitsOf } from '../../../formats/icalendar/itip/units'
import { sequenceOf } from '../../../formats/icalendar/itip/version'
import {
  type Written,
  writeCounter,
  writeDeclineCounter,
  writeReply,
  writeRequest,
} from '../../../formats/icalendar/itip/write-message'
import { detailOf } from '../../../formats/icalendar/shown/detail'
import { occurrencesBetween, readerZone } from '../../../formats/icalendar/shown/occurrences'
import { propertyOf } from '../../../formats/icalendar/text/component'
import type {
  Invitations,
  InvitingMail,
  Judged,
  ReadInvitation,
  Speaking,
} from '../../../ports/calendar/invitations'
import type { CalendarPart } from '../../../ports/mail/mime'
import { asksAgain, changesBetween, type EventChange } from './changes'
import { decide } from './decide'
import { describe } from './describe'
import { mailsFor } from './mails'
import { withMyAnswer } from './my-answer'

const longText = 2_000
const most = 100

const objectOf = (bytes: Uint8Array): EventObject => readObjectBytes(asLatin1(bytes))

const cut = (text: string): string => text.slice(0, longText)

/** What changed, cut to what is shown. */
const shownChange = (change: EventChange): InvitationChange => {
  if (change.what === 'time') return change
  if (change.what === 'people')
    return {
      what: 'people',
      added: change.added.slice(0, most).map(cut),
      removed: change.removed.slice(0, most).map(cut),
    }
  return { what: change.what, before: cut(change.before), after: cut(change.after) }
}

const shownOf = (object: EventObject, instance: number | null, zone: string): ShownEvent | null => {
  const [alone] = object.master === null ? object.overrides : []
  if (object.master === null && alone === undefined) return null
  return detailOf(object, instance, readerZone(zone))
}

const yearMs = 366 * 86_400_000
const mostSpans = 20

function spansOf(object: EventObject, zone: string): { startMs: number; endMs: number }[] {
  const event = object.master ?? object.overrides[0]
  if (event === undefined) return []
  const from = instantOf(event.start.value, readerZone(zone))
  const { events } = occurrencesBetween(object, from, from + yearMs, readerZone(zone))
  return events
    .slice(0, mostSpans)
    .map(({ startMs, endMs }) => ({ startMs, endMs: Math.max(endMs, startMs + 1) }))
}

/** The addresses that are meant: those of the account that is in it, the one that the mail came to before the others. */
function meantBy(part: CalendarPart, mail: InvitingMail, uid: string, zone: string): readonly string[] {
  const everybody = mail.mine.flat()
  for (const mine of mail.mine) {
    const { invitations } = describe(part.bytes, { ...mail, mine, mimeMethod: part.method }, readerZone(zone))
    if (invitations.find(each => each.uid === uid)?.me != null) return mine
  }
  return everybody
}

function readPart(part: CalendarPart, mail: InvitingMail, zone: string): ReadInvitation[] {
  const reader = readerZone(zone)
  const facts = { ...mail, mimeMethod: part.method }
  const { method, problem, invitations } = describe(part.bytes, { ...facts, mine: mail.mine.flat() }, reader)
  return invitations.slice(0, most).map(({ uid, kind }): ReadInvitation => {
    const account = meantBy(part, mail, uid, zone)
    const described = describe(part.bytes, { ...facts, mine: account }, reader)
    const own = described.invitations.find(each => each.uid === uid && each.kind === kind)
    if (own === undefined) throw new Error('an invitation reads differently the second time')
    const myAddress =
      own.me?.as === 'guest' ? own.me.person.address : own.me ? (own.organizer?.address ?? null) : null
    // An address that only the server understands stands for one of mine.
    const mine = myAddress === null || isOneOf(myAddress, account) ? account : [...account, myAddress]
    const { organizer, message } = own
    const answers = message.events.flatMap(({ attendees }) => attendees)
    return {
      ...{ uid, kind, method, problem, mine, myAddress },
      title: cut(own.title),
      event: shownOf(message.object, null, zone),
      organizer: organizer && {
        address: cut(organizer.email || organizer.address),
        name: cut(organizer.name),
      },
      me: own.me?.as ?? null,
      allowsCounter: own.allowsCounter,
      warnings: own.warnings,
      whoStatus: method === 'REPLY' ? (answers[0]?.status ?? '') : '',
      spans: () => spansOf(message.object, zone),
      judge: (known, { nowMs }): Judged => {
        const { changes, ...outcome } = decide(described, uid, known, { zone: reader, mine, nowMs })
        return {
          ...outcome,
          comment: cut(outcome.comment),
          who: cut(outcome.who),
          changes: changes.slice(0, most).map(shownChange),
        }
      },
    }
  })
}

const writtenOf = ({ bytes, instances, zone, nowMs, comment }: Speaking): Written => ({
  ...{ object: objectOf(bytes), instances, zone: readerZone(zone), nowMs, comment },
})

/** Invitations of RFC 5546. */
export const invitations: Invitations = {
  read(parts, mail, zone) {
    const said = (part: CalendarPart): boolean =>
      part.method !== null || /^METHOD:/im.test(asLatin1(part.bytes))
    // The same comes twice, once to be read and once as a file, where the file may have lost its METHOD.
    const meant = parts.some(said) ? parts.filter(said) : parts
    const found = new Map<string, ReadInvitation>()
    for (const part of meant)
      for (const each of readPart(part, mail, zone)) {
        const name = JSON.stringify([each.uid, each.kind])
        if (!found.has(name)) found.set(name, each)
      }
    return [...found.values()]
  },
  withAnswer(known, instances, { status, mine, zone, delegate }) {
    const next = withMyAnswer(known, instances, status, { zone: readerZone(zone), mine })
    if (delegate === undefined || next.bytes === null) return next
    const object = objectOf(next.bytes)
    const units = unitsOf(object, readerZone(zone)).map(unit =>
      instances.includes(unit.id)
        ? { ...unit, component: withAnswer(unit.component, mine, status, [delegate]) }
        : unit,
    )
    return { ...next, bytes: objectBytes(joined(object.calendar, [], units)) }
  },
  ownPart(bytes, instance, mine, zone) {
    const object = objectOf(bytes)
    const units = unitsOf(object, readerZone(zone))
    const alone = object.master === null && instance === null ? units[0] : undefined
    const found =
      alone ?? units.find(({ id }) => id === instance) ?? eventAt(object, instance, readerZone(zone))
    if (found == null) return null
    const { component } = found
    return {
      sequence: sequenceOf(component),
      status: participantsOf(component).find(each => isOneOf(each.address, mine))?.status ?? null,
      isCancelled: /^cancelled$/i.test(propertyOf(component, 'STATUS')?.value.trim() ?? ''),
    }
  },
  shown: (bytes, instance, zone) => shownOf(objectOf(bytes), instance, zone),
  organizer(bytes) {
    const { master, overrides } = objectOf(bytes)
    const event = master ?? overrides[0]
    const found = event && inviterOf(event.component)
    return found ? { address: found.email || found.address, name: found.name } : null
  },
  deliveries: bytes => deliveriesIn(objectOf(bytes).calendar),
  isOursToSend: bytes => isOursToSend(objectOf(bytes).calendar),
  byMail: bytes => {
    const object = objectOf(bytes)
    return objectBytes({ ...object, calendar: byMail(object.calendar) })
  },
  guestsAreOurs: bytes => guestsAreOurs(objectOf(bytes).calendar),
  guestsByMail: bytes => {
    const object = objectOf(bytes)
    return objectBytes({ ...object, calendar: guestsByMail(object.calendar) })
  },
  freeBusyRequest: writeFreeBusyRequest,
  busy: bytes => readBusy(asLatin1(bytes)),
  asked: (before, after, mine, zone) => {
    const [was, is] = [objectOf(before), objectOf(after)]
    const reader = readerZone(zone)
    const units = unitsOf(is, reader).map(unit => {
      const old = eventAt(was, unit.id, reader)
      const now = readEvent(unit.component, is.vtimezones)
      const isElse =
        old && now && asksAgain(changesBetween(old, now, reader).filter(({ what }) => what !== 'status'))
      if (!isElse) return unit
      const guests = participantsOf(unit.component).filter(each => !isOneOf(each.address, mine))
      return {
        ...unit,
        component: withAnswer(
          unit.component,
          guests.map(({ address }) => address),
          'NEEDS-ACTION',
        ),
      }
    })
    return units.every((unit, at) => unit.component === unitsOf(is, reader)[at]?.component)
      ? after
      : objectBytes(joined(is.calendar, [], units))
  },
  reply: (speaking, answer) => writeReply(writtenOf(speaking), answer),
  counter(speaking, fields) {
    const { instances, zone, nowMs } = speaking
    const [instance = null] = instances
    const object = objectOf(speaking.bytes)
    const now = eventAt(object, instance, readerZone(zone))
    const place = { instance, scope: instance === null ? 'all' : 'this', zone } as const
    const facts = { nowMs, raisesSequence: false, organizer: null }
    const { calendar } = changeObject(object, place, fields, object.uid, facts)
    const proposed = calendar ? objectBytes({ ...object, calendar }) : speaking.bytes
    return writeCounter(writtenOf({ ...speaking, bytes: proposed }), now ? sequenceOf(now.component) : 0)
  },
  declineCounter: (speaking, guest) => writeDeclineCounter(writtenOf(speaking), guest),
  request: (speaking, handedOn) => writeRequest(writtenOf(speaking), handedOn),
  mails: ({ before, after }, { mine, zone, nowMs, comment }) =>
    mailsFor(before && objectOf(before), after && objectOf(after), {
      ...{ mine, zone: readerZone(zone), nowMs, comment },
    }),
}
