import { expect, test } from 'vitest'
import { pageGuards } from '../../../../../electron/engine/page-guards'
import type { CallEngine } from '../../../../../electron/engine/page-guards/guard'
import type { PageQuestion } from '../../../../../shared/ipc/page-question'
import type { AccountId } from '../../../../../shared/kit/ids'
import { toFailure } from '../../../../../shared/kit/result'

const accountId = 'a'.repeat(32) as AccountId
const dav = (url: string, caPem: string | null = null) => ({ url, userName: 'me', caPem })
const mailAccount = {
  id: accountId,
  config: { address: 'me@example.org', displayName: '', services: { dav: dav('https://dav.example.org/') } },
}

/** A page that makes calls; `private`: hosts in the network around this machine. */
function page({ yes = true, usesTor = false, isPrivate = false } = {}) {
  const asked: PageQuestion[] = []
  const sent: { name: string; input: Record<string, unknown> }[] = []
  const callEngine = (async (name: string, input: Record<string, unknown>) => {
    if (name === 'accounts.list') return { ok: true, value: [mailAccount] }
    if (name === 'net.status')
      return {
        ok: true,
        value: { settings: { forEverything: false }, accounts: usesTor ? [{ route: { kind: 'tor' } }] : [] },
      }
    sent.push({ name, input })
    return isPrivate && input['publicOnly'] === true
      ? {
          ok: false,
          error: { code: 'not-permitted', retryable: false, params: { reason: 'private-address' } },
        }
      : { ok: true, value: {} }
  }) as unknown as CallEngine
  const confirm = async (question: PageQuestion) => {
    asked.push(question)
    return yes
  }
  const guards = pageGuards({ confirm, callEngine, now: () => 1_000 })
  const code = async (work: Promise<unknown> | undefined) => {
    try {
      await work
      return null
    } catch (error) {
      return toFailure(error).code
    }
  }
  return { guards, asked, sent, code, reasons: () => asked.flatMap(({ reasons }) => reasons) }
}

const tryAt = (url: string, more: object = {}) => ({ dav: dav(url), password: 'x', ...more })

test('a public place on the usual port is tried without a word, and may be added then', async () => {
  const { guards, asked, sent } = page()
  await guards['accounts.tryDav']?.(tryAt('https://dav.example.org/'))
  await guards['accounts.addDav']?.({ accountId, dav: dav('https://dav.example.org/x'), password: 'x' })
  expect(asked).toEqual([])
  expect(sent[0]?.input['publicOnly']).toBe(true)
})

test.each([
  ['another port', 'https://dav.example.org:8443/', {}, 'port'],
  ['an authority', 'https://dav.example.org/', { caPem: 'X' }, 'authority'],
])('%s is asked about, and a no sends nothing', async (_what, url, change, reason) => {
  const { guards, sent, code, reasons } = page({ yes: false })
  const input = { ...tryAt(url), dav: { ...dav(url), ...change } }
  expect(await code(guards['accounts.tryDav']?.(input))).toBe('cancelled')
  expect([reasons(), sent]).toEqual([[reason], []])
})

test('a place in the network around this machine is reached after a yes only', async () => {
  const no = page({ yes: false, isPrivate: true })
  expect(await no.code(no.guards['accounts.tryDav']?.(tryAt('https://router/')))).toBe('cancelled')
  expect(no.sent.map(({ input }) => input['publicOnly'])).toEqual([true])
  const yes = page({ isPrivate: true })
  await yes.guards['accounts.tryDav']?.(tryAt('https://router/'))
  expect(yes.sent.map(({ input }) => input['publicOnly'])).toEqual([true, false])
  expect(yes.reasons()).toEqual(['private'])
})

test('who hides is not seen by a word of the page', async () => {
  const { guards, sent, code, reasons } = page({ yes: false, usesTor: true })
  const direct = { overTor: false }
  expect(await code(guards['accounts.findDav']?.({ place: 'me@example.org', ...direct }))).toBe('cancelled')
  expect(await code(guards['accounts.tryDav']?.(tryAt('https://dav.example.org/', direct)))).toBe('cancelled')
  const adding = { accountId, dav: dav('https://dav.example.org/'), password: 'x' }
  expect(await code(guards['accounts.addDav']?.({ ...adding, route: { kind: 'direct' } }))).toBe('cancelled')
  expect(sent).toEqual([])
  expect(reasons()).toContain('direct')
})

test('what was not tried is asked about before it is added, and so is a proxy', async () => {
  const { guards, sent, code, reasons } = page({ yes: false })
  const route = { kind: 'socks5' as const, host: 'evil', port: 1, login: null }
  const input = { accountId, dav: dav('https://evil.example/'), password: 'x', route }
  expect(await code(guards['accounts.addDav']?.(input))).toBe('cancelled')
  expect([reasons(), sent]).toEqual([
    ['untested', 'proxy', ...(reasons().includes('direct') ? ['direct'] : [])],
    [],
  ])
})

test('trying again and again is asked about; a known provider and a pasted address are free', async () => {
  const { guards, asked, sent } = page()
  for (let tries = 0; tries < 30; tries++) {
    await guards['accounts.findDav']?.({ place: 'me@mailbox.org' })
    await guards['accounts.findDav']?.({ place: 'https://dav.example.org/' })
  }
  expect(asked).toEqual([])
  for (let tries = 0; tries < 11; tries++) await guards['accounts.findDav']?.({ place: 'me@example.org' })
  expect(asked.map(({ reasons }) => reasons)).toEqual([['often']])
  expect(sent.at(-1)?.input['publicOnly']).toBe(true)
})

test('a service is taken away after a yes, which names the account and its server', async () => {
  const { guards, asked, sent, code } = page({ yes: false })
  const removal = { accountId, service: 'dav' as const, losesChanges: true }
  expect(await code(guards['accounts.removeService']?.(removal))).toBe('cancelled')
  expect(asked).toEqual([
    { kind: 'service-removed', reasons: [], lines: ['me@example.org', 'dav.example.org'] },
  ])
  expect(sent).toEqual([])
})
