/**
 * The vault itself, wherever it runs: it holds the master key and the secret OpenPGP keys while the profile is unlocked,
 * and nothing else does. It has no network and no MIME; it answers the operations of `protocol.ts`. Ending what runs it
 * (`process-entry.ts`, `worker.ts`) is the lock.
 */
import { randomBytes } from 'node:crypto'
import { isOmemoCallName } from '../../shared/ipc/vault/vault-calls'
import { assertNever } from '../../shared/kit/assert-never'
import { SiegelError } from '../../shared/kit/result'
import { KeptSecrets } from './kept-secrets'
import { deriveKey, openKey, sealKey } from './key-wrap'
import { requireStrongPassphrase } from './passphrase-strength'
import {
  keyBytes,
  type VaultAnswer,
  type VaultOperation,
  type VaultRefusal,
  type VaultRequest,
  vaultCancel,
  vaultEnvelope,
} from './protocol'
import { secretGiven } from './protocol-values'

class Refused extends Error {
  readonly refusal: VaultRefusal

  constructor(refusal: VaultRefusal) {
    super(refusal)
    this.refusal = refusal
  }
}

/** What the vault needs of the operating system's keychain. */
type VaultKeychain = Readonly<{
  read(profileId: string): Promise<Uint8Array<ArrayBuffer> | null>
  write(profileId: string, key: Uint8Array): Promise<void>
}>

let master: Buffer | null = null
let keychain: VaultKeychain | null = null
/** Passphrases that the page gave, by number. */
const secrets = new KeptSecrets()

/** The OpenPGP library is large: it is read when it is first asked, so that unlocking does not wait for it. */
let openpgp: Promise<typeof import('./openpgp-worker')> | null = null
const loadOpenpgp = () => (openpgp ??= import('./openpgp-worker'))
/** So is what OMEMO needs, which most profiles never ask. */
const loadOmemo = () => import('./omemo-worker')

const heldKey = (): Buffer => {
  if (!master) throw new Refused('locked')
  return master
}

const ownKeychain = (): VaultKeychain => {
  if (!keychain) throw new Refused('bad-request')
  return keychain
}

const hold = (key: Buffer): void => {
  if (master) {
    key.fill(0)
    throw new Refused('busy')
  }
  master = key
}

/** Its own memory, so that it can be transferred whole and leaves nothing behind here. */
const copyForTransfer = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => {
  const copy = new Uint8Array(bytes.byteLength)
  copy.set(bytes)
  return copy
}

const answer = async (request: VaultRequest): Promise<VaultAnswer<VaultOperation>> => {
  switch (request.operation) {
    case 'generate':
      hold(randomBytes(keyBytes))
      return {}
    case 'adopt':
      hold(Buffer.from(request.key))
      request.key.fill(0)
      return {}
    case 'unwrap': {
      const passphrase = secrets.profilePassphrase(request.passphrase)
      const key = await openKey(request.vault, passphrase, request.profileId)
      passphrase.fill(0)
      if (typeof key === 'string') throw new Refused(key)
      hold(key)
      return {}
    }
    case 'wrap': {
      const passphrase = secrets.profilePassphrase(request.passphrase)
      const vault = await sealKey(heldKey(), passphrase, request.profileId)
      passphrase.fill(0)
      return { vault }
    }
    case 'verifyWrap': {
      const passphrase = secrets.profilePassphrase(request.passphrase)
      const key = await openKey(request.vault, passphrase, request.profileId)
      passphrase.fill(0)
      if (typeof key === 'string') return { matches: false }
      const matches = heldKey().equals(key)
      key.fill(0)
      return { matches }
    }
    case 'keyCheck':
      return { check: deriveKey(heldKey(), request.profileId, 'siegel/key-check/v1', 16) }
    case 'deriveStoreKey':
      return { key: deriveKey(heldKey(), request.profileId, 'siegel/store/v1', keyBytes) }
    case 'requireStrong':
      requireStrongPassphrase(secrets.text(request.passphrase))
      return {}
    case 'adoptFromKeychain': {
      const key = await ownKeychain().read(request.profileId)
      if (key?.byteLength === keyBytes) hold(Buffer.from(key))
      const found = key === null ? 'none' : key.byteLength === keyBytes ? 'key' : 'another'
      key?.fill(0)
      return { found }
    }
    case 'storeInKeychain':
      await ownKeychain().write(request.profileId, heldKey())
      return {}
    case 'exportForKeychain':
      return { key: copyForTransfer(heldKey()) }
    case 'lock':
      secrets.drop()
      if (openpgp) (await openpgp).dropSecretKeys()
      master?.fill(0)
      master = null
      return {}
    case 'openpgp': {
      const { name, input, profileId } = request
      const master = heldKey()
      if (isOmemoCallName(name)) return (await loadOmemo()).answerOmemo(name, input, { master, profileId })
      return (await loadOpenpgp()).answerOpenpgp(request, master, secrets)
    }
    case 'importSecret':
    case 'importThunderbird':
    case 'importSetupMessage':
    case 'setKeyPassphrase':
    case 'unlockKey':
    case 'forgetKeyPassphrase':
    case 'exportSecret':
      return (await loadOpenpgp()).answerOpenpgp(request, heldKey(), secrets)
    default:
      return assertNever(request)
  }
}

