import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FaceCallName } from '../../../shared/ipc/contract'
import { type DesktopSession, type KeyringMode, startDesktopSession } from '../support/desktop-session'
import { type Launched, launchOn } from '../support/launch'
import { rawCall } from '../support/page-calls'

const phrase = 'a cold plum in november'

let desktop: DesktopSession
let siegel: Launched | undefined
beforeEach(() => {
  siegel = undefined
})
afterEach(async () => {
  await siegel?.quit()
  await desktop?.stop()
})

const startOn = async (keyring: KeyringMode): Promise<Launched> => {
  desktop = await startDesktopSession({ keyring, screen: true })
  siegel = await launchOn(desktop)
  return siegel
}

const restart = async ({ profile, quit }: Launched): Promise<Launched> => {
  await quit()
  siegel = await launchOn(desktop, { profile })
  return siegel
}

type Answer = { ok: boolean; value?: Record<string, unknown>; error?: { code: string } }

const call = ({ page }: Launched, name: FaceCallName, input: unknown): Promise<Answer> =>
  rawCall(page, name, input) as Promise<Answer>

const bytesBelow = (directory: string): Buffer =>
  Buffer.concat(
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => readFileSync(join(entry.parentPath, entry.name))),
  )

test('kept by the keychain: opens by itself at the next start, locks, and opens when asked', async () => {
  const first = await startOn('unlocked')
  expect(await call(first, 'app.status', {})).toMatchObject({
    value: { state: 'no-profile', keychain: { state: 'available' } },
  })
  expect(await call(first, 'app.createProfile', { custody: 'keychain', passphrase: null })).toMatchObject({
    value: { state: 'open', custody: 'keychain' },
  })
  expect(await call(first, 'accounts.addSample', {})).toMatchObject({ ok: true })

  const second = await restart(first)
  await expect.poll(async () => (await call(second, 'app.status', {})).value?.state).toBe('open')
  expect((await call(second, 'accounts.list', {})).value).toHaveLength(1)
  expect(await call(second, 'app.lock', {})).toMatchObject({ value: { state: 'locked' } })
  expect(await call(second, 'accounts.list', {})).toMatchObject({ error: { code: 'locked' } })
  expect(await call(second, 'app.unlock', { passphrase: null })).toMatchObject({ value: { state: 'open' } })
  expect((await call(second, 'accounts.list', {})).value).toHaveLength(1)
})

test('where there is no keychain a passphrase keeps it, stays locked at the next start, and is nowhere on the disk', async () => {
  const first = await startOn('absent')
  expect(await call(first, 'app.status', {})).toMatchObject({ value: { keychain: { state: 'unavailable' } } })
  expect(await call(first, 'app.createProfile', { custody: 'keychain', passphrase: null })).toMatchObject({
    error: { code: 'keychain-unavailable' },
  })
  expect(await call(first, 'app.createProfile', { custody: 'passphrase', passphrase: phrase })).toMatchObject(
    {
      value: { state: 'open', custody: 'passphrase' },
    },
  )
  const second = await restart(first)
  await expect.poll(async () => (await call(second, 'app.status', {})).value?.state).toBe('locked')
  expect(await call(second, 'app.unlock', { passphrase: 'another plum in november' })).toMatchObject({
    error: { code: 'wrong-passphrase' },
  })
  expect(await call(second, 'app.unlock', { passphrase: phrase })).toMatchObject({ value: { state: 'open' } })
  await second.quit()
  expect(bytesBelow(desktop.directory).includes(phrase)).toBe(false)
})

test('mail that was shown, searched and locked away leaves no word on the disk outside the store, nor in it', async () => {
  const running = await startOn('unlocked')
  await call(running, 'app.createProfile', { custody: 'keychain', passphrase: null })
  await call(running, 'accounts.addSample', {})
  const { page } = running
  await page.getByText('Buchladen Regalmeter').first().click()
  await page.frameLocator('iframe').getByText('Regalmeter').first().waitFor()
  await call(running, 'search.query', { text: 'Gemeinschaftsgarten', mailboxId: null, limit: 10 })
  expect(await call(running, 'app.lock', {})).toMatchObject({ value: { state: 'locked' } })
  expect(await page.evaluate(() => document.body.textContent)).not.toContain('Regalmeter')
  expect(page.frames().map(frame => frame.url())).toEqual([expect.stringMatching(/^app:/)])
  await running.quit()
  const bytes = bytesBelow(desktop.directory)
  expect(bytes.byteLength).toBeGreaterThan(100_000)
  for (const word of ['Gemeinschaftsgarten', 'Regalmeter', 'Johanna'])
    for (const encoding of ['utf8', 'utf16le'] as const)
      expect(bytes.includes(Buffer.from(word, encoding))).toBe(false)
})

test('an engine that is killed comes back with the mail, without asking for anything', async () => {
  const running = await startOn('unlocked')
  await call(running, 'app.createProfile', { custody: 'keychain', passphrase: null })
  await call(running, 'accounts.addSample', {})
  const kill = () =>
    running.app.evaluate(({ app }) => {
      const engine = app
        .getAppMetrics()
        .find(({ serviceName, name }) => `${serviceName} ${name}`.includes('Siegel engine'))
      if (engine) process.kill(engine.pid, 'SIGKILL')
      return engine?.pid
    })
  const pid = await kill()
  expect(pid).toBeGreaterThan(0)
  await expect
    .poll(async () => (await call(running, 'accounts.list', {})).value, { timeout: 45_000 })
    .toHaveLength(1)
  expect(await call(running, 'app.status', {})).toMatchObject({ value: { state: 'open', problem: null } })
})

test('a second start of the same profile brings the first window forward and ends', async () => {
  const running = await startOn('unlocked')
  await expect(launchOn(desktop, { profile: running.profile })).rejects.toThrow()
  expect(await call(running, 'app.status', {})).toMatchObject({ ok: true })
})
