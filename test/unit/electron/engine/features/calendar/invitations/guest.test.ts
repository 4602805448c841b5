import { describe, expect, test } from 'vitest'
import { withMyAnswer } from '../../../../../../../electron/engine/features/calendar/invitations/my-answer'
import {
  alias,
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
  zone,
} from './support'

const weekly = 'RRULE:FREQ=WEEKLY;COUNT=4'
const first = mail('REQUEST', event(weekly))
const accepted = takeIn(nothing, first)
const instance = `RECURRENCE-ID;TZID=Europe/Berlin:20260608T090000
  DTSTART;TZID=Europe/Berlin:20260608T140000
  DTEND;TZID=Europe/Berlin:20260608T150000`

describe('a REQUEST', () => {
  test('that is new is offered, and nothing is stored before the click', () => {
    const found = one(look(first), 'offer', 'answer')
    expect(found.seen.bytes).toBeNull()
    expect(answersOf(found.next, me)).toEqual(['NEEDS-ACTION'])
    expect(answersOf(accepted, me)).toEqual(['ACCEPTED'])
    expect(text(accepted)).not.toContain('METHOD')
    // Looked at and not answered it is offered again, and an older one is not any more.
    one(look(first, found.seen), 'offer')
    const newer = look(mail('REQUEST', event(`${weekly}\nSEQUENCE:1`)), found.seen)
    one(look(first, newer.seen), 'superseded')
  })

  test('accepted twice is there once', () => {
    one(look(first, accepted), 'already-there', 'nothing')
    expect(takeIn(accepted, first)).toEqual(accepted)
  })

  test('with a higher SEQUENCE asks again where time, place or rule changed, and alarms stay', () => {
    const alarm = 'BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\nEND:VEVENT'
    const mine = { ...accepted, bytes: Buffer.from(text(accepted).replace('END:VEVENT', alarm)) }
    for (const lines of [
      `${weekly}\nLOCATION:Hall`,
      'RRULE:FREQ=DAILY;COUNT=4',
      `${weekly}\nDTSTART;TZID=Europe/Berlin:20260601T093000`,
    ]) {
      const found = one(look(mail('REQUEST', event(`${lines}\nSEQUENCE:1`)), mine), 'difference', 'answer')
      expect(found.changes).toHaveLength(1)
      expect(answersOf(found.next, me)).toEqual(['NEEDS-ACTION'])
      expect(text(found.next)).toContain('TRIGGER:-PT5M')
    }
    const title = look(mail('REQUEST', event(`${weekly}\nSEQUENCE:1\nSUMMARY:Other`)), mine)
    one(title, 'difference', 'nothing')
    expect(title.changes).toEqual([{ what: 'title', before: 'Rounds', after: 'Other' }])
    expect(answersOf(title.next, me)).toEqual(['ACCEPTED'])
  })

  test('with the same SEQUENCE and a later DTSTAMP is applied and keeps my answer; an older one is superseded', () => {
    const found = look(mail('REQUEST', event(`${weekly}\nDTSTAMP:20260102T000000Z\nSUMMARY:New`)), accepted)
    one(found, 'update', 'nothing')
    expect(answersOf(found.next, me)).toEqual(['ACCEPTED'])
    one(look(first, found.next), 'superseded')
    // From an address that is not the organiser's it waits for a click.
    const doubtful = look(
      mail('REQUEST', event(`${weekly}\nDTSTAMP:20260102T000000Z`)),
      accepted,
      from('x@example.net'),
    )
    one(doubtful, 'update', 'click')
  })

  test('to one instance changes that one only; without the series it stands alone until that comes', () => {
    const moved = mail('REQUEST', event(`${instance}\nSEQUENCE:1`))
    const found = one(look(moved, accepted), 'instance', 'answer')
    expect(june(found.next)).toEqual([
      ...['0601T0700Z/0601T0800Z Rounds', '0608T1200Z/0608T1300Z Rounds'],
      ...['0615T0700Z/0615T0800Z Rounds', '0622T0700Z/0622T0800Z Rounds'],
    ])
    const alone = takeIn(nothing, moved)
    expect(june(alone)).toEqual(['0608T1200Z/0608T1300Z Rounds'])
    const joined = takeIn(alone, first)
    expect(june(joined)).toEqual(june(found.next))
  })

  test('of mine, or of another organiser than is known, is refused', () => {
    expect(one(look(first, nothing, from(organizer, [organizer])), 'refused').refusal).toBe('own-event')
    const other = mail('REQUEST', event(`${weekly}\nSEQUENCE:5\nORGANIZER:mailto:mallory@example.net`))
    const found = one(look(other, accepted, from('mallory@example.net')), 'refused')
    expect(found).toMatchObject({ refusal: 'other-organizer', who: 'mallory@example.net', next: accepted })
  })

  test('that does not name me is a copy by click; one to an alias names me', () => {
    one(look(mail('REQUEST', event(weekly, ['list@example.org']))), 'not-invited', 'click')
    const found = takeIn(nothing, mail('REQUEST', event(weekly, [alias])))
    expect(answersOf(found, alias)).toEqual(['ACCEPTED'])
  })
})

