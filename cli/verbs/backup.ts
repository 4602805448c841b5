import { resolve } from 'node:path'
import { makeBackup } from '../../electron/keychain/backup/make-backup'
import { restoreBackup } from '../../electron/keychain/backup/restore-backup'
import { setProfileAside } from '../../electron/keychain/backup/set-aside'
import { SiegelError } from '../../shared/ipc/result'
import { UsageError } from '../exit'
import { keyCustodyParts } from '../key-custody-parts'
import { profileDirectory } from '../profile-directory'
import { passphraseOf, withEngine, withSession } from '../session'
import type { Verb } from '../verb'
import { watched } from '../watched'

export const backupVerbs: readonly Verb[] = [
  {
    name: 'backup',
    usage: 'backup FILE --passphrase-file F',
    about:
      'Write all mail, drafts, keys and settings to one encrypted file, and open it again to prove it. It opens with the passphrase alone: that of the profile, or a new one where a keychain keeps the key',
    options: {},
    positionals: [1, 1],
    async run(options, output) {
      const path = resolve(options.positionals[0] ?? '')
      const passphrase = await passphraseOf(options)
      const done = await withSession(options, ({ call, onEvent, profile, directory }) => {
        if (passphrase === null)
          throw new UsageError(
            'a backup needs a passphrase: --passphrase-file F, with a new one for this file',
          )
        const store = {
          copy: (to: string) => call('store.backup', { path: to }),
          check: (from: string) => call('store.checkBackup', { path: from }),
          stop: () => call('store.stopBackup', {}),
        }
        return watched('Writing the backup', work => {
          onEvent((name, payload) => {
            if (name === 'progress' && 'done' in payload && payload.total !== null)
              work.onProgress(payload.done, payload.total)
          })
          return makeBackup(directory, { path, passphrase, replace: false }, profile, store, work)
        })
      })
      output.result({ file: path, bytes: done.sizeBytes }, () => [
        `Wrote ${done.sizeBytes} bytes to ${path}, and opened them again. The passphrase is all that is needed to restore it.`,
      ])
    },
  },
  {
    name: 'restore',
    usage: 'restore FILE --into DIR --passphrase-file F',
    about: 'Make a profile of a backup in a new directory; it opens with the passphrase of the backup',
    options: { into: { type: 'string' } },
    positionals: [1, 1],
    async run(options, output) {
      const path = resolve(options.positionals[0] ?? '')
      const directory = resolve(options.required('into'))
      const passphrase = await passphraseOf(options)
      if (passphrase === null)
        throw new UsageError('--passphrase-file is missing: the passphrase of the backup')
      const wish = { path, directory, passphrase, present: 'refuse' } as const
      const profile = await watched('Restoring', work => restoreBackup(wish, keyCustodyParts(), work))
      const found = await withEngine(directory, profile, async call => {
        const [accounts, mailboxes] = [await call('accounts.list', {}), await call('mailboxes.list', {})]
        return { accounts: accounts.length, messages: mailboxes.reduce((sum, { total }) => sum + total, 0) }
      })
      output.result({ profile: directory, custody: 'passphrase', ...found }, () => [
        `Restored ${found.accounts} accounts with ${found.messages} messages into ${directory}; it opens with the passphrase of the backup.`,
      ])
    },
  },
  {
    name: 'profile set-aside',
    usage: 'profile set-aside',
    about:
      'Move a profile that does not open, key and store, into a folder beside it, so that a backup can be restored or a new one be made; deletes nothing',
    options: {},
    positionals: [0, 0],
    async run(options, output) {
      const directory = profileDirectory(options.text('profile'))
      const folder = setProfileAside(directory, Date.now())
      if (folder === null) throw new SiegelError('no-profile')
      output.result({ profile: directory, setAside: folder }, () => [
        `Moved into ${resolve(directory, folder)}. Moved back, it is what it was.`,
      ])
    },
  },
]
