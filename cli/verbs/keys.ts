import { resolve } from 'node:path'
import { requireStrongPassphrase } from '../../electron/vault/passphrase-strength'
import { SiegelError } from '../../shared/ipc/result'
import type { Fingerprint } from '../../shared/model/openpgp-key'
import { UsageError } from '../exit'
import { oneId } from '../folders'
import { readKeyFile, writeKeyFile } from '../key-files'
import {
  accountOf,
  conflictLine,
  contactKeyLines,
  lostSubkeyLines,
  ownKeyLines,
  ownKeyOf,
} from '../key-words'
import { type Session, secretFromFile, withSession } from '../session'
import type { Verb } from '../verb'
import { importFromMessage, importReportLines } from './attached-keys'
import { importFromThunderbird } from './thunderbird-keys'

const dayMs = 86_400_000
const twoYearsInDays = 730

/** Days from now, or null for `never`. */
function expiryOf(text: string | undefined): number | null {
  if (text === 'never') return null
  const days = text === undefined ? twoYearsInDays : Number(text)
  if (!Number.isInteger(days) || days < 1 || days > 36_500)
    throw new UsageError('--expires takes a number of days, or never')
  return Date.now() + days * dayMs
}

/** Applies the revocation certificates of a file of own keys; answers the keys that they end. */
async function revokeWith(session: Session, revocations: readonly { bytes: Uint8Array }[]) {
  const revoked = new Set<Fingerprint>()
  for (const { bytes } of revocations)
    for (const each of (await session.call('keys.importPublic', { bytes, address: null })).revoked)
      revoked.add(each)
  return [...revoked]
}

