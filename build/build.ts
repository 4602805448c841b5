// Builds what is stale: `node build/build.ts [target ...]`, all targets when none is named. Run by Node >= 22.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import react from '@vitejs/plugin-react'
import { build, type InlineConfig } from 'vite'
import { contractNamesPlugin } from './contract-names-plugin.ts'
import { withLock } from './lock.mjs'
import { nativePackages } from './native-packages.mjs'
import { pageScriptsPlugin } from './page-scripts-plugin.ts'
import { inProject } from './paths.mjs'
import { say } from './say.mjs'
import {
  hasSources,
  isStale,
  markBuilt,
  markUnbuilt,
  stampOf,
  type Target,
  targets,
  targetsNamed,
} from './targets.mjs'

const common = {
  configFile: false,
  envDir: false,
  logLevel: 'warn',
  mode: 'production',
  publicDir: false,
  // Vite's own transforms read the tsconfig beside each source; nothing here depends on the working folder.
  root: inProject(),
} satisfies InlineConfig

/** One file for Node or Electron's main side: everything inside but the natives. */
const nodeConfig = (target: Target, outDir: string): InlineConfig => ({
  ...common,
  plugins: [pageScriptsPlugin(), ...(target.kind === 'preload' ? [contractNamesPlugin()] : [])],
  // css-tree's own modules read data files beside them at run time; its ready-made bundle carries them inside.
  resolve: { alias: { 'css-tree': inProject('node_modules/css-tree/dist/csstree.esm.js') } },
  ssr: { noExternal: true, external: ['electron', ...nativePackages], target: 'node' },
  build: {
    ssr: inProject(target.entry),
    outDir,
    emptyOutDir: true,
    target: 'node22',
    sourcemap: true,
    minify: false,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        format: target.format,
        entryFileNames: basename(target.output),
        codeSplitting: false,
      },
    },
  },
})

/** The window's page: files beside each other, reached by relative names only. */
const rendererConfig = (target: Target, outDir: string): InlineConfig => ({
  ...common,
  root: dirname(inProject(target.entry)),
  base: './',
  plugins: [react()],
  build: {
    outDir,
    emptyOutDir: true,
    target: 'chrome138',
    sourcemap: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 4096,
    rolldownOptions: { input: inProject(target.entry) },
  },
})

/** Puts the finished files in place in one step each, so that a running program never meets half a file. */
const moveIntoPlace = (target: Target, outDir: string): void => {
  const destination = dirname(inProject(target.output))
  if (target.kind === 'renderer') {
    const old = `${outDir}.old`
    mkdirSync(dirname(destination), { recursive: true })
    if (existsSync(destination)) renameSync(destination, old)
    renameSync(outDir, destination)
    rmSync(old, { recursive: true, force: true })
    return
  }
  mkdirSync(destination, { recursive: true })
  for (const file of readdirSync(outDir)) renameSync(join(outDir, file), join(destination, file))
  rmSync(outDir, { recursive: true, force: true })
}

const buildTarget = async (target: Target): Promise<void> => {
  const startedAt = performance.now()
  const stamp = stampOf(target)
  const outDir = inProject('.vite', 'tmp', `${target.name}-${process.pid}`)
  markUnbuilt(target)
  try {
    await build(target.kind === 'renderer' ? rendererConfig(target, outDir) : nodeConfig(target, outDir))
    moveIntoPlace(target, outDir)
  } finally {
    rmSync(outDir, { recursive: true, force: true })
  }
  markBuilt(target, stamp)
  say(`built ${target.name} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
}

const names = process.argv.slice(2)
const wanted = names.length > 0 ? targetsNamed(names) : targets

const buildAll = async (): Promise<void> => {
  for (const target of wanted.filter(target => !hasSources(target)))
    say(`not built: ${target.name} (${target.entry} is not written yet)`)
  for (const target of wanted.filter(isStale))
    try {
      await buildTarget(target)
    } catch (error) {
      say(`${target.name} could not be built\n${error instanceof Error ? error.message : error}`)
      process.exitCode = 1
    }
}

await withLock('build', buildAll)
