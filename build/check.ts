// Every rule that can be held without running the program: `npm run check`.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { bannedSymbols } from './checks/banned-symbols.ts'
import { circles } from './checks/circles.ts'
import { houseViolations } from './checks/house-rules.ts'
import { layerViolations } from './checks/layers.ts'
import type { Violation } from './checks/sources.ts'
import { childEnvironment, runQuietly } from './child.mjs'
import { inCache, inProject, projectRoot } from './paths.mjs'
import { say } from './say.mjs'

interface Outcome {
  readonly name: string
  readonly isGood: boolean
  readonly output: string
}

const tool = async (name: string, args: readonly string[]): Promise<Outcome> => {
  const [script = '', ...rest] = args
  const { code, output } = await runQuietly(process.execPath, [inProject('node_modules', script), ...rest], {
    env: childEnvironment(process.execPath),
  })
  return { name, isGood: code === 0, output }
}

const wall = (name: string, find: (root: string) => Violation[]): Outcome => {
  const found = find(projectRoot)
  return {
    name,
    isGood: found.length === 0,
    output: found.map(({ path, line, message }) => `${path}:${line} ${message}`).join('\n'),
  }
}

const hasTypeScript = (folder: string): boolean =>
  existsSync(folder) && readdirSync(folder, { recursive: true }).some(name => /\.tsx?$/.test(String(name)))

/** The environments, each with the globals it really has. */
const environments = ['shared', 'renderer', 'electron', 'cli', 'build', 'test']
  .filter(folder => hasTypeScript(inProject(folder)))
  .map(folder => join(folder, 'tsconfig.json'))
const preload = existsSync(inProject('electron', 'preload.ts')) ? ['electron/tsconfig.preload.json'] : []

/** What did not change since the last check is not looked at again. */
const types = (config: string): Promise<Outcome> => {
  const remembered = inCache('types', `${config.replaceAll(/[\\/]/g, '-')}.tsbuildinfo`)
  const incremental = ['--incremental', '--tsBuildInfoFile', remembered]
  return tool(`types of ${config}`, [
    'typescript/bin/tsc',
    ...['--pretty', 'false', '-p', inProject(config)],
    ...incremental,
  ])
}

const outcomes = await Promise.all([
  tool('format and lint', ['@biomejs/biome/bin/biome', 'check', '--error-on-warnings', projectRoot]),
  ...[...environments, ...preload].map(types),
  tool('unused and undeclared', [
    'knip/bin/knip.js',
    '--no-progress',
    '--cache',
    '--cache-location',
    inCache('knip'),
  ]),
])
const all = [
  wall('layers', layerViolations),
  wall('circles', circles),
  wall('house', houseViolations),
  wall('banned symbols', bannedSymbols),
  ...outcomes,
]

for (const { name, isGood, output } of all) {
  say(`${isGood ? 'ok    ' : 'FAILED'} ${name}`)
  if (!isGood) process.stderr.write(`${output.trimEnd()}\n`)
}
process.exitCode = all.every(outcome => outcome.isGood) ? 0 : 1
