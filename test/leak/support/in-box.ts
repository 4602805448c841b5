// Inside the box: what every driver of the window uses.
import { execFileSync } from 'node:child_process'
import { subscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Launched, launchOn } from '../../e2e/support/launch'
import { packetsIn } from '../../rig/leak-box'
import { type DriverTask, tellDriverPort, tellStep } from './boxed-desktop'

export const task = JSON.parse(process.env.SIEGEL_BOX ?? '{}') as DriverTask

// Playwright, in this process, dials the debugging ports that it has Electron open. Nobody else's ports are told.
subscribe('net.client.socket', message => {
  const { socket } = message as { socket: Socket }
  socket.once('connect', () => tellDriverPort(socket.remotePort ?? 0))
})

/** The desktop as seen from in here: its screen and home, no bus, nothing to stop. */
const desktop = {
  env: Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  ),
  directory: task.directory,
  restartKeyring: () => Promise.reject(new Error('there is no keyring in the box')),
  stop: async () => {},
}

/** Starts the window on the profile of the task. */
export const launchInBox = async (): Promise<Launched> => {
  const launched = await launchOn(desktop, { profile: task.profile, program: task.program })
  // What is looked for is a packet, not haste.
  launched.page.setDefaultTimeout(45_000)
  return launched
}

/** What is sent a moment after its cause still belongs to it. */
const settleMs = 300
const nft = (...words: string[]) => execFileSync('nft', words, { encoding: 'utf8' })

/** Does nothing for a while: what is sent in it was sent by itself, and no event ends what never happens. */
export const listenFor = (ms: number): Promise<void> => sleep(ms)

/** Does something and tells what was sent meanwhile. A failure is told with its step. */
export const step = async <T>(name: string, act: () => Promise<T>): Promise<T> => {
  try {
    return await act()
  } catch (error) {
    throw new Error(`while: ${name}`, { cause: error })
  } finally {
    await sleep(settleMs)
    const sent = packetsIn(nft('-j', 'list', 'table', 'inet', 'box'))
    for (const set of ['v4', 'v6', 'other']) nft('flush', 'set', 'inet', 'box', set)
    tellStep({ name, sent })
  }
}
