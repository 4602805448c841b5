import { readFile, stat, writeFile } from 'node:fs/promises'
import type { Fingerprint, KeyFacts, OwnKey } from '../../../shared/features/keys/model'
import type { NssKeyDatabase } from '../../../shared/features/keys/thunderbird'
import type { CallInput, CallOutput, EngineCallName } from '../../../shared/ipc/contract'
import type { KeptSecret, Passphrase } from '../../../shared/ipc/secrets'
import type { AccountId } from '../../../shared/kit/ids'
import { asError, SiegelError } from '../../../shared/kit/result'
import type { CallEngine, MainHandlers } from '../answer-call'

type Sealed = Readonly<{
  facts: KeyFacts
  bytes: Uint8Array
  sealed: Uint8Array
  protection: 'vault' | 'passphrase'
}>

type ImportedSecrets = Readonly<{
  keys: readonly Sealed[]
  revocations: readonly Readonly<{ keyId: string; bytes: Uint8Array }>[]
  lostSubkeys: readonly string[]
}>

/** What main may do with secret keys, inside the vault. Only `exportSecret` gives one out, under a passphrase. */
export type SecretKeys = {
  importSecret(from: KeptSecret | { file: string }, passphrase: Passphrase | null): Promise<ImportedSecrets>
  importThunderbird(
    profile: Readonly<{ secretKeys: Uint8Array; encryptedPassphrase: Uint8Array; database: NssKeyDatabase }>,
    primaryPassword: Passphrase | null,
  ): Promise<{ keys: Sealed[]; locked: number; broken: number }>
  /** Throws `weak-passphrase`. */
  requireStrong(passphrase: Passphrase): Promise<void>
  importSetupMessage(bytes: Uint8Array, code: Passphrase): Promise<Sealed>
  setKeyPassphrase(fingerprint: Fingerprint, passphrase: Passphrase | null): Promise<Sealed>
  unlockKey(fingerprint: Fingerprint, passphrase: Passphrase, rememberMs: number | null): Promise<void>
  forgetPassphrase(fingerprint: Fingerprint): Promise<void>
  /** Armored. */
  exportSecret(fingerprint: Fingerprint, passphrase: Passphrase): Promise<string>
}

/** The windows of main's own that these calls need. Null: the user cancelled. */
type KeyDialogs = {
  openKeyFile(): Promise<string | null>
  openThunderbirdProfile(): Promise<string | null>
  saveFile(options: { suggestedName: string; extension: string }): Promise<string | null>
  /** True only when the user said yes. */
  confirmKey(question: Readonly<{ kind: 'export' | 'remove'; key: OwnKey }>): Promise<boolean>
}

/** What only main may agree to: secret keys that come from the page, or a passphrase that it chose. */
type ConfirmKeys = (question: {
  kind: 'own-key-added' | 'own-key-changed'
  reasons: []
  lines: readonly string[]
}) => Promise<boolean>

type KeyCalls = Pick<MainHandlers, Extract<keyof MainHandlers, `keys.${string}`>>

/** Far above any keyring; what is larger is no key. */
const keyFileBytes = 10_000_000

