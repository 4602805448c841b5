import { fileURLToPath } from 'node:url'
import type { DesktopSession } from '../../e2e/support/desktop-session'
import { inLeakBox, type LeakBoxOptions, type SentPacket } from '../../rig/leak-box'
import { type ElectronProgram, electronForTests } from '../../support/electron'

/** What a driver in the box is told, as JSON in SIEGEL_BOX. */
export type DriverTask = Readonly<{
  program: ElectronProgram
  directory: string
  profile: string
  imapPort: number
  smtpPort: number
  idleMs: number
  /** Certificate of the key directory of rig.test; null when there is none. */
  directoryFingerprint256?: string | null
}>

/** What was sent while a driver did one thing. */
export type Step = Readonly<{ name: string; sent: readonly SentPacket[] }>

/** The programs that drive the window in the box. */
export type Driver = 'drive-through-tor' | 'drive-tor-gone' | 'drive-without-tor' | 'drive-chromium'

const marks = { step: '# step ', port: '# driver port ' } as const

/** Inside: says to the outside what one step sent. */
export const tellStep = (step: Step): void =>
  void process.stdout.write(`${marks.step}${JSON.stringify(step)}\n`)

/** Inside: says to the outside that the driver, not the program, dialled this loopback port. */
export const tellDriverPort = (port: number): void => void process.stdout.write(`${marks.port}${port}\n`)

/**
 * Runs a driver, which runs the real window, in the box. The screen is reached by its socket in /tmp/.X11-unix; a
 * session bus is not given, because whoever is on it could dial for the program unseen. Answers what each step sent, but
 * for what the driver itself dialled to reach the debugging ports of Electron: it alone is asked for its own ports.
 */
export async function driveInBox(
  driver: Driver,
  desktop: DesktopSession,
  task: Omit<DriverTask, 'program' | 'directory'>,
  bridges: readonly { inside: number; outside: number }[],
  options: LeakBoxOptions = {},
): Promise<{ steps: readonly Step[]; output: string }> {
  const { executablePath, args } = await electronForTests()
  const { DBUS_SESSION_BUS_ADDRESS: _bus, PATH: _path, ...desktopEnvironment } = desktop.env
  const full: DriverTask = { ...task, program: { executablePath, args }, directory: desktop.directory }
  const file = (url: string) => fileURLToPath(new URL(url, import.meta.url))
  const words = ['--import', file('../../support/resolve-typescript.mjs'), file(`./${driver}.ts`)]
  const { sent, output } = await inLeakBox(
    [`exec "$NODE" --no-warnings ${words.map(word => `'${word}'`).join(' ')}`],
    bridges,
    {
      timeoutMs: 600_000,
      ...options,
      environment: {
        ...desktopEnvironment,
        DBUS_SESSION_BUS_ADDRESS: 'disabled:',
        DBUS_SYSTEM_BUS_ADDRESS: 'disabled:',
        SIEGEL_BOX: JSON.stringify(full),
      },
    },
  )
  const said = (mark: string) =>
    output.split('\n').flatMap(line => (line.startsWith(mark) ? [line.slice(mark.length)] : []))
  const driverPorts = new Set(said(marks.port).map(Number))
  const isOurs = ({ protocol, address, port }: SentPacket) =>
    (protocol === '6' || protocol === 'tcp') && address === '127.0.0.1' && driverPorts.has(port)
  const steps = said(marks.step).map(line => JSON.parse(line) as Step)
  return {
    steps: [...steps, { name: 'afterwards', sent }].map(({ name, sent: all }) => ({
      name,
      sent: all.filter(packet => !isOurs(packet)),
    })),
    output,
  }
}
