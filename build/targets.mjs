import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inCache, inProject } from './paths.mjs'

/**
 * One thing the build makes. `inputs` are the files and folders whose change makes it stale.
 * @typedef {{ name: string, kind: 'node' | 'preload' | 'renderer', entry: string, output: string,
 *   format: 'cjs' | 'es', inputs: readonly string[] }} Target
 */

/** @type {readonly Target[]} */
export const targets = [
  {
    name: 'main',
    kind: 'node',
    entry: 'electron/main/main.ts',
    output: '.vite/build/main.cjs',
    format: 'cjs',
    inputs: ['electron', 'shared', 'renderer/mail-frame'],
  },
  {
    name: 'preload',
    kind: 'preload',
    entry: 'electron/preload.ts',
    output: '.vite/build/preload.cjs',
    format: 'cjs',
    inputs: ['electron/preload.ts', 'shared'],
  },
  {
    name: 'vault',
    kind: 'node',
    entry: 'electron/main/vault-entry.ts',
    output: '.vite/build/vault.cjs',
    format: 'cjs',
    inputs: ['electron', 'shared'],
  },
  {
    name: 'vault-worker',
    kind: 'node',
    entry: 'electron/vault/worker.ts',
    output: '.vite/build/vault-worker.cjs',
    format: 'cjs',
    inputs: ['electron', 'shared'],
  },
  {
    name: 'engine',
    kind: 'node',
    entry: 'electron/engine/entry.ts',
    output: '.vite/build/engine.cjs',
    format: 'cjs',
    inputs: ['electron', 'shared', 'renderer/locked-page'],
  },
  {
    name: 'cli',
    kind: 'node',
    entry: 'cli/main.ts',
    output: '.vite/build/cli.mjs',
    format: 'es',
    inputs: ['cli', 'electron', 'shared', 'renderer/locked-page'],
  },
  {
    name: 'renderer',
    kind: 'renderer',
    entry: 'renderer/index.html',
    output: '.vite/renderer/index.html',
    format: 'es',
    inputs: ['renderer', 'shared'],
  },
]

/** A change here can change every output. */
const rules = ['package-lock.json', 'tsconfig.json', 'build/build.ts', 'build/targets.mjs']

/** @param {string} path @returns {string[]} */
const filesUnder = path => {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [path]
  return readdirSync(path, { withFileTypes: true })
    .filter(entry => !entry.name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(entry => filesUnder(join(path, entry.name)))
}

/** @param {Target} target */
const stampFile = target => inCache('build', `${target.name}.stamp`)

/** Names every input with its size and time of change. @param {Target} target */
export const stampOf = target => {
  const hash = createHash('sha256')
  for (const input of [...rules, ...target.inputs])
    for (const file of filesUnder(inProject(input))) {
      const { size, mtimeMs } = statSync(file)
      hash.update(`${file}\0${size}\0${mtimeMs}\n`)
    }
  return hash.digest('hex')
}

/** Whether the sources of a target are written yet. @param {Target} target */
export const hasSources = target => existsSync(inProject(target.entry))

/** @param {Target} target */
export const isStale = target => {
  if (!hasSources(target)) return false
  if (!existsSync(inProject(target.output)) || !existsSync(stampFile(target))) return true
  return readFileSync(stampFile(target), 'utf8') !== stampOf(target)
}

/** Remembers what a finished build was made from. @param {Target} target @param {string} stamp */
export const markBuilt = (target, stamp) => {
  mkdirSync(dirname(stampFile(target)), { recursive: true })
  writeFileSync(stampFile(target), stamp)
}

/** @param {Target} target */
export const markUnbuilt = target => rmSync(stampFile(target), { force: true })

/** @param {readonly string[]} names */
export const targetsNamed = names => targets.filter(target => names.includes(target.name))