describe('a CANCEL', () => {
  const cancel = (more: string): Uint8Array => mail('CANCEL', event(`SEQUENCE:1\n${more}`))

  test('strikes the event through, also at the same SEQUENCE; one of an older version does nothing', () => {
    for (const sequence of [0, 1]) {
      const found = look(mail('CANCEL', event(`${weekly}\nSEQUENCE:${sequence}\nSTATUS:CANCELLED`)), accepted)
      expect(text(one(found, 'cancelled', 'nothing').next)).toContain('STATUS:CANCELLED')
    }
    const newer = takeIn(accepted, mail('REQUEST', event(`${weekly}\nSEQUENCE:2`)))
    one(look(cancel('STATUS:CANCELLED'), newer), 'superseded')
  })

  test('of one instance leaves the others', () => {
    const found = one(look(cancel(`${instance}\nSTATUS:CANCELLED`), accepted), 'instance-cancelled')
    expect(text(found.next).match(/STATUS:CANCELLED/g)).toHaveLength(1)
    expect(june(found.next)).toHaveLength(4)
  })

  test('without STATUS uninvites whom it names', () => {
    one(look(mail('CANCEL', event('SEQUENCE:1', [me])), accepted), 'uninvited')
    const others = look(mail('CANCEL', event('SEQUENCE:1', ['ida@example.org'])), accepted)
    expect(text(one(others, 'others-uninvited').next)).not.toContain('ida@example.org')
  })

  test('that comes before its REQUEST is remembered', () => {
    const found = one(look(cancel('STATUS:CANCELLED')), 'remembered')
    expect(found.next.bytes).toBeNull()
    one(look(first, found.next), 'cancelled-before', 'nothing')
    // Invited again with a higher SEQUENCE it is offered.
    one(look(mail('REQUEST', event(`${weekly}\nSEQUENCE:2`)), found.next), 'offer')
  })

  test('of somebody else is refused, and waits for a click where the sender is not the organiser', () => {
    const other = mail('CANCEL', event('SEQUENCE:1\nSTATUS:CANCELLED\nORGANIZER:mailto:mallory@example.net'))
    expect(one(look(other, accepted), 'refused').refusal).toBe('other-organizer')
    one(look(cancel('STATUS:CANCELLED'), accepted, from('mallory@example.net')), 'cancelled', 'click')
  })
})

describe('other methods', () => {
  test('ADD brings an instance more, and asks for the series where it is not here', () => {
    const add = mail(
      'ADD',
      event('SEQUENCE:1\nDTSTART:20260610T120000Z\nDTEND:20260610T130000Z\nSUMMARY:Extra'),
    )
    const found = one(look(add, accepted), 'added', 'answer')
    expect(june(found.next)).toContain('0610T1200Z/0610T1300Z Extra')
    expect(june(found.next)).toHaveLength(5)
    one(look(add, takeIn(accepted, add)), 'already-there')
    one(look(add), 'refresh-first')
  })

  test('PUBLISH is a plain copy by click, and so is what names no method', () => {
    for (const method of ['PUBLISH', null]) one(look(mail(method, event(weekly, []))), 'published', 'click')
  })

  test('a METHOD that differs in MIME, and one that there is not, do nothing', () => {
    one(look(first, nothing, { ...from(organizer), mimeMethod: 'cancel' }), 'inert')
    one(look(first, nothing, { ...from(organizer), mimeMethod: 'request' }), 'offer')
    one(look(mail('EXPLODE', event(weekly))), 'inert')
  })

  test('a RECURRENCE-ID that is no time does not replace the series', () => {
    one(look(mail('REQUEST', event('SEQUENCE:9\nRECURRENCE-ID:tomorrow')), accepted), 'inert')
  })

  test('several events in one mail are judged one by one', () => {
    const both = mail('REQUEST', event(weekly), event('UID:u2'))
    one(look(both, accepted), 'already-there')
    one(look(both, nothing, from(organizer), 'u2'), 'offer')
  })

  test('DECLINECOUNTER changes nothing', () => {
    const found = look(mail('DECLINECOUNTER', event('COMMENT:No')), accepted)
    expect(one(found, 'counter-declined')).toMatchObject({ comment: 'No', next: accepted })
  })
})

test('an answer to one instance stays when the series is answered later', () => {
  const reader = { zone, mine: [me] }
  const declined = withMyAnswer(accepted, [Date.UTC(2026, 5, 8, 7)], 'DECLINED', reader)
  expect(answersOf(withMyAnswer(declined, [null], 'TENTATIVE', reader), me)).toEqual([
    'TENTATIVE',
    'DECLINED',
  ])
})
