import type { DraftProtection } from '../../../shared/features/writing/protection'
import type { Arguments, OptionSpec } from '../../kit/arguments'
import { UsageError } from '../../kit/exit'
import { readTextFile } from '../../kit/read-text-file'

/** How a message is protected; without any of these the account's policy decides. */
export const protectionOptions = {
  encrypt: { type: 'boolean' },
  'no-encrypt': { type: 'boolean' },
  sign: { type: 'boolean' },
  'passphrase-attachment': { type: 'boolean' },
  'secret-file': { type: 'string' },
} as const satisfies OptionSpec

export function chosenProtection(options: Arguments, before: DraftProtection): DraftProtection {
  if (options.flag('encrypt') && options.flag('no-encrypt'))
    throw new UsageError('--encrypt and --no-encrypt exclude each other')
  return {
    encrypt: options.flag('encrypt') ? 'on' : options.flag('no-encrypt') ? 'off' : before.encrypt,
    sign: options.flag('sign') ? 'on' : before.sign,
  }
}

/** The agreed passphrase of --passphrase-attachment, the first line of its file; null without that option. */
export async function agreedPassphrase(options: Arguments): Promise<string | null> {
  if (!options.flag('passphrase-attachment')) {
    if (options.text('secret-file') !== undefined)
      throw new UsageError('--secret-file belongs to --passphrase-attachment')
    return null
  }
  if (options.flag('encrypt'))
    throw new UsageError('--passphrase-attachment and --encrypt exclude each other')
  const text = await readTextFile(options.required('secret-file'))
  return text.split(/\r?\n/, 1)[0] ?? ''
}
