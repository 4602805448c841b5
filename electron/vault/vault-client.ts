import type { Fingerprint } from '../../shared/features/keys/model'
import type { NssKeyDatabase } from '../../shared/features/keys/thunderbird'
import type { KeptSecret, Passphrase } from '../../shared/ipc/secrets'
import {
  type AbortSignalLike,
  type ImportedSecretKeys,
  type SealedKeyAnswer,
  type VaultCallName,
  vaultCalls,
} from '../../shared/ipc/vault/vault-calls'
import { assertNever } from '../../shared/kit/assert-never'
import { asError, SiegelError } from '../../shared/kit/result'
import {
  type PassphraseVault,
  type VaultAnswer,
  type VaultOperation,
  type VaultRefusal,
  type VaultRequest,
  vaultAnswers,
  vaultReply,
} from './protocol'
import type { GivenPassphrase, PickedFile } from './protocol-values'

/** What runs the vault, or a door to it: a worker thread is one, and the window has one for a process of its own. */
export type VaultHost = Readonly<{
  postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void
  on(event: 'message' | 'error' | 'exit', listener: (message: unknown) => void): unknown
  ref(): void
  unref(): void
  terminate(): Promise<unknown>
  /** Makes the door through which an engine asks this vault; what it answers is handed to the engine's process. */
  openEngineDoor?: (profileId: string) => unknown
  /** The vault asks the OS keychain itself, so that the master key is in no other process. */
  reachesKeychain?: boolean
}>

/** Starts what runs the vault; where its file lies depends on who hosts it. */
export type StartVaultWorker = () => VaultHost

/** Where secret keys come from: bytes, what the page gave to the vault, or a file that the vault reads itself. */
export type SecretKeySource = Uint8Array | KeptSecret | PickedFile

/** What of a Thunderbird profile holds its secret keys, each as it lies on the disk. */
export type ThunderbirdSecrets = Readonly<{
  secretKeys: Uint8Array
  encryptedPassphrase: Uint8Array
  database: NssKeyDatabase
}>

type Waiting = { resolve: (value: unknown) => void; reject: (error: Error) => void }

/** How long the worker may take to wipe its key before it is ended anyway. */
const lockTimeoutMs = 1000

const refusalError = (refusal: VaultRefusal): Error => {
  switch (refusal) {
    case 'locked':
      return new SiegelError('locked')
    case 'wrong-passphrase':
      return new SiegelError('wrong-passphrase')
    case 'vault-damaged':
      return new SiegelError('vault-damaged')
    case 'busy':
    case 'bad-request':
    case 'failed':
    case 'internal':
      return new Error(`the vault refused: ${refusal}`)
    default:
      return assertNever(refusal)
  }
}

/** A passphrase for a request; its bytes are wiped by the vault when they were read. */
const given = (passphrase: Passphrase): GivenPassphrase =>
  typeof passphrase === 'string' ? new Uint8Array(new TextEncoder().encode(passphrase)) : passphrase

/** Handed over with the request, so that it is gone here. */
const memoryOf = (passphrase: GivenPassphrase): ArrayBuffer[] =>
  passphrase instanceof Uint8Array && passphrase.buffer instanceof ArrayBuffer ? [passphrase.buffer] : []

/**
 * The vault as an object, wherever it runs. Bytes handed in are transferred: the caller's view is empty afterwards.
 * Every method throws `locked` once the vault was closed or its worker ended.
 */
export class VaultClient {
  readonly #worker: VaultHost
  readonly #waiting = new Map<number, Waiting>()
  #nextId = 0
  #ended = false
  #closing: Promise<void> | null = null
  #onDeath: () => void = () => undefined

  constructor(start: StartVaultWorker) {
    this.#worker = start()
    this.#worker.on('message', message => this.#receive(message))
    this.#worker.on('error', () => this.#end())
    this.#worker.on('exit', () => this.#end())
    // A command line that is done must be able to end although its vault is open.
    this.#worker.unref()
  }