/** Memory of an answer that can go over whole: what a view shares with others stays and is copied. */
const transferable = (value: unknown, found = new Set<ArrayBuffer>()): Set<ArrayBuffer> => {
  if (value instanceof Uint8Array) {
    const { buffer } = value
    if (buffer instanceof ArrayBuffer && value.byteLength === buffer.byteLength && !sharesPool(value))
      found.add(buffer)
  } else if (typeof value === 'object' && value !== null)
    for (const part of Object.values(value)) transferable(part, found)
  return found
}

const sharesPool = (bytes: Uint8Array): boolean =>
  bytes instanceof Buffer && bytes.byteLength <= Buffer.poolSize

const refusalOf = (error: unknown): { refusal: VaultRefusal; failure?: object } => {
  if (error instanceof Refused) return { refusal: error.refusal }
  if (error instanceof SiegelError)
    return { refusal: 'failed', failure: { code: error.code, params: error.params } }
  return { refusal: 'internal' }
}

/** What the vault is asked over: a thread's port, or one of Electron's. */
export type VaultPort = Readonly<{
  post(message: unknown, transfer: readonly ArrayBuffer[]): void
  onMessage(listener: (message: unknown) => void): void
  close(): void
}>

/** Who asks: the host of the vault may ask everything, the engine only its calls and its own store's key. */
export type Asker = Readonly<{ kind: 'host' } | { kind: 'engine'; profileId: string }>

const maySay = (asker: Asker, request: VaultRequest): boolean =>
  asker.kind === 'host' ||
  ((request.operation === 'openpgp' || request.operation === 'deriveStoreKey') &&
    request.profileId === asker.profileId)

/** One after the other, whoever asks: a wrap must not meet the lock half-way. */
let tail: Promise<void> = Promise.resolve()

/** Answers what comes over a port. */
export const serveVault = (port: VaultPort, asker: Asker): void => {
  /** Requests that wait for their turn, and whether they were taken back meanwhile. */
  const waiting = new Map<number, { cancelled: boolean }>()

  const handle = async (message: unknown): Promise<void> => {
    const parsed = vaultEnvelope.safeParse(message)
    if (!parsed.success || !maySay(asker, parsed.data.request)) {
      const id = (message as { id?: unknown } | null)?.id
      port.post({ id: typeof id === 'number' ? id : -1, ok: false, refusal: 'bad-request' }, [])
      return
    }
    const { id, request } = parsed.data
    const isCancelled = waiting.get(id)?.cancelled
    waiting.delete(id)
    try {
      if (isCancelled) throw new SiegelError('cancelled')
      const value = await answer(request)
      port.post({ id, ok: true, value }, [...transferable(value)])
    } catch (error) {
      port.post({ id, ok: false, ...refusalOf(error) }, [])
    }
    if (request.operation === 'lock') port.close()
  }

  port.onMessage(message => {
    const cancel = vaultCancel.safeParse(message)
    if (cancel.success) {
      const request = waiting.get(cancel.data.cancel)
      if (request) request.cancelled = true
      return
    }
    const id = (message as { id?: unknown } | null)?.id
    if (typeof id === 'number') waiting.set(id, { cancelled: false })
    tail = tail.then(() => handle(message))
  })
}

/** The page's door: it takes secrets in and answers under which number they are kept, nothing else. */
export const takeSecrets = (port: VaultPort): void => {
  port.onMessage(message => {
    const parsed = secretGiven.safeParse(message)
    if (!parsed.success) {
      port.close()
      return
    }
    port.post({ secret: secrets.keep(parsed.data.bytes, parsed.data.taker) }, [])
  })
}

/** The operating system's keychain, where the vault runs in a process of its own and asks for the key itself. */
export const reachKeychain = (own: VaultKeychain): void => {
  keychain = own
}
