import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { beforeAll, describe, expect, test } from 'vitest'
import { childEnvironment, runQuietly } from '../../build/child.mjs'
import { electronRuntime } from '../../build/electron-runtime.mjs'
import { inCache, inProject } from '../../build/paths.mjs'
import { demoTracesIn } from '../support/demo-traces'

const out = inCache('test', 'package')
const folder = join(out, `Siegel-${process.platform}-${process.arch}`)

const makePackage = (env: Record<string, string | undefined>) =>
  runQuietly(process.execPath, [inProject('build', 'package.ts'), 'package'], {
    env: childEnvironment(process.execPath, { SIEGEL_PACKAGE_OUT: out, NODE_ENV: undefined, ...env }),
  })

test('without the official Electron a release is refused, and says why', async () => {
  const { source } = await electronRuntime(process.execPath)
  if (source === 'official') return
  const { code, output } = await makePackage({ SIEGEL_PACKAGE_FOR_TEST: undefined })
  expect(code).not.toBe(0)
  expect(output).toContain('A release is built from the official Electron')
})

describe.runIf(process.platform === 'linux')('a packaged Siegel', () => {
  beforeAll(async () => {
    const { code, output } = await makePackage({ SIEGEL_PACKAGE_FOR_TEST: '1' })
    expect(output).toContain('for tests only')
    expect(code, output).toBe(0)
  })

  test('has its fuses burnt: no Node, no inspector, no files, only its own archive', async () => {
    const wire = await getCurrentFuseWire(join(folder, 'siegel'))
    const on = '1'.charCodeAt(0)
    const isOn = (fuse: FuseV1Options): boolean => wire[fuse] === on
    expect({
      runAsNode: isOn(FuseV1Options.RunAsNode),
      nodeOptions: isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
      inspect: isOn(FuseV1Options.EnableNodeCliInspectArguments),
      filePrivileges: isOn(FuseV1Options.GrantFileProtocolExtraPrivileges),
      cookieEncryption: isOn(FuseV1Options.EnableCookieEncryption),
      onlyFromAsar: isOn(FuseV1Options.OnlyLoadAppFromAsar),
      asarIntegrity: isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
    }).toEqual({
      runAsNode: false,
      nodeOptions: false,
      inspect: false,
      filePrivileges: false,
      cookieEncryption: true,
      onlyFromAsar: true,
      asarIntegrity: true,
    })
  })

  test('carries its native parts outside the archive, for this platform only', () => {
    const natives = readdirSync(join(folder, 'resources', 'app.asar.unpacked'), { recursive: true })
      .map(String)
      .filter(name => name.endsWith('.node'))
    expect(natives).toHaveLength(3)
    for (const name of ['better-sqlite3', 'keyring', 'argon2'])
      expect(natives.some(native => native.includes(name))).toBe(true)
  })

  test('carries the page that was built and tested, byte for byte, and nothing of the demo', async () => {
    const tree = join(out, 'extracted')
    rmSync(tree, { recursive: true, force: true })
    const asar = inProject('node_modules', '@electron', 'asar', 'bin', 'asar.mjs')
    await runQuietly(process.execPath, [asar, 'extract', join(folder, 'resources', 'app.asar'), tree])
    expect(demoTracesIn(tree)).toEqual([])
    const page = (root: string) =>
      Object.fromEntries(
        readdirSync(root, { recursive: true, withFileTypes: true })
          .filter(entry => entry.isFile() && !entry.name.endsWith('.map'))
          .map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name)).toString('base64')]),
      )
    const packaged = page(join(tree, '.vite', 'renderer'))
    expect(Object.keys(packaged)).toContain('index.html')
    expect(packaged).toEqual(page(inProject('.vite', 'renderer')))
  })

  test('holds no sources, tests or tools', async () => {
    const asar = inProject('node_modules', '@electron', 'asar', 'bin', 'asar.mjs')
    const { output } = await runQuietly(process.execPath, [
      asar,
      'list',
      join(folder, 'resources', 'app.asar'),
    ])
    const files = output.split('\n').filter(Boolean)
    expect(files).toContain('/package.json')
    expect(files.filter(file => file.startsWith('/.vite/build/')).toSorted()).toEqual(
      ['engine', 'main', 'preload', 'vault'].map(name => `/.vite/build/${name}.cjs`),
    )
    expect(
      files.filter(
        file =>
          /^\/(?!package\.json|LICENSE|\.vite|node_modules)|\.map$|\.tsx?$/.test(file) &&
          !/\.d\.ts$/.test(file),
      ),
    ).toEqual([])
  })
})