  /** Called once if the worker ends although nobody closed it (out of memory, for one); at once if it has. */
  onDeath(listener: () => void): void {
    this.#onDeath = listener
    if (this.#ended && !this.#closing) listener()
  }

  /** Makes and holds a new random master key. */
  async generate(): Promise<void> {
    await this.#ask({ operation: 'generate' })
  }

  /** Holds a master key that the keychain kept; `key` (32 bytes) is empty afterwards. */
  async adopt(key: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#ask({ operation: 'adopt', key }, [key.buffer])
  }

  /** Opens a sealed master key and holds it. Throws `wrong-passphrase`, `vault-damaged`. */
  async unwrap(profileId: string, vault: PassphraseVault, passphrase: Passphrase): Promise<void> {
    const secret = given(passphrase)
    await this.#ask({ operation: 'unwrap', profileId, vault, passphrase: secret }, memoryOf(secret))
  }

  /** Seals the held master key under a passphrase. */
  async wrap(profileId: string, passphrase: Passphrase): Promise<PassphraseVault> {
    const secret = given(passphrase)
    return (await this.#ask({ operation: 'wrap', profileId, passphrase: secret }, memoryOf(secret))).vault
  }

  /** Whether `vault` opens with this passphrase to the held key. */
  async verifyWrap(profileId: string, vault: PassphraseVault, passphrase: Passphrase): Promise<boolean> {
    const secret = given(passphrase)
    const request = { operation: 'verifyWrap', profileId, vault, passphrase: secret } as const
    return (await this.#ask(request, memoryOf(secret))).matches
  }

  /** Throws `weak-passphrase` with the reason. */
  async requireStrong(passphrase: Passphrase): Promise<void> {
    await this.#ask({ operation: 'requireStrong', passphrase: given(passphrase) })
  }

  /** Whether this vault asks the OS keychain itself. */
  get reachesKeychain(): boolean {
    return this.#worker.reachesKeychain ?? false
  }

  /** Holds the master key that the OS keychain has; `another`: what is there is none. Throws `keychain-…`. */
  async adoptFromKeychain(profileId: string): Promise<'key' | 'none' | 'another'> {
    return (await this.#ask({ operation: 'adoptFromKeychain', profileId })).found
  }

  /** Stores the held master key in the OS keychain. Throws `keychain-…`. */
  async storeInKeychain(profileId: string): Promise<void> {
    await this.#ask({ operation: 'storeInKeychain', profileId })
  }

  /** The door through which an engine asks this vault. */
  engineDoor(profileId: string): unknown {
    return this.#worker.openEngineDoor?.(profileId)
  }

  /** 16 public bytes by which the right master key is known again. */
  async keyCheck(profileId: string): Promise<Uint8Array> {
    return (await this.#ask({ operation: 'keyCheck', profileId })).check
  }

  /** The 32-byte store key; the caller wipes it when the store has it. */
  async deriveStoreKey(profileId: string): Promise<Uint8Array> {
    return (await this.#ask({ operation: 'deriveStoreKey', profileId })).key
  }

  /** The master key itself, for the OS keychain and nobody else; the caller wipes it at once. */
  async exportForKeychain(): Promise<Uint8Array> {
    return (await this.#ask({ operation: 'exportForKeychain' })).key
  }

  /**
   * One of the engine's calls (shared/ipc/vault-calls); bytes are copied. `signal` takes back a call that has not begun.
   */
  async openpgp(
    profileId: string,
    name: VaultCallName,
    input: unknown,
    { signal }: { signal?: AbortSignalLike | undefined } = {},
  ): Promise<unknown> {
    const request = { operation: 'openpgp', profileId, name, input } as const
    const { output } = await this.#ask(request, [], signal)
    return vaultCalls[name].out.parse(output)
  }

  /**
   * The secret keys of a file, sealed, and its revocation certificates. Throws `no-key`, `key-kind-unsupported`, `key-locked`,
   * `wrong-passphrase`, `key-unusable`.
   */
  async importSecret(
    profileId: string,
    from: SecretKeySource,
    passphrase: Passphrase | null,
  ): Promise<ImportedSecretKeys> {
    const secret = passphrase === null ? null : given(passphrase)
    return this.#ask({ operation: 'importSecret', profileId, from, passphrase: secret })
  }

  /**
   * The secret keys of a Thunderbird profile, sealed. Throws `primary-password-needed`, `wrong-passphrase`,
   * `thunderbird-damaged`, `key-locked`.
   */
  async importThunderbird(
    profileId: string,
    profile: ThunderbirdSecrets,
    primaryPassword: Passphrase | null,
  ): Promise<{ keys: SealedKeyAnswer[]; locked: number; broken: number }> {
    const { secretKeys, ...rest } = profile
    const secret = primaryPassword === null ? null : given(primaryPassword)
    const request = { operation: 'importThunderbird', profileId, bytes: secretKeys, ...rest } as const
    return this.#ask({ ...request, primaryPassword: secret })
  }

  /** The key of an Autocrypt Setup Message, sealed. Throws `wrong-passphrase`, `message-malformed`, `no-key`. */
  async importSetupMessage(
    profileId: string,
    bytes: Uint8Array,
    setupCode: Passphrase,
  ): Promise<SealedKeyAnswer> {
    const request = { operation: 'importSetupMessage', profileId, bytes } as const
    return (await this.#ask({ ...request, setupCode: given(setupCode) })).key
  }

  /** Gives a held key a passphrase of its own, or none. Throws `no-key`, `key-locked`. */
  async setKeyPassphrase(
    profileId: string,
    fingerprint: Fingerprint,
    passphrase: Passphrase | null,
  ): Promise<SealedKeyAnswer> {
    const secret = passphrase === null ? null : given(passphrase)
    const request = { operation: 'setKeyPassphrase', profileId, fingerprint } as const
    return (await this.#ask({ ...request, passphrase: secret })).key
  }

  /** Opens a key with its own passphrase for `rememberMs` (null: until the lock). Throws `wrong-passphrase`, `no-key`. */
  async unlockKey(
    profileId: string,
    fingerprint: Fingerprint,
    passphrase: Passphrase,
    rememberMs: number | null,
  ): Promise<void> {
    const request = { operation: 'unlockKey', profileId, fingerprint, rememberMs } as const
    await this.#ask({ ...request, passphrase: given(passphrase) })
  }

  async forgetKeyPassphrase(fingerprint: Fingerprint): Promise<void> {
    await this.#ask({ operation: 'forgetKeyPassphrase', fingerprint })
  }

  /** The armored secret key, locked under `passphrase`; for main's dialog and the command line alone. */
  async exportSecret(profileId: string, fingerprint: Fingerprint, passphrase: Passphrase): Promise<string> {
    const request = { operation: 'exportSecret', profileId, fingerprint } as const
    return (await this.#ask({ ...request, passphrase: given(passphrase) })).armored
  }

  /** Wipes the key and ends the worker. Safe to call twice. */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    const wiped = this.#ask({ operation: 'lock' }).then(
      () => undefined,
      () => undefined,
    )
    let timer: NodeJS.Timeout | undefined
    const timeout = new Promise<void>(resolve => {
      timer = setTimeout(resolve, lockTimeoutMs)
    })
    await Promise.race([wiped, timeout])
    clearTimeout(timer)
    this.#end()
    await this.#worker.terminate()
  }

  #ask<R extends VaultRequest>(
    request: R,
    transfer: ArrayBuffer[] = [],
    signal?: AbortSignalLike,
  ): Promise<VaultAnswer<R['operation']>> {
    if (this.#ended) return Promise.reject(new SiegelError('locked'))
    if (signal?.aborted) return Promise.reject(new SiegelError('cancelled'))
    const id = this.#nextId++
    const schema = vaultAnswers[request.operation as VaultOperation]
    const cancel = () => this.#worker.postMessage({ cancel: id }, [])
    signal?.addEventListener('abort', cancel, { once: true })
    return new Promise<unknown>((resolve, reject) => {
      // While an answer is due the process must not end for lack of other work.
      this.#worker.ref()
      this.#waiting.set(id, { resolve, reject })
      this.#worker.postMessage({ id, request }, transfer)
    })
      .then(value => schema.parse(value) as VaultAnswer<R['operation']>)
      .finally(() => signal?.removeEventListener('abort', cancel))
  }

  #receive(message: unknown): void {
    const reply = vaultReply.safeParse(message)
    const waiting = reply.success ? this.#waiting.get(reply.data.id) : undefined
    if (!reply.success || !waiting) return
    const { data } = reply
    this.#waiting.delete(data.id)
    if (this.#waiting.size === 0) this.#worker.unref()
    if (data.ok) waiting.resolve(data.value)
    else if (data.failure) waiting.reject(asError(data.failure))
    else waiting.reject(refusalError(data.refusal))
  }

  #end(): void {
    const isDeath = !this.#ended && !this.#closing
    this.#ended = true
    for (const { reject } of this.#waiting.values()) reject(new SiegelError('locked'))
    this.#waiting.clear()
    if (isDeath) this.#onDeath()
  }
}
