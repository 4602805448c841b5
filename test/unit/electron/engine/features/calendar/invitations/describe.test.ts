import { expect, test } from 'vitest'
import {
  describe,
  type Invitation,
  type MailFacts,
} from '../../../../../../../electron/engine/features/calendar/invitations/describe'
import { alias, event, from, mail, me, organizer, zone } from './support'

const first = (bytes: Uint8Array, facts: Partial<MailFacts> = {}): Invitation | undefined =>
  describe(bytes, { ...from(organizer), ...facts }, zone).invitations[0]

test('says who invites, who I am in it and which versions of what', () => {
  const bytes = mail(
    'REQUEST',
    event('RRULE:FREQ=WEEKLY\nSEQUENCE:3', [alias]),
    event('RECURRENCE-ID:20260608T070000Z\nSEQUENCE:4\nDTSTAMP:20260102T000000Z', [alias]),
  )
  const read = describe(bytes, from(organizer), zone)
  expect(read).toMatchObject({ method: 'REQUEST', problem: null })
  expect(read.invitations).toHaveLength(1)
  expect(read.invitations[0]).toMatchObject({
    ...{ uid: 'u1', title: 'Rounds', warnings: [], allowsCounter: true },
    organizer: { address: organizer, name: 'Eva' },
    me: { as: 'guest', person: { address: alias, status: 'NEEDS-ACTION' } },
    versions: [
      { instance: null, version: { sequence: 3, stampMs: Date.UTC(2026, 0, 1) } },
      { instance: Date.UTC(2026, 5, 8, 7), version: { sequence: 4, stampMs: Date.UTC(2026, 0, 2) } },
    ],
  })
  expect(first(bytes, { mine: [organizer] })?.me).toEqual({ as: 'organizer' })
})

test('warns of a sender or signer that may not say this, and of nobody else', () => {
  const request = mail('REQUEST', event(''))
  const reply = mail('REPLY', event(`ATTENDEE;PARTSTAT=ACCEPTED:mailto:${me}`))
  const secretary = mail('REQUEST', event(`ORGANIZER;SENT-BY="mailto:sec@example.org":mailto:${organizer}`))
  const handedOn = mail(
    'REQUEST',
    event(`ATTENDEE;DELEGATED-FROM="mailto:ida@example.org":mailto:${me}\nATTENDEE:mailto:ida@example.org`),
  )
  const cases: [Uint8Array, Partial<MailFacts>, string[]][] = [
    [request, {}, []],
    [request, { from: 'EVA@Example.org', signer: organizer }, []],
    [secretary, { from: 'sec@example.org', signer: 'sec@example.org' }, []],
    [reply, { from: me, mine: [organizer] }, []],
    [mail('PUBLISH', event('', [])), {}, []],
    [request, { from: 'ida@example.org' }, ['sender-differs', 'forwarded']],
    [request, { from: 'x@example.net' }, ['sender-differs', 'third-party']],
    [handedOn, { from: 'ida@example.org', signer: 'ida@example.org' }, ['handed-on']],
    [handedOn, { from: 'ida@example.org', signer: 'x@example.net' }, ['handed-on', 'signer-differs']],
    [handedOn, { from: 'x@example.net' }, ['sender-differs', 'third-party']],
    [handedOn, {}, []],
    [request, { signer: 'x@example.net' }, ['signer-differs']],
    [request, { mine: ['zoe@example.org'] }, ['not-invited']],
    [reply, { from: 'ida@example.org', mine: [organizer] }, ['sender-differs']],
    [mail('CANCEL', event('STATUS:CANCELLED')), { from: 'x@example.net' }, ['sender-differs', 'third-party']],
  ]
  for (const [bytes, facts, warnings] of cases) expect(first(bytes, facts)?.warnings).toEqual(warnings)
})

test('reads what Exchange writes: its own counter, no proposals, UTF-16', () => {
  const bytes = mail(
    'REQUEST',
    event('SEQUENCE:0\nX-MICROSOFT-CDO-APPT-SEQUENCE:7\nX-MICROSOFT-DISALLOW-COUNTER:TRUE'),
  )
  const wide = Buffer.concat([
    Buffer.from([0xff, 0xfe]),
    Buffer.from(Buffer.from(bytes).toString('utf8'), 'utf16le'),
  ])
  for (const each of [bytes, wide])
    expect(first(each)).toMatchObject({ allowsCounter: false, versions: [{ version: { sequence: 7 } }] })
})

test('refuses what is no calendar, by name', () => {
  expect(() => first(Buffer.from('<html>'))).toThrow()
})
