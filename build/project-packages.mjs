import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { childEnvironment, runQuietly } from './child.mjs'
import { withLock } from './lock.mjs'
import { inCache, inProject } from './paths.mjs'
import { Failure, say } from './say.mjs'
import { npmCli, npmComplaint } from './tooling-node.mjs'

const wantedFile = inProject('package-lock.json')
const installedFile = inProject('node_modules', '.package-lock.json')
const seenFile = inCache('packages.seen')

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }} LockedPackage */

/** @param {string} path @returns {Record<string, LockedPackage>} */
const packagesIn = path => JSON.parse(readFileSync(path, 'utf8')).packages

/**
 * Whether what npm installed is what the lockfile asks for. Packages for other platforms may be missing.
 * @param {Record<string, LockedPackage>} wanted
 * @param {Record<string, LockedPackage>} installed
 */
export const isInstalledAsLocked = (wanted, installed) =>
  Object.entries(wanted).every(([path, { version, integrity, optional, devOptional }]) => {
    if (path === '') return true
    const found = installed[path]
    if (!found) return optional === true || devOptional === true
    return found.version === version && found.integrity === integrity
  })

/** Cheap to compute, and different after every change of either file. */
const fingerprint = () =>
  [wantedFile, installedFile].map(path => `${statSync(path).size}:${statSync(path).mtimeMs}`).join(' ')

const isCurrent = () => {
  if (!existsSync(installedFile)) return false
  if (existsSync(seenFile) && readFileSync(seenFile, 'utf8') === fingerprint()) return true
  if (!isInstalledAsLocked(packagesIn(wantedFile), packagesIn(installedFile))) return false
  mkdirSync(inCache(), { recursive: true })
  writeFileSync(seenFile, fingerprint())
  return true
}

/**
 * The project's packages, exactly as locked. No package may run code of its own while it is installed, and none
 * needs to: every native part comes ready-made inside its package.
 * @param {string} nodePath the Node to run npm under; an older one would skip optional packages without a word
 */
export const projectPackages = async nodePath => {
  if (isCurrent()) return
  await withLock('packages', async () => {
    // Somebody may be running `npm install` this moment; it writes its two files one after the other.
    if (existsSync(installedFile)) await pause(1500)
    if (isCurrent()) return
    say('installing the packages this version is locked to (one to three minutes the first time)')
    const { code, output } = await runQuietly(nodePath, [npmCli(), 'ci', '--ignore-scripts'], {
      env: childEnvironment(nodePath, { ELECTRON_SKIP_BINARY_DOWNLOAD: '1' }),
    })
    if (code !== 0)
      throw new Failure('The packages could not be installed.', {
        why: npmComplaint(output),
        todo: 'Check that the npm registry can be reached, then run the same command again.',
      })
    if (!isCurrent()) throw new Failure('The installed packages differ from package-lock.json.')
  })
}
