import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, watch } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DesktopSession, startDesktopSession } from '../e2e/support/desktop-session'
import { commandLine, type ListedMessage, runCommandLine, TestProfile } from '../support/command-line'

let profile: TestProfile
let ring: DesktopSession
beforeAll(async () => {
  profile = new TestProfile()
  ring = await startDesktopSession({ keyring: 'unlocked', screen: false })
  await profile.create()
  await profile.json('sample')
  await profile.json('keys', 'generate', 'me@example.org')
})
afterAll(async () => {
  await ring?.stop()
  await profile?.remove()
})

const path = (name: string): string => join(profile.directory, name)
const json = <T>(outcome: { stdout: string }): T => JSON.parse(outcome.stdout) as T
const errorOf = (outcome: {
  stdout: string
  exitCode: number | null
}): { code: string; exitCode: number | null } => ({
  code: json<{ error: { code: string } }>(outcome).error.code,
  exitCode: outcome.exitCode,
})

/** Everything the command line tells of a profile. */
const contentOf = async (directory: string, passphraseFile: string): Promise<unknown> => {
  const common = ['--profile', directory, '--passphrase-file', passphraseFile, '--json']
  const folders = json<{ folder?: string; path?: string }[]>(await runCommandLine(['folders', ...common]))
  const found: unknown[] = [folders]
  for (const verb of [
    ['list', 'sample/Inbox', '--limit', '500'],
    ['search', 'lake'],
    ['keys', 'list'],
    ['account', 'list'],
  ])
    found.push(json(await runCommandLine([...verb, ...common])))
  const [first] = found[1] as ListedMessage[]
  found.push((await runCommandLine(['show', String(first?.id), '--raw', ...common])).stdout)
  return found
}

test('backup, restore, backup: each holds the same, and opens with the passphrase alone', async () => {
  const [first, second] = [path('first.siegel-backup'), path('second.siegel-backup')]
  await profile.json('backup', first)
  const restore = ['--passphrase-file', profile.passphraseFile, '--json']
  expect(json(await runCommandLine(['restore', first, '--into', path('one'), ...restore]))).toMatchObject({
    custody: 'passphrase',
    accounts: 1,
  })
  await runCommandLine(['backup', second, '--profile', path('one'), ...restore])
  await runCommandLine(['restore', second, '--into', path('two'), ...restore])
  const content = await contentOf(profile.profile, profile.passphraseFile)
  expect(await contentOf(path('one'), profile.passphraseFile)).toEqual(content)
  expect(await contentOf(path('two'), profile.passphraseFile)).toEqual(content)
  const findings = json<{ outcome: string }[]>(
    await runCommandLine(['doctor', '--profile', path('two'), ...restore]),
  )
  expect(new Set(findings.map(({ outcome }) => outcome))).toEqual(new Set(['ok']))
  expect(errorOf(await runCommandLine(['restore', first, '--into', path('one'), ...restore]))).toEqual({
    code: 'profile-exists',
    exitCode: 1,
  })
})

test('a profile of a real keychain is backed up under a passphrase of its own, and opens where there is none', async () => {
  const [kept, backup] = [path('in-ring'), path('ring.siegel-backup')]
  const inRing = (...args: string[]) => runCommandLine([...args, '--profile', kept, '--json'], ring.env)
  expect((await inRing('profile', 'create')).exitCode).toBe(0)
  expect((await inRing('sample')).exitCode).toBe(0)
  expect(errorOf(await inRing('backup', backup))).toEqual({ code: 'usage', exitCode: 2 })
  const weak = profile.file('weak', 'password\n')
  expect(errorOf(await inRing('backup', backup, '--passphrase-file', weak)).code).toBe('weak-passphrase')
  const passphraseFile = profile.file('for-backup', 'seven blue bicycles\n')
  expect((await inRing('backup', backup, '--passphrase-file', passphraseFile)).exitCode).toBe(0)

  // No bus, no ring: as on another computer.
  const env = { PATH: process.env.PATH, HOME: profile.directory }
  const wrong = [
    'restore',
    backup,
    '--into',
    path('away'),
    '--json',
    '--passphrase-file',
    profile.passphraseFile,
  ]
  expect(errorOf(await runCommandLine(wrong, env)).code).toBe('wrong-passphrase')
  expect(existsSync(path('away'))).toBe(false)
  const right = ['restore', backup, '--into', path('away'), '--json', '--passphrase-file', passphraseFile]
  expect(json(await runCommandLine(right, env))).toMatchObject({ accounts: 1, custody: 'passphrase' })
  // The profile in the ring is as it was.
  expect(json<unknown[]>(await inRing('account', 'list'))).toHaveLength(1)
})

/** Runs a verb and kills it with SIGKILL as soon as a name that matches is in the folder. */
const killWhen = async (args: readonly string[], folder: string, name: RegExp): Promise<void> => {
  mkdirSync(folder, { recursive: true })
  let child: ChildProcess | undefined
  const watcher = watch(folder, (_, seen) => {
    if (seen && name.test(seen)) child?.kill('SIGKILL')
  })
  child = spawn(process.execPath, [commandLine, ...args], { stdio: 'ignore' })
  await once(child, 'exit')
  watcher.close()
}

