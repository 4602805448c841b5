import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { EngineLink } from '../../../../electron/ipc/engine-link'
import { createRestartPolicy } from '../../../../electron/ipc/restart-policy'
import { nodeFileCalls } from '../../../../electron/keychain/atomic-file'
import { createLog } from '../../../../electron/log/log'
import { ProfileSession } from '../../../../electron/main/profile-session'
import type { VaultHost } from '../../../../electron/vault/vault-client'
import type { ToEngine } from '../../../../shared/ipc/engine-messages'
import type { AppStatus } from '../../../../shared/kit/status'
import { FakeEngineProcess, wellBehaved } from '../ipc/fake-engine-process'
import { FileKeychain } from '../keychain/file-keychain'
import { startSourceVaultWorker } from '../vault/source-worker'

const phrase = 'a cold plum in november'

let base: string
let keychain: FileKeychain
let vaultWorker: VaultHost | null = null
/** The vault that is asked for a door stands for the engine's: it answers the store key, as the real door does. */
let storeKeys: string[]
let processes: FakeEngineProcess[]
let states: AppStatus['state'][]
let notices: string[]
let behave: (message: ToEngine, process: FakeEngineProcess) => void
const sessions: ProfileSession[] = []

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'siegel-session-'))
  keychain = new FileKeychain(mkdtempSync(join(base, 'ring')))
  processes = []
  storeKeys = []
  states = []
  notices = []
  behave = wellBehaved
})
afterEach(async () => {
  await Promise.all(sessions.splice(0).map(session => session.end()))
  rmSync(base, { recursive: true, force: true })
})

/** The program starts, with what earlier runs left in the profile directory. */
const start = (): ProfileSession => {
  const session = new ProfileSession({
    directory: join(base, 'profile'),
    custody: {
      keychain,
      startVaultWorker() {
        const worker = startSourceVaultWorker()
        vaultWorker = {
          postMessage: (message, transfer) => worker.postMessage(message, transfer),
          on: (event, listener) => worker.on(event, listener),
          ref: () => worker.ref(),
          unref: () => worker.unref(),
          terminate: () => worker.terminate(),
          openEngineDoor(profileId) {
            const id = 1_000_000 + storeKeys.length
            worker.on('message', message => {
              if (message.id === id) storeKeys.push(Buffer.from(message.value.key).toString('hex'))
            })
            worker.postMessage({ id, request: { operation: 'deriveStoreKey', profileId } })
            return `door of ${profileId}`
          },
        }
        return vaultWorker
      },
      files: nodeFileCalls,
    },
    startEngine: onCrash =>
      new EngineLink({
        fork() {
          const process = new FakeEngineProcess((message, own) => behave(message, own))
          processes.push(process)
          return process
        },
        checksOutput: true,
        log: createLog('test', []),
        emit: () => {},
        confirm: () => Promise.resolve(false),
        onCrash,
      }),
    restarts: createRestartPolicy(Date.now),
    // The first answer waits for longer than a vault takes to start from its source on a busy machine.
    sleep: ms => new Promise(resolve => setTimeout(resolve, ms === 1500 ? 5000 : 500)),
    facts: { version: '1', runtime: { electron: '1', chrome: '1', official: true }, platform: 'linux' },
    onProgress: () => undefined,
    onNotice: notice => void notices.push(notice.code),
    onStatus: status => {
      if (states.at(-1) !== status.state) states.push(status.state)
    },
    log: createLog('test', []),
  })
  sessions.push(session)
  return session
}

/** The keys that engines' doors gave out, once each of `doors` has; the profile's own all along. */
const keysGiven = async (doors: number): Promise<string[]> => {
  await until(() => storeKeys.length === doors)
  expect(new Set(processes.flatMap(process => process.ports)).size).toBe(1)
  return [...new Set(storeKeys)]
}

const until = async (isDone: () => boolean): Promise<void> => {
  for (let attempt = 0; attempt < 2400 && !isDone(); attempt += 1)
    await new Promise(resolve => setTimeout(resolve, 25))
  expect(isDone()).toBe(true)
}

test('a first start asks for a profile; made with the keychain, the next start opens it by itself', async () => {
  const first = start()
  expect(await first.status()).toMatchObject({
    state: 'no-profile',
    custody: null,
    keychain: { state: 'available' },
  })
  await first.create({ custody: 'keychain', passphrase: null })
  expect(await first.status()).toMatchObject({ state: 'open', custody: 'keychain' })
  await first.end()

  const second = start()
  expect(await second.status()).toMatchObject({ state: 'open' })
  expect(await keysGiven(2)).toHaveLength(1)
})

test('lock ends the engine, calls answer locked, and unlocking opens it again with the same key', async () => {
  const session = start()
  await session.create({ custody: 'passphrase', passphrase: phrase })
  expect(await session.callEngine('accounts.list', {})).toMatchObject({ ok: true })
  await session.lock()
  expect(await session.status()).toMatchObject({ state: 'locked' })
  expect(processes[0]?.received.at(-1)).toEqual({ kind: 'close' })
  expect(await session.callEngine('accounts.list', {})).toMatchObject({ error: { code: 'locked' } })

  await expect(session.unlock('not the phrase')).rejects.toMatchObject({ code: 'wrong-passphrase' })
  expect(await session.status()).toMatchObject({ state: 'locked', problem: null })
  await session.unlock(phrase)
  expect(session.isOpen).toBe(true)
  expect(await keysGiven(2)).toHaveLength(1)
})