/** Calls that touch secret keys or files of keys. A secret key never passes through the page or the engine in clear. */
export const keyHandlers = ({
  dialogs,
  confirm,
  secretKeys,
  importThunderbird,
  callEngine,
}: {
  dialogs: KeyDialogs
  confirm: ConfirmKeys
  /** Throws `locked` while the profile is. */
  secretKeys: () => SecretKeys
  /** Reads the profile folder and stores what comes of it. */
  importThunderbird: (
    profile: { path: string; primaryPassword: Passphrase | null; accountId: AccountId | null },
    parts: {
      call: <N extends EngineCallName>(name: N, input: CallInput<N>) => Promise<CallOutput<N>>
      vault: Pick<SecretKeys, 'importThunderbird'>
    },
  ) => Promise<NonNullable<CallOutput<'keys.importThunderbird'>>>
  callEngine: CallEngine
}): KeyCalls => {
  /** The file picked last, for another try with another passphrase. */
  let lastPath: string | null = null
  /** As above, the Thunderbird profile. */
  let lastProfile: string | null = null

  const ask = async <N extends EngineCallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> => {
    const result = await callEngine(name, input)
    if (result.ok) return result.value
    throw asError(result.error)
  }
  const ownKey = async (fingerprint: Fingerprint): Promise<OwnKey> => {
    const key = (await ask('keys.list', {})).find(each => each.facts.fingerprint === fingerprint)
    if (!key) throw new SiegelError('not-found', { what: 'key' })
    return key
  }
  const adopt = async (keys: readonly Sealed[], accountId: AccountId | null, backedUp = false) => ({
    imported: await ask('keys.adopt', {
      keys: keys.map(({ facts, bytes, sealed, protection }) => ({
        facts,
        publicKey: bytes,
        sealed,
        protection,
        revocation: null,
      })),
      accountId,
      backedUp,
    }),
  })
  /** Whoever gives a secret key can read what comes for it: the page alone may not. */
  const adoptAsked = async (keys: readonly Sealed[], accountId: AccountId | null, backedUp = false) => {
    const lines = keys.flatMap(({ facts }) => [
      facts.userIds[0]?.address ?? '',
      (facts.fingerprint.toUpperCase().match(/.{1,4}/g) ?? []).join(' '),
    ])
    if (!(await confirm({ kind: 'own-key-added', reasons: [], lines }))) throw new SiegelError('cancelled')
    return adopt(keys, accountId, backedUp)
  }
  /** What a file or pasted text brought. Certificates come after the keys: they may be for one that comes with them. */
  const takeIn = async (
    { keys, revocations, lostSubkeys }: ImportedSecrets,
    take: (keys: readonly Sealed[]) => Promise<{ imported: OwnKey[] }>,
  ) => {
    const { imported } = keys.length === 0 ? { imported: [] } : await take(keys)
    const revoked = new Set<Fingerprint>()
    for (const { bytes } of revocations)
      for (const each of (await ask('keys.importPublic', { bytes, address: null })).revoked) revoked.add(each)
    if (imported.length === 0 && revoked.size === 0)
      throw new SiegelError('no-key', { keyIds: revocations.map(({ keyId }) => keyId).join(' ') })
    return { imported, revoked: [...revoked], lostSubkeys: [...lostSubkeys] }
  }
  const save = async (suggestedName: string, text: string): Promise<{ saved: string[] }> => {
    const path = await dialogs.saveFile({ suggestedName, extension: 'asc' })
    if (path === null) return { saved: [] }
    await writeNewFile(path, text)
    return { saved: [path] }
  }

  return {
    async 'keys.importSecret'({ from, passphrase, accountId }) {
      if (from.kind === 'text') {
        const found = await secretKeys().importSecret(from.text, passphrase)
        return takeIn(found, keys => adoptAsked(keys, accountId, true))
      }
      const path = from.kind === 'again' ? lastPath : await dialogs.openKeyFile()
      if (path === null) return null
      lastPath = path
      const found = await secretKeys().importSecret({ file: path }, passphrase)
      lastPath = null
      return takeIn(found, keys => adopt(keys, accountId, true))
    },
    async 'keys.importThunderbird'({ from, primaryPassword, accountId }) {
      const path = from === 'again' ? lastProfile : await dialogs.openThunderbirdProfile()
      if (path === null) return null
      lastProfile = path
      const result = await importThunderbird(
        { path, primaryPassword, accountId },
        { call: ask, vault: secretKeys() },
      )
      lastProfile = null
      return result
    },
    async 'keys.importSetupMessage'({ messageId, partId, code, accountId }) {
      const { bytes } = await ask('attachments.read', { messageId, partId })
      if (bytes.byteLength > keyFileBytes) throw new SiegelError('too-large', { limitBytes: keyFileBytes })
      return adoptAsked([await secretKeys().importSetupMessage(bytes, code)], accountId)
    },
    async 'keys.exportSecret'({ fingerprint, passphrase }) {
      await secretKeys().requireStrong(passphrase)
      const key = await ownKey(fingerprint)
      if (!(await dialogs.confirmKey({ kind: 'export', key }))) return { saved: [] }
      const armored = await secretKeys().exportSecret(fingerprint, passphrase)
      const result = await save(`${fileNameOf(key)}-secret`, armored)
      if (result.saved.length > 0) await ask('keys.markBackedUp', { fingerprint })
      return result
    },
    async 'keys.exportRevocation'({ fingerprint }) {
      const { armored } = await ask('keys.revocation', { fingerprint })
      return save(`${fileNameOf(await ownKey(fingerprint))}-revocation`, armored)
    },
    async 'keys.savePublic'({ fingerprint }) {
      const { armored } = await ask('keys.exportPublic', { fingerprint })
      const own = (await ask('keys.list', {})).find(each => each.facts.fingerprint === fingerprint)
      return save(own ? `${fileNameOf(own)}-public` : `key-${fingerprint.slice(-16)}`, armored)
    },
    async 'keys.importPublicFile'() {
      const path = await dialogs.openKeyFile()
      return path === null
        ? null
        : ask('keys.importPublic', { bytes: await readKeyFile(path), address: null })
    },
    async 'keys.unlock'({ fingerprint, passphrase, rememberMinutes }) {
      const rememberMs = rememberMinutes === null ? null : rememberMinutes * 60_000
      await secretKeys().unlockKey(fingerprint, passphrase, rememberMs)
      return {}
    },
    async 'keys.forgetPassphrase'({ fingerprint }) {
      await secretKeys().forgetPassphrase(fingerprint)
      return {}
    },
    async 'keys.setPassphrase'({ fingerprint, passphrase }) {
      if (passphrase !== null) await secretKeys().requireStrong(passphrase)
      const key = await ownKey(fingerprint)
      const lines = [key.facts.userIds[0]?.address ?? '', fingerprint.toUpperCase()]
      if (!(await confirm({ kind: 'own-key-changed', reasons: [], lines })))
        throw new SiegelError('cancelled')
      await adopt([await secretKeys().setKeyPassphrase(fingerprint, passphrase)], null)
      return {}
    },
    async 'keys.removeOwn'({ fingerprint }) {
      const key = await ownKey(fingerprint)
      if (!(await dialogs.confirmKey({ kind: 'remove', key }))) return { removed: false }
      await ask('keys.forgetOwn', { fingerprint })
      return { removed: true }
    },
  }
}

/** The address in a form that every file system takes, and the end of the fingerprint. */
function fileNameOf({ facts }: OwnKey): string {
  const address = facts.userIds.find(each => each.address !== '')?.address ?? 'key'
  const name = address
    .replace(/[^a-z0-9@._-]+/gi, '_')
    .replace(/^\.+/, '')
    .slice(0, 60)
  return `${name || 'key'}-${facts.fingerprint.slice(-8).toUpperCase()}`
}

async function readKeyFile(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path)
    if (size > keyFileBytes) throw new SiegelError('too-large', { limitBytes: keyFileBytes })
    return new Uint8Array(await readFile(path))
  } catch (error) {
    if (error instanceof SiegelError) throw error
    throw new SiegelError('file-unreadable', { path }, { cause: error })
  }
}

/** Readable by its owner only; what is there already is never replaced, whatever the dialog said. */
async function writeNewFile(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === 'EEXIST'
    throw exists
      ? new SiegelError('file-exists', { path }, { cause: error })
      : new SiegelError('file-unwritable', { path }, { cause: error })
  }
}
