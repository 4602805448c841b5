import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { delimiter, dirname } from 'node:path'
import { projectRoot } from './paths.mjs'

/**
 * What npm tells the scripts it runs about themselves. A second npm below must not take it for its own settings;
 * everything the person set (registry, cache, proxies, certificates) stays.
 */
const npmOwnVariables =
  /^(npm_(package|lifecycle)_.*|npm_command|npm_execpath|npm_node_execpath|npm_config_(local_prefix|global_prefix|prefix|noproxy|node_gyp|npm_version|init_module)|INIT_CWD)$/

/**
 * The environment for a child: our Node first in PATH, npm's notes about this run taken out.
 * @param {string} nodePath
 * @param {Record<string, string | undefined>} [extra]
 * @returns {NodeJS.ProcessEnv}
 */
export const childEnvironment = (nodePath, extra = {}) => {
  const kept = Object.entries(process.env).filter(([name]) => !npmOwnVariables.test(name))
  const path = [dirname(nodePath), process.env.PATH ?? ''].filter(Boolean).join(delimiter)
  return { ...Object.fromEntries(kept), PATH: path, ...extra }
}

/**
 * Runs a program in our place: its streams are ours, signals go to it, and its end is the answer.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, isQuiet?: boolean, signal?: AbortSignal }} [options] `isQuiet` keeps our stdout clean
 *   of what the program prints there: it goes to stderr
 * @returns {Promise<number>} exit code; 128 + number of the signal that ended it
 */
export const runInPlace = (
  command,
  args,
  { env = process.env, cwd = projectRoot, isQuiet = false, signal } = {},
) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['inherit', isQuiet ? 2 : 'inherit', 'inherit'], env, cwd })
    // A Ctrl-C in a terminal reaches the child by itself (same process group); we only have to outlive it.
    // When the signal was sent to us alone, passing it on is what ends the child, and twice does no harm.
    /** @param {NodeJS.Signals} name */
    const passOn = name => {
      child.kill(name)
    }
    const stop = () => {
      child.kill('SIGTERM')
    }
    const names = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])
    for (const name of names) process.on(name, passOn)
    signal?.addEventListener('abort', stop, { once: true })
    const finish = () => {
      for (const name of names) process.off(name, passOn)
      signal?.removeEventListener('abort', stop)
    }
    child.once('error', error => {
      finish()
      reject(error)
    })
    child.once('exit', (code, name) => {
      finish()
      resolve(name ? 128 + constants.signals[name] : (code ?? 1))
    })
  })

/**
 * Runs a program quietly and keeps what it printed.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, timeoutMs?: number }} [options]
 * @returns {Promise<{ code: number, output: string }>} code 127 when the program is not there
 */
export const runQuietly = (command, args, { env = process.env, cwd = projectRoot, timeoutMs = 0 } = {}) =>
  new Promise(resolve => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env, cwd, timeout: timeoutMs })
    let output = ''
    child.stdout.on('data', chunk => {
      output += chunk
    })
    child.stderr.on('data', chunk => {
      output += chunk
    })
    child.once('error', error => resolve({ code: 127, output: error.message }))
    child.once('close', code => resolve({ code: code ?? 1, output }))
  })
