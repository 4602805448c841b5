import type { KeyFacts } from '../../shared/features/keys/model'
import type { NssKeyDatabase } from '../../shared/features/keys/thunderbird'
import type { CallInput, CallOutput } from '../../shared/ipc/contract'
import type { Passphrase } from '../../shared/ipc/secrets'
import type { AccountId } from '../../shared/kit/ids'
import { SiegelError } from '../../shared/kit/result'
import { readProfileFiles } from './profile-files'

type Calls = 'keys.readThunderbird' | 'keys.importThunderbirdPublic' | 'keys.adopt'

type Sealed = Readonly<{
  facts: KeyFacts
  bytes: Uint8Array
  sealed: Uint8Array
  protection: 'vault' | 'passphrase'
}>

/** Who answers: the engine for databases and public keys, the vault for secret ones. Both throw SiegelError. */
type Parts = Readonly<{
  call: <N extends Calls>(name: N, input: CallInput<N>) => Promise<CallOutput<N>>
  vault: Readonly<{
    importThunderbird(
      profile: Readonly<{
        secretKeys: Uint8Array
        encryptedPassphrase: Uint8Array
        database: NssKeyDatabase
      }>,
      primaryPassword: Passphrase | null,
    ): Promise<{ keys: readonly Sealed[]; locked: number; broken: number }>
  }>
}>

export type ThunderbirdImport = NonNullable<CallOutput<'keys.importThunderbird'>>

/**
 * Takes in the keys of the Thunderbird profile at `path`. Everything is read and opened before anything is stored. Only the
 * vault sees the secret keys together with what opens them. Throws as `keys.importThunderbird` says.
 */
export async function importThunderbirdProfile(
  {
    path,
    primaryPassword,
    accountId,
  }: { path: string; primaryPassword: Passphrase | null; accountId: AccountId | null },
  { call, vault }: Parts,
): Promise<ThunderbirdImport> {
  const files = await readProfileFiles(path)
  const { secretKeys, encryptedPassphrase } = files
  if (secretKeys && !encryptedPassphrase)
    throw new SiegelError('thunderbird-no-passphrase', { path, file: 'encrypted-openpgp-passphrase.txt' })
  if (secretKeys && !files.keyDatabase)
    throw new SiegelError('thunderbird-no-passphrase', { path, file: 'key4.db' })

  const { keyDatabase: database, decisions } = await call('keys.readThunderbird', {
    // Without secret keys nothing needs to be opened.
    keyDatabase: secretKeys && files.keyDatabase,
    decisions: files.decisions,
  })
  const own =
    secretKeys && encryptedPassphrase && database
      ? await vault.importThunderbird({ secretKeys, encryptedPassphrase, database }, primaryPassword)
      : { keys: [], locked: 0, broken: 0 }
  const imported =
    own.keys.length === 0
      ? []
      : await call('keys.adopt', {
          keys: own.keys.map(({ facts, bytes, sealed, protection }) => ({
            facts,
            publicKey: bytes,
            sealed,
            protection,
            revocation: null,
          })),
          accountId,
        })
  // After the own keys, so that their public halves are known as such.
  const others = await call('keys.importThunderbirdPublic', {
    bytes: files.publicKeys ?? new Uint8Array(),
    decisions,
  })
  if (imported.length === 0 && others.keys.length === 0 && others.withoutAddress === 0)
    throw new SiegelError('thunderbird-no-keys', { path })
  return { imported, locked: own.locked, broken: own.broken + others.broken, others }
}
