import { describe, expect, test } from 'vitest'
import type { CallEngine } from '../../../../../electron/ipc/answer-call'
import { networkHandlers, type RouteQuestion } from '../../../../../electron/ipc/handlers/network'
import { defaultTorSettings, type NetStatus } from '../../../../../shared/features/network/model'
import type { AccountId } from '../../../../../shared/kit/ids'

const accountId = 'a'.repeat(32) as AccountId

function world(route: 'direct' | 'tor' | 'socks5', says: boolean, forEverything = false) {
  const asked: RouteQuestion[] = []
  const done: string[] = []
  const status = {
    settings: { ...defaultTorSettings, forEverything },
    accounts: [
      { accountId, service: 'mail', address: 'a@b.example', route: { kind: route, proxy: null }, way: route },
    ],
  } as unknown as NetStatus
  const server = { host: 'mail.b.example', port: 1, security: 'tls' }
  const accounts = [
    { id: accountId, config: { address: 'a@b.example', services: { mail: { imap: server, smtp: server } } } },
  ]
  const callEngine = (async (name: string) => {
    if (name === 'net.setRoute' || name === 'tor.set') done.push(name)
    return { ok: true, value: name === 'accounts.list' ? accounts : status }
  }) as unknown as CallEngine
  const confirm = async (question: RouteQuestion) => {
    asked.push(question)
    return says
  }
  return { handlers: networkHandlers({ confirm, callEngine }), asked, done }
}

describe('the way out, changed from the page', () => {
  test('leaving Tor is asked with the servers that will see it, and no means no', async () => {
    const { handlers, asked, done } = world('tor', false)
    expect(
      await handlers['accounts.setRoute']({ accountId, service: 'mail', route: { kind: 'direct' } }),
    ).toEqual({
      changed: false,
    })
    expect(asked).toEqual([
      { kind: 'account', address: 'a@b.example', to: 'direct', hosts: ['mail.b.example'] },
    ])
    expect(done).toEqual([])
  })

  test('going to Tor is not asked', async () => {
    const { handlers, asked, done } = world('direct', false)
    expect(
      await handlers['accounts.setRoute']({ accountId, service: 'mail', route: { kind: 'tor' } }),
    ).toEqual({
      changed: true,
    })
    expect([asked, done]).toEqual([[], ['net.setRoute']])
  })

  test('the switch for everything and another Tor are asked, and done after a yes', async () => {
    const off = world('direct', true, true)
    expect(await off.handlers['tor.configure']({ change: { forEverything: false } })).toEqual({
      changed: true,
    })
    expect(off.asked).toEqual([{ kind: 'everything', addresses: ['a@b.example'] }])
    const other = world('tor', false)
    const address = { host: '192.0.2.1', port: 9050 }
    expect(await other.handlers['tor.configure']({ change: { address } })).toEqual({ changed: false })
    expect(other.asked).toEqual([{ kind: 'tor', program: null, place: '192.0.2.1:9050' }])
    expect(other.done).toEqual([])
  })
})
