import { hasMailServer } from '../../../shared/features/accounts/services'
import type { InboxEncryptionStatus } from '../../../shared/features/inbox-encryption/model'
import type { MailboxSummary } from '../../../shared/features/mail/model'
import type { AccountId } from '../../../shared/kit/ids'
import { UsageError } from '../../kit/exit'
import { type Folders, loadFolders } from '../../kit/folders'
import { type Session, withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import type { Output } from '../../kit/words/output'
import { skipWords, standstillWords } from './inbox-encryption-words'

/** Said every time it is switched on: what will not work any more. */
const consequences = [
  'From now on unencrypted mail that arrives is replaced on the server by a copy encrypted to your key.',
  'The search and the filter rules of your provider, which look into texts, do not find anything in it any more,',
  'and devices without the key cannot read it. Keep the backup of the key safe.',
]

/** The account named by --account, or the only one with a server. */
function accountOf(folders: Folders, address: string | undefined): AccountId {
  if (address !== undefined) return folders.account(address).id
  const [only, ...more] = folders.accounts.filter(hasMailServer)
  if (!only || more.length > 0) throw new UsageError('--account is missing: say which one')
  return only.id
}

function statusLines(status: InboxEncryptionStatus): string[] {
  const { job, problem } = status
  return [
    `The encrypted inbox is ${status.on ? 'on' : 'off'}${status.keys.length > 0 ? `, to ${status.keys.join(', ')}` : ''}.`,
    `Subjects ${status.hideSubject ? 'are hidden' : 'stay readable'}; originals are kept here for ${status.keepOriginalsDays} days, ${status.undoable} can be put back.`,
    ...(job
      ? [
          `${job.kind}: ${job.state}, ${job.done} of ${job.total} done, ${job.skipped} skipped, ${job.failed} taken back`,
        ]
      : []),
    ...(problem ? [`It stands still: ${standstillWords(problem)}`] : []),
  ]
}

async function show(session: Session, output: Output, status: InboxEncryptionStatus): Promise<void> {
  const skips = await session.call('inboxEncryption.skips', { accountId: status.accountId })
  output.result({ ...status, skips }, () => [
    ...statusLines(status),
    ...skips.map(skip => `  left as it is: #${skip.messageId} ${skip.subject}: ${skipWords(skip)}`),
  ])
}

/** Says the status after a run; one that stands still has failed. */
async function tell(session: Session, output: Output, status: InboxEncryptionStatus): Promise<void> {
  await show(session, output, status)
  if (status.problem) process.exitCode = 1
}

function mailboxesFor(folders: Folders, accountId: AccountId, names: readonly string[]): MailboxSummary[] {
  if (names.length > 0) return names.map(name => folders.find(name))
  return folders.mailboxes.filter(each => each.accountId === accountId && each.path === 'INBOX')
}

const account = { type: 'string' } as const

export const inboxEncryptionVerbs: readonly Verb[] = [
  {
    name: 'inbox-encryption on',
    usage:
      'inbox-encryption on [--account A] [--hide-subject|--show-subject] [--keep-days N] [--folder F]… [--speed N]',
    about:
      'Encrypt unencrypted mail on the server when it arrives, to the key of the account; --speed: messages per minute',
    options: {
      account,
      'hide-subject': { type: 'boolean' },
      'show-subject': { type: 'boolean' },
      'keep-days': { type: 'string' },
      folder: { type: 'string', multiple: true },
      speed: { type: 'string' },
    },
    positionals: [0, 0],
    async run(options, output) {
      await withSession(options, async session => {
        const folders = await loadFolders(session)
        const accountId = accountOf(folders, options.text('account'))
        const names = options.texts('folder')
        const status = await session.call('inboxEncryption.set', {
          accountId,
          on: true,
          ...(options.flag('hide-subject') ? { hideSubject: true } : {}),
          ...(options.flag('show-subject') ? { hideSubject: false } : {}),
          ...(options.text('keep-days') === undefined
            ? {}
            : { keepOriginalsDays: options.count('keep-days', 14, 365, 0) }),
          ...(names.length > 0 ? { mailboxIds: names.map(name => folders.find(name).id) } : {}),
          ...(options.text('speed') === undefined
            ? {}
            : { messagesPerMinute: options.count('speed', 60, 10_000) }),
        })
        output.result(status, () => [...consequences, ...statusLines(status)])
      })
    },
  },
  {
    name: 'inbox-encryption off',
    usage: 'inbox-encryption off [--account A]',
    about: 'Leave what arrives as it is; what is encrypted stays so',
    options: { account },
    positionals: [0, 0],
    async run(options, output) {
      await withSession(options, async session => {
        const accountId = accountOf(await loadFolders(session), options.text('account'))
        const status = await session.call('inboxEncryption.set', { accountId, on: false })
        output.result(status, () => statusLines(status))
      })
    },
  },
  {
    name: 'inbox-encryption status',
    usage: 'inbox-encryption status [--account A]',
    about: 'Show the switch, the last run, and what was left as it is and why',
    options: { account },
    positionals: [0, 0],
    async run(options, output) {
      await withSession(options, async session => {
        const accountId = accountOf(await loadFolders(session), options.text('account'))
        await show(session, output, await session.call('inboxEncryption.status', { accountId }))
      })
    },
  },
  {
    name: 'inbox-encryption run',
    usage: 'inbox-encryption run [--account A] [--folder F]… [--limit N] [--decrypt] [--dry-run]',
    about: 'Encrypt what lies in folders (the inbox when none is named), or decrypt it again',
    options: {
      account,
      folder: { type: 'string', multiple: true },
      limit: { type: 'string' },
      decrypt: { type: 'boolean' },
      'dry-run': { type: 'boolean' },
    },
    positionals: [0, 0],
    async run(options, output) {
      const names = options.texts('folder')
      const limit =
        options.text('limit') === undefined ? null : options.count('limit', 1, Number.MAX_SAFE_INTEGER)
      const kind = options.flag('decrypt') ? 'decrypt' : 'back-catalogue'
      await withSession(options, async session => {
        const folders = await loadFolders(session)
        const first = names[0] === undefined ? undefined : folders.find(names[0])
        const accountId = first?.accountId ?? accountOf(folders, options.text('account'))
        const mailboxIds = mailboxesFor(folders, accountId, names).map(each => each.id)
        if (options.flag('dry-run')) {
          const preview = await session.call('inboxEncryption.preview', { accountId, kind, mailboxIds })
          output.result(preview, () => [
            ...preview.mailboxes.map(
              each => `${folders.nameOfId(each.mailboxId)}: ${each.count} messages, ${each.bytes} bytes`,
            ),
            `${preview.count} messages, ${preview.bytes} bytes; what is encrypted already is left alone`,
          ])
          return
        }
        const status = await session.call('inboxEncryption.run', { accountId, kind, mailboxIds, limit })
        await tell(session, output, status)
      })
    },
  },
  {
    name: 'inbox-encryption resume',
    usage: 'inbox-encryption resume [--account A]',
    about: 'Resume a run that was interrupted or has stopped',
    options: { account },
    positionals: [0, 0],
    async run(options, output) {
      await withSession(options, async session => {
        const accountId = accountOf(await loadFolders(session), options.text('account'))
        await tell(session, output, await session.call('inboxEncryption.resume', { accountId }))
      })
    },
  },
  {
    name: 'inbox-encryption pause',
    usage: 'inbox-encryption pause [--account A] [--cancel]',
    about: 'Stop a run after the message it is at; --cancel gives it up, and what is done stays done',
    options: { account, cancel: { type: 'boolean' } },
    positionals: [0, 0],
    async run(options, output) {
      await withSession(options, async session => {
        const accountId = accountOf(await loadFolders(session), options.text('account'))
        const cancel = options.flag('cancel')
        await tell(session, output, await session.call('inboxEncryption.pause', { accountId, cancel }))
      })
    },
  },
  {
    name: 'inbox-encryption undo',
    usage: 'inbox-encryption undo [--account A] [--dry-run]',
    about: 'Put the originals that are still kept back in their places',
    options: { account, 'dry-run': { type: 'boolean' } },
    positionals: [0, 0],
    async run(options, output) {
      await withSession(options, async session => {
        const accountId = accountOf(await loadFolders(session), options.text('account'))
        if (options.flag('dry-run')) {
          const preview = await session.call('inboxEncryption.preview', {
            accountId,
            kind: 'undo',
            mailboxIds: [],
          })
          output.result(preview, () => [`${preview.count} messages can be put back, ${preview.bytes} bytes`])
          return
        }
        await tell(session, output, await session.call('inboxEncryption.undo', { accountId }))
      })
    },
  },
]
