import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { join } from 'node:path'
import { electronRuntime } from '../../build/electron-runtime.mjs'
import { inCache, inProject } from '../../build/paths.mjs'

const copied = [
  'build',
  'electron',
  'renderer',
  'shared',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
]

/** The same files under other names, no byte of them twice. A link is left out. */
const linkFiles = (from: string, to: string): void => {
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.isDirectory()) linkFiles(join(from, entry.name), join(to, entry.name))
    else if (entry.isFile()) linkSync(join(from, entry.name), join(to, entry.name))
  }
}

/**
 * A copy of this tree that may be changed, built as this one is. Packages are shared. It lies in the cache, on the disk of the
 * Electron that it links: an Electron without an app of its own finds ours beside itself.
 */
export async function copyTree(): Promise<Readonly<{ folder: string; remove(): void }>> {
  mkdirSync(inCache(), { recursive: true })
  const folder = mkdtempSync(inCache('tree-'))
  const filter = (path: string): boolean => !path.endsWith('node_modules')
  for (const name of [...copied, '.vite'])
    cpSync(inProject(name), join(folder, name), { recursive: true, filter, preserveTimestamps: true })
  for (const place of ['node_modules', 'build/toolchain/node_modules'])
    if (existsSync(inProject(place))) symlinkSync(inProject(place), join(folder, place), 'dir')
  const runtime = await electronRuntime(process.execPath)
  mkdirSync(join(folder, '.cache'))
  if (runtime.source === 'fallback') {
    linkFiles(runtime.folder, join(folder, '.cache', `electron-${runtime.version}`))
    // That the official one cannot be had is known already.
    cpSync(inCache('electron-download.json'), join(folder, '.cache', 'electron-download.json'))
  }
  const { targets, markBuilt, stampOf }: typeof import('../../build/targets.mjs') = await import(
    join(folder, 'build', 'targets.mjs')
  )
  for (const target of targets) markBuilt(target, stampOf(target))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) }
}
