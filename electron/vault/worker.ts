/**
 * The vault: a worker thread that holds the master key while the profile is unlocked, and nothing else does.
 * It has no disk and no network; it answers the operations of `protocol.ts`. Ending it is the lock.
 */
import { randomBytes } from 'node:crypto'
import { type MessagePort, parentPort } from 'node:worker_threads'
import { assertNever } from '../../shared/util/assert-never'
import { deriveKey, openKey, sealKey } from './key-wrap'
import {
  keyBytes,
  type VaultAnswer,
  type VaultOperation,
  type VaultRefusal,
  type VaultRequest,
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
      master?.fill(0)
      master = null
      return {}
    default:
      return assertNever(request)
  }
}

const serve = (port: MessagePort): void => {
  // One after the other: a wrap must not meet the lock half-way.
  let tail: Promise<void> = Promise.resolve()

  const handle = async (message: unknown): Promise<void> => {
    const parsed = vaultEnvelope.safeParse(message)
    if (!parsed.success) {
      const id = (message as { id?: unknown } | null)?.id
      port.postMessage({ id: typeof id === 'number' ? id : -1, ok: false, refusal: 'bad-request' })
      return
    }
    const { id, request } = parsed.data
    try {
      const value = await answer(request)
      const key = 'key' in value ? value.key : null
      port.postMessage({ id, ok: true, value }, key ? [key.buffer as ArrayBuffer] : [])
    } catch (error) {
      port.postMessage({ id, ok: false, refusal: error instanceof Refused ? error.refusal : 'internal' })
    }
    if (request.operation === 'lock') port.close()
  }

  port.on('message', message => {
    tail = tail.then(() => handle(message))
  })
}

if (parentPort) serve(parentPort)
