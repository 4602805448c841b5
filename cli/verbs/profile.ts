import { join } from 'node:path'
import { openEngine } from '../../electron/engine/compose'
import { changeCustody } from '../../electron/keychain/change-custody'
import { createProfile, readProfile } from '../../electron/keychain/profile-keys'
import { SiegelError } from '../../shared/ipc/result'
import { UsageError } from '../exit'
import { keyCustodyParts } from '../key-custody-parts'
import { createCliLog } from '../log'
import { profileDirectory } from '../profile-directory'
import { passphraseOf, secretFromFile } from '../session'
import type { Verb } from '../verb'

export const profileVerbs: readonly Verb[] = [
  {
    name: 'profile create',
    usage: 'profile create [--passphrase-file F]',
    about:
      'Make a profile. The key goes to the system keychain, or under a passphrase with --passphrase-file',
    options: {},
    positionals: [0, 0],
    async run(options, output) {
      const directory = profileDirectory(options.text('profile'))
      const passphrase = await passphraseOf(options)
      const custody = passphrase === null ? 'keychain' : 'passphrase'
      const parts = keyCustodyParts()
      const profile = await createProfile(directory, { custody, passphrase }, parts)
      try {
        // The store is made at once, so that a profile that exists is a profile that opens.
        const storeKey = await profile.storeKey()
        const engine = await openEngine({
          profileDirectory: directory,
          storeKey,
          background: false,
          log: createCliLog(),
          vault: profile.vault.calls,
          emit: () => undefined,
        })
        storeKey.fill(0)
        await engine.close()
      } finally {
        await profile.close()
      }
      output.result({ profile: directory, custody }, () => [
        `Made a profile in ${directory}; its key is kept by ${custody === 'keychain' ? 'the system keychain' : 'your passphrase'}.`,
      ])
    },
  },
  {
    name: 'profile lock-status',
    usage: 'profile lock-status',
    about: 'Say whether there is a profile, how its key is kept and what the keychain says',
    options: {},
    positionals: [0, 0],
    async run(options, output) {
      const directory = profileDirectory(options.text('profile'))
      const profile = readProfile(directory)
      const keychain = await keyCustodyParts().keychain.state()
      const value = {
        profile: join(directory),
        exists: profile !== null,
        custody: profile?.custody ?? null,
        locked: profile !== null,
        keychain,
      }
      output.result(value, () => [
        profile
          ? `Profile in ${directory}: locked, key kept by ${profile.custody}.`
          : `No profile in ${directory}.`,
        `Keychain: ${keychain.state} (${keychain.backend}) ${keychain.detail}`.trim(),
      ])
    },
  },
  {
    name: 'profile custody',
    usage: 'profile custody keychain|passphrase [--passphrase-file OLD] [--new-passphrase-file NEW]',
    about:
      'Keep the key of the profile in the system keychain, or under a passphrase; also to change the passphrase',
    options: { 'new-passphrase-file': { type: 'string' } },
    positionals: [1, 1],
    async run(options, output) {
      const [custody] = options.positionals
      if (custody !== 'keychain' && custody !== 'passphrase')
        throw new UsageError('profile custody takes keychain or passphrase')
      const file = options.text('new-passphrase-file')
      if ((custody === 'passphrase') !== (file !== undefined))
        throw new UsageError('--new-passphrase-file belongs to "profile custody passphrase"')
      const newPassphrase = file === undefined ? null : await secretFromFile(file)
      const directory = profileDirectory(options.text('profile'))
      const currentPassphrase = await passphraseOf(options)
      if (currentPassphrase === null && readProfile(directory)?.custody === 'passphrase')
        throw new SiegelError('locked')
      await changeCustody(directory, { custody, currentPassphrase, newPassphrase }, keyCustodyParts())
      output.result({ profile: directory, custody }, () => [
        `The key of ${directory} is kept by ${custody === 'keychain' ? 'the system keychain' : 'your passphrase'}.`,
      ])
    },
  },
]
