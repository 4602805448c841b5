import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import {
  type DesktopSession,
  type KeyringMode,
  startDesktopSession,
} from '../../../e2e/support/desktop-session'
import { runTypeScript } from '../vault/source-worker'

const program = fileURLToPath(new URL('./os-keychain-child.ts', import.meta.url))
// When the tests themselves run in Electron's Node, so must their programs.
const { ELECTRON_RUN_AS_NODE } = process.env
const asNode = ELECTRON_RUN_AS_NODE ? { ELECTRON_RUN_AS_NODE } : {}

const profileId = 'ab'.repeat(16)

let session: DesktopSession | undefined
afterEach(async () => {
  await session?.stop()
  session = undefined
})

const desktop = async (keyring: KeyringMode): Promise<DesktopSession> => {
  session = await startDesktopSession({ keyring, screen: false })
  return session
}

const run = (env: Readonly<Record<string, string>>, ...args: string[]) =>
  new Promise<{ value?: unknown; error?: string }>((resolve, reject) => {
    execFile(
      process.execPath,
      [...runTypeScript, program, ...args],
      { env: { ...env, ...asNode } },
      (error, output) => (error ? reject(error) : resolve(JSON.parse(output))),
    )
  })

describe.runIf(process.platform === 'linux')('a real GNOME Keyring', () => {
  test('keeps the key across programs and forgets it when told to', async () => {
    const { env, directory } = await desktop('unlocked')
    const key = randomBytes(32)
    expect(await run(env, 'state')).toMatchObject({ value: { state: 'available' } })
    expect(await run(env, 'read', profileId)).toEqual({ value: null })
    expect(await run(env, 'write', profileId, key.toString('hex'))).toEqual({ value: null })
    expect(await run(env, 'read', profileId)).toEqual({ value: key.toString('hex') })
    expect(await run(env, 'read', 'cd'.repeat(16))).toEqual({ value: null })

    const rings = join(directory, 'home', '.local', 'share', 'keyrings')
    for (const name of readdirSync(rings)) expect(readFileSync(join(rings, name)).includes(key)).toBe(false)

    expect(await run(env, 'remove', profileId)).toEqual({ value: null })
    expect(await run(env, 'read', profileId)).toEqual({ value: null })
    expect(await run(env, 'remove', profileId)).toEqual({ value: null })
  })

  test('locked is not empty: the key is there again after the ring opens', async () => {
    const { env, restartKeyring } = await desktop('unlocked')
    const key = 'ef'.repeat(32)
    await run(env, 'write', profileId, key)
    await restartKeyring('locked')
    expect(await run(env, 'read', profileId)).toMatchObject({ error: 'keychain-locked' })
    // An account that is not in the ring must not look absent either while nobody can tell.
    expect(await run(env, 'read', 'cd'.repeat(16))).toMatchObject({ error: 'keychain-locked' })
    expect(await run(env, 'write', profileId, '00'.repeat(32))).toMatchObject({ error: 'keychain-locked' })
    expect(await run(env, 'state')).toMatchObject({ value: { state: 'locked' } })
    await restartKeyring('unlocked')
    expect(await run(env, 'read', profileId)).toEqual({ value: key })
  })

  test('a bus without a secret service and no bus at all are unavailable; the kernel keyring is not used', async () => {
    const { env } = await desktop('absent')
    const { DBUS_SESSION_BUS_ADDRESS: _, ...withoutBus } = env
    for (const place of [env, withoutBus]) {
      expect(await run(place, 'state')).toMatchObject({ value: { state: 'unavailable' } })
      expect(await run(place, 'write', profileId, 'ef'.repeat(32))).toMatchObject({
        error: 'keychain-unavailable',
      })
      expect(await run(place, 'read', profileId)).toMatchObject({ error: 'keychain-unavailable' })
    }
  })
})
