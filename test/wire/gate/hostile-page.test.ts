import { Resolver } from 'node:dns/promises'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { pageGuards } from '../../../electron/engine/page-guards'
import { servePage } from '../../../electron/engine/page-guards/page-door'
import { createLog } from '../../../electron/log/log'
import type {
  AccountConfig,
  ConnectionTestReport,
  MailService,
} from '../../../shared/features/accounts/model'
import type { PageQuestion } from '../../../shared/ipc/page-question'
import type { Result } from '../../../shared/kit/result'
import { openTestEngine, type TestEngine } from '../../support/engine-in-test'
import { mailOf } from '../../support/with-mail'
import { clearPlace, type Place } from './gate-places'

/** A page that calls whatever the contract lets it, main's guards as they are, and the whole engine behind them. */
let engine: TestEngine
let folder: string
let listener: Place
let knocks = 0
let asked: PageQuestion[] = []
let says: (question: PageQuestion) => boolean = () => false
let nowMs = 0

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'siegel-hostile-page-'))
  engine = await openTestEngine(join(folder, 'profile'), {
    // Nobody answers there: a Tor that cannot be had must not become a direct way.
    tests: { torPlaces: { addresses: [{ host: '127.0.0.1', port: 1 }], controls: [] } },
  })
  await engine.call('tor.set', { mode: 'running' })
  listener = await clearPlace(socket => {
    knocks++
    socket.destroy()
  })
})
afterAll(async () => {
  await engine.close()
  await listener.stop()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => {
  asked = []
  knocks = 0
  says = () => false
  nowMs += 3_600_000
})
afterEach(() => vi.restoreAllMocks())

/** Main as it is made for one run of the program. */
function page() {
  const callEngine = engine.engine.call.bind(engine.engine) as Parameters<typeof pageGuards>[0]['callEngine']
  const confirm = async (question: PageQuestion) => {
    asked.push(question)
    return says(question)
  }
  const waiting = new Map<number, (result: Result<unknown>) => void>()
  let tell: (message: unknown) => void = () => undefined
  let nextId = 0
  servePage(
    {
      post(message) {
        const { id, result } = message as { id: number; result: Result<unknown> }
        waiting.get(id)?.(result)
      },
      onMessage(listener) {
        tell = listener
      },
    },
    {
      call: callEngine as never,
      guards: pageGuards({ confirm, callEngine, now: () => nowMs }),
      checksOutput: true,
      log: createLog('test', []),
    },
  )
  return async (name: string, input: unknown) => {
    const id = nextId++
    const answered = new Promise<Result<unknown>>(resolve => waiting.set(id, resolve))
    tell({ id, name, input })
    const result = await answered
    return result.ok ? (result.value as never) : result.error.code
  }
}
const config = (host: string, port: number, mail: Partial<MailService> = {}): AccountConfig => ({
  address: 'me@provider.example',
  displayName: '',
  services: {
    mail: {
      userName: 'me',
      imap: { host, port, security: 'tls' },
      smtp: { host, port, security: 'tls' },
      caPem: null,
      ...mail,
    },
  },
})
const trial = (given: AccountConfig, more: object = {}) => ({
  mail: mailOf(given),
  password: 'out with it',
  accountId: null,
  ...more,
})
const reasons = () => asked.flatMap(question => question.reasons)

describe('a hostile page that wants to dial', () => {
  test.each(['127.0.0.1', 'localhost', '[::1]', '0.0.0.0', '::ffff:127.0.0.1', '2130706433', 'db.internal'])(
    'meets nobody on this machine or around it as %s, whatever it is told to ports',
    async host => {
      says = ({ reasons: why }) => !why.includes('private')
      const answer = await page()('accounts.test', trial(config(host.replace(/[[\]]/g, ''), listener.port)))
      expect(['cancelled', 'bad-request']).toContain(answer)
      expect(knocks).toBe(0)
    },
  )

  test('is asked for before a port that is none of mail, and before a private place; with both it goes', async () => {
    const call = page()
    expect(await call('accounts.test', trial(config('127.0.0.1', listener.port)))).toBe('cancelled')
    expect([reasons(), asked[0]?.lines]).toEqual([
      ['port'],
      expect.arrayContaining([`127.0.0.1:${listener.port}`]),
    ])
    expect(knocks).toBe(0)
    says = () => true
    await call('accounts.test', trial(config('localhost', listener.port)))
    expect(reasons()).toEqual(['port', 'port', 'private'])
    // Each of the two servers as asked for, and once more to find out with which kind of TLS it begins.
    expect(knocks).toBe(4)
  })

  test('what it claims about being allowed counts for nothing', async () => {
    says = ({ reasons: why }) => !why.includes('private')
    const answer = await page()(
      'accounts.test',
      trial(config('127.0.0.1', listener.port), { publicOnly: false, overTor: false }),
    )
    expect([answer, knocks]).toEqual(['cancelled', 0])
  })

  test('may not try one server after the other', async () => {
    const call = page()
    const tries = 25
    let went = 0
    for (let at = 0; at < tries; at++) {
      const answer = await call('accounts.discover', { address: `a${at}@mailbox.org` })
      if (answer !== ('cancelled' as never)) went++
    }
    expect(went).toBe(10)
    expect(asked).toHaveLength(tries - 10)
    expect(new Set(reasons())).toEqual(new Set(['often']))
    says = () => true
    expect(await call('accounts.discover', { address: 'x@mailbox.org' })).toMatchObject({ imap: [{}] })
    says = () => false
    asked = []
    expect(await call('accounts.discover', { address: 'y@mailbox.org' })).toMatchObject({ imap: [{}] })
    expect(asked).toEqual([])
  })

  test('is told what is known here and whom a search would ask, without anybody being asked', async () => {
    const lookups = (['resolveSrv', 'resolve4', 'resolve6', 'resolveTlsa'] as const).map(name =>
      vi.spyOn(Resolver.prototype, name),
    )
    const before = (await engine.call('net.connections', {})).length
    for (const address of ['a@unknown.example', 'b@mailbox.org', 'c@xn--bcher-kva.example'])
      expect(await page()('accounts.discover', { address, localOnly: true })).toMatchObject({
        unasked: address.endsWith('example') ? { domain: address.slice(2) } : null,
      })
    expect(await engine.call('net.connections', {})).toHaveLength(before)
    for (const lookup of lookups) expect(lookup).not.toHaveBeenCalled()
    expect(asked).toEqual([])
  })

  test('cannot add servers that no test reached, nor bring an authority of its own', async () => {
    const call = page()
    expect(await call('accounts.add', { config: config('mail.evil.example', 993), password: 'x' })).toBe(
      'cancelled',
    )
    expect(reasons()).toEqual(['untested'])
    asked = []
    const caPem = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'
    expect(await call('accounts.test', trial(config('mail.evil.example', 993, { caPem })))).toBe('cancelled')
    expect(reasons()).toEqual(['authority'])
    expect(asked[0]?.lines.at(-1)).toMatch(/SHA-256/)
    expect(await engine.call('accounts.list', {})).toEqual([])
  })
})

describe('beside an account that hides', () => {
  let accountId: string
  beforeAll(async () => {
    const { id } = await engine.call('accounts.add', {
      config: config('mail.provider.example', 993),
      password: 'secret',
      route: { kind: 'tor' },
    })
    accountId = id
  })

  test('set-up goes through Tor by itself, names included, and never directly', async () => {
    const lookups = [
      vi.spyOn(Resolver.prototype, 'resolveSrv'),
      vi.spyOn((await import('node:dns')).default, 'lookup'),
    ]
    const call = page()
    const report = (await call(
      'accounts.test',
      trial(config('mail.other.example', 993)),
    )) as unknown as ConnectionTestReport
    expect(report.imap.steps.filter(({ outcome }) => outcome === 'failed').map(({ code }) => code)).toEqual([
      'proxy-failed',
    ])
    const found = (await call('accounts.discover', { address: 'a@other.example' })) as unknown as {
      steps: { detail: string; source: string }[]
    }
    expect(found.steps.filter(({ source }) => source !== 'ispdb-snapshot').length).toBeGreaterThan(5)
    for (const lookup of lookups) expect(lookup).not.toHaveBeenCalled()
    expect(asked).toEqual([])
    const ways = (await engine.call('net.connections', {})).filter(({ host }) =>
      host.includes('other.example'),
    )
    expect(new Set(ways.map(({ way }) => way))).toEqual(new Set(['tor']))
  })

  test.each([
    ['accounts.test', () => trial(config('mail.other.example', 993), { overTor: false })],
    ['accounts.discover', () => ({ address: 'a@other.example', overTor: false })],
  ] as const)('%s goes directly only after a yes', async (name, input) => {
    expect(await page()(name, input())).toBe('cancelled')
    expect(reasons()).toEqual(['direct'])
  })

  test('a new account takes the hidden way, and another one only after a yes', async () => {
    says = ({ reasons: why }) => !why.includes('direct') && !why.includes('proxy')
    const call = page()
    const other = { ...config('mail.second.example', 993), address: 'second@provider.example' }
    for (const route of [
      { kind: 'direct' },
      { kind: 'socks5', host: 'evil.example', port: 1080, login: null },
    ])
      expect(await call('accounts.add', { config: other, password: 'x', route })).toBe('cancelled')
    const added = (await call('accounts.add', { config: other, password: 'x' })) as unknown as { id: string }
    const { accounts } = await engine.call('net.status', {})
    expect(accounts.find(each => each.accountId === added.id)?.route.kind).toBe('tor')
  })

  test('another server for an account that exists, and its end, are asked', async () => {
    const call = page()
    const elsewhere = config('evil.example', 993)
    expect(await call('accounts.update', { accountId, config: elsewhere, signature: '' })).toBe('cancelled')
    expect(reasons()).toEqual(['other-servers'])
    expect(await call('accounts.remove', { accountId })).toBe('cancelled')
    const named = { ...config('mail.provider.example', 993), displayName: 'Me' }
    asked = []
    expect(await call('accounts.update', { accountId, config: named, signature: 'x' })).toMatchObject({
      id: accountId,
    })
    expect(asked).toEqual([])
  })

  test('the places of a direct account are not a way around', async () => {
    await engine.call('net.setRoute', {
      accountId: accountId as never,
      service: 'mail',
      route: { kind: 'direct' },
    })
    const report = (await page()(
      'accounts.test',
      trial(config('mail.third.example', 993), { accountId }),
    )) as unknown as ConnectionTestReport
    expect(report.imap.steps.find(({ outcome }) => outcome === 'failed')?.code).toBe('proxy-failed')
  })
})
