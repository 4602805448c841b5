import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LiteralAddress, PinnedExit } from '../../../shared/model/network'
import { type Bridge, parseBridge } from './bridges'
import { type ControlClient, openControl } from './control-client'
import { torrc, transportProgram } from './torrc'
import { isRecent, oldestVersion, versionIn } from './version'

/** Opens a literal address on this machine; the gate's, because nothing else may open sockets. */
export type OpenLocal = (
  address: { host: string; port: number } | { path: string },
  deadline: AbortSignal,
) => Promise<Duplex>

export type OwnTorOptions = Readonly<{
  program: string
  /** Written by Tor alone; made when missing. */
  directory: string
  bridges: readonly string[]
  exits: readonly PinnedExit[]
  extraLines: readonly string[]
  openLocal: OpenLocal
  onBootstrap: (progress: { percent: number; summary: string }) => void
  /** The process is gone, with the last words of its log. */
  onExit: (reason: string) => void
}>

/** A Tor of this program's own, running. */
export type OwnTor = Readonly<{
  control: ControlClient
  socks: LiteralAddress
  version: string
  stop(): Promise<void>
}>

/** Where systems keep the program, in the order it is looked for. */
export const usualPrograms = [
  '/usr/bin/tor',
  '/usr/sbin/tor',
  '/usr/local/bin/tor',
  '/opt/homebrew/bin/tor',
] as const

const START_TIMEOUT_MS = 20_000
const STOP_GRACE_MS = 3_000

/** The child sees nothing of the user's environment but this. */
const environment = (directory: string) => ({ HOME: directory, PATH: '/usr/bin:/bin', LC_ALL: 'C' })

/** Asks the program for its version. Rejects when it is too old or not Tor. */
function versionOf(program: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, ['--version'], { timeout: 5_000, env: environment('/') }, (error, output) => {
      const version = error ? null : versionIn(output)
      if (version === null) reject(new Error(`${program} does not say which Tor it is`))
      else if (!isRecent(version))
        reject(new Error(`Tor ${version} is too old; ${oldestVersion} or newer is needed`))
      else resolve(version)
    })
  })
}

/**
 * Starts the system's tor as a client of its own and signs in at its control port. It ends with this process however that
 * ends. Rejects with a reason for people; nothing is left running then.
 */
export async function startOwnTor(options: OwnTorOptions): Promise<OwnTor> {
  const { program, directory, openLocal } = options
  const version = await versionOf(program)
  const bridges = options.bridges.map(line => readBridge(line))
  await mkdir(join(directory, 'data'), { recursive: true, mode: 0o700 })
  const portFile = join(directory, 'control-port')
  const configFile = join(directory, 'torrc')
  const emptyFile = join(directory, 'torrc-defaults')
  await rm(portFile, { force: true })
  const parts = { directory, ownerPid: process.pid, bridges, programs: programsFor(bridges) }
  await writeFile(configFile, torrc({ ...parts, exits: options.exits, extraLines: options.extraLines }), {
    mode: 0o600,
  })
  await writeFile(emptyFile, '', { mode: 0o600 })

  const child = spawn(program, ['--defaults-torrc', emptyFile, '-f', configFile], {
    env: environment(directory),
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const words = lastWords(child)
  let ended = false
  const exit = new Promise<void>(resolve => {
    const end = () => {
      if (ended) return
      ended = true
      resolve()
      options.onExit(words())
    }
    child.once('exit', end)
    child.once('error', end)
  })
  const stop = async () => {
    if (ended) return
    child.kill('SIGTERM')
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS)
    await exit
    clearTimeout(late)
  }

  try {
    const deadline = AbortSignal.timeout(START_TIMEOUT_MS)
    const address = await controlAddress(portFile, () => (ended ? words() : null), deadline)
    const stream = await openLocal(address, deadline)
    const control = await openControl(stream, join(directory, 'control-cookie'))
    await control.command('TAKEOWNERSHIP')
    control.onEvent(line => {
      const progress = bootstrapIn(line)
      if (progress) options.onBootstrap(progress)
    })
    await control.command('SETEVENTS STATUS_CLIENT STREAM CIRC')
    const socks = literal((await control.info('net/listeners/socks')).split(' ')[0] ?? '')
    if (socks === null) throw new Error('Tor opened no SOCKS port')
    const progress = bootstrapIn(await control.info('status/bootstrap-phase'))
    if (progress) options.onBootstrap(progress)
    return { control, socks, version, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function readBridge(line: string): Bridge {
  const bridge = parseBridge(line)
  if (bridge === null) throw new Error(`not a bridge: ${line.replace(/[^\x20-\x7e]/g, '?').slice(0, 60)}`)
  return bridge
}

function programsFor(bridges: readonly Bridge[]): Partial<Record<'obfs4' | 'snowflake', string>> {
  const programs: Partial<Record<'obfs4' | 'snowflake', string>> = {}
  for (const { transport } of bridges) {
    if (transport === null) continue
    const program = transportProgram(transport)
    if (program === null) throw new Error(`the program for ${transport} bridges is not installed`)
    programs[transport] = program
  }
  return programs
}

/** The last warning or error of the log, for saying why it ended. */
function lastWords(child: ChildProcess): () => string {
  let rest = ''
  let last = 'Tor ended'
  child.stdout?.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString('utf8')).split('\n')
    rest = (lines.pop() ?? '').slice(-2000)
    for (const line of lines) {
      const said = /\[(?:warn|err)\] (.*)$/.exec(line)?.[1]
      if (said !== undefined) last = said.slice(0, 300)
    }
  })
  return () => last
}

/** Waits for the file that Tor writes once its control port listens: `PORT=127.0.0.1:12345`. */
async function controlAddress(
  path: string,
  failure: () => string | null,
  deadline: AbortSignal,
): Promise<LiteralAddress> {
  for (;;) {
    const text = await readFile(path, 'latin1').catch(() => '')
    const address = /^PORT=(\S+)/m.exec(text)?.[1]
    const found = address === undefined ? null : literal(address)
    if (found) return found
    const failed = failure()
    if (failed !== null) throw new Error(failed)
    if (deadline.aborted) throw new Error('Tor does not open its control port')
    await sleep(25)
  }
}

/** `127.0.0.1:9050`, quoted or not. Null for a unix socket or anything else. */
function literal(text: string): LiteralAddress | null {
  const match = /^"?(\d+\.\d+\.\d+\.\d+):(\d{1,5})"?$/.exec(text)
  return match ? { host: match[1] ?? '', port: Number(match[2]) } : null
}

/** Progress in a STATUS_CLIENT event or in `status/bootstrap-phase` (control-spec §4.1.10). */
export function bootstrapIn(line: string): { percent: number; summary: string } | null {
  const match = / BOOTSTRAP PROGRESS=(\d{1,3})\b.* SUMMARY="([^"]*)"/.exec(line)
  return match ? { percent: Math.min(100, Number(match[1])), summary: (match[2] ?? '').slice(0, 200) } : null
}
