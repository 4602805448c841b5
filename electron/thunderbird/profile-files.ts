import { readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { SiegelError } from '../../shared/kit/result'

/** The files of a Thunderbird profile (78 and later) that keys need; null where one is not there. */
export type ProfileFiles = Readonly<{
  secretKeys: Uint8Array | null
  publicKeys: Uint8Array | null
  encryptedPassphrase: Uint8Array | null
  keyDatabase: Uint8Array | null
  decisions: Uint8Array | null
}>

/** Far above any keyring, and any database of keys and passwords. */
const maxFileBytes = 10_000_000
/** One line of base64. */
const maxPassphraseBytes = 10_000

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown'

/** Null when there is none or it is empty. */
async function fileOf(path: string, maxBytes: number = maxFileBytes): Promise<Uint8Array | null> {
  try {
    const found = await stat(path)
    if (found.size > maxBytes) throw new SiegelError('too-large', { path, limitBytes: maxBytes })
    if (!found.isFile()) throw new SiegelError('file-unreadable', { path, reason: 'not a file' })
    return found.size === 0 ? null : new Uint8Array(await readFile(path))
  } catch (error) {
    if (error instanceof SiegelError) throw error
    if (codeOf(error) === 'ENOENT') return null
    throw new SiegelError('file-unreadable', { path, reason: codeOf(error) }, { cause: error })
  }
}

/** A database of which Thunderbird holds a part elsewhere is not whole; it puts it together when it ends. */
async function databaseOf(folder: string, file: string): Promise<Uint8Array | null> {
  for (const ending of ['-wal', '-journal'])
    if ((await fileOf(join(folder, `${file}${ending}`))) !== null)
      throw new SiegelError('thunderbird-open', { file })
  return fileOf(join(folder, file))
}

/**
 * Reads a profile folder, or the one that a file lies in; writes nothing. Throws `thunderbird-no-keys` when it holds no
 * keys, `thunderbird-open`, `file-unreadable`, `too-large`.
 */
export async function readProfileFiles(path: string): Promise<ProfileFiles> {
  let folder: string
  try {
    folder = (await stat(path)).isDirectory() ? path : dirname(path)
  } catch (error) {
    throw new SiegelError('file-unreadable', { path, reason: codeOf(error) }, { cause: error })
  }
  const secretKeys = await fileOf(join(folder, 'secring.gpg'))
  const publicKeys = await fileOf(join(folder, 'pubring.gpg'))
  if (!secretKeys && !publicKeys) throw new SiegelError('thunderbird-no-keys', { path: folder })
  return {
    secretKeys,
    publicKeys,
    encryptedPassphrase: await fileOf(join(folder, 'encrypted-openpgp-passphrase.txt'), maxPassphraseBytes),
    keyDatabase: await databaseOf(folder, 'key4.db'),
    decisions: await databaseOf(folder, 'openpgp.sqlite'),
  }
}
