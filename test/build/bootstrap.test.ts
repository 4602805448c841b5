import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { childEnvironment, runInPlace, runQuietly } from '../../build/child.mjs'
import { electronRuntime } from '../../build/electron-runtime.mjs'
import { withLock } from '../../build/lock.mjs'
import { inProject } from '../../build/paths.mjs'
import { isInstalledAsLocked } from '../../build/project-packages.mjs'
import { isNewEnough, tooOld } from '../../build/tooling-node.mjs'
import { turnsOfTheLoop } from '../support/until'

const bootstrap = (args: readonly string[], env: Record<string, string | undefined> = {}) =>
  runQuietly(process.execPath, [inProject('build', 'bootstrap.mjs'), ...args], {
    env: childEnvironment(process.execPath, env),
  })

test('an unknown verb is refused with the list of verbs', async () => {
  const { code, output } = await bootstrap(['strat'])
  expect(code).toBe(1)
  expect(output).toContain('Unknown verb "strat"')
  expect(output).toContain('start, test, demo, cli')
})

test.runIf(process.platform === 'linux')(
  'without a screen, start says so and names the ways out',
  async () => {
    const { code, output } = await bootstrap(['start'], { DISPLAY: undefined, WAYLAND_DISPLAY: undefined })
    expect(code).toBe(1)
    expect(output).toContain('no screen')
    expect(output).toContain('xvfb-run -a npm start')
    expect(output).toContain('npm run -s cli')
  },
)

test.each([
  ['v20.20.2', false],
  ['v22.13.9', false],
  ['v22.14.0', true],
  ['v24.21.0', true],
])('Node %s is new enough for the tools: %s', (version, answer) => {
  expect(isNewEnough(version)).toBe(answer)
})

test('whoever runs vitest by hand under an older Node is told which one is needed and the command that brings it', () => {
  const said = tooOld('v20.20.2')
  expect(said).toContain('v20.20.2 is too old')
  expect(said).toContain('Node 22.14 or newer')
  expect(said).toContain('npm test -- FILE')
  // Before anything of the tests is loaded, and so before the native part is.
  expect(readFileSync(inProject('vitest.config.ts'), 'utf8')).toMatch(
    /if \(!isNewEnough\(process\.version\)\)/,
  )
})

test('packages count as installed only in the locked version with the locked content', () => {
  const locked = {
    '': {},
    a: { version: '1.0.0', integrity: 'sha512-a' },
    b: { version: '1.0.0', optional: true },
  }
  expect(isInstalledAsLocked(locked, { a: { version: '1.0.0', integrity: 'sha512-a' } })).toBe(true)
  expect(isInstalledAsLocked(locked, { a: { version: '1.0.1', integrity: 'sha512-a' } })).toBe(false)
  expect(isInstalledAsLocked(locked, { a: { version: '1.0.0', integrity: 'sha512-b' } })).toBe(false)
  expect(isInstalledAsLocked(locked, {})).toBe(false)
})

const lockfiles = [
  'package-lock.json',
  'build/toolchain/package-lock.json',
  'build/electron-fallback/package-lock.json',
]

test.each(lockfiles)('%s pins every package by content and names no registry', file => {
  const text = readFileSync(inProject(file), 'utf8')
  const packages: Record<string, { integrity?: string }> = JSON.parse(text).packages
  const unpinned = Object.entries(packages).filter(([path, { integrity }]) => path !== '' && !integrity)
  expect(unpinned).toEqual([])
  expect(text).not.toContain('"resolved"')
})

test('the lockfile knows every optional part, so that a clean install works on every platform', () => {
  const packages: Record<string, { optionalDependencies?: Record<string, string> }> = JSON.parse(
    readFileSync(inProject('package-lock.json'), 'utf8'),
  ).packages
  const missing = Object.values(packages)
    .flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
    .filter(name => !Object.keys(packages).some(path => path.endsWith(`node_modules/${name}`)))
  expect(missing).toEqual([])
})

test("a child's exit code and the signal that ended it are passed on", async () => {
  expect(await runInPlace(process.execPath, ['-e', 'process.exit(7)'])).toBe(7)
  expect(await runInPlace(process.execPath, ['-e', 'process.kill(process.pid, "SIGTERM")'])).toBe(143)
})

test("npm's notes about the outer run do not reach the inner one", () => {
  const before = process.env.npm_config_local_prefix
  process.env.npm_config_local_prefix = '/somewhere'
  process.env.npm_config_registry ??= ''
  const env = childEnvironment(process.execPath)
  if (before === undefined) delete process.env.npm_config_local_prefix
  expect(env).not.toHaveProperty('npm_config_local_prefix')
  expect(env).toHaveProperty('npm_config_registry')
})

test('two tools never do the same thing at once', async () => {
  const steps: string[] = []
  const step = (name: string) =>
    withLock('test-lock', async () => {
      steps.push(`${name} in`)
      // The other has asked, and had the time to come in if it were let.
      await turnsOfTheLoop(100)
      steps.push(`${name} out`)
    })
  await Promise.all([step('a'), step('b')])
  expect(steps[1]).toBe(steps[0]?.replace('in', 'out'))
  expect(steps).toHaveLength(4)
})

test('a release is refused where only the runtime for tests is at hand', async () => {
  const runtime = await electronRuntime(process.execPath)
  const release = electronRuntime(process.execPath, { isRelease: true })
  if (runtime.source === 'official') await expect(release).resolves.toEqual(runtime)
  else await expect(release).rejects.toThrow('official Electron')
})
