import { importThunderbirdProfile } from '../../../electron/thunderbird/import-profile'
import type { Arguments } from '../../kit/arguments'
import { secretFromFile, withSession } from '../../kit/session'
import type { Output } from '../../kit/words/output'
import { importReportLines } from './attached-keys'
import { accountOf, ownKeyLines } from './key-words'

/** `keys import --from-thunderbird`. */
export async function importFromThunderbird(options: Arguments, output: Output, path: string): Promise<void> {
  const file = options.text('key-passphrase-file')
  const primaryPassword = file === undefined ? null : await secretFromFile(file)
  await withSession(options, async session => {
    const account = await accountOf(session, options.text('account'))
    const result = await importThunderbirdProfile(
      { path, primaryPassword, accountId: account?.id ?? null },
      session,
    )
    output.result(result, () => [
      ...result.imported.flatMap(ownKeyLines),
      ...(result.locked > 0
        ? [
            `${result.locked} secret key(s) have a passphrase of their own; give it with --key-passphrase-file.`,
          ]
        : []),
      ...(result.broken > 0 ? [`${result.broken} key(s) could not be read.`] : []),
      ...importReportLines(result.others),
    ])
  })
}
