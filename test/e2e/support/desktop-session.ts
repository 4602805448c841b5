import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { until } from '../../support/until'

/** A ring that opens by itself, one that is there but locked, or no secret service on the bus at all. */
export type KeyringMode = 'unlocked' | 'locked' | 'absent'

/** A desktop of its own: message bus, secret service and, where asked for, a screen. */
export type DesktopSession = Readonly<{
  /** For everything that shall live on this desktop. */
  env: Readonly<Record<string, string>>
  directory: string
  /** Ends the secret service and starts it again as after a login with, or without, the password. */
  restartKeyring(mode: Exclude<KeyringMode, 'absent'>): Promise<void>
  stop(): Promise<void>
}>

const guardian = fileURLToPath(new URL('../../rig/guardian.sh', import.meta.url))

/** What an offscreen session needs to draw with, and nothing that reaches the machine's real desktop. */
const baseEnv = (directory: string): Record<string, string> => ({
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  HOME: join(directory, 'home'),
  TMPDIR: join(directory, 'tmp'),
  XDG_RUNTIME_DIR: join(directory, 'run'),
  XDG_CONFIG_HOME: join(directory, 'home', '.config'),
  XDG_CACHE_HOME: join(directory, 'home', '.cache'),
  XDG_DATA_HOME: join(directory, 'home', '.local', 'share'),
  LANG: 'C.UTF-8',
  LANGUAGE: 'en',
})

/** A service of the session; it ends when `stop` is called or this process is gone, however that happens. */
class Service {
  readonly #child: ChildProcess
  readonly #ended: Promise<unknown>

  constructor(command: readonly string[], env: Readonly<Record<string, string>>, logFile: string) {
    const log = openSync(logFile, 'a')
    this.#child = spawn('/bin/sh', [guardian, ...command], { detached: true, stdio: ['pipe', log, log], env })
    closeSync(log)
    this.#ended = once(this.#child, 'exit')
  }

  async stop(): Promise<void> {
    this.#child.stdin?.end()
    await this.#ended
  }
}

const ringPassword = 'ring-password'

const keyringCommand = (mode: Exclude<KeyringMode, 'absent'>): readonly string[] => [
  '/bin/sh',
  '-c',
  mode === 'unlocked'
    ? `printf %s ${ringPassword} | gnome-keyring-daemon --foreground --unlock --components=secrets`
    : 'gnome-keyring-daemon --foreground --start --components=secrets',
]

/** Waits until somebody owns the name of the Secret Service on the bus. */
const secretServiceIsThere = (env: Readonly<Record<string, string>>): Promise<void> =>
  until(async () => {
    const child = spawn(
      'gdbus',
      [
        'call',
        '--session',
        '--dest',
        'org.freedesktop.DBus',
        '--object-path',
        '/org/freedesktop/DBus',
        '--method',
        'org.freedesktop.DBus.NameHasOwner',
        'org.freedesktop.secrets',
      ],
      { env, stdio: ['ignore', 'pipe', 'ignore'] },
    )
    let output = ''
    child.stdout.on('data', chunk => {
      output += chunk
    })
    await once(child, 'close')
    return output.includes('true')
  }, 'the secret service starts')

/** A bus without activation files: nothing starts by being asked for, least of all the machine's own services. */
const busConfig = (
  directory: string,
): string => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${directory}/run/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

/** Starts the session. `screen` gives it a display of 1440 by 900 pixels. */
export const startDesktopSession = async (options: {
  keyring: KeyringMode
  screen: boolean
}): Promise<DesktopSession> => {
  const directory = mkdtempSync(join(tmpdir(), 'siegel-desktop-'))
  for (const name of ['home', 'tmp', 'run']) mkdirSync(join(directory, name))
  chmodSync(join(directory, 'run'), 0o700)
  const env = baseEnv(directory)
  const services: Service[] = []
  const start = (name: string, command: readonly string[]): Service => {
    const service = new Service(command, env, join(directory, `${name}.log`))
    services.push(service)
    return service
  }
  const stop = async (): Promise<void> => {
    for (const service of services.reverse()) await service.stop()
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
  }
  let keyring: Service | undefined
  const startKeyring = async (mode: Exclude<KeyringMode, 'absent'>): Promise<void> => {
    keyring = start('keyring', keyringCommand(mode))
    await secretServiceIsThere(env)
  }
  try {
    writeFileSync(join(directory, 'bus.conf'), busConfig(directory))
    start('bus', ['dbus-daemon', `--config-file=${directory}/bus.conf`, '--nofork'])
    await until(() => existsSync(join(directory, 'run', 'bus')), 'the message bus starts')
    env.DBUS_SESSION_BUS_ADDRESS = `unix:path=${directory}/run/bus`
    if (options.keyring !== 'absent') await startKeyring(options.keyring)
    if (options.screen) {
      const number = join(directory, 'display')
      start('screen', [
        '/bin/sh',
        '-c',
        `exec Xvfb -displayfd 3 -screen 0 1440x900x24 -nolisten tcp -noreset 3>${number}`,
      ])
      await until(
        () => existsSync(number) && readFileSync(number, 'utf8').endsWith('\n'),
        'the screen starts',
      )
      env.DISPLAY = `:${readFileSync(number, 'utf8').trim()}`
    }
  } catch (error) {
    await stop()
    throw error
  }
  return {
    env,
    directory,
    async restartKeyring(mode) {
      await keyring?.stop()
      if (keyring) services.splice(services.indexOf(keyring), 1)
      await startKeyring(mode)
    },
    stop,
  }
}
