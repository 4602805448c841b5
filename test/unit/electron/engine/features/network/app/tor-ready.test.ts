import { expect, test } from 'vitest'
import { createTorReadiness } from '../../../../../../../electron/engine/features/network/app/tor-ready'
import type { TorStatus } from '../../../../../../../shared/features/network/model'

/** Accounts on three ways, and what Tor says of itself; everything that is woken is written down. */
function world(state: TorStatus['state'] = 'unused') {
  const tor = { state }
  const woken: string[] = []
  const account = (id: string, services: object) => ({ id, config: { services } })
  const context = {
    store: {
      accounts: {
        list: () => [account('tor', { mail: {} }), account('direct', { mail: {} }), account('local', {})],
      },
    },
    network: {
      torStatus: () => tor,
      wayOf: ({ accountId }: { accountId: string }) => ({ kind: accountId === 'tor' ? 'tor' : 'direct' }),
    },
    sync: { wayOpened: (id: string) => woken.push(`account ${id}`) },
    outbox: { wake: (id: string) => woken.push(`outbox ${id}`) },
    transport: { wayOpened: () => woken.push('levels') },
  } as unknown as Parameters<typeof createTorReadiness>[0]
  const look = createTorReadiness(context)
  return {
    woken,
    become(next: TorStatus['state']) {
      tor.state = next
      look()
    },
  }
}

test('the end of the start of an own Tor wakes the accounts on it, their outbox and the levels, once', () => {
  const { woken, become } = world()
  // Each step of its start is a change of the status.
  for (const state of ['starting', 'starting', 'starting'] as const) become(state)
  expect(woken).toEqual([])
  become('ready')
  expect(woken).toEqual(['account tor', 'outbox tor', 'levels'])
  // Its version and circuits are told after that.
  become('ready')
  expect(woken).toHaveLength(3)
})

test('one that ends and is started again wakes them again, one that fails wakes nobody', () => {
  const { woken, become } = world('ready')
  become('ready')
  become('failed')
  become('starting')
  become('failed')
  expect(woken).toEqual([])
  become('ready')
  expect(woken).toEqual(['account tor', 'outbox tor', 'levels'])
})
