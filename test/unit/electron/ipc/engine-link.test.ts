import { beforeEach, expect, test, vi } from 'vitest'
import { EngineLink } from '../../../../electron/ipc/engine-link'
import { createRestartPolicy, restartLimit } from '../../../../electron/ipc/restart-policy'
import type { RelayToVault } from '../../../../electron/ipc/vault-door'
import { createLog } from '../../../../electron/log/log'
import type { ToEngine } from '../../../../shared/ipc/engine-messages'
import { SiegelError } from '../../../../shared/ipc/result'
import { FakeEngineProcess, wellBehaved } from './fake-engine-process'

let crashes: number[]
let emitted: { name: string; payload: unknown }[]
beforeEach(() => {
  crashes = []
  emitted = []
})

const lockedVault: RelayToVault = () => Promise.reject(new SiegelError('locked'))

const linkTo = (
  behave: (message: ToEngine, process: FakeEngineProcess) => void,
  vault: RelayToVault = lockedVault,
) => {
  const process = new FakeEngineProcess(behave)
  const link = new EngineLink({
    fork: () => process,
    vault,
    log: createLog('test', []),
    emit: (name, payload) => emitted.push({ name, payload }),
    onCrash: exitCode => crashes.push(exitCode),
  })
  return { link, process }
}

const key = () => new Uint8Array(32).fill(7)

test('the key reaches the engine and is wiped here', async () => {
  const { link, process } = linkTo(wellBehaved)
  const storeKey = key()
  await link.open('/profile', storeKey)
  expect(process.received[0]).toEqual({ kind: 'open', profileDirectory: '/profile', storeKey: key() })
  expect(storeKey).toEqual(new Uint8Array(32))
})

test('a refusal to open arrives with its code, and the key is wiped all the same', async () => {
  const { link } = linkTo((message, process) => {
    if (message.kind === 'open')
      process.say({ kind: 'refused', error: { code: 'profile-in-use', retryable: true, params: {} } })
  })
  const storeKey = key()
  await expect(link.open('/profile', storeKey)).rejects.toMatchObject({
    code: 'profile-in-use',
    retryable: true,
  })
  expect(storeKey).toEqual(new Uint8Array(32))
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
  await link.open('/profile', key())
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
  await link.open('/profile', key())
  const waiting = link.call('accounts.list', {})
  process.exit(139)
  expect(await waiting).toMatchObject({ ok: false, error: { code: 'cancelled', retryable: true } })
  expect(crashes).toEqual([139])
  await link.close()

  const orderly = linkTo(wellBehaved)
  await orderly.link.open('/profile', key())
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
    await link.open('/profile', key())
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
  await link.open('/profile', key())
  const change = { entity: 'message', ids: [1], version: 3 }
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

const question = (process: FakeEngineProcess, name: string) =>
  process.say({ kind: 'vault', id: 4, name, input: {} })

test('the engine asks the vault and hears its answer, or its refusal', async () => {
  const { link, process } = linkTo(wellBehaved, async name => {
    if (name === 'unlocked') return ['a']
    throw new SiegelError('no-key', { keyIds: '1' })
  })
  await link.open('/profile', key())
  question(process, 'unlocked')
  question(process, 'sign')
  await vi.waitFor(() => expect(process.received).toHaveLength(3))
  expect(process.received).toContainEqual({
    kind: 'vault-reply',
    id: 4,
    result: { ok: true, value: ['a'] },
  })
  expect(process.received).toContainEqual({
    kind: 'vault-reply',
    id: 4,
    result: { ok: false, error: { code: 'no-key', params: { keyIds: '1' }, retryable: false } },
  })
})

test.each([
  'exportForKeychain',
  'deriveStoreKey',
  'exportSecret',
  'importSecret',
  'importThunderbird',
  'unlockKey',
  'wrap',
  'lock',
  'constructor',
])('the engine cannot ask the vault for %s', async name => {
  const asked: string[] = []
  const { link, process } = linkTo(wellBehaved, async asking => void asked.push(asking))
  await link.open('/profile', key())
  question(process, name)
  question(process, 'unlocked')
  await vi.waitFor(() => expect(asked).toEqual(['unlocked']))
})

test('what the engine takes back is taken back from the vault', async () => {
  const aborted = vi.fn()
  const { link, process } = linkTo(
    wellBehaved,
    (_name, _input, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted()
          reject(new SiegelError('cancelled'))
        })
      }),
  )
  await link.open('/profile', key())
  question(process, 'decrypt')
  process.say({ kind: 'vault-cancel', id: 4 })
  await vi.waitFor(() => expect(aborted).toHaveBeenCalledOnce())
})
