import type { CallInput, CallOutput, EngineCallName, EventPayload } from '../../shared/ipc/contract'
import type { ContentCallName } from '../../shared/ipc/engine-messages'
import type { Passphrase } from '../../shared/ipc/secrets'
import { eachPercent } from '../../shared/kit/each-percent'
import { asError, failed, makeFailure, type Result, SiegelError, toFailure } from '../../shared/kit/result'
import type { AppStatus, KeyCustody, KeychainState } from '../../shared/kit/status'
import type { EngineLink } from '../ipc/engine-link'
import type { ProfileControl } from '../ipc/handlers/app'
import type { RestartPolicy } from '../ipc/restart-policy'
import { type BackupWish, makeBackup } from '../keychain/backup/make-backup'
import { restoreBackup } from '../keychain/backup/restore-backup'
import { setProfileAside } from '../keychain/backup/set-aside'
import type { WatchedWork } from '../keychain/backup/watched-work'
import { type CustodyChange, changeCustody } from '../keychain/change-custody'
import { closeToOthers } from '../keychain/close-to-others'
import {
  createProfile,
  type KeyCustodyParts,
  readProfile,
  type UnlockedProfile,
  unlockProfile,
} from '../keychain/profile-keys'
import type { Log } from '../log/log'

export type ProfileSessionParts = Readonly<{
  directory: string
  custody: KeyCustodyParts
  /** Starts an engine process; `onCrash` is called if it ends by itself after it was open. */
  startEngine: (onCrash: (exitCode: number) => void) => EngineLink
  restarts: RestartPolicy
  sleep: (ms: number) => Promise<unknown>
  facts: Pick<AppStatus, 'version' | 'runtime' | 'platform'>
  onStatus: (status: AppStatus) => void
  /** How far a backup or a restore is, in bytes. */
  onProgress: (job: 'backup' | 'restore', done: number, total: number) => void
  /** Something to tell once, when there is a page to tell it to. */
  onNotice: (notice: EventPayload<'notice'>) => void
  log: Log
}>

type State = AppStatus['state']

/** The first answer waits this long for the keychain to say whether it is there. */
const keychainPatienceMs = 1500

/**
 * The life of one profile: made, unlocked, open, locked. Holds the vault and the engine while it is open, and
 * starts the engine again with the key from the vault when it crashes. Changes happen one after the other.
 */
export class ProfileSession implements ProfileControl {
  readonly #parts: ProfileSessionParts
  #state: State = 'opening'
  #problem: AppStatus['problem'] = null
  #custody: KeyCustody | null = null
  #keychain: KeychainState = { state: 'unavailable', backend: '', detail: '' }
  #firstProbe: Promise<void>
  #unlocked: UnlockedProfile | null = null
  #engine: EngineLink | null = null
  /** The backup or restore that is running. */
  #stoppable: AbortController | null = null
  #queue: Promise<unknown> = Promise.resolve()

  constructor(parts: ProfileSessionParts) {
    this.#parts = parts
    this.#firstProbe = this.#start()
  }

  async status(): Promise<AppStatus> {
    await Promise.race([this.#firstProbe, this.#parts.sleep(keychainPatienceMs)])
    return this.#snapshot()
  }

  get isOpen(): boolean {
    return this.#state === 'open'
  }

  /** OpenPGP in the vault, for what main asks itself. Throws `locked`. */
  vault(): UnlockedProfile['vault'] {
    if (!this.#unlocked) throw new SiegelError('locked')
    return this.#unlocked.vault
  }

  /** A call to the engine; `locked` while there is none. */
  callEngine<N extends EngineCallName>(name: N, input: CallInput<N>): Promise<Result<CallOutput<N>>> {
    if (!this.#engine) return Promise.resolve(failed(makeFailure('locked')))
    return this.#engine.call(name, input)
  }

  /** Content of mail, the caller's to wipe; `locked` while there is no engine. */
  readContent<N extends ContentCallName>(name: N, input: CallInput<N>): Promise<Result<Buffer>> {
    if (!this.#engine) return Promise.resolve(failed(makeFailure('locked')))
    return this.#engine.content(name, input)
  }

  /** Lets a page ask the engine over a port; nothing happens while it is locked. */
  givePage(port: unknown): void {
    this.#engine?.givePage(port)
  }

  get hasEngine(): boolean {
    return this.#engine !== null
  }

  create(options: { custody: KeyCustody; passphrase: Passphrase | null }): Promise<void> {
    return this.#inTurn(async () => {
      this.#unlocked = await createProfile(this.#parts.directory, options, this.#parts.custody)
      this.#custody = options.custody
      await this.#openEngine(this.#unlocked)
    })
  }

  unlock(passphrase: Passphrase | null): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#state === 'open') return
      this.#parts.restarts.forget()
      await this.#unlock(passphrase)
    })
  }

