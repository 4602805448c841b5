import { beforeEach, expect, test, vi } from 'vitest'
import { EngineLink } from '../../../../electron/ipc/engine-link'
import { createRestartPolicy, restartLimit } from '../../../../electron/ipc/restart-policy'
import { createLog } from '../../../../electron/log/log'
import type { ToEngine } from '../../../../shared/ipc/engine-messages'
import { FakeEngineProcess, wellBehaved } from './fake-engine-process'

let crashes: number[]
let emitted: { name: string; payload: unknown }[]
beforeEach(() => {
  crashes = []
  emitted = []
})

const linkTo = (behave: (message: ToEngine, process: FakeEngineProcess) => void) => {
  const process = new FakeEngineProcess(behave)
  const link = new EngineLink({
    fork: () => process,
    checksOutput: true,
    log: createLog('test', []),
    emit: (name, payload) => emitted.push({ name, payload }),
    confirm: question =>
      question.lines.length > 0
        ? Promise.resolve(question.lines[0] === 'yes')
        : Promise.reject(new Error('no window')),
    onCrash: exitCode => crashes.push(exitCode),
  })
  return { link, process }
}

test('what the engine asks for the page is answered by the person, and with no where nobody can be asked', async () => {
  const { link, process } = linkTo((message, own) => {
    wellBehaved(message, own)
    if (message.kind !== 'page') return
    const question = { kind: 'set-up' as const, reasons: [] }
    own.say({ kind: 'ask', id: 1, question: { ...question, lines: ['yes'] } })
    own.say({ kind: 'ask', id: 2, question: { ...question, lines: ['no'] } })
    own.say({ kind: 'ask', id: 3, question: { ...question, lines: [] } })
  })
  await open(link)
  link.givePage('page')
  const answers = () => process.received.filter(({ kind }) => kind === 'answer')
  await vi.waitFor(() => expect(answers()).toHaveLength(3))
  expect(answers()).toEqual(
    expect.arrayContaining([
      { kind: 'answer', id: 1, yes: true },
      { kind: 'answer', id: 2, yes: false },
      { kind: 'answer', id: 3, yes: false },
    ]),
  )
})

const profileId = 'ab'.repeat(16)
const open = (link: EngineLink) => link.open('/profile', profileId, 'door')

test('the engine gets its place and its door to the vault, and no key', async () => {
  const { link, process } = linkTo(wellBehaved)
  await open(link)
  expect(process.received).toEqual([
    { kind: 'open', profileDirectory: '/profile', profileId, checksOutput: true },
  ])
  expect(process.ports).toEqual(['door'])
})

test('a page gets a port to an open engine only', async () => {
  const { link, process } = linkTo(wellBehaved)
  link.givePage('early')
  await open(link)
  link.givePage('page')
  await link.close()
  link.givePage('late')
  expect(process.received.map(({ kind }) => kind)).toEqual(['open', 'page', 'close'])
  expect(process.ports).toEqual(['door', 'page'])
})

test('a refusal to open arrives with its code', async () => {
  const { link } = linkTo((message, process) => {
    if (message.kind === 'open')
      process.say({ kind: 'refused', error: { code: 'profile-in-use', retryable: true, params: {} } })
  })
  await expect(open(link)).rejects.toMatchObject({ code: 'profile-in-use', retryable: true })
  expect(await link.call('accounts.list', {})).toMatchObject({ error: { code: 'locked' } })
})

test('answers find their calls whatever the order', async () => {
  const calls: (ToEngine & { kind: 'call' })[] = []
  const { link } = linkTo((message, process) => {
    if (message.kind === 'open') process.say({ kind: 'opened' })
    if (message.kind !== 'call') return
    calls.push(message)
    if (calls.length === 2)
      for (const { id, name } of calls.reverse())
        process.say({ kind: 'result', id, result: { ok: true, value: name } })
  })
  await open(link)
  const answers = await Promise.all([link.call('accounts.list', {}), link.call('drafts.list', {})])
  expect(answers).toEqual([
    { ok: true, value: 'accounts.list' },
    { ok: true, value: 'drafts.list' },
  ])
})

test('a crash answers what was waiting and is told once; an end that was asked for is no crash', async () => {
  const { link, process } = linkTo((message, engine) => {
    if (message.kind === 'open') engine.say({ kind: 'opened' })
  })
  await open(link)
  const waiting = link.call('accounts.list', {})
  process.exit(139)
  expect(await waiting).toMatchObject({ ok: false, error: { code: 'cancelled', retryable: true } })
  expect(crashes).toEqual([139])
  await link.close()

  const orderly = linkTo(wellBehaved)
  await open(orderly.link)
  await Promise.all([orderly.link.close(), orderly.link.close()])
  expect(crashes).toEqual([139])
  expect(orderly.process.received.filter(message => message.kind === 'close')).toHaveLength(1)
})

test('an engine that does not end is ended', async () => {
  vi.useFakeTimers()
  try {
    const { link, process } = linkTo((message, engine) => {
      if (message.kind === 'open') engine.say({ kind: 'opened' })
    })
    await open(link)
    const closing = link.close()
    await vi.advanceTimersByTimeAsync(10_000)
    await closing
    expect(process.wasKilled).toBe(true)
  } finally {
    vi.useRealTimers()
  }
})

test('events of the contract pass; others, broken ones and those that only main may send do not', async () => {
  const { link, process } = linkTo(wellBehaved)
  await open(link)
  const change = { entity: 'message', kind: 'flags', ids: [1], version: 3 }
  process.say({ kind: 'event', name: 'changed', payload: change })
  process.say({ kind: 'event', name: 'changed', payload: { entity: 'planet' } })
  process.say({ kind: 'event', name: 'command', payload: { name: 'compose', argument: null } })
  process.say({ kind: 'event', name: 'constructor', payload: {} })
  process.say('nonsense')
  expect(emitted).toEqual([{ name: 'changed', payload: change }])
})

test('the fifth end within five minutes is the last; old ones are forgotten', () => {
  let now = 0
  const policy = createRestartPolicy(() => now)
  const first = Array.from({ length: restartLimit.exits - 1 }, () => policy.afterExit())
  expect(first.every(delay => typeof delay === 'number')).toBe(true)
  expect(policy.afterExit()).toBe('give-up')
  policy.forget()
  expect(policy.afterExit()).toBe(0)
  for (let count = 0; count < 20; count += 1) {
    now += restartLimit.withinMs / 3
    expect(policy.afterExit()).not.toBe('give-up')
  }
})
