import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Keychain } from '../../../../electron/keychain/keychain'
import { SiegelError } from '../../../../shared/kit/result'

/** A keychain in a directory, so that it outlives the process as a real one does. `mode` can change at any time. */
export class FileKeychain implements Keychain {
  mode: 'available' | 'locked' | 'unavailable' = 'available'
  readonly #directory: string

  constructor(directory: string) {
    this.#directory = directory
  }

  #require(): void {
    if (this.mode !== 'available') throw new SiegelError(`keychain-${this.mode}`)
  }

  async state() {
    return { state: this.mode, backend: 'a directory', detail: '' }
  }

  async read(profileId: string) {
    this.#require()
    const text = await readFile(join(this.#directory, profileId), 'utf8').catch(() => null)
    return text === null ? null : Uint8Array.from(Buffer.from(text, 'hex'))
  }

  async write(profileId: string, key: Uint8Array) {
    this.#require()
    await writeFile(join(this.#directory, profileId), Buffer.from(key).toString('hex'))
  }

  async remove(profileId: string) {
    this.#require()
    await rm(join(this.#directory, profileId), { force: true })
  }
}
