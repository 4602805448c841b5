import { expect, test } from 'vitest'
import { circuitText, matchesFilter } from '../../../../../renderer/features/settings/network/circuit-words'
import { groupPolicy } from '../../../../../renderer/features/settings/network/policy-groups'
import type { PermittedPlace } from '../../../../../shared/features/network/model'
import type { AccountId } from '../../../../../shared/kit/ids'

const place = (accountId: string | null, host: string): PermittedPlace => ({
  accountId: accountId as AccountId | null,
  purpose: 'imap',
  host,
  port: 993,
  way: 'tor',
  onion: null,
})

test('what may be contacted stands by account, each place once, what belongs to none last', () => {
  const groups = groupPolicy([
    place(null, 'dns'),
    place('a', 'x'),
    place('b', 'y'),
    place('a', 'x'),
    place('a', 'z'),
  ])
  expect(groups.map(({ accountId, places }) => [accountId, places.map(({ host }) => host)])).toEqual([
    ['a', ['x', 'z']],
    ['b', ['y']],
    [null, ['dns']],
  ])
})

test('a circuit is told from guard to exit, a relay without a name by its fingerprint', () => {
  const relay = (nickname: string) => ({ nickname, fingerprint: 'ABCDEF0123456789' })
  expect(circuitText({ id: '1', path: [relay('guard'), relay(''), relay('exit')] })).toBe(
    'guard → ABCDEF01 → exit',
  )
})

test('connections are found by any words of theirs in any order', () => {
  expect(matchesFilter('refused IMAP', ['imap.example:993', 'Refused'])).toBe(true)
  expect(matchesFilter('refused smtp', ['imap.example:993', 'Refused'])).toBe(false)
  expect(matchesFilter('', ['anything'])).toBe(true)
})
