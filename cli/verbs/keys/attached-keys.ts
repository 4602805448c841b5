import type { KeyImportReport } from '../../../shared/features/keys/model'
import type { MessageId } from '../../../shared/kit/ids'
import type { Arguments } from '../../kit/arguments'
import { UsageError } from '../../kit/exit'
import { oneId } from '../../kit/folders'
import { type Session, secretFromFile, withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import type { Output } from '../../kit/words/output'
import { conflictLine, contactKeyLines, ownKeyLines } from './key-words'

export const importReportLines = (report: KeyImportReport): string[] => [
  ...report.keys.flatMap(contactKeyLines),
  ...report.conflicts.map(conflictLine),
  ...(report.secretCount > 0
    ? [`${report.secretCount} secret key(s) were in it; to make them yours use --secret.`]
    : []),
  ...(report.unusable > 0
    ? [
        `${report.unusable} key(s) of a kind that Siegel cannot use: ${report.unusableKinds.join(', ')}. They are not damaged.`,
      ]
    : []),
  ...(report.broken > 0 ? [`${report.broken} key(s) or block(s) could not be read.`] : []),
  ...(report.withoutAddress > 0
    ? [`${report.withoutAddress} key(s) that name no address of today were not taken in.`]
    : []),
  ...report.revoked.map(fingerprint => `Revoked from now on: ${fingerprint}`),
  ...(report.unknownRevocations > 0
    ? [`${report.unknownRevocations} revocation certificate(s) for keys that are not here.`]
    : []),
]

/** The named part, or the only one of this kind. */
async function partOf(
  session: Session,
  messageId: MessageId,
  kind: 'public' | 'setup',
  named: string | undefined,
): Promise<string> {
  if (named !== undefined) return named
  const { attachedKeys } = await session.call('messages.get', { messageId })
  const [only, second] = attachedKeys.filter(each => each.kind === kind)
  if (only === undefined) throw new UsageError('this message brings no such key; --part names a part')
  if (second !== undefined) {
    const parts = attachedKeys.map(({ partId, fileName }) => `${partId} (${fileName})`).join(', ')
    throw new UsageError(`this message brings several keys; say --part: ${parts}`)
  }
  return only.partId
}

/** `keys import --from-message`. */
export const importFromMessage = (options: Arguments, output: Output, messageId: MessageId): Promise<void> =>
  withSession(options, async session => {
    const partId = await partOf(session, messageId, 'public', options.text('part'))
    const report = await session.call('keys.importFromMessage', { messageId, partId })
    output.result(report, () => importReportLines(report))
  })

export const attachedKeyVerbs: readonly Verb[] = [
  {
    name: 'keys import-setup',
    usage: 'keys import-setup ID --code-file F [--part P]',
    about: 'Take over your own key from an Autocrypt Setup Message, with the code the other program shows',
    options: { 'code-file': { type: 'string' }, part: { type: 'string' } },
    positionals: [1, 1],
    async run(options, output) {
      const messageId = oneId(options.positionals)
      const code = await secretFromFile(options.required('code-file'))
      await withSession(options, async session => {
        const { summary } = await session.call('messages.get', { messageId })
        const partId = await partOf(session, messageId, 'setup', options.text('part'))
        const { bytes } = await session.call('attachments.read', { messageId, partId })
        const key = await session.vault.importSetupMessage(bytes, code)
        const imported = await session.call('keys.adopt', {
          keys: [
            {
              facts: key.facts,
              publicKey: key.bytes,
              sealed: key.sealed,
              protection: key.protection,
              revocation: null,
            },
          ],
          accountId: summary.accountId,
        })
        output.result(imported, () => imported.flatMap(ownKeyLines))
      })
    },
  },
]
