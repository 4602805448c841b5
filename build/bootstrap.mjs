// The first thing `npm start`, `npm test` and the others run. Only Node's own modules, and any Node from 20 on:
// what the rest needs is brought here first.
import { isAbsolute } from 'node:path'
import { childEnvironment, runInPlace } from './child.mjs'
import { systemPackages } from './debian-packages.mjs'
import { electronRuntime, runtimeNotice } from './electron-runtime.mjs'
import { inProject, projectRoot } from './paths.mjs'
import { projectPackages } from './project-packages.mjs'
import { Failure, say } from './say.mjs'
import { hasSources, isStale, targets, targetsNamed } from './targets.mjs'
import { needsOf, readTestArguments } from './test-arguments.mjs'
import { toolingNode } from './tooling-node.mjs'
import { unpackedPackages } from './unpacked-packages.mjs'

/** Node's own tools and the packages, the ground every verb stands on. */
const prepareTools = async () => {
  const nodePath = await toolingNode()
  await projectPackages(nodePath)
  return nodePath
}

const desktopTargets = targets.filter(target => target.name !== 'cli')

/** @param {string} nodePath @param {readonly import('./targets.mjs').Target[]} wanted */
const buildStale = async (nodePath, wanted) => {
  const stale = wanted.filter(isStale)
  if (stale.length === 0) return
  const code = await runInPlace(
    nodePath,
    [inProject('build', 'build.ts'), ...stale.map(target => target.name)],
    { env: childEnvironment(nodePath), isQuiet: true },
  )
  if (code !== 0) throw new Failure('The build failed.', { todo: 'The lines above say where.' })
}

/** @param {string} name */
const requireSources = name => {
  const missing = targetsNamed([name]).find(target => !hasSources(target))
  if (missing) throw new Failure(`There is nothing to run yet: ${missing.entry} is not written.`)
}

/** @param {string} nodePath @param {readonly string[]} args */
const runScript = (nodePath, args) => runInPlace(nodePath, args, { env: childEnvironment(nodePath) })

/** Where the person stands, which npm has left. */
const standsIn = () => {
  const { INIT_CWD } = process.env
  return INIT_CWD && isAbsolute(INIT_CWD) ? INIT_CWD : process.cwd()
}

/** For scripts that take paths as the person means them. @param {string} nodePath @param {readonly string[]} args */
const runFromHere = (nodePath, args) =>
  runInPlace(nodePath, args, { env: childEnvironment(nodePath, { SIEGEL_STANDS_IN: standsIn() }) })

/** @param {string} command */
const requireScreen = command => {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    throw new Failure('There is no screen to open a window on.', {
      why: 'neither DISPLAY nor WAYLAND_DISPLAY is set',
      todo: `Run it in a desktop session, on an invisible screen (xvfb-run -a ${command}), or use the command line (npm run -s cli -- --help).`,
    })
}

/** @param {readonly string[]} args */
const start = async args => {
  requireScreen('npm start')
  const nodePath = await prepareTools()
  requireSources('main')
  await systemPackages(['window'], { isEssential: false })
  const runtime = await electronRuntime(nodePath)
  await buildStale(nodePath, desktopTargets)
  const notice = runtimeNotice(runtime)
  if (notice) say(notice)
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0
  if (isRoot)
    say(
      'running as root: Chromium then works only without its sandbox (--no-sandbox). Do not read real mail like this',
    )
  // Chromium's own complaints (no message bus, no graphics card) say nothing to a person; SIEGEL_DEBUG=1 shows them.
  const quiet = process.env.SIEGEL_DEBUG === '1' ? [] : ['--log-level=3']
  const switches = [...(isRoot ? ['--no-sandbox'] : []), ...quiet]
  return runInPlace(runtime.executable, [...switches, ...runtime.appArguments, ...args], {
    env: childEnvironment(nodePath),
  })
}

/** @param {readonly string[]} args */
const cli = async args => {
  const nodePath = await prepareTools()
  requireSources('cli')
  await buildStale(nodePath, targetsNamed(['cli', 'vault-worker']))
  // Paths in the arguments are meant from there.
  return runInPlace(nodePath, [inProject('.vite', 'build', 'cli.mjs'), ...args], { cwd: standsIn() })
}

/** The interface on made-up data, in a browser. @param {readonly string[]} args */
const demo = async args => runScript(await prepareTools(), [inProject('build', 'demo.ts'), ...args])

/** @param {readonly string[]} args */
const check = async args => runScript(await prepareTools(), [inProject('build', 'check.ts'), ...args])

/** Formats and sorts imports, and mends what has one safe mending. @param {readonly string[]} args files; all when none */
const format = async args =>
  runScript(await prepareTools(), [
    inProject('node_modules', '@biomejs', 'biome', 'bin', 'biome'),
    'check',
    '--write',
    ...(args.length > 0 ? args : [projectRoot]),
  ])

/** The window, built again and shown again on every save. @param {readonly string[]} args */
const dev = async args => {
  requireScreen('npm run dev')
  const nodePath = await prepareTools()
  await systemPackages(['window'], { isEssential: false })
  return runFromHere(nodePath, [inProject('build', 'dev.ts'), ...args])
}

const prepareForTests = async () => {
  const nodePath = await prepareTools()
  await systemPackages(['window', 'test'], { isEssential: true })
  await unpackedPackages()
  const runtime = await electronRuntime(nodePath)
  const notice = runtimeNotice(runtime)
  if (notice) say(notice)
  return nodePath
}

/** The build is the first of the tests. Only what the named ones need is brought. @param {readonly string[]} args */
const test = async args => {
  const { servers, window } = needsOf(readTestArguments(args, { root: projectRoot, from: standsIn() }))
  const nodePath = await (servers || window ? prepareForTests() : prepareTools())
  return runFromHere(nodePath, [inProject('build', 'test.ts'), ...args])
}

/** @param {readonly string[]} args */
const bench = async args => {
  const nodePath = await prepareForTests()
  await systemPackages(['bench'], { isEssential: true })
  await buildStale(nodePath, targets)
  // From its sources, as the tests: only what it measures is built.
  const typeScript = ['--import', inProject('test', 'support', 'resolve-typescript.mjs')]
  return runScript(nodePath, [...typeScript, inProject('test', 'bench', 'main.ts'), ...args])
}

/** @param {readonly string[]} args */
const makePackage = async args => {
  const nodePath = await prepareTools()
  await systemPackages(['package'], { isEssential: true })
  await buildStale(nodePath, desktopTargets)
  return runScript(nodePath, [inProject('build', 'package.ts'), ...args])
}

const prepare = async () => {
  await buildStale(await prepareForTests(), targets)
  return 0
}

/** @type {Record<string, (args: readonly string[]) => Promise<number>>} */
const verbs = {
  start,
  test,
  demo,
  cli,
  check,
  format,
  dev,
  bench,
  package: makePackage,
  prepare,
}

const [verb = '', ...args] = process.argv.slice(2)
try {
  const run = verbs[verb]
  if (!run)
    throw new Failure(`Unknown verb "${verb}".`, { todo: `One of: ${Object.keys(verbs).join(', ')}.` })
  process.exitCode = await run(args)
} catch (error) {
  say(
    error instanceof Failure
      ? error.message
      : `a mistake in our own tools\n${error instanceof Error ? error.stack : error}`,
  )
  process.exitCode = 1
}
