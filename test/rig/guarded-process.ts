import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { until } from '../support/until'

/** A server that ends with the test process, whatever ends that one. */
export interface GuardedProcess {
  /** PID of the guardian, which is also the id of the process group of the server. */
  readonly pid: number
  /** False once the server has ended. */
  isRunning(): boolean
  /** Asks the server to end (SIGTERM, SIGKILL after 1 s) and waits until it has. */
  stop(): Promise<void>
  /** Ends the server and everything it started at once with SIGKILL, as a power cut would. */
  kill(): Promise<void>
}

const guardianScript = fileURLToPath(new URL('./guardian.sh', import.meta.url))

/**
 * Starts `command` under guardian.sh.
 * @param logFile standard output and error are appended here.
 */
export function startGuarded(command: readonly string[], logFile: string): GuardedProcess {
  const log = openSync(logFile, 'a')
  let child: ChildProcess
  try {
    child = spawn('/bin/sh', [guardianScript, ...command], {
      // An own process group: a Ctrl-C at the terminal reaches the tests first, and they stop the server in order.
      detached: true,
      stdio: ['pipe', log, log],
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/tmp', LC_ALL: 'C.UTF-8' },
    })
  } finally {
    closeSync(log)
  }
  const { pid } = child
  if (pid === undefined) throw new Error(`cannot start ${command.join(' ')}`)
  let running = true
  const ended = new Promise<void>(resolve => {
    child.once('exit', () => {
      running = false
      resolve()
    })
  })
  child.stdin?.on('error', () => {})
  child.unref()
  return {
    pid,
    isRunning: () => running,
    async stop() {
      child.ref()
      child.stdin?.end()
      await ended
    },
    async kill() {
      child.ref()
      if (running) process.kill(-pid, 'SIGKILL')
      await ended
    },
  }
}

/** Whether something accepts TCP connections on 127.0.0.1:`port`. */
export function isListening(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ host: '127.0.0.1', port })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

/** Waits until `port` answers. Throws when the process ends first or after `timeoutMs`. */
export async function waitForPort(port: number, owner: GuardedProcess, timeoutMs = 90_000): Promise<void> {
  await until(
    async () => {
      const answers = await isListening(port)
      if (!answers && !owner.isRunning()) throw new Error(`the server ended before port ${port} answered`)
      return answers
    },
    `port ${port} answers`,
    timeoutMs,
  )
}
