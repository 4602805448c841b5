import type { Worker } from 'node:worker_threads'
import { SiegelError } from '../../shared/ipc/result'
import { assertNever } from '../../shared/util/assert-never'
import {
  type PassphraseVault,
  type VaultAnswer,
  type VaultOperation,
  type VaultRefusal,
  type VaultRequest,
  vaultAnswers,
  vaultReply,
} from './protocol'

/** Starts the worker of `worker.ts`; where its file lies depends on who hosts it. */
export type StartVaultWorker = () => Worker

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
    case 'internal':
      return new Error(`the vault refused: ${refusal}`)
    default:
      return assertNever(refusal)
  }
}

/** UTF-8 of a passphrase in NFC, so that the same keys typed on another system open the same vault. */
const passphraseBytes = (passphrase: string): Uint8Array<ArrayBuffer> => {
  const encoded = new TextEncoder().encode(passphrase.normalize('NFC'))
  const own = new Uint8Array(encoded.byteLength)
  own.set(encoded)
  encoded.fill(0)
  return own
}

/**
 * The vault worker as an object. Bytes handed in are transferred: the caller's view is empty afterwards.
 * Every method throws `locked` once the vault was closed or its worker ended.
 */
export class VaultClient {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  #nextId = 0
  #ended = false
  #closing: Promise<void> | null = null

  constructor(start: StartVaultWorker) {
    this.#worker = start()
    this.#worker.on('message', message => this.#receive(message))
    this.#worker.on('error', () => this.#end())
    this.#worker.on('exit', () => this.#end())
    // A command line that is done must be able to end although its vault is open.
    this.#worker.unref()
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
  async unwrap(profileId: string, vault: PassphraseVault, passphrase: string): Promise<void> {
    const bytes = passphraseBytes(passphrase)
    await this.#ask({ operation: 'unwrap', profileId, vault, passphrase: bytes }, [bytes.buffer])
  }

  /** Seals the held master key under a passphrase. */
  async wrap(profileId: string, passphrase: string): Promise<PassphraseVault> {
    const bytes = passphraseBytes(passphrase)
    return (await this.#ask({ operation: 'wrap', profileId, passphrase: bytes }, [bytes.buffer])).vault
  }

  /** Whether `vault` opens with this passphrase to the held key. */
  async verifyWrap(profileId: string, vault: PassphraseVault, passphrase: string): Promise<boolean> {
    const bytes = passphraseBytes(passphrase)
    const request = { operation: 'verifyWrap', profileId, vault, passphrase: bytes } as const
    return (await this.#ask(request, [bytes.buffer])).matches
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
  ): Promise<VaultAnswer<R['operation']>> {
    if (this.#ended) return Promise.reject(new SiegelError('locked'))
    const id = this.#nextId++
    const schema = vaultAnswers[request.operation as VaultOperation]
    return new Promise<unknown>((resolve, reject) => {
      // While an answer is due the process must not end for lack of other work.
      this.#worker.ref()
      this.#waiting.set(id, { resolve, reject })
      this.#worker.postMessage({ id, request }, transfer)
    }).then(value => schema.parse(value) as VaultAnswer<R['operation']>)
  }

  #receive(message: unknown): void {
    const reply = vaultReply.safeParse(message)
    const waiting = reply.success ? this.#waiting.get(reply.data.id) : undefined
    if (!reply.success || !waiting) return
    this.#waiting.delete(reply.data.id)
    if (this.#waiting.size === 0) this.#worker.unref()
    if (reply.data.ok) waiting.resolve(reply.data.value)
    else waiting.reject(refusalError(reply.data.refusal))
  }

  #end(): void {
    this.#ended = true
    for (const { reject } of this.#waiting.values()) reject(new SiegelError('locked'))
    this.#waiting.clear()
  }
}
