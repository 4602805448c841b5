import { expect, test } from 'vitest'
import type { Clock } from '../../../../../electron/engine/ports/basics'
import type {
  DnsAnswer,
  DnsLookups,
  RememberedDomain,
  TransportStore,
} from '../../../../../electron/engine/ports/net/transport'
import { createTransportLevels } from '../../../../../electron/engine/transport/transport-levels'
import { silentLog } from '../../../../support/engine-in-test'

const clock: Clock = {
  now: () => 1_000_000,
  sleep: (_ms, signal) => new Promise((_resolve, reject) => signal?.addEventListener('abort', reject)),
}

test('a level that nobody could be asked for is asked for again once the way is open, one that was told is not', async () => {
  const rows = new Map<string, RememberedDomain>()
  const saved: string[] = []
  const store = {
    domain: (domain: string) => rows.get(domain) ?? null,
    saveDomain(row: RememberedDomain) {
      rows.set(row.domain, row)
      saved.push(row.domain)
    },
  } as TransportStore
  const asked: string[] = []
  let isOpen = false
  const answer = (name: string): DnsAnswer<never> => ({
    name,
    records: [],
    evidence: [],
    ...(isOpen || name.includes('told')
      ? { outcome: 'no-data', status: 'insecure', ttlSeconds: 3600 }
      : { outcome: 'failed', status: 'indeterminate', ttlSeconds: 0 }),
  })
  const dns: DnsLookups = {
    mx: async domain => {
      asked.push(domain)
      return answer(domain)
    },
    srv: async name => answer(name),
    txt: async name => answer(name),
    tlsa: async name => answer(name),
    address: async name => answer(name),
  }
  const levels = createTransportLevels({
    dns,
    canAsk: () => true,
    fetchPolicy: async () => ({ policy: null, finding: 'not there' }),
    store,
    lookupsOn: () => true,
    isOffline: () => false,
    clock,
    log: silentLog,
  })
  const ask = async () => {
    asked.length = 0
    await levels.levels(['ada@one.example', 'bob@told.example'], null)
    return asked.toSorted()
  }
  expect(await ask()).toHaveLength(2)
  expect(await ask()).toEqual([])
  isOpen = true
  saved.length = 0
  levels.wayOpened()
  // Who shows it is told, and asks again.
  expect(saved).toEqual(['one.example'])
  expect(await ask()).toEqual(['one.example'])
})
