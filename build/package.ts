// `npm run package [-- package|make]`: a folder, or the packages people install. Releases are made from the official
// Electron only; SIEGEL_PACKAGE_FOR_TEST=1 makes one for the tests, which nobody should be given.
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { childEnvironment, runInPlace, runQuietly } from './child.mjs'
import { type ElectronRuntime, electronRuntime, pinnedElectronVersion } from './electron-runtime.mjs'
import { inCache, inProject } from './paths.mjs'
import { Failure, say } from './say.mjs'

/** The packager takes Electron as an archive; the fallback runtime is a folder, and lacks two files makers read. */
const archiveOf = async (runtime: ElectronRuntime): Promise<string> => {
  const folder = inCache('electron-archives')
  // The packager looks for the pinned version's name, whatever is inside.
  const archive = join(folder, `electron-v${pinnedElectronVersion()}-${process.platform}-${process.arch}.zip`)
  mkdirSync(folder, { recursive: true })
  const staging = mkdtempSync(join(folder, 'tree-'))
  try {
    const tree = join(staging, 'electron')
    cpSync(runtime.folder, tree, {
      recursive: true,
      filter: path => path !== join(runtime.folder, 'resources', 'app'),
    })
    if (!existsSync(join(tree, 'version'))) writeFileSync(join(tree, 'version'), runtime.version)
    if (!existsSync(join(tree, 'LICENSE')))
      writeFileSync(join(tree, 'LICENSE'), 'Electron is under the MIT licence.\n')
    const { code, output } = await runQuietly(
      'zip',
      ['-q', '-1', '-r', '-y', join(staging, 'electron.zip'), '.'],
      {
        cwd: tree,
      },
    )
    if (code !== 0)
      throw new Failure('The runtime could not be archived.', { why: output, todo: 'Is zip installed?' })
    renameSync(join(staging, 'electron.zip'), archive)
  } finally {
    rmSync(staging, { recursive: true, force: true })
  }
  return folder
}

const run = async (): Promise<number> => {
  const [verb = 'make', ...args] = process.argv.slice(2)
  if (verb !== 'make' && verb !== 'package')
    throw new Failure(`Unknown way to package: ${verb}.`, {
      todo: 'Use package (a folder) or make (a deb and a zip).',
    })
  const isForTest = process.env.SIEGEL_PACKAGE_FOR_TEST === '1'
  const runtime = await electronRuntime(process.execPath, { isRelease: !isForTest })
  if (isForTest) say(`a package for tests only, around Electron ${runtime.version}; do not hand it out`)
  const archives = runtime.source === 'official' ? undefined : await archiveOf(runtime)
  try {
    return await runInPlace(
      process.execPath,
      [inProject('node_modules', '@electron-forge', 'cli', 'dist', 'electron-forge.js'), verb, ...args],
      { env: childEnvironment(process.execPath, { SIEGEL_ELECTRON_ZIPS: archives }) },
    )
  } finally {
    if (archives) rmSync(archives, { recursive: true, force: true })
  }
}

try {
  process.exitCode = await run()
} catch (error) {
  say(error instanceof Failure ? error.message : String(error instanceof Error ? error.stack : error))
  process.exitCode = 1
}
