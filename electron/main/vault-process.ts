import { once } from 'node:events'
import { MessageChannelMain, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron'
import type { VaultDoor } from '../../shared/ipc/vault/vault-doors'
import { omitFromCoreDumps } from '../log/core-dumps'
import type { VaultHost } from '../vault/vault-client'
import { vaultLimits } from '../vault/worker-limits'

/** The vault in a process of its own: what it knew is gone when it ended, whatever a heap or a library kept. */
class VaultProcess implements VaultHost {
  readonly reachesKeychain = true
  readonly #child: UtilityProcess
  readonly #ended: Promise<unknown>
  hasEnded = false

  constructor(file: string, environment: Environment) {
    this.#child = utilityProcess.fork(file, [], {
      serviceName: 'Siegel vault',
      stdio: 'ignore',
      // What a desktop session's keychain is found by, and nothing else of the environment.
      env: keychainEnvironment(environment),
      execArgv: [`--max-old-space-size=${vaultLimits.maxOldGenerationSizeMb}`],
    })
    this.#child.once('spawn', () => this.#child.pid !== undefined && omitFromCoreDumps(this.#child.pid))
    this.#ended = once(this.#child, 'exit').then(() => {
      this.hasEnded = true
    })
  }

  postMessage(message: unknown): void {
    this.#child.postMessage(message)
  }

  on(event: 'message' | 'error' | 'exit', listener: (message: unknown) => void): void {
    this.#child.on(event as 'message', listener)
  }

  // Electron keeps running while it has a window; a process of its own holds nothing up.
  ref(): void {}
  unref(): void {}

  async terminate(): Promise<void> {
    if (this.hasEnded) return
    this.#child.kill()
    await this.#ended
  }

  openDoor(door: VaultDoor): MessagePortMain {
    const { port1, port2 } = new MessageChannelMain()
    this.#child.postMessage({ door }, [port2])
    return port1
  }

  openEngineDoor(profileId: string): MessagePortMain {
    return this.openDoor({ kind: 'engine', profileId })
  }
}

type Environment = Readonly<Record<string, string | undefined>>

const keychainVariables = [
  'DBUS_SESSION_BUS_ADDRESS',
  'XDG_RUNTIME_DIR',
  'HOME',
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'LANG',
]

const keychainEnvironment = (environment: Environment): Record<string, string> =>
  Object.fromEntries(
    keychainVariables.flatMap(name => {
      const value = environment[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )

/**
 * The vault that is there to be asked: one waits while the profile is locked, so that a passphrase can be given to it
 * before it is needed, and the next one starts when it ends.
 */
export class VaultProcesses {
  readonly #file: string
  readonly #environment: Environment
  #current: VaultProcess | null = null
  #isTaken = false

  constructor(file: string, environment: Environment) {
    this.#file = file
    this.#environment = environment
  }

  /** The one that waits, for a profile that is made or opened. */
  take(): VaultHost {
    const isFresh = this.#current && !this.#current.hasEnded && !this.#isTaken
    const vault = (isFresh && this.#current) || new VaultProcess(this.#file, this.#environment)
    this.#current = vault
    this.#isTaken = true
    return vault
  }

  /** Lets one wait for the next unlock, unless there is one. */
  prepare(): void {
    this.#here()
  }

  /** A door for a page that gives a secret: to the vault that is open, or to the one that the next unlock takes. */
  openSecretsDoor(): MessagePortMain {
    return this.#here().openDoor({ kind: 'secrets' })
  }

  #here(): VaultProcess {
    if (this.#current && !this.#current.hasEnded) return this.#current
    this.#current = new VaultProcess(this.#file, this.#environment)
    this.#isTaken = false
    return this.#current
  }

  /** The program ends. */
  async end(): Promise<void> {
    await this.#current?.terminate()
  }
}
