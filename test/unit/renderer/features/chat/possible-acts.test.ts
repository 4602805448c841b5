import { expect, test } from 'vitest'
import { possibleActs } from '../../../../../renderer/features/chat/rooms/possible-acts'
import type { ChatOccupant } from '../../../../../shared/features/chat/model'

const tom: ChatOccupant = {
  nick: 'Tom',
  address: 'tom@example.net',
  role: 'participant',
  affiliation: 'member',
  isOwn: false,
  isHere: true,
}

test('a guest and a plain member can do nothing to others', () => {
  expect(possibleActs({ role: 'participant', affiliation: 'none' }, tom)).toEqual([])
  expect(possibleActs({ role: 'visitor', affiliation: 'member' }, tom)).toEqual([])
})

test('a moderator sends out those who do not stand above', () => {
  const moderator = { role: 'moderator', affiliation: 'member' } as const
  expect(possibleActs(moderator, tom)).toEqual(['kick'])
  expect(possibleActs(moderator, { ...tom, affiliation: 'admin' })).toEqual([])
  expect(possibleActs(moderator, { ...tom, isHere: false, role: 'none' })).toEqual([])
})

test('administrators keep lists of those below them; owners make administrators and owners', () => {
  const admin = { role: 'moderator', affiliation: 'admin' } as const
  const owner = { role: 'moderator', affiliation: 'owner' } as const
  expect(possibleActs(admin, tom)).toEqual(['kick', 'none', 'ban'])
  expect(possibleActs(admin, { ...tom, affiliation: 'admin' })).toEqual([])
  expect(possibleActs(owner, tom)).toEqual(['kick', 'none', 'ban', 'admin', 'owner'])
  expect(possibleActs(owner, { ...tom, affiliation: 'outcast', isHere: false, role: 'none' })).toEqual([
    'member',
    'none',
    'admin',
    'owner',
  ])
})

test('nothing is done to oneself, and lists need an address', () => {
  const owner = { role: 'moderator', affiliation: 'owner' } as const
  expect(possibleActs(owner, { ...tom, isOwn: true })).toEqual([])
  expect(possibleActs(owner, { ...tom, address: '' })).toEqual(['kick'])
})