test('kill -9 while a backup is written or restored leaves nothing half under a name that counts', async () => {
  const folder = path('killed')
  const backup = join(folder, 'mail.siegel-backup')
  await killWhen(['backup', backup, ...profile.common()], folder, /\.part/)
  // Killed before its last step or after it: there is no backup, or a whole one.
  const restoreTo = (into: string) => [
    'restore',
    backup,
    '--into',
    into,
    '--passphrase-file',
    profile.passphraseFile,
  ]
  if (existsSync(backup)) expect((await runCommandLine(restoreTo(path('whole')))).exitCode).toBe(0)
  else expect((await profile.run('backup', backup)).exitCode).toBe(0)
  expect(readdirSync(folder)).toEqual(['mail.siegel-backup'])

  for (const name of [
    /^store\.db\.restoring$/,
    /^profile\.json\.restoring/,
    /^store\.db$/,
    /^profile\.json$/,
  ]) {
    const into = path(`restored-${name.source.replace(/\W/g, '')}`)
    await killWhen(restoreTo(into), into, name)
    const listing = await runCommandLine([
      'account',
      'list',
      '--profile',
      into,
      '--passphrase-file',
      profile.passphraseFile,
      '--json',
    ])
    if (listing.exitCode === 0) expect(json<unknown[]>(listing)).toHaveLength(1)
    else {
      expect(errorOf(listing).code).toBe('no-profile')
      expect((await runCommandLine(restoreTo(into))).exitCode).toBe(0)
    }
    expect(readdirSync(into).filter(each => each.includes('restoring'))).toEqual([])
  }
})

/** Runs a verb, presses Ctrl+C as soon as a name that matches is in the folder, and answers how it ended. */
const interruptWhen = async (
  args: readonly string[],
  folder: string,
  name: RegExp,
): Promise<{ stdout: string; exitCode: number | null }> => {
  mkdirSync(folder, { recursive: true })
  let child: ChildProcess | undefined
  let isPressed = false
  const watcher = watch(folder, (_, seen) => {
    // Once: a second Ctrl+C ends the program at once.
    if (isPressed || !seen || !name.test(seen)) return
    isPressed = child?.kill('SIGINT') ?? false
  })
  child = spawn(process.execPath, [commandLine, ...args], { stdio: ['ignore', 'pipe', 'ignore'] })
  let stdout = ''
  child.stdout?.on('data', (bytes: Buffer) => {
    stdout += String(bytes)
  })
  const [exitCode] = (await once(child, 'close')) as [number | null]
  watcher.close()
  return { stdout, exitCode }
}

test('Ctrl+C while a backup is written or restored ends it in good order and leaves nothing', async () => {
  const folder = path('interrupted')
  const backup = join(folder, 'mail.siegel-backup')
  const stopped = await interruptWhen(['backup', backup, ...profile.common(), '--json'], folder, /\.part$/)
  expect(errorOf(stopped)).toEqual({ code: 'cancelled', exitCode: 1 })
  expect(readdirSync(folder)).toEqual([])
  expect((await profile.run('backup', backup)).exitCode).toBe(0)

  const into = path('interrupted-restore')
  const restore = ['restore', backup, '--into', into, '--passphrase-file', profile.passphraseFile, '--json']
  const half = await interruptWhen(restore, into, /^store\.db\.restoring$/)
  // Pressed before the last step, or too late: there is nothing, or all of it.
  if (half.exitCode === 0) expect(readdirSync(into)).toContain('profile.json')
  else {
    expect(errorOf(half)).toEqual({ code: 'cancelled', exitCode: 1 })
    expect(readdirSync(into)).toEqual([])
    expect((await runCommandLine(restore)).exitCode).toBe(0)
  }
})

test('a place that cannot be written to is named, and nothing is left', async () => {
  for (const place of [path('no/such/folder/x'), '/dev/full/x', profile.profile])
    expect(errorOf(await profile.run('backup', place, '--json')).code).toMatch(/^file-(unwritable|exists)$/)
})

test('a profile that was opened to others is closed by the next verb', async () => {
  chmodSync(profile.profile, 0o755)
  for (const name of readdirSync(profile.profile)) chmodSync(join(profile.profile, name), 0o644)
  await profile.json('account', 'list')
  expect(statSync(profile.profile).mode & 0o777).toBe(0o700)
  for (const name of readdirSync(profile.profile))
    expect(statSync(join(profile.profile, name)).mode & 0o077, name).toBe(0)
})

test('a store that is gone is named; set aside, a backup takes its place, and the old key file is kept', async () => {
  const into = path('lost')
  const common = ['--profile', into, '--passphrase-file', profile.passphraseFile, '--json']
  const backup = path('first.siegel-backup')
  const restore = ['restore', backup, '--into', into, '--passphrase-file', profile.passphraseFile, '--json']
  await runCommandLine(restore)
  const key = readFileSync(join(into, 'profile.json'), 'utf8')
  rmSync(join(into, 'store.db'))
  expect(errorOf(await runCommandLine(['account', 'list', ...common]))).toEqual({
    code: 'store-missing',
    exitCode: 1,
  })
  const { setAside } = json<{ setAside: string }>(
    await runCommandLine(['profile', 'set-aside', '--profile', into, '--json']),
  )
  expect(readFileSync(join(into, setAside, 'profile.json'), 'utf8')).toBe(key)
  expect((await runCommandLine(restore)).exitCode).toBe(0)
  expect(json<unknown[]>(await runCommandLine(['account', 'list', ...common]))).toHaveLength(1)
})
