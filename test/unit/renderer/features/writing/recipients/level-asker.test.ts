import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LevelAsker } from '../../../../../../renderer/features/writing/recipients/level-asker'
import type { TransportLevel } from '../../../../../../shared/features/network/transport'
import { QuietHost } from '../../../state/quiet-host'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const answer = (address: string, reason: TransportLevel['reasons'][number]) => ({
  address,
  domain: address.slice(address.indexOf('@') + 1),
  level: 'unknown',
  dropped: false,
  previous: null,
  reasons: [reason],
  evidence: [],
  checkedAtMs: 0,
  expiresAtMs: 0,
})

function open(reason: TransportLevel['reasons'][number]) {
  const host = new QuietHost()
  host.answer = (_name, input) =>
    (input as { addresses: string[] }).addresses.map(address => answer(address, reason))
  const seen: string[][] = []
  const asker = new LevelAsker(host, levels => seen.push([...levels.keys()]))
  return {
    host,
    asker,
    seen,
    asked: () => host.calls.map(({ input }) => (input as { addresses: string[] }).addresses),
  }
}

test('each domain is asked for once in a draft, however many recipients it has', async () => {
  const { asker, asked, seen } = open('opportunistic')
  asker.want(['ada@one.example', 'bob@ONE.example', 'eve@two.example'], null)
  await vi.advanceTimersByTimeAsync(1000)
  asker.want(['ada@one.example', 'joe@two.example'], null)
  await vi.advanceTimersByTimeAsync(1000)
  expect(asked()).toEqual([['ada@one.example', 'eve@two.example']])
  expect(seen).toEqual([['one.example', 'two.example']])
})

test('a level that came too late is asked for when it is told, a finished one is not', async () => {
  const late = open('timeout')
  late.asker.want(['ada@one.example'], null)
  await vi.advanceTimersByTimeAsync(1000)
  late.host.changed('transport', ['one.example'])
  await vi.advanceTimersByTimeAsync(1000)
  expect(late.asked()).toHaveLength(2)
  const done = open('dane-published')
  done.asker.want(['ada@one.example'], null)
  await vi.advanceTimersByTimeAsync(1000)
  done.host.changed('transport', ['one.example'])
  await vi.advanceTimersByTimeAsync(1000)
  expect(done.asked()).toHaveLength(1)
})

test.each(['offline', 'lookups-off', 'no-resolver'] as const)(
  'a level that was not asked for (%s) is, when the settings change',
  async reason => {
    const waiting = open(reason)
    waiting.asker.want(['ada@one.example'], null)
    await vi.advanceTimersByTimeAsync(1000)
    waiting.host.answer = (_name, input) =>
      (input as { addresses: string[] }).addresses.map(address => answer(address, 'dane-published'))
    waiting.host.changed('settings', null)
    await vi.advanceTimersByTimeAsync(1000)
    waiting.host.changed('settings', null)
    await vi.advanceTimersByTimeAsync(1000)
    expect(waiting.asked()).toHaveLength(2)
  },
)

test('a draft that was closed asks nothing more', async () => {
  const { asker, asked } = open('opportunistic')
  asker.want(['ada@one.example'], null)
  asker.close()
  await vi.advanceTimersByTimeAsync(1000)
  expect(asked()).toEqual([])
})

test('what could not be told for want of a way is asked for when that is told', async () => {
  const { asker, host, asked } = open('lookup-failed')
  asker.want(['ada@one.example'], null)
  await vi.advanceTimersByTimeAsync(1000)
  host.changed('transport', ['one.example'])
  await vi.advanceTimersByTimeAsync(1000)
  expect(asked()).toHaveLength(2)
})