/** The user's own keys. A secret key is only ever written to a file, under a passphrase from a file. */
export const keyVerbs: readonly Verb[] = [
  {
    name: 'keys generate',
    usage: 'keys generate ADDRESS [--name N] [--expires DAYS|never] [--v6]',
    about:
      'Make a key for an address; an account of this address uses it. Ed25519/X25519, two years, version 4 unless --v6',
    options: { name: { type: 'string' }, expires: { type: 'string' }, v6: { type: 'boolean' } },
    positionals: [1, 1],
    async run(options, output) {
      const [address = ''] = options.positionals
      const expiresAtMs = expiryOf(options.text('expires'))
      await withSession(options, async session => {
        const accounts = await session.call('accounts.list', {})
        const account = accounts.find(each => each.config.address.toLowerCase() === address.toLowerCase())
        const key = await session.call('keys.generate', {
          name: options.text('name') ?? account?.config.displayName ?? '',
          address,
          accountId: account?.id ?? null,
          version: options.flag('v6') ? 6 : 4,
          expiresAtMs,
        })
        output.result(key, () => [
          ...ownKeyLines(key),
          'Without this key nobody can read mail that was encrypted to it. Back it up: keys export --secret',
          'Keep the revocation certificate apart from it: keys export --revocation',
        ])
      })
    },
  },
  {
    name: 'keys list',
    usage: 'keys list [ADDRESS]',
    about: "List your own keys and other people's, with what the trust in each rests on",
    options: {},
    positionals: [0, 1],
    async run(options, output) {
      const [address] = options.positionals
      await withSession(options, async session => {
        const own = address === undefined ? await session.call('keys.list', {}) : []
        const { keys, conflicts } = await session.call('keys.contacts', { address: address ?? null })
        output.result({ own, contacts: keys, conflicts }, () => [
          ...own.flatMap(ownKeyLines),
          ...keys.flatMap(contactKeyLines),
          ...conflicts.map(conflictLine),
        ])
      })
    },
  },
  {
    name: 'keys import',
    usage:
      'keys import FILE [--secret [--key-passphrase-file F]] [--account A] | --from-message ID [--part P] | --from-thunderbird DIR [--key-passphrase-file F]',
    about:
      "Take in public keys and revocation certificates, or with --secret your own: GnuPG exports, Thunderbird's backups, armored or binary; --from-message takes those attached to a message, --from-thunderbird all keys of a profile folder (its primary password, if it has one, with --key-passphrase-file)",
    options: {
      'from-message': { type: 'string' },
      part: { type: 'string' },
      'from-thunderbird': { type: 'string' },
      secret: { type: 'boolean' },
      'key-passphrase-file': { type: 'string' },
      account: { type: 'string' },
    },
    positionals: [0, 1],
    async run(options, output) {
      const fromMessage = options.text('from-message')
      const fromThunderbird = options.text('from-thunderbird')
      if (fromThunderbird !== undefined) {
        if (options.positionals.length > 0 || options.flag('secret') || fromMessage !== undefined)
          throw new UsageError('--from-thunderbird takes neither a FILE nor --secret nor --from-message')
        return importFromThunderbird(options, output, fromThunderbird)
      }
      if (fromMessage !== undefined) {
        if (options.positionals.length > 0 || options.flag('secret'))
          throw new UsageError('--from-message takes neither a FILE nor --secret')
        return importFromMessage(options, output, oneId([fromMessage]))
      }
      if (options.positionals[0] === undefined)
        throw new UsageError('a FILE, --from-message or --from-thunderbird is missing')
      const path = options.positionals[0]
      const file = options.text('key-passphrase-file')
      const passphrase = file === undefined ? null : await secretFromFile(file)
      await withSession(options, async session => {
        if (!options.flag('secret')) {
          const bytes = await readKeyFile(path)
          const report = await session.call('keys.importPublic', { bytes, address: null })
          output.result(report, () => importReportLines(report))
          return
        }
        const account = await accountOf(session, options.text('account'))
        const found = await session.vault.importSecret({ file: resolve(path) }, passphrase)
        const sealed = found.keys.map(key => ({
          facts: key.facts,
          publicKey: key.bytes,
          sealed: key.sealed,
          protection: key.protection,
          revocation: null,
        }))
        const request = { keys: sealed, accountId: account?.id ?? null, backedUp: true }
        const imported = sealed.length === 0 ? [] : await session.call('keys.adopt', request)
        const revoked = await revokeWith(session, found.revocations)
        if (imported.length === 0 && revoked.length === 0)
          throw new SiegelError('no-key', { keyIds: found.revocations.map(({ keyId }) => keyId).join(' ') })
        const changed = new Set([...imported.map(({ facts }) => facts.fingerprint), ...revoked])
        const keys = (await session.call('keys.list', {})).filter(({ facts }) =>
          changed.has(facts.fingerprint),
        )
        output.result(keys, () => [
          ...keys.flatMap(ownKeyLines),
          ...revoked.map(fingerprint => `Revoked from now on: ${fingerprint}`),
          ...lostSubkeyLines(found.lostSubkeys),
        ])
      })
    },
  },
  {
    name: 'keys export',
    usage:
      'keys export KEY [--out FILE] [--address ADDRESS] [--secret --key-passphrase-file F | --revocation]',
    about:
      'Write a key: the public one to FILE or standard output, with --address without its other addresses; the secret one, or the revocation certificate, to a new FILE only you can read',
    options: {
      out: { type: 'string' },
      address: { type: 'string' },
      secret: { type: 'boolean' },
      revocation: { type: 'boolean' },
      'key-passphrase-file': { type: 'string' },
    },
    positionals: [1, 1],
    async run(options, output) {
      const [name = ''] = options.positionals
      const isSecret = options.flag('secret')
      const isRevocation = options.flag('revocation')
      if (isSecret && isRevocation) throw new UsageError('--secret or --revocation, not both')
      const address = options.text('address')
      if (address !== undefined && (isSecret || isRevocation))
        throw new UsageError('--address is for the public key')
      const path = isSecret || isRevocation ? options.required('out') : options.text('out')
      const passphrase = isSecret ? await secretFromFile(options.required('key-passphrase-file')) : ''
      if (isSecret) requireStrongPassphrase(passphrase)
      await withSession(options, async session => {
        const asFingerprint = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(name)
        const fingerprint =
          asFingerprint && !isSecret && !isRevocation
            ? (name.toLowerCase() as Fingerprint)
            : (await ownKeyOf(session, name)).facts.fingerprint
        const armored = isSecret
          ? await session.vault.exportSecret(fingerprint, passphrase)
          : isRevocation
            ? (await session.call('keys.revocation', { fingerprint })).armored
            : (await session.call('keys.exportPublic', { fingerprint, address })).armored
        if (path === undefined) {
          output.result({ fingerprint, armored }, () => armored.trimEnd().split('\n'))
          return
        }
        await writeKeyFile(path, armored)
        if (isSecret) await session.call('keys.markBackedUp', { fingerprint })
        output.result({ fingerprint, file: path }, () => [`Written to ${path}.`])
      })
    },
  },
  {
    name: 'keys expire',
    usage: 'keys expire KEY DAYS|never',
    about: 'Say until when a key of yours is valid, counted from now; others learn it with your next mail',
    options: {},
    positionals: [2, 2],
    async run(options, output) {
      const [name = '', expires] = options.positionals
      const expiresAtMs = expiryOf(expires)
      await withSession(options, async session => {
        const { fingerprint } = (await ownKeyOf(session, name)).facts
        const key = await session.call('keys.change', {
          fingerprint,
          change: { kind: 'expiry', expiresAtMs },
        })
        output.result(key, () => ownKeyLines(key))
      })
    },
  },
  {
    name: 'keys revoke',
    usage: 'keys revoke KEY [--reason compromised|superseded|retired|none] --yes',
    about: 'Declare a key of yours invalid for good; it still opens the mail that was encrypted to it',
    options: { reason: { type: 'string' }, yes: { type: 'boolean' } },
    positionals: [1, 1],
    async run(options, output) {
      const reason = options.text('reason') ?? 'none'
      if (reason !== 'compromised' && reason !== 'superseded' && reason !== 'retired' && reason !== 'none')
        throw new UsageError('--reason takes compromised, superseded, retired or none')
      if (!options.flag('yes')) throw new UsageError('this cannot be taken back: say --yes')
      await withSession(options, async session => {
        const { fingerprint } = (await ownKeyOf(session, options.positionals[0] ?? '')).facts
        const key = await session.call('keys.change', { fingerprint, change: { kind: 'revoke', reason } })
        output.result(key, () => ownKeyLines(key))
      })
    },
  },
  {
    name: 'keys remove',
    usage: 'keys remove KEY --yes',
    about: 'Remove a key of yours from this profile; mail that was encrypted to it alone opens no more',
    options: { yes: { type: 'boolean' } },
    positionals: [1, 1],
    async run(options, output) {
      if (!options.flag('yes'))
        throw new UsageError(
          'without this key nobody reads what was encrypted to it; give --yes to remove it',
        )
      await withSession(options, async session => {
        const { fingerprint } = (await ownKeyOf(session, options.positionals[0] ?? '')).facts
        await session.call('keys.forgetOwn', { fingerprint })
        output.result({ removed: fingerprint }, () => [`Removed ${fingerprint}.`])
      })
    },
  },
  {
    name: 'keys set-passphrase',
    usage: 'keys set-passphrase KEY [--key-passphrase-file OLD] [--new-passphrase-file NEW | --none] --yes',
    about:
      'Give a key of yours a passphrase of its own, or with --none take it away; a key that has one is opened with the old one first',
    options: {
      'key-passphrase-file': { type: 'string' },
      'new-passphrase-file': { type: 'string' },
      none: { type: 'boolean' },
      yes: { type: 'boolean' },
    },
    positionals: [1, 1],
    async run(options, output) {
      const newFile = options.text('new-passphrase-file')
      if ((newFile === undefined) !== options.flag('none'))
        throw new UsageError('give --new-passphrase-file F or --none')
      if (!options.flag('yes')) throw new UsageError('this changes a secret key: say --yes')
      const wanted = newFile === undefined ? null : await secretFromFile(newFile)
      const oldFile = options.text('key-passphrase-file')
      const old = oldFile === undefined ? null : await secretFromFile(oldFile)
      await withSession(options, async session => {
        const { fingerprint } = (await ownKeyOf(session, options.positionals[0] ?? '')).facts
        if (wanted !== null) await session.vault.requireStrong(wanted)
        if (old !== null) await session.vault.unlockKey(fingerprint, old, null)
        const {
          bytes: publicKey,
          facts,
          protection,
          sealed,
        } = await session.vault.setKeyPassphrase(fingerprint, wanted)
        const key = { facts, publicKey, sealed, protection, revocation: null }
        await session.call('keys.adopt', { keys: [key], accountId: null })
        output.result({ fingerprint, passphrase: wanted !== null }, () => [
          wanted === null ? `${fingerprint} has no passphrase of its own.` : `${fingerprint}: changed.`,
        ])
      })
    },
  },
]
