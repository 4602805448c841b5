import { expect, test } from 'vitest'
import type { CallEngine } from '../../../../../electron/engine/page-guards/guard'
import { subscriptionGuards } from '../../../../../electron/engine/page-guards/subscription-guards'
import { contract } from '../../../../../shared/ipc/contract'
import type { PageQuestion } from '../../../../../shared/ipc/page-question'

const known = {
  'net.status': { accounts: [{ way: 'tor' }] },
  'subscriptions.list': [{ calendarId: 7, url: 'https://club.example/a.ics', follows: ['cdn.example:443'] }],
}
const guarded = (isAllowed: boolean) => {
  const asked: PageQuestion[] = []
  const done: string[] = []
  const guards = subscriptionGuards({
    confirm: async question => {
      asked.push(question)
      return isAllowed
    },
    callEngine: (async (name: string) => {
      if (!(name in known)) done.push(name)
      return { ok: true, value: known[name as keyof typeof known] }
    }) as unknown as CallEngine,
  })
  return { guards, asked, done }
}
const adds = (change: object) =>
  contract['subscriptions.add'].in.parse({
    ...{ url: 'https://club.example/a.ics', follows: [], name: null, colour: null, intervalMinutes: null },
    ...{ route: { kind: 'tor' }, caPem: null },
    ...change,
  })
const changes = (change: object) => contract['subscriptions.change'].in.parse({ calendarId: 7, ...change })

test.each([
  [{}, ['https://club.example/a.ics'], []],
  // What a taken-over page would tell somebody stands at the end of a long address.
  [
    { url: `webcal://club.example/${'x'.repeat(1500)}secret` },
    [`https://club.example/${'x'.repeat(979)}`, `${'x'.repeat(521)}secret`],
    [],
  ],
  [{ route: { kind: 'direct' } }, ['https://club.example/a.ics'], ['direct']],
  [{ caPem: 'PEM' }, ['https://club.example/a.ics'], ['authority']],
  [{ follows: ['10.0.0.1:443'] }, ['https://club.example/a.ics', '10.0.0.1:443'], []],
  [
    { route: { kind: 'socks5', host: '10.0.0.9', port: 1080, login: null } },
    ['https://club.example/a.ics', 'SOCKS5 10.0.0.9:1080'],
    [],
  ],
])('main asks before the page subscribes: %o', async (change, lines, reasons) => {
  const no = guarded(false)
  await expect(no.guards['subscriptions.add']?.(adds(change))).rejects.toMatchObject({ code: 'cancelled' })
  expect(no.asked).toEqual([{ kind: 'subscription', reasons, lines }])
  expect(no.done).toEqual([])
  const yes = guarded(true)
  await yes.guards['subscriptions.add']?.(adds(change))
  expect(yes.done).toEqual(['subscriptions.add'])
})

test.each([
  [
    { url: 'https://evil.example/?what=was+read' },
    ['https://evil.example/?what=was+read', 'cdn.example:443'],
  ],
  [{ follows: ['evil.example:443'] }, ['https://club.example/a.ics', 'evil.example:443']],
  [{ route: { kind: 'direct' } }, ['https://club.example/a.ics', 'cdn.example:443']],
])('and before it asks elsewhere or another way: %o', async (change, lines) => {
  const { guards, asked, done } = guarded(false)
  await expect(guards['subscriptions.change']?.(changes(change))).rejects.toMatchObject({ code: 'cancelled' })
  expect(asked[0]?.lines).toEqual(lines)
  expect(done).toEqual([])
})

test('how often is no question, and what is no address asks nobody', async () => {
  const { guards, asked, done } = guarded(false)
  await guards['subscriptions.change']?.(changes({ intervalMinutes: 60 }))
  await guards['subscriptions.add']?.(adds({ url: 'http://club.example/a.ics' }))
  expect(asked).toEqual([])
  expect(done).toEqual(['subscriptions.change', 'subscriptions.add'])
})
