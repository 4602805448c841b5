import { describe, expect, test } from 'vitest'
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

const series = mail('REQUEST', event('RRULE:FREQ=WEEKLY;COUNT=4'))
const ida = 'ida@example.org'
const asOrganizer = from(me, [organizer])
const mine = { ...nothing, bytes: mail(null, event('RRULE:FREQ=WEEKLY;COUNT=4')) }

describe('RANGE=THISANDFUTURE', () => {
  const range = 'RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin'

  test('a request moves this instance and those that follow, and is told again in vain', () => {
    const known = takeIn(nothing, series)
    const moved = mail(
      'REQUEST',
      event(`${range}:20260615T090000
        DTSTART;TZID=Europe/Berlin:20260615T110000
        DTEND;TZID=Europe/Berlin:20260615T120000
        SEQUENCE:1
        DTSTAMP:20260102T000000Z`),
    )
    const found = one(look(moved, known), 'instance', 'answer')
    expect(found.changes.map(({ what }) => what)).toContain('time')
    const next = takeIn(known, moved)
    expect(june(next).join(' ')).toMatch(/0601T0700.*0608T0700.*0615T0900.*0622T0900/)
    one(look(moved, next), 'already-there')
  })

  test.each([
    ['with its time', 'DTSTART;TZID=Europe/Berlin:20260615T090000'],
    ['by its name alone', ''],
  ])(
    'a cancellation %s strikes this instance and all that follow, also those that were moved by themselves',
    (_, start) => {
      const single = mail(
        'REQUEST',
        event(`RECURRENCE-ID;TZID=Europe/Berlin:20260622T090000
        DTSTART;TZID=Europe/Berlin:20260623T090000
        DTEND;TZID=Europe/Berlin:20260623T100000
        SEQUENCE:1`),
      )
      const known = takeIn(takeIn(nothing, series), single)
      const lines = [
        ...[
          'BEGIN:VEVENT',
          'UID:u1',
          'DTSTAMP:20260105T000000Z',
          'SEQUENCE:2',
          `ORGANIZER:mailto:${organizer}`,
        ],
        ...[`${range}:20260615T090000`, 'STATUS:CANCELLED', ...(start ? [start] : []), 'END:VEVENT'],
      ]
      const off = mail('CANCEL', lines.join('\n'))
      one(look(off, known), 'instance-cancelled', 'nothing')
      const next = takeIn(known, off)
      const shown = text(next).replace(/\r\n /g, '')
      expect(shown.match(/STATUS:CANCELLED/g)).toHaveLength(2)
      expect(shown).toMatch(/RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe\/Berlin:20260615T090000/)
      one(look(off, next), 'already-there')
    },
  )

  test('an answer counts for this instance and those that follow, and for none before', () => {
    const answer = mail(
      'REPLY',
      event(`${range}:20260615T090000
        DTSTAMP:20260103T000000Z
        ATTENDEE;PARTSTAT=DECLINED:mailto:${me}`),
    )
    const found = one(look(answer, mine, asOrganizer), 'answer', 'nothing')
    expect(answersOf(found.next, me)).toEqual(['NEEDS-ACTION', 'DECLINED'])
    expect(text(found.next).replace(/\r\n /g, '')).toMatch(/RECURRENCE-ID[^:]*RANGE=THISANDFUTURE/)
    // The other guest's stands as it stood.
    expect(answersOf(found.next, ida)).toEqual(['NEEDS-ACTION', 'NEEDS-ACTION'])
  })
})

describe('several components', () => {
  test('ADD brings each of its instances, and once', () => {
    const known = takeIn(nothing, series)
    const extra = (day: string) =>
      event(`DTSTART;TZID=Europe/Berlin:202606${day}T140000
      DTEND;TZID=Europe/Berlin:202606${day}T150000
      SEQUENCE:0
      DTSTAMP:20260102T000000Z`)
    const added = mail('ADD', extra('03'), extra('04'), extra('05'))
    const found = one(look(added, known), 'added', 'answer')
    expect(found.instances).toHaveLength(3)
    const next = takeIn(known, added)
    expect(june(next)).toHaveLength(7)
    expect(june(next).join(' ')).toMatch(/0603T1200.*0604T1200.*0605T1200/)
    one(look(added, next), 'already-there')
    // One that is new beside two that are known.
    expect(june(takeIn(next, mail('ADD', extra('04'), extra('06'))))).toHaveLength(8)
    const stranger = mail(
      'ADD',
      extra('09'),
      extra('10').replace(/ORGANIZER[^\n]*/, 'ORGANIZER:mailto:mallory@example.com'),
    )
    expect(look(stranger, known)).toMatchObject({ kind: 'refused', refusal: 'other-organizer' })
  })

  test('COUNTER shows and takes what it proposes of each instance', () => {
    const proposed = (day: string, hour: string) =>
      event(`RECURRENCE-ID;TZID=Europe/Berlin:202606${day}T090000
      DTSTART;TZID=Europe/Berlin:202606${day}T${hour}0000
      DTEND;TZID=Europe/Berlin:202606${day}T${Number(hour) + 1}0000
      DTSTAMP:20260103T000000Z
      ATTENDEE;PARTSTAT=TENTATIVE:mailto:${me}`)
    const found = one(
      look(mail('COUNTER', proposed('08', '13'), proposed('22', '15')), mine, asOrganizer),
      'counter',
      'click',
    )
    expect(found.instances).toHaveLength(2)
    expect(found.changes.filter(({ what }) => what === 'time')).toHaveLength(2)
    expect(june(found.next).join(' ')).toMatch(/0601T0700.*0608T1100.*0615T0700.*0622T1300/)
    // What is no instance does not keep the other from being proposed.
    const partly = look(mail('COUNTER', proposed('09', '13'), proposed('22', '15')), mine, asOrganizer)
    expect(partly).toMatchObject({ kind: 'counter' })
    expect(partly.instances).toHaveLength(1)
    expect(look(mail('COUNTER', proposed('09', '13')), mine, asOrganizer)).toMatchObject({
      ...{ kind: 'refused', refusal: 'no-such-instance' },
    })
  })
})