  lock(): Promise<void> {
    return this.#inTurn(async () => {
      if (!this.#unlocked && this.#state !== 'failed') return
      await this.#dropKeys()
      this.#become('locked')
    })
  }

  changeCustody(change: CustodyChange): Promise<void> {
    return this.#inTurn(async () => {
      try {
        await changeCustody(this.#parts.directory, change, this.#parts.custody, this.#unlocked?.client)
      } finally {
        this.#custody = readProfile(this.#parts.directory)?.custody ?? this.#custody
        this.#tell()
      }
    })
  }

  /**
   * Writes everything to one file, see `makeBackup`; throws what that throws, and `locked`. A lock does not wait for it: it
   * ends with `cancelled`, and leaves nothing behind.
   */
  async backUp(wish: BackupWish): Promise<{ sizeBytes: number }> {
    const unlocked = this.#unlocked
    if (!unlocked) throw new SiegelError('locked')
    const ask = async <N extends EngineCallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> => {
      const result = await this.callEngine(name, input)
      if (result.ok) return result.value
      throw asError(result.error)
    }
    const store = {
      copy: (path: string) => ask('store.backup', { path }),
      check: (path: string) => ask('store.checkBackup', { path }),
      stop: () => ask('store.stopBackup', {}),
    }
    return this.#stoppably('backup', work => makeBackup(this.#parts.directory, wish, unlocked, store, work))
  }

  /** Makes a backup the profile, and opens it; see `restoreBackup`. Throws `profile-exists` unless none opens here. */
  restore(backup: { path: string; passphrase: Passphrase }): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#unlocked || (this.#state !== 'no-profile' && this.#state !== 'failed'))
        throw new SiegelError('profile-exists')
      const { directory, custody } = this.#parts
      const wish = { ...backup, directory, present: 'set-aside' } as const
      this.#unlocked = await this.#stoppably('restore', work => restoreBackup(wish, custody, work))
      this.#custody = 'passphrase'
      await this.#openEngine(this.#unlocked)
    })
  }

  /** Ends the backup or the restore that is running, with `cancelled`. */
  stopWork(): void {
    this.#stoppable?.abort()
  }

  /** Sets aside a profile that does not open, and begins as at the first start. Throws `conflict`, `file-unwritable`. */
  startAnew(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#unlocked || this.#state !== 'failed')
        throw new SiegelError('conflict', { what: 'profile', state: this.#state })
      try {
        setProfileAside(this.#parts.directory, Date.now())
      } catch (error) {
        throw new SiegelError('file-unwritable', { path: this.#parts.directory }, { cause: error })
      }
      this.#custody = null
      this.#become('no-profile')
    })
  }

  /** The program ends: the store is closed and the keys are wiped. */
  end(): Promise<void> {
    return this.#inTurn(() => this.#dropKeys())
  }

  /** One at a time: another one that is asked for meanwhile is refused with `conflict`. */
  async #stoppably<T>(job: 'backup' | 'restore', work: (how: WatchedWork) => Promise<T>): Promise<T> {
    if (this.#stoppable) throw new SiegelError('conflict', { what: 'profile', state: job })
    const controller = new AbortController()
    this.#stoppable = controller
    try {
      return await work({
        signal: controller.signal,
        onProgress: eachPercent((done, total) => this.#parts.onProgress(job, done, total)),
      })
    } finally {
      this.#stoppable = null
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work)
    this.#queue = turn.catch(() => undefined)
    return turn
  }

  /** Looks at what is there, and opens it if the keychain lets it; resolves when the keychain was asked. */
  #start(): Promise<void> {
    return this.#inTurn(async () => {
      try {
        this.#custody = readProfile(this.#parts.directory)?.custody ?? null
        // At once, and not only when it is opened: a passphrase may be long in coming.
        if (this.#custody !== null) closeToOthers(this.#parts.directory)
      } catch (error) {
        this.#fail(error)
      }
      if (this.#custody === 'keychain') await this.#unlock(null).catch(() => undefined)
      else if (this.#state !== 'failed') this.#become(this.#custody === null ? 'no-profile' : 'locked')
    }).then(() => this.#probeKeychain())
  }

  async #probeKeychain(): Promise<void> {
    // A ring that was just found locked has shown its prompt; asking again would show another one.
    if (this.#problem?.code !== 'keychain-locked') this.#keychain = await this.#parts.custody.keychain.state()
    this.#tell()
  }

  async #unlock(passphrase: Passphrase | null): Promise<void> {
    // From the lock screen it stays in view until the key is there: a wrong passphrase is answered on it.
    if (this.#state !== 'locked') this.#become('opening')
    let unlocked: UnlockedProfile
    try {
      unlocked =
        this.#unlocked ?? (await unlockProfile(this.#parts.directory, { passphrase }, this.#parts.custody))
    } catch (error) {
      const { code, params } = toFailure(error)
      if (code === 'keychain-locked')
        this.#keychain = { ...this.#keychain, state: 'locked', detail: String(params.detail ?? '') }
      if (code === 'wrong-passphrase') this.#become('locked')
      else if (code === 'no-profile') this.#become('no-profile')
      else if (code === 'keychain-locked') this.#become('locked', error)
      else this.#fail(error)
      throw error
    }
    this.#unlocked = unlocked
    await this.#openEngine(unlocked)
  }

  async #openEngine(unlocked: UnlockedProfile): Promise<void> {
    this.#become('opening')
    this.#closeToOthers()
    const engine = this.#parts.startEngine(exitCode => this.#crashed(engine, exitCode))
    try {
      await engine.open(this.#parts.directory, unlocked.profileId, unlocked.vault.engineDoor())
    } catch (error) {
      await engine.close()
      await this.#dropKeys()
      this.#fail(error)
      throw error
    }
    this.#engine = engine
    this.#become('open')
    unlocked.onVaultDeath(() => this.#vaultDied(unlocked))
  }

  /** The directory may have been opened to others meanwhile. It is closed again; what cannot be closed is said. */
  #closeToOthers(): void {
    const { directory } = this.#parts
    const stillOpen = closeToOthers(directory)
    if (stillOpen.length === 0) return
    const params = { directory, files: stillOpen.join(', ').slice(0, 500) }
    this.#parts.onNotice({ code: 'profile-open-to-others', params, undoId: null })
  }

  /** The vault's keys are gone with it: what is open is closed, and the user unlocks again. */
  #vaultDied(unlocked: UnlockedProfile): void {
    if (this.#unlocked !== unlocked) return
    this.#parts.log.error('the vault ended unexpectedly')
    void this.#inTurn(async () => {
      if (this.#unlocked !== unlocked) return
      await this.#dropKeys()
      this.#become('locked', new SiegelError('internal', { fault: 'vault-ended' }, { retryable: true }))
    }).catch((error: unknown) => this.#parts.log.error('the lock failed', { error }))
  }

  /** The engine ended by itself: once more with the key that the vault still holds, unless it does so all the time. */
  #crashed(engine: EngineLink, exitCode: number): void {
    if (this.#engine !== engine) return
    this.#engine = null
    const next = this.#parts.restarts.afterExit()
    this.#parts.log.error('the engine ended unexpectedly', { exitCode, next })
    void this.#inTurn(async () => {
      const unlocked = this.#unlocked
      if (!unlocked || this.#engine) return
      if (next === 'give-up') {
        await this.#dropKeys()
        this.#fail(new SiegelError('internal', { fault: 'engine-keeps-ending' }, { retryable: true }))
        return
      }
      this.#become('opening')
      await this.#parts.sleep(next)
      await this.#openEngine(unlocked)
    }).catch((error: unknown) => this.#parts.log.error('the engine did not come back', { error }))
  }

  async #dropKeys(): Promise<void> {
    const [engine, unlocked] = [this.#engine, this.#unlocked]
    this.#engine = null
    this.#unlocked = null
    await engine?.close()
    await unlocked?.close()
  }

  #fail(error: unknown): void {
    this.#become('failed', error)
  }

  #become(state: State, error?: unknown): void {
    this.#parts.log.info('profile', { state, error })
    this.#state = state
    this.#problem = error === undefined ? null : toFailure(error)
    this.#tell()
  }

  #tell(): void {
    this.#parts.onStatus(this.#snapshot())
  }

  #snapshot(): AppStatus {
    return {
      state: this.#state,
      custody: this.#custody,
      keychain: this.#keychain,
      ...this.#parts.facts,
      problem: this.#problem && { ...this.#problem, params: { ...this.#problem.params } },
    }
  }
}