test('a vault that ends by itself locks the profile and says so; unlocking opens it again', async () => {
  const session = start()
  await session.create({ custody: 'passphrase', passphrase: phrase })
  await vaultWorker?.terminate()
  await until(() => states.at(-1) === 'locked')
  expect(await session.status()).toMatchObject({
    state: 'locked',
    problem: { code: 'internal', params: { fault: 'vault-ended' } },
  })
  expect(processes[0]?.received.at(-1)).toEqual({ kind: 'close' })
  await session.unlock(phrase)
  expect(session.isOpen).toBe(true)
})

test('a locked ring leaves the profile locked, says why, and opens when the ring does', async () => {
  await start().create({ custody: 'keychain', passphrase: null })
  await sessions[0]?.end()
  keychain.mode = 'locked'
  const session = start()
  expect(await session.status()).toMatchObject({
    state: 'locked',
    keychain: { state: 'locked' },
    problem: { code: 'keychain-locked' },
  })
  keychain.mode = 'available'
  await session.unlock(null)
  expect(session.isOpen).toBe(true)
})

test('what the engine refuses is shown, the keys are dropped, and trying again works', async () => {
  behave = (message, process) => {
    if (message.kind === 'open')
      process.say({ kind: 'refused', error: { code: 'profile-in-use', retryable: true, params: {} } })
    else wellBehaved(message, process)
  }
  const session = start()
  await expect(session.create({ custody: 'passphrase', passphrase: phrase })).rejects.toMatchObject({
    code: 'profile-in-use',
  })
  expect(await session.status()).toMatchObject({ state: 'failed', problem: { code: 'profile-in-use' } })
  behave = wellBehaved
  await session.unlock(phrase)
  expect(await session.status()).toMatchObject({ state: 'open', problem: null })
})

test('a crash is mended with the key in the vault; an engine that keeps crashing is given up and said so', async () => {
  const session = start()
  await session.create({ custody: 'passphrase', passphrase: phrase })
  processes[0]?.exit(139)
  await until(() => processes.length === 2 && session.isOpen)
  expect(await keysGiven(2)).toHaveLength(1)

  for (let count = 2; count <= 5; count += 1) {
    processes.at(-1)?.exit(139)
    await until(() => states.at(-1) === 'failed' || (processes.length === count + 1 && session.isOpen))
  }
  expect(await session.status()).toMatchObject({
    state: 'failed',
    problem: { code: 'internal', retryable: true },
  })
  await session.unlock(phrase)
  expect(session.isOpen).toBe(true)
})

test('a damaged profile file is said so and nothing is made over it', async () => {
  await start().create({ custody: 'passphrase', passphrase: phrase })
  await sessions[0]?.end()
  writeFileSync(join(base, 'profile', 'profile.json'), 'x')
  const session = start()
  expect(await session.status()).toMatchObject({ state: 'failed', problem: { code: 'vault-damaged' } })
  await expect(session.create({ custody: 'passphrase', passphrase: phrase })).rejects.toMatchObject({
    code: 'vault-damaged',
  })
})

test('how the key is kept can be changed while mail is open', async () => {
  const session = start()
  await session.create({ custody: 'keychain', passphrase: null })
  await session.changeCustody({ custody: 'passphrase', currentPassphrase: null, newPassphrase: phrase })
  expect(await session.status()).toMatchObject({ state: 'open', custody: 'passphrase' })
  await session.lock()
  await session.unlock(phrase)
  expect(await keysGiven(2)).toHaveLength(1)
})

test('a key file that is gone is said so; set aside, what is left makes room for a new profile', async () => {
  const first = start()
  await first.create({ custody: 'passphrase', passphrase: phrase })
  await expect(first.startAnew()).rejects.toMatchObject({ code: 'conflict' })
  await expect(first.restore({ path: '/nowhere', passphrase: phrase })).rejects.toMatchObject({
    code: 'profile-exists',
  })
  await first.end()
  const profile = join(base, 'profile')
  writeFileSync(join(profile, 'store.db'), 'mail')
  rmSync(join(profile, 'profile.json'))
  const session = start()
  expect(await session.status()).toMatchObject({ state: 'failed', problem: { code: 'key-file-missing' } })
  // Trying again must not turn it into a first start.
  await expect(session.unlock(null)).rejects.toMatchObject({ code: 'key-file-missing' })
  expect(await session.status()).toMatchObject({ state: 'failed', problem: { code: 'key-file-missing' } })
  await session.startAnew()
  expect(await session.status()).toMatchObject({ state: 'no-profile', custody: null })
  await session.create({ custody: 'passphrase', passphrase: phrase })
  expect(session.isOpen).toBe(true)
})

test('a restore that fails leaves the state as it was and says so to whoever prepares the next try', async () => {
  const session = start()
  await session.status()
  const told = states.length
  writeFileSync(join(base, 'letter'), 'Dear Anna')
  await expect(session.restore({ path: join(base, 'letter'), passphrase: phrase })).rejects.toMatchObject({
    code: 'backup-foreign',
  })
  expect(await session.status()).toMatchObject({ state: 'no-profile' })
  expect(states).toHaveLength(told)
})

test('a directory that others may enter is closed, also while the passphrase is still to come', async () => {
  await start().create({ custody: 'passphrase', passphrase: phrase })
  await sessions[0]?.end()
  chmodSync(join(base, 'profile'), 0o755)
  chmodSync(join(base, 'profile', 'profile.json'), 0o644)
  expect(await start().status()).toMatchObject({ state: 'locked' })
  expect(statSync(join(base, 'profile')).mode & 0o777).toBe(0o700)
  expect(statSync(join(base, 'profile', 'profile.json')).mode & 0o777).toBe(0o600)
  expect(notices).toEqual([])
})
