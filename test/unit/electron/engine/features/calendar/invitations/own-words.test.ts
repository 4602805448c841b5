import { expect, test } from 'vitest'
import type { Known } from '../../../../../../../electron/engine/features/calendar/invitations/known'
import { event, look, mail, nothing, takeIn, text } from './support'

const said = 'DESCRIPTION:Bring tea\nCATEGORIES:Team\nTRANSP:OPAQUE'
const later = (lines: string): Uint8Array =>
  mail('REQUEST', event(`DTSTAMP:20260102T000000Z\nSUMMARY:Rounds again\n${lines}`))

/** The stored object as I changed it by hand. */
const changed = (known: Known, from: string, to: string): Known => ({
  ...known,
  bytes: Buffer.from(text(known).replace(from, to), 'utf8'),
})

const accepted = takeIn(nothing, mail('REQUEST', event(said)))

test('what I changed in my copy stays when the inviter changes something else', () => {
  const mine = [
    ['CATEGORIES:Team', 'CATEGORIES:Private'],
    ['TRANSP:OPAQUE', 'TRANSP:TRANSPARENT'],
    ['DESCRIPTION:Bring tea', 'DESCRIPTION:Bring tea and cake'],
  ] as const
  for (const [from, to] of mine) {
    const after = text(takeIn(changed(accepted, from, to), later(said)))
    expect(after).toContain('SUMMARY:Rounds again')
    expect(after).toContain(to)
  }
})

test('what I did not change follows the inviter, and a text that both changed is the inviter’s', () => {
  const other = 'DESCRIPTION:Bring coffee\nCATEGORIES:All\nTRANSP:TRANSPARENT'
  const after = text(takeIn(accepted, later(other)))
  for (const line of other.split('\n')) expect(after).toContain(line)
  const both = changed(accepted, 'DESCRIPTION:Bring tea', 'DESCRIPTION:Mine')
  expect(text(takeIn(both, later(other)))).toContain('DESCRIPTION:Bring coffee')
})

test('a version that was looked at and not taken in does not make the one before forget what it said', () => {
  const mine = changed(accepted, 'CATEGORIES:Team', 'CATEGORIES:Private')
  const moved = later(
    `${said}\nDTSTART;TZID=Europe/Berlin:20260601T110000\nDTEND;TZID=Europe/Berlin:20260601T120000`,
  )
  const { seen } = look(moved, mine)
  expect(text(takeIn({ ...seen, bytes: mine.bytes }, moved))).toContain('CATEGORIES:Private')
})
