import { chosenRole, type MailboxSummary, type SyncWindow } from '../../../shared/features/mail/model'
import type { Arguments } from '../../kit/arguments'
import { UsageError } from '../../kit/exit'
import { loadFolders } from '../../kit/folders'
import { type Session, withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'

const pending = 'The change is sent to the server at the next sync.'

/** Opens the profile and finds the folder of the first positional. */
const withFolder = <T>(
  options: Arguments,
  work: (session: Session, mailbox: MailboxSummary) => Promise<T>,
): Promise<T> =>
  withSession(options, async session =>
    work(session, (await loadFolders(session)).find(options.positionals[0] ?? '')),
  )

const yes = { yes: { type: 'boolean' } } as const

function demandYes(options: Arguments, what: string): void {
  if (!options.flag('yes')) throw new UsageError(`${what}; give --yes to do it`)
}

function windowOf(text: string): SyncWindow {
  if (text === 'all' || text === 'headers') return { kind: text }
  const months = Number(text)
  if (!Number.isInteger(months) || months < 1 || months > 240)
    throw new UsageError('folder window takes all, headers or a number of months from 1 to 240')
  return { kind: 'months', months }
}

/** Where a folder of this name goes: its account, what it lies below, and its last segment. */
async function placeOf(session: Session, name: string) {
  const folders = await loadFolders(session)
  const [address = '', ...path] = name.split('/')
  const last = path.at(-1)
  if (last === undefined || last === '')
    throw new UsageError(`"${name}" is not a folder; write account-address/path or local/path`)
  const parent = path.length > 1 ? folders.find(`${address}/${path.slice(0, -1).join('/')}`) : null
  return { accountId: folders.account(address).id, parentId: parent?.id ?? null, name: last }
}

export const folderVerbs: readonly Verb[] = [
  {
    name: 'folder create',
    usage: 'folder create FOLDER',
    about: 'Make a folder here at once and on the server at the next sync; what it lies below must be there',
    options: {},
    positionals: [1, 1],
    async run(options, output) {
      const folder = options.positionals[0] ?? ''
      const { id } = await withSession(options, async session =>
        session.call('mailboxes.create', await placeOf(session, folder)),
      )
      output.result({ id, folder }, () => [`Made ${folder}. ${pending}`])
    },
  },
  {
    name: 'folder rename',
    usage: 'folder rename FOLDER NAME',
    about: 'Give a folder another name; it stays below the same one',
    options: {},
    positionals: [2, 2],
    async run(options, output) {
      const [folder = '', name = ''] = options.positionals
      await withFolder(options, (session, { id }) =>
        session.call('mailboxes.rename', { mailboxId: id, name }),
      )
      output.result({ renamed: folder, name }, () => [`Renamed ${folder} to ${name}. ${pending}`])
    },
  },
  {
    name: 'folder delete',
    usage: 'folder delete FOLDER --yes',
    about: 'Remove a folder with the mail in it, here at once and on the server at the next sync',
    options: yes,
    positionals: [1, 1],
    async run(options, output) {
      const [folder = ''] = options.positionals
      demandYes(options, `${folder} and the mail in it would be removed`)
      await withFolder(options, (session, { id }) => session.call('mailboxes.delete', { mailboxId: id }))
      output.result({ deleted: folder }, () => [`Removed ${folder}. ${pending}`])
    },
  },
  {
    name: 'folder empty',
    usage: 'folder empty FOLDER --yes',
    about: 'Remove all mail of a trash or junk folder for good',
    options: yes,
    positionals: [1, 1],
    async run(options, output) {
      const [folder = ''] = options.positionals
      demandYes(options, `all mail in ${folder} would be removed for good`)
      const done = await withFolder(options, (session, { id }) =>
        session.call('mailboxes.empty', { mailboxId: id }),
      )
      output.result({ deleted: done.messageCount }, () => [
        `Removed ${done.messageCount} for good. ${pending}`,
      ])
    },
  },
  {
    name: 'folder mark-read',
    usage: 'folder mark-read FOLDER',
    about: 'Mark all messages of a folder as read',
    options: {},
    positionals: [1, 1],
    async run(options, output) {
      const done = await withFolder(options, (session, { id }) =>
        session.call('mailboxes.markAllSeen', { mailboxId: id }),
      )
      output.result({ changed: done.messageCount, undoId: done.undoId }, () => [
        `Changed ${done.messageCount}. ${pending}`,
      ])
    },
  },
  {
    name: 'folder window',
    usage: 'folder window FOLDER all|headers|MONTHS',
    about: 'Say what of a folder is kept on this computer: everything, only headers, or the last months',
    options: {},
    positionals: [2, 2],
    async run(options, output) {
      const [folder = '', text = ''] = options.positionals
      const window = windowOf(text)
      await withFolder(options, (session, { id }) =>
        session.call('mailboxes.setWindow', { mailboxId: id, window }),
      )
      output.result({ folder, window }, () => [`${folder}: ${text}.`])
    },
  },
  {
    name: 'folder use',
    usage: 'folder use FOLDER --as archive|drafts|junk|sent|trash|automatic',
    about:
      'Choose which folder of an account is its archive, trash and so on; that counts before what the server says. automatic takes the choice back',
    options: { as: { type: 'string' } },
    positionals: [1, 1],
    async run(options, output) {
      const [folder = ''] = options.positionals
      const as = options.required('as')
      const role = chosenRole.safeParse(as)
      if (!role.success && as !== 'automatic')
        throw new UsageError(`--as takes ${chosenRole.options.join(', ')} or automatic`)
      await withFolder(options, (session, { id }) =>
        session.call('mailboxes.useAs', { mailboxId: id, role: role.data ?? null }),
      )
      output.result({ folder, as }, () => [`${folder}: ${as}.`])
    },
  },
]
