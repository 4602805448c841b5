// `npm test`: the checks, then every test, and at the very end one line with the sum. `npm test -- unit` runs only the
// stages named, `npm test -- FILE` only these files (test-arguments.mjs).
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { runInDesktopSession } from '../test/support/desktop-session.ts'
import { childEnvironment, runInPlace } from './child.mjs'
import { electronRuntime } from './electron-runtime.mjs'
import { inCache, inProject, projectRoot } from './paths.mjs'
import { say } from './say.mjs'
import { needsOf, readTestArguments, stageNames } from './test-arguments.mjs'

interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

interface Stage {
  readonly name: string
  /** Where the tests run: the tools' Node, Electron's own Node (with its BoringSSL), or a desktop session. */
  readonly where: 'node' | 'electron' | 'desktop'
  readonly projects: readonly string[]
  /** Only files whose path contains one of these. */
  readonly filters?: readonly string[]
  readonly limitMinutes: number
}

const stages: readonly Stage[] = [
  { name: 'unit', where: 'node', projects: ['unit', 'build', 'migrations', 'wire'], limitMinutes: 25 },
  {
    // Plain Node proves nothing about Electron's crypto and its build of Node-API.
    name: 'electron',
    where: 'electron',
    projects: ['unit', 'migrations', 'wire'],
    filters: [
      // The engine's own and those of its features.
      '/store/',
      'test/unit/electron/engine/formats/mime/',
      'test/unit/electron/vault/',
      'test/unit/electron/keychain/',
      'test/migrations/',
      'test/wire/gate/gate-certificates.test.ts',
      'test/unit/electron/engine/net/certificate-reading.test.ts',
    ],
    limitMinutes: 15,
  },
  { name: 'integration', where: 'node', projects: ['integration'], limitMinutes: 40 },
  { name: 'leak', where: 'desktop', projects: ['leak'], limitMinutes: 15 },
  { name: 'e2e', where: 'desktop', projects: ['e2e'], limitMinutes: 40 },
  { name: 'package', where: 'node', projects: ['package'], limitMinutes: 8 },
]

const none: Tally = { passed: 0, failed: 0, skipped: 0 }

const add = (left: Tally, right: Tally): Tally => ({
  passed: left.passed + right.passed,
  failed: left.failed + right.failed,
  skipped: left.skipped + right.skipped,
})

/** Reads what vitest wrote down; a run that ended badly without saying which test failed counts as one failure. */
const readTally = (file: string, code: number): Tally => {
  try {
    const result: {
      numPassedTests: number
      numFailedTests: number
      numPendingTests: number
      numTodoTests: number
    } = JSON.parse(readFileSync(file, 'utf8'))
    const failed = result.numFailedTests === 0 && code !== 0 ? 1 : result.numFailedTests
    return { passed: result.numPassedTests, failed, skipped: result.numPendingTests + result.numTodoTests }
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

const runStage = async (stage: Stage): Promise<Tally> => {
  const report = inCache('test', `${stage.name}.json`)
  rmSync(report, { force: true })
  const vitest = [
    inProject('node_modules', 'vitest', 'vitest.mjs'),
    'run',
    ...stage.projects.flatMap(project => ['--project', project]),
    ...(stage.where === 'desktop' ? ['--no-file-parallelism'] : []),
    '--passWithNoTests',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...(stage.filters ?? []),
  ]
  const env = childEnvironment(process.execPath, { NODE_ENV: 'test' })
  const signal = AbortSignal.timeout(stage.limitMinutes * 60_000)
  const run = async (): Promise<number> => {
    switch (stage.where) {
      case 'node':
        return runInPlace(process.execPath, vitest, { env, signal })
      case 'electron': {
        const { executable } = await electronRuntime(process.execPath)
        return runInPlace(executable, vitest, { env: { ...env, ELECTRON_RUN_AS_NODE: '1' }, signal })
      }
      case 'desktop':
        return runInDesktopSession([process.execPath, ...vitest], { env, signal })
    }
  }
  say(`tests: ${stage.name}`)
  const code = await run()
  if (signal.aborted) say(`tests: ${stage.name} took longer than ${stage.limitMinutes} minutes and was ended`)
  return readTally(report, code)
}

const wanted = readTestArguments(process.argv.slice(2), {
  root: projectRoot,
  ...(process.env.SIEGEL_STANDS_IN ? { from: process.env.SIEGEL_STANDS_IN } : {}),
})
if (wanted.unknown.length > 0) {
  say(`"${wanted.unknown.join('", "')}" is neither a stage (${stageNames.join(', ')}) nor a test file`)
  process.exit(2)
}
const isAll = wanted.stages.length === 0 && wanted.runs.length === 0
const isWanted = (name: string): boolean => isAll || wanted.stages.includes(name)

mkdirSync(inCache('test'), { recursive: true })
let sum = none
// A part that cannot be built is a failure like any other; what does not need it is still tested.
const built = needsOf(wanted).outputs
  ? await runInPlace(process.execPath, [inProject('build', 'build.ts')])
  : 0
if (built !== 0) sum = add(sum, { ...none, failed: 1 })
if (isWanted('check')) {
  const code = await runInPlace(process.execPath, [inProject('build', 'check.ts')])
  if (code !== 0) sum = add(sum, { ...none, failed: 1 })
}
const runStages = async (names: readonly string[]): Promise<void> => {
  for (const stage of stages.filter(({ name }) => names.includes(name) && isWanted(name))) {
    const tally = await runStage(stage)
    sum = add(sum, tally)
  }
}
await runStages(['unit', 'electron'])
// What waits for servers and what waits for a window leave each other room on two cores.
await Promise.all([runStages(['integration']), runStages(['leak', 'e2e', 'package'])])
for (const { where, projects, files } of wanted.runs)
  sum = add(sum, await runStage({ name: 'files', where, projects, filters: files, limitMinutes: 60 }))

const skipped = sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''
process.stdout.write(`\n${sum.passed} passed, ${sum.failed} failed${skipped}\n`)
process.exitCode = sum.failed === 0 && sum.passed > 0 ? 0 : 1
