/**
 * The vault: a worker thread that holds the master key and the secret OpenPGP keys while the profile is unlocked, and
 * nothing else does. It has no disk and no network; it answers the operations of `protocol.ts`. Ending it is the lock.
 */
import { randomBytes } from 'node:crypto'
import { type MessagePort, parentPort } from 'node:worker_threads'
import { SiegelError } from '../../shared/ipc/result'
import { assertNever } from '../../shared/util/assert-never'
import { deriveKey, openKey, sealKey } from './key-wrap'
import {
  keyBytes,
  type VaultAnswer,
  type VaultOperation,
  type VaultRefusal,
  type VaultRequest,
  vaultCancel,
  vaultEnvelope,
} from './protocol'

class Refused extends Error {
  readonly refusal: VaultRefusal

  constructor(refusal: VaultRefusal) {
    super(refusal)
    this.refusal = refusal
  }
}

let master: Buffer | null = null

/** The OpenPGP library is large: it is read when it is first asked, so that unlocking does not wait for it. */
let openpgp: Promise<typeof import('./openpgp-worker')> | null = null
const loadOpenpgp = () => (openpgp ??= import('./openpgp-worker'))

const heldKey = (): Buffer => {
  if (!master) throw new Refused('locked')
  return master
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
      const key = await openKey(request.vault, request.passphrase, request.profileId)
      request.passphrase.fill(0)
      if (typeof key === 'string') throw new Refused(key)
      hold(key)
      return {}
    }
    case 'wrap': {
      const vault = await sealKey(heldKey(), request.passphrase, request.profileId)
      request.passphrase.fill(0)
      return { vault }
    }
    case 'verifyWrap': {
      const key = await openKey(request.vault, request.passphrase, request.profileId)
      request.passphrase.fill(0)
      if (typeof key === 'string') return { matches: false }
      const matches = heldKey().equals(key)
      key.fill(0)
      return { matches }
    }
    case 'keyCheck':
      return { check: deriveKey(heldKey(), request.profileId, 'siegel/key-check/v1', 16) }
    case 'deriveStoreKey':
      return { key: deriveKey(heldKey(), request.profileId, 'siegel/store/v1', keyBytes) }
    case 'exportForKeychain':
      return { key: copyForTransfer(heldKey()) }
    case 'lock':
      if (openpgp) (await openpgp).dropSecretKeys()
      master?.fill(0)
      master = null
      return {}
    case 'openpgp':
    case 'importSecret':
    case 'importThunderbird':
    case 'importSetupMessage':
    case 'setKeyPassphrase':
    case 'unlockKey':
    case 'forgetKeyPassphrase':
    case 'exportSecret':
      return (await loadOpenpgp()).answerOpenpgp(request, heldKey())
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

const serve = (port: MessagePort): void => {
  // One after the other: a wrap must not meet the lock half-way.
  let tail: Promise<void> = Promise.resolve()
  /** Requests that wait for their turn, and whether they were taken back meanwhile. */
  const waiting = new Map<number, { cancelled: boolean }>()

  const handle = async (message: unknown): Promise<void> => {
    const parsed = vaultEnvelope.safeParse(message)
    if (!parsed.success) {
      const id = (message as { id?: unknown } | null)?.id
      port.postMessage({ id: typeof id === 'number' ? id : -1, ok: false, refusal: 'bad-request' })
      return
    }
    const { id, request } = parsed.data
    const isCancelled = waiting.get(id)?.cancelled
    waiting.delete(id)
    try {
      if (isCancelled) throw new SiegelError('cancelled')
      const value = await answer(request)
      port.postMessage({ id, ok: true, value }, [...transferable(value)])
    } catch (error) {
      port.postMessage({ id, ok: false, ...refusalOf(error) })
    }
    if (request.operation === 'lock') port.close()
  }

  port.on('message', (message: unknown) => {
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

if (parentPort) serve(parentPort)
