import { lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { SiegelError } from '../../shared/kit/result'
import { keyCustody } from '../../shared/kit/status'
import { passphraseVault } from '../vault/protocol'
import { profileId } from '../vault/protocol-values'
import { type FileCalls, writeFileAtomically } from './atomic-file'

/** More than a profile file ever holds; what is larger is not ours. */
const fileLimitBytes = 64 * 1024

/**
 * profile.json: public, nothing in it opens anything without the keychain or the passphrase.
 *
 * `custody` is the way in force. The other way may still be listed while a change of custody is under way,
 * so that after a kill either of them opens the profile; the next unlock finishes the change.
 */
const profileFile = z.strictObject({
  format: z.literal(1),
  profileId,
  custody: keyCustody,
  /** Hex of 16 bytes derived from the master key; tells a foreign key from the right one. */
  keyCheck: z.string().regex(/^[0-9a-f]{32}$/),
  /** The OS keychain holds, or may hold, the key. */
  inKeychain: z.boolean(),
  vaults: z.array(passphraseVault).max(2),
  /** The entry of the keychain, where it is not the profile's own name: a restored profile beside the one it came from. */
  keychainName: profileId.optional(),
})
export type ProfileFile = z.infer<typeof profileFile>

/** Under what name the keychain holds the key of this profile. */
export const keychainNameOf = (file: Pick<ProfileFile, 'profileId' | 'keychainName'>): string =>
  file.keychainName ?? file.profileId

/** The text of profile.json. */
export const encodeProfileFile = (file: ProfileFile): string =>
  `${JSON.stringify(profileFile.parse(file), null, 2)}\n`

const profilePath = (directory: string): string => join(directory, 'profile.json')

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException | null)?.code === 'ENOENT'

/** Null when there is none. Throws `vault-damaged` when it is there and cannot be understood. */
export const readProfileFile = (directory: string): ProfileFile | null => {
  const path = profilePath(directory)
  let text: string
  try {
    const facts = lstatSync(path)
    if (!facts.isFile() || facts.size > fileLimitBytes)
      throw new SiegelError('vault-damaged', { reason: 'not-a-profile-file' })
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (isMissing(error)) return null
    if (error instanceof SiegelError) throw error
    throw new SiegelError('file-unreadable', { file: 'profile.json' }, { cause: error })
  }
  try {
    return profileFile.parse(JSON.parse(text))
  } catch (error) {
    throw new SiegelError('vault-damaged', { reason: 'unreadable' }, { cause: error })
  }
}

/** Writes durably, then reads back. Throws `disk-full`, `file-unwritable`. */
export const writeProfileFile = async (
  directory: string,
  file: ProfileFile,
  calls: FileCalls,
): Promise<void> => {
  const content = encodeProfileFile(file)
  try {
    await writeFileAtomically(profilePath(directory), content, calls)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new SiegelError(
      code === 'ENOSPC' || code === 'EDQUOT' ? 'disk-full' : 'file-unwritable',
      { file: 'profile.json' },
      { cause: error },
    )
  }
  if (readFileSync(profilePath(directory), 'utf8') !== content)
    throw new SiegelError('file-unwritable', { file: 'profile.json' })
}

/** Removes what a kill in the middle of a write left behind; those files were never the profile. */
export const removeUnfinishedWrites = (directory: string): void => {
  for (const name of readdirSync(directory))
    if (/^profile\.json\.[0-9a-f]{12}\.new$/.test(name)) rmSync(join(directory, name), { force: true })
}
