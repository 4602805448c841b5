import { expect, test } from 'vitest'
import type { Levels } from '../../../../../../renderer/features/writing/recipients/level-asker'
import { lookBeforeSending } from '../../../../../../renderer/features/writing/recipients/look-before-sending'
import type { AccountId, DraftId } from '../../../../../../shared/kit/ids'
import { QuietHost } from '../../../state/quiet-host'

const level = (domain: string, dropped: boolean) => ({
  domain,
  level: 'unknown' as const,
  dropped,
  previous: dropped ? ('dane' as const) : null,
  reasons: [],
  evidence: [],
  checkedAtMs: 0,
  expiresAtMs: 0,
})

function open(levels: Levels) {
  const host = new QuietHost()
  host.answer = name =>
    name === 'keys.plan'
      ? {
          reason: 'no-key',
          recipients: ['came@one.example', 'wrote@two.example'].map(address => ({
            address,
            state: 'missing',
            problems: [],
          })),
        }
      : { address: '', found: [], steps: [] }
  const asked: (readonly string[])[] = []
  const look = (addresses: readonly string[]) =>
    lookBeforeSending(host, 'd' as DraftId, 'a' as AccountId, addresses, async wanted => {
      asked.push(wanted)
      return levels
    })
  return { host, asked, look }
}

test('before sending, those who were not asked about are, for level and key, and no others', async () => {
  const { host, asked, look } = open(new Map([['one.example', level('one.example', false)]]))
  expect(await look(['Came@one.example'])).toBe(false)
  expect(asked).toEqual([['Came@one.example']])
  const keys = host.calls.filter(({ name }) => name === 'keys.find').map(({ input }) => input)
  expect(keys).toMatchObject([{ address: 'came@one.example' }])
})

test('nobody left to ask about asks nobody', async () => {
  const { host, asked, look } = open(new Map())
  expect(await look([])).toBe(false)
  expect([asked, host.calls]).toEqual([[], []])
})

test('a domain that is worse protected than before is to be seen before the message goes; others do not count', async () => {
  const worse = new Map([['one.example', level('one.example', true)]])
  expect(await open(worse).look(['came@one.example'])).toBe(true)
  expect(await open(worse).look(['else@three.example'])).toBe(false)
})
