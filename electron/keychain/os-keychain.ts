import { randomBytes } from 'node:crypto'
import { AsyncEntry } from '@napi-rs/keyring'
import { SiegelError } from '../../shared/kit/result'
import type { KeychainState } from '../../shared/kit/status'
import type { Keychain } from './keychain'

/** Under this name the user finds our entries in the system's own password tool. */
const service = 'Siegel'

/** A probe that waits for a person at an unlock prompt says `locked` after this long. */
const probeTimeoutMs = 8000

const backends: Readonly<Record<string, string>> = {
  linux: 'Secret Service (GNOME Keyring, KWallet)',
  darwin: 'macOS Keychain',
  win32: 'Windows Credential Manager',
}

/**
 * Secret Service is demanded on Linux: left to itself the library would fall back to the kernel's keyring,
 * which forgets everything at the next start of the machine.
 */
const entryFor = (account: string): AsyncEntry =>
  new AsyncEntry(service, account, { linux: { store: 'secret-service' } })

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The library has one error class; a ring that stayed locked is told by the words of its Secret Service layer. */
const isLocked = (error: unknown): boolean => /prompt|dismissed|locked/i.test(textOf(error))

const keychainError = (error: unknown): SiegelError =>
  error instanceof SiegelError
    ? error
    : new SiegelError(isLocked(error) ? 'keychain-locked' : 'keychain-unavailable', {
        detail: textOf(error).slice(0, 400),
      })

const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    throw keychainError(error)
  }
}

const ownBytes = (numbers: number[]): Uint8Array<ArrayBuffer> => {
  const bytes = Uint8Array.from(numbers)
  numbers.fill(0)
  return bytes
}

const roundTrip = async (account: string, secret: Uint8Array): Promise<void> => {
  const entry = entryFor(account)
  await entry.setSecret(secret)
  const stored = await entry.getSecret()
  const isSame = stored !== null && Buffer.from(stored).equals(secret)
  stored?.fill(0)
  if (!isSame)
    throw new SiegelError('keychain-unavailable', { detail: 'what was written is not what is read' })
}

const probe = async (): Promise<void> => {
  const account = `probe ${randomBytes(8).toString('hex')}`
  await roundTrip(account, randomBytes(8))
  await entryFor(account).deleteCredential()
}

/** The keychain of the operating system the program runs on. */
export class OsKeychain implements Keychain {
  async state(): Promise<KeychainState> {
    const backend = backends[process.platform] ?? process.platform
    let timer: NodeJS.Timeout | undefined
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new SiegelError('keychain-locked', { detail: 'waiting at a prompt' })),
        probeTimeoutMs,
      )
    })
    try {
      await Promise.race([guarded(probe), timeout])
      return { state: 'available', backend, detail: '' }
    } catch (error) {
      const { code, params } = keychainError(error)
      const state = code === 'keychain-locked' ? 'locked' : 'unavailable'
      return { state, backend, detail: String(params.detail ?? '').slice(0, 500) }
    } finally {
      clearTimeout(timer)
    }
  }

  async read(profileId: string): Promise<Uint8Array<ArrayBuffer> | null> {
    return guarded(async () => {
      const secret = await entryFor(`profile ${profileId}`).getSecret()
      if (secret) return ownBytes(secret)
      // Nothing found can mean a ring that would not open. Only a ring that takes a write is really empty.
      await probe()
      return null
    })
  }

  async write(profileId: string, key: Uint8Array): Promise<void> {
    await guarded(() => roundTrip(`profile ${profileId}`, key))
  }

  async remove(profileId: string): Promise<void> {
    await guarded(() => entryFor(`profile ${profileId}`).deleteCredential())
  }
}
