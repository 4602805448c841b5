// What `npm test -- ...` means: stages by their names, and test files by path, by folder or by a part of their name.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'

/** The stages of the whole run, in their order; `check` is `npm run check`. */
export const stageNames = /** @type {const} */ ([
  'check',
  'unit',
  'electron',
  'integration',
  'leak',
  'e2e',
  'package',
])

/** Stages that need no server, no window and no Electron to have been brought first. */
const plainStages = ['check', 'unit']

/** The folder of tests that makes up each project of vitest.config.ts; the first that fits. */
const projects = /** @type {const} */ ([
  { name: 'package', folder: 'test/build/package.test.ts', where: 'node' },
  { name: 'unit', folder: 'test/unit/', where: 'node' },
  { name: 'build', folder: 'test/build/', where: 'node' },
  { name: 'migrations', folder: 'test/migrations/', where: 'node' },
  { name: 'wire', folder: 'test/wire/', where: 'node' },
  { name: 'integration', folder: 'test/integration/', where: 'node' },
  { name: 'leak', folder: 'test/leak/', where: 'desktop' },
  { name: 'e2e', folder: 'test/e2e/', where: 'desktop' },
])

/**
 * One run of vitest: which projects, which files of them, and whether it needs a screen.
 * @typedef {{ where: 'node' | 'desktop', projects: string[], files: string[] }} FileRun
 * @typedef {{ stages: string[], runs: FileRun[], unknown: string[] }} Wanted `unknown`: neither a stage nor a test;
 *   nothing is run then
 */

/** @param {string} folder @returns {string[]} */
const testsUnder = folder =>
  readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    if (entry.name.startsWith('.') || entry.name === 'fixtures') return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return testsUnder(path)
    return /\.test\.tsx?$/.test(entry.name) ? [path] : []
  })

/**
 * Every test of a tree, relative to it, with forward slashes.
 * @param {string} root
 */
export const testFiles = root =>
  existsSync(join(root, 'test'))
    ? testsUnder(join(root, 'test')).map(path => relative(root, path).split('\\').join('/'))
    : []

/**
 * The tests that an argument means: a file, all below a folder, or all whose path contains it.
 * @param {string} argument @param {{ root: string, from: string, tests: readonly string[] }} place
 */
const meant = (argument, { root, from, tests }) => {
  for (const base of [from, root]) {
    const path = resolve(base, argument)
    if (!existsSync(path)) continue
    const name = relative(root, path).split('\\').join('/')
    const found = statSync(path).isDirectory()
      ? tests.filter(test => test.startsWith(`${name}/`))
      : tests.filter(test => test === name)
    if (found.length > 0) return found
  }
  return tests.filter(test => test.includes(argument))
}

/**
 * Reads the arguments of `npm test`. A name of a stage is the stage, whatever file is called so as well.
 * @param {readonly string[]} args
 * @param {{ root: string, from?: string, tests?: readonly string[] }} place `from`: where the person stands
 * @returns {Wanted}
 */
export const readTestArguments = (args, { root, from = root, tests = testFiles(root) }) => {
  const known = /** @type {readonly string[]} */ (stageNames)
  const stages = args.filter(argument => known.includes(argument))
  const unknown = []
  const files = new Set()
  for (const argument of args) {
    if (known.includes(argument)) continue
    const found = argument === '' || argument.startsWith('-') ? [] : meant(argument, { root, from, tests })
    if (found.length === 0) unknown.push(argument)
    for (const file of found) files.add(file)
  }
  /** @type {FileRun[]} */
  const runs = []
  for (const file of files) {
    const project = projects.find(({ folder }) => file.startsWith(folder))
    if (!project) {
      unknown.push(file)
      continue
    }
    const { name, where } = project
    // Files that may run beside each other share a run; what needs a machine of its own does not.
    const isAlone = ['integration', 'package', 'leak', 'e2e'].includes(name)
    const run = runs.find(each => (isAlone ? each.projects.includes(name) : each.projects.every(isQuick)))
    if (run) {
      run.files.push(file)
      if (!run.projects.includes(name)) run.projects.push(name)
    } else runs.push({ where, projects: [name], files: [file] })
  }
  return { stages, runs, unknown }
}

/** @param {string} project */
const isQuick = project => ['unit', 'build', 'migrations', 'wire'].includes(project)

/**
 * What has to be brought before what is wanted can run. No argument wants everything.
 * @param {Wanted} wanted
 * @returns {{ servers: boolean, window: boolean, outputs: boolean }} `servers`: mail servers and the other programs the
 *   tests talk to; `window`: Electron and what shows it; `outputs`: the built program
 */
export const needsOf = ({ stages, runs }) => {
  const isAll = stages.length === 0 && runs.length === 0
  const isHeavy = isAll || stages.some(name => !plainStages.includes(name))
  const others = runs.flatMap(run => run.projects)
  const servers = isHeavy || others.some(name => ['integration', 'leak', 'e2e', 'package'].includes(name))
  return {
    servers,
    window: servers || others.includes('build'),
    outputs: servers || others.includes('build'),
  }
}
