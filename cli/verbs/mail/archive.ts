import { resolve } from 'node:path'
import type { NotTaken } from '../../../shared/features/mail/archive'
import type { MailboxId } from '../../../shared/kit/ids'
import { SiegelError } from '../../../shared/kit/result'
import { UsageError } from '../../kit/exit'
import { loadFolders } from '../../kit/folders'
import { type Session, withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'

/** The folder, made when it is local and missing: import must work in a fresh profile. */
async function folderFor(session: Session, name: string): Promise<MailboxId> {
  const folders = await loadFolders(session)
  const slash = name.indexOf('/')
  if (slash < 1 || slash === name.length - 1)
    throw new UsageError(`"${name}" is not a folder; write account-address/path or local/path`)
  try {
    return folders.find(name).id
  } catch (error) {
    if (!(error instanceof SiegelError) || !name.toLowerCase().startsWith('local/')) throw error
  }
  const local =
    folders.accounts.find(each => each.config.address === 'local') ??
    (await session.call('accounts.add', {
      config: { address: 'local', displayName: '', services: {} },
      password: null,
    }))
  const now = await loadFolders(session)
  const known = now.mailboxes.find(each => now.nameOf(each).toLowerCase() === name.toLowerCase())
  if (known) return known.id
  let parentId: MailboxId | null = null
  let path = 'local'
  for (const segment of name.slice(slash + 1).split('/')) {
    path = `${path}/${segment}`
    const here = (await loadFolders(session)).mailboxes.find(
      each => each.accountId === local.id && `local/${each.path}` === path,
    )
    parentId =
      here?.id ??
      (await session.call('mailboxes.create', { accountId: local.id, parentId, name: segment })).id
  }
  if (parentId === null) throw new SiegelError('mailbox-missing', { mailbox: name })
  return parentId
}

const reasonWords: Readonly<Record<NotTaken['reason'], string>> = {
  'too-large': 'too large',
  deleted: 'the program that wrote it has marked it as deleted',
  'not-mail': 'there is no mail header in it',
  empty: 'the file is empty',
  unreadable: 'the file cannot be read',
  link: 'a link to somewhere else',
  directory: 'a folder of its own; import it by itself',
  'other-kind': 'not a mail file',
}
/** Reasons by which mail was left out that the user may want; the others are as it should be. */
const failing: ReadonlySet<NotTaken['reason']> = new Set(['too-large', 'not-mail', 'unreadable'])

export const archiveVerbs: readonly Verb[] = [
  {
    name: 'import',
    usage: 'import PATH --into FOLDER',
    about: 'Import mbox, Maildir or .eml, byte for byte, flags kept; what is there already is skipped',
    options: { into: { type: 'string' } },
    positionals: [1, 1],
    async run(options, output) {
      const done = await withSession(options, async session => {
        session.onEvent((name, payload) => {
          if (name === 'progress' && 'done' in payload && process.stderr.isTTY)
            output.note(`${payload.done} messages`)
        })
        const mailboxId = await folderFor(session, options.required('into'))
        return session.call('mail.import', { path: resolve(options.positionals[0] ?? ''), mailboxId })
      })
      output.result(done, () => [
        `Imported ${done.imported}, skipped ${done.skipped} that were there already.`,
      ])
      for (const { name, reason } of done.notTaken)
        output.note(`Not imported: ${name} (${reasonWords[reason]})`)
      const more = done.notTakenCount - done.notTaken.length
      if (more > 0) output.note(`and ${more} more that were not imported.`)
      if (done.notTaken.some(({ reason }) => failing.has(reason))) process.exitCode = 1
    },
  },
  {
    name: 'export',
    usage: 'export FOLDER FILE [--format mbox|eml|maildir]',
    about: 'Export a folder to an mbox file, to a directory of .eml files, or to a Maildir; never overwrites',
    options: { format: { type: 'string' } },
    positionals: [2, 2],
    async run(options, output) {
      const [folder = '', file = ''] = options.positionals
      const format = options.text('format') ?? 'mbox'
      if (format !== 'mbox' && format !== 'eml' && format !== 'maildir')
        throw new UsageError('--format takes mbox, eml or maildir')
      const done = await withSession(options, async session => {
        const mailbox = (await loadFolders(session)).find(folder)
        return session.call('mail.export', { mailboxId: mailbox.id, path: resolve(file), format })
      })
      output.result(done, () => [`Exported ${done.exported} messages to ${file}.`])
    },
  },
  {
    name: 'doctor',
    usage: 'doctor',
    about: 'Check the store: pages, keys, references, search index',
    options: {},
    positionals: [0, 0],
    async run(options, output) {
      const findings = await withSession(options, session => session.call('doctor.run', {}))
      output.result(findings, () =>
        findings.map(each => `${each.outcome.padEnd(8)} ${each.check}  ${each.detail}`),
      )
      const failed = findings.filter(each => each.outcome === 'failed')
      if (failed.some(each => each.check === 'store-integrity'))
        output.note('The next start sets the store aside and builds it anew from what can be read.')
      if (failed.length > 0) process.exitCode = 1
    },
  },
  {
    name: 'log',
    usage: 'log [--sync]',
    about:
      'Print the log of opening the profile, with --sync of a sync too, for a report: without addresses, hosts, subjects or names. Read it before you give it to anybody',
    options: { sync: { type: 'boolean' } },
    positionals: [0, 0],
    async run(options, output) {
      const { text } = await withSession(options, async session => {
        if (options.flag('sync')) await session.call('sync.run', { accountId: null, mailboxId: null })
        return session.call('log.report', {})
      })
      output.result({ text }, () => text.split('\n'))
    },
  },
  {
    name: 'sample',
    usage: 'sample',
    about: 'Add the sample mailbox: local, no network',
    options: {},
    positionals: [0, 0],
    async run(options, output) {
      const account = await withSession(options, session => session.call('accounts.addSample', {}))
      output.result({ id: account.id, address: account.config.address }, () => ['Added the sample mailbox.'])
    },
  },
]
