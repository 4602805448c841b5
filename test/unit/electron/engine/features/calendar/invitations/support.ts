import { expect } from 'vitest'
import { decide } from '../../../../../../../electron/engine/features/calendar/invitations/decide'
import {
  describe as describeMail,
  type MailFacts,
} from '../../../../../../../electron/engine/features/calendar/invitations/describe'
import type { Known, Outcome } from '../../../../../../../electron/engine/features/calendar/invitations/known'
import { withMyAnswer } from '../../../../../../../electron/engine/features/calendar/invitations/my-answer'
import { ianaZone } from '../../../../../../../electron/engine/formats/icalendar/recurrence/zones/iana-zone'
import { utc } from '../../../../../../../electron/engine/formats/icalendar/recurrence/zones/zone'
import { calendar, takesPlace } from '../../../formats/icalendar/support'

export const zone = ianaZone('Europe/Berlin') ?? utc
export const nothing: Known = { bytes: null, received: [], answers: [] }
export const organizer = 'eva@example.org'
export const me = 'max@example.org'
export const alias = 'max+work@example.org'

/** A VEVENT of Eva's series, every Monday at 9 from 1 June 2026 on, with these lines in the place of its own. */
export function event(lines: string, guests: readonly string[] = [me, 'ida@example.org']): string {
  const own = lines.trim().split(/\s*\n\s*/)
  const has = (name: string): boolean => own.some(line => line.startsWith(name))
  const usual = [
    'UID:u1',
    'DTSTAMP:20260101T000000Z',
    'SEQUENCE:0',
    'SUMMARY:Rounds',
    'DTSTART;TZID=Europe/Berlin:20260601T090000',
    'DTEND;TZID=Europe/Berlin:20260601T100000',
    `ORGANIZER;CN=Eva:mailto:${organizer}`,
  ].filter(line => !has(line.split(/[:;]/)[0] ?? ''))
  const people = guests.map(
    each => `ATTENDEE;CN=${each.split('@')[0]};PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:${each}`,
  )
  return ['BEGIN:VEVENT', ...usual, ...own, ...(has('ATTENDEE') ? [] : people), 'END:VEVENT'].join('\n')
}

export const mail = (method: string | null, ...events: string[]): Uint8Array => {
  const text = calendar(...events)
  return Buffer.from(
    method === null ? text : text.replace('VERSION:2.0', `VERSION:2.0\r\nMETHOD:${method}`),
    'utf8',
  )
}

export const from = (sender: string, mine: readonly string[] = [me, alias]): MailFacts => ({
  mimeMethod: null,
  from: sender,
  signer: null,
  mine,
})

/** What a mail means beside what is known. */
export function look(
  bytes: Uint8Array,
  known: Known = nothing,
  facts = from(organizer),
  uid = 'u1',
): Outcome {
  const reader = { zone, mine: facts.mine, nowMs: Date.UTC(2026, 4, 1) }
  return decide(describeMail(bytes, facts, zone), uid, known, reader)
}

/** Takes in a mail as somebody does who accepts all that asks. */
export function takeIn(known: Known, bytes: Uint8Array, facts = from(organizer)): Known {
  const { next, needs, instances } = look(bytes, known, facts)
  return needs === 'answer' ? withMyAnswer(next, instances, 'ACCEPTED', { zone, mine: facts.mine }) : next
}

export const text = ({ bytes }: Known): string => Buffer.from(bytes ?? []).toString('utf8')

/** When it takes place in June 2026, by what the bytes say. */
export const june = (known: Known): string[] =>
  takesPlace(text(known), '2026-06-01T00:00:00Z', '2026-07-01T00:00:00Z')

/** The answer of somebody in each component, in their order. */
export const answersOf = (known: Known, address: string): string[] =>
  [
    ...text(known)
      .replace(/\r\n /g, '')
      .matchAll(/ATTENDEE([^\r\n]*)/g),
  ]
    .filter(([line]) => line.toLowerCase().endsWith(address))
    .map(([line]) => /PARTSTAT=([A-Z-]+)/.exec(line)?.[1] ?? '')

/** What all orders of some mails lead to. Orders that begin alike share what that makes. */
export function endsOf(
  mails: readonly Uint8Array[],
  start: Known,
  taken: (known: Known, bytes: Uint8Array) => Known = takeIn,
): Known[] {
  if (mails.length === 0) return [start]
  return mails.flatMap((each, at) =>
    endsOf([...mails.slice(0, at), ...mails.slice(at + 1)], taken(start, each), taken),
  )
}

/** An outcome of that kind. */
export const one = (found: Outcome, kind: Outcome['kind'], needs?: Outcome['needs']): Outcome => {
  expect(found).toMatchObject({ kind, ...(needs ? { needs } : {}) })
  return found
}
