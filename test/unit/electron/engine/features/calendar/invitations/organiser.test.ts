import { expect, test } from 'vitest'
import {
  answersOf,
  event,
  from,
  june,
  look,
  mail,
  me,
  nothing,
  one,
  organizer,
  takeIn,
  text,
} from './support'

const weekly = 'RRULE:FREQ=WEEKLY;COUNT=4'
const mine = { ...nothing, bytes: mail(null, event(`${weekly}\nSEQUENCE:2`)) }
const eva = [organizer, 'eva.alias@example.org']
const guest = from(me, eva)
const reply = (more: string): Uint8Array =>
  mail('REPLY', event(`SEQUENCE:2\nDTSTAMP:20260201T000000Z\n${more}`, []))
const says = (status: string, who = me): string => `ATTENDEE;PARTSTAT=${status}:mailto:${who}`
const id = 'RECURRENCE-ID:20260608T070000Z'

test('a REPLY updates the series and is there once; an older one does nothing', () => {
  const answer = reply(`${says('ACCEPTED')}\nCOMMENT:Gladly\\, yes`)
  const found = one(look(answer, mine, guest), 'answer', 'nothing')
  expect(found).toMatchObject({ who: me, comment: 'Gladly, yes' })
  expect(answersOf(found.next, me)).toEqual(['ACCEPTED'])
  expect(answersOf(found.next, 'ida@example.org')).toEqual(['NEEDS-ACTION'])
  one(look(answer, found.next, guest), 'already-there')
  const older = mail('REPLY', event(`SEQUENCE:2\nDTSTAMP:20260131T000000Z\n${says('DECLINED')}`))
  one(look(older, found.next, guest), 'superseded')
})

test('a REPLY to one instance is of that one only, and one to the series leaves it', () => {
  const one1 = takeIn(mine, reply(`${says('DECLINED')}\n${id}`), guest)
  expect(answersOf(one1, me)).toEqual(['NEEDS-ACTION', 'DECLINED'])
  const both = takeIn(one1, reply(says('ACCEPTED')), guest)
  expect(answersOf(both, me)).toEqual(['ACCEPTED', 'DECLINED'])
  expect(june(both)).toEqual(june(mine))
  const missing = look(reply(`${says('DECLINED')}\nRECURRENCE-ID:20260609T070000Z`), mine, guest)
  expect(one(missing, 'refused').refusal).toBe('no-such-instance')
})

test('a REPLY to an older SEQUENCE is an answer to the old time', () => {
  const old = mail('REPLY', event(`SEQUENCE:1\nDTSTAMP:20260201T000000Z\n${says('ACCEPTED')}`))
  expect(one(look(old, mine, guest), 'answer-to-old').next).toBe(mine)
  // Exchange counts in a property of its own and leaves SEQUENCE at 0.
  const exchange = reply(`${says('ACCEPTED')}\nX-MICROSOFT-CDO-APPT-SEQUENCE:2`)
  const counted = Buffer.from(Buffer.from(exchange).toString().replace('SEQUENCE:2', 'SEQUENCE:0'))
  one(look(counted, mine, guest), 'answer')
})

test('a REPLY without ORGANIZER is matched by UID and guest; one to another organiser is refused', () => {
  const bare = Buffer.from(
    Buffer.from(reply(says('ACCEPTED')))
      .toString()
      .replace(/ORGANIZER[^\r]*\r\n/, ''),
  )
  one(look(bare, mine, guest), 'answer', 'nothing')
  const other = look(reply(`${says('ACCEPTED')}\nORGANIZER:mailto:mallory@example.net`), mine, guest)
  expect(one(other, 'refused').refusal).toBe('other-organizer')
  expect(one(look(reply(says('ACCEPTED')), mine, from(me, ['x@example.org'])), 'refused').refusal).toBe(
    'not-organizer',
  )
  expect(one(look(reply(says('ACCEPTED')), nothing, guest), 'refused').refusal).toBe('unknown-event')
})

test('a REPLY of somebody who is not invited asks, and one from another sender waits for a click', () => {
  const stranger = look(reply(says('ACCEPTED', 'zoe@example.net')), mine, from('zoe@example.net', eva))
  const added = one(stranger, 'stranger-answers', 'click')
  // Nothing without the click, and with it they are one of the guests.
  expect(added.seen).toBe(mine)
  expect(answersOf(added.next, 'zoe@example.net')).toEqual(['ACCEPTED'])
  expect(answersOf(added.next, me)).toEqual(answersOf(mine, me))
  one(look(reply(says('ACCEPTED')), mine, from('zoe@example.net', eva)), 'answer', 'click')
})

test('a delegated invitation shows the chain and invites the delegate by click', () => {
  const chain = `ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:zoe@example.net":mailto:${me}
    ATTENDEE;PARTSTAT=ACCEPTED;DELEGATED-FROM="mailto:${me}":mailto:zoe@example.net`
  const found = one(look(reply(chain), mine, guest), 'delegated', 'click')
  expect(answersOf(found.next, me)).toEqual(['DELEGATED'])
  expect(answersOf(found.next, 'zoe@example.net')).toEqual(['ACCEPTED'])
  const own = reply(`ATTENDEE;PARTSTAT=TENTATIVE;DELEGATED-FROM="mailto:${me}":mailto:zoe@example.net`)
  const later = look(own, found.next, from('zoe@example.net', eva))
  // Where the delegate's answer comes first it tells the same.
  const before = one(look(own, mine, from('zoe@example.net', eva)), 'delegated', 'click')
  expect(answersOf(before.next, me)).toEqual(['DELEGATED'])
  expect(answersOf(one(later, 'answer').next, 'zoe@example.net')).toEqual(['TENTATIVE'])
})

test('a COUNTER shows both times and makes the new version; one at an old version only tells', () => {
  const proposal = (sequence: number): Uint8Array =>
    mail(
      'COUNTER',
      event(`SEQUENCE:${sequence}\n${id}\nCOMMENT:Later?
        DTSTART;TZID=Europe/Berlin:20260608T110000\nDTEND;TZID=Europe/Berlin:20260608T120000\n${says('TENTATIVE')}`),
    )
  const found = one(look(proposal(2), mine, guest), 'counter', 'click')
  expect(found.changes).toMatchObject([
    {
      what: 'time',
      before: { startMs: Date.UTC(2026, 5, 8, 7) },
      after: { startMs: Date.UTC(2026, 5, 8, 9) },
    },
  ])
  expect(june(found.next)[1]).toBe('0608T0900Z/0608T1000Z Rounds')
  expect(june(found.next)).toHaveLength(4)
  expect(text(found.next)).toContain('SEQUENCE:3')
  expect(one(look(proposal(1), mine, guest), 'counter-to-old', 'nothing').next).toBe(mine)
})

test('a REFRESH asks to send it again, by click', () => {
  const found = look(mail('REFRESH', event(says('ACCEPTED'))), mine, guest)
  expect(one(found, 'refresh', 'click')).toMatchObject({ who: me, next: mine })
})
