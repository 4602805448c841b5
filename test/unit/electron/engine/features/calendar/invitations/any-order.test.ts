import { describe, expect, test } from 'vitest'
import type { Known } from '../../../../../../../electron/engine/features/calendar/invitations/known'
import { answersOf, endsOf, event, from, june, mail, me, nothing, organizer, takeIn, text } from './support'

const weekly = 'RRULE:FREQ=WEEKLY;COUNT=4'
const moved = (day: string, more: string): string => `RECURRENCE-ID;TZID=Europe/Berlin:202606${day}T090000
  DTSTART;TZID=Europe/Berlin:202606${day}T140000
  DTEND;TZID=Europe/Berlin:202606${day}T150000
  ${more}`

/** Results of all orders, each once. */
const results = (mails: readonly Uint8Array[], start: Known, taken = takeIn): Set<string> =>
  new Set(endsOf(mails, start, taken).map(text))

describe('six mails in all 720 orders', () => {
  test('give a guest one object', () => {
    const mails = [
      mail('REQUEST', event(weekly)),
      mail('REQUEST', event(`${weekly}\nDTSTAMP:20260102T000000Z\nSUMMARY:Rounds again`)),
      mail('REQUEST', event(moved('08', 'SEQUENCE:1\nDTSTAMP:20260103T000000Z'))),
      mail('REQUEST', event(moved('08', 'SEQUENCE:2\nDTSTAMP:20260104T000000Z\nLOCATION:Hall'))),
      mail('CANCEL', event(moved('15', 'SEQUENCE:1\nDTSTAMP:20260105T000000Z\nSTATUS:CANCELLED'))),
      mail('REQUEST', event(moved('22', 'SEQUENCE:0\nDTSTAMP:20260101T120000Z'))),
    ]
    expect(results(mails, nothing).size).toBe(1)
    const known = mails.reduce<Known>((before, each) => takeIn(before, each), nothing)
    expect(june(known)).toEqual([
      '0601T0700Z/0601T0800Z Rounds again',
      '0608T1200Z/0608T1300Z Rounds',
      '0615T1200Z/0615T1300Z Rounds',
      '0622T1200Z/0622T1300Z Rounds',
    ])
    expect(text(known).match(/STATUS:CANCELLED/g)).toHaveLength(1)
    expect(answersOf(known, me).slice(0, 2)).toEqual(['ACCEPTED', 'ACCEPTED'])
  })

  test('give a guest one object also where the series itself is put elsewhere', () => {
    const later = `RRULE:FREQ=WEEKLY;COUNT=4\nSEQUENCE:3\nDTSTAMP:20260110T000000Z
      DTSTART;TZID=Europe/Berlin:20260602T090000\nDTEND;TZID=Europe/Berlin:20260602T100000`
    const mails = [
      mail('REQUEST', event(weekly)),
      mail('REQUEST', event(moved('08', 'SEQUENCE:1\nDTSTAMP:20260103T000000Z'))),
      mail('CANCEL', event(moved('15', 'SEQUENCE:2\nDTSTAMP:20260105T000000Z\nSTATUS:CANCELLED'))),
      mail('REQUEST', event(later)),
      mail('REQUEST', event(moved('09', 'SEQUENCE:4\nDTSTAMP:20260111T000000Z'))),
      mail('REQUEST', event(`${later}\nLOCATION:Hall`.replace('0110T', '0112T'))),
    ]
    expect(results(mails, nothing).size).toBe(1)
    const known = mails.reduce<Known>((before, each) => takeIn(before, each), nothing)
    expect(june(known).map(each => each.slice(0, 9))).toEqual([
      ...['0602T0700', '0609T1200', '0616T0700', '0623T0700'],
    ])
  })

  test('give an organiser one object', () => {
    const start = { ...nothing, bytes: mail(null, event(weekly)) }
    const says = (who: string, status: string, stamp: string, more = ''): Uint8Array =>
      mail(
        'REPLY',
        event(`DTSTAMP:202602${stamp}T000000Z\nATTENDEE;PARTSTAT=${status}:mailto:${who}\n${more}`),
      )
    const id = 'RECURRENCE-ID:20260608T070000Z'
    const ida = 'ida@example.org'
    const mails = [
      says(me, 'ACCEPTED', '01'),
      says(me, 'DECLINED', '03', id),
      says(me, 'TENTATIVE', '04'),
      says(me, 'ACCEPTED', '02', id),
      says(ida, 'DECLINED', '01'),
      says(ida, 'ACCEPTED', '02', 'RECURRENCE-ID:20260615T070000Z'),
    ]
    const taken = (before: Known, each: Uint8Array): Known => {
      const who = Buffer.from(each).toString().includes(`mailto:${ida}`) ? ida : me
      return takeIn(before, each, from(who, [organizer]))
    }
    expect(results(mails, start, taken).size).toBe(1)
    const known = mails.reduce<Known>(taken, start)
    expect(answersOf(known, me)).toEqual(['TENTATIVE', 'DECLINED', 'TENTATIVE'])
    expect(answersOf(known, ida)).toEqual(['DECLINED', 'DECLINED', 'ACCEPTED'])
  })
})
