import type { SystemFlag } from '../../../shared/features/mail/model'
import type { Undone } from '../../../shared/features/writing/model'
import { UsageError } from '../../kit/exit'
import { loadFolders, parseIds, requireMessages } from '../../kit/folders'
import { withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'

const undoneThings = {
  message: ['message', 'messages'],
  event: ['event', 'events'],
  contact: ['contact', 'contacts'],
  todo: ['to-do', 'to-dos'],
} as const

/** What `undo` says that it took back. */
export const undoneWords = ({ what, count }: Undone): string =>
  `Took back the change of ${count} ${undoneThings[what][count === 1 ? 0 : 1]}.`

const pending = 'The change is sent to the server at the next sync.'

export const changeVerbs: readonly Verb[] = [
  {
    name: 'mark',
    usage: 'mark ID… --seen|--unseen|--flagged|--unflagged',
    about: 'Change flags here at once and on the server at the next sync',
    options: {
      seen: { type: 'boolean' },
      unseen: { type: 'boolean' },
      flagged: { type: 'boolean' },
      unflagged: { type: 'boolean' },
    },
    positionals: [1, 50_000],
    async run(options, output) {
      const ids = parseIds(options.positionals)
      const add: SystemFlag[] = [
        ...(options.flag('seen') ? ['seen' as const] : []),
        ...(options.flag('flagged') ? ['flagged' as const] : []),
      ]
      const remove: SystemFlag[] = [
        ...(options.flag('unseen') ? ['seen' as const] : []),
        ...(options.flag('unflagged') ? ['flagged' as const] : []),
      ]
      if (add.length + remove.length === 0 || add.some(flag => remove.includes(flag))) {
        throw new UsageError('mark takes --seen or --unseen, --flagged or --unflagged')
      }
      const done = await withSession(options, async session => {
        await requireMessages(session, ids)
        return session.call('messages.setFlags', { ids, add, remove })
      })
      output.result({ changed: done.messageCount, undoId: done.undoId }, () => [
        `Changed ${done.messageCount}. ${pending}`,
      ])
    },
  },
  {
    name: 'move',
    usage: 'move ID… FOLDER',
    about: 'Move messages here at once and on the server at the next sync',
    options: {},
    positionals: [2, 50_000],
    async run(options, output) {
      const ids = parseIds(options.positionals.slice(0, -1))
      const folder = options.positionals.at(-1) ?? ''
      const done = await withSession(options, async session => {
        const mailbox = (await loadFolders(session)).find(folder)
        await requireMessages(session, ids)
        return session.call('messages.move', { ids, mailboxId: mailbox.id })
      })
      output.result({ moved: done.messageCount, undoId: done.undoId }, () => [
        `Moved ${done.messageCount} to ${folder}. ${pending}`,
      ])
    },
  },
  {
    name: 'archive',
    usage: 'archive ID…',
    about: 'Move messages to the archive of their account; one that has none gets it',
    options: {},
    positionals: [1, 50_000],
    async run(options, output) {
      const ids = parseIds(options.positionals)
      const done = await withSession(options, async session => {
        await requireMessages(session, ids)
        return session.call('messages.archive', { ids })
      })
      output.result({ archived: done.messageCount, undoId: done.undoId }, () => [
        `Archived ${done.messageCount}. ${pending}`,
      ])
    },
  },
  {
    name: 'junk',
    usage: 'junk ID… [--not]',
    about: 'Move messages to the junk folder; --not moves them back to the inbox',
    options: { not: { type: 'boolean' } },
    positionals: [1, 50_000],
    async run(options, output) {
      const ids = parseIds(options.positionals)
      const junk = !options.flag('not')
      const done = await withSession(options, async session => {
        await requireMessages(session, ids)
        return session.call('messages.junk', { ids, junk })
      })
      output.result({ moved: done.messageCount, junk, undoId: done.undoId }, () => [
        `Moved ${done.messageCount} to ${junk ? 'junk' : 'the inbox'}. ${pending}`,
      ])
    },
  },
  {
    name: 'delete',
    usage: 'delete ID…',
    about: 'Move messages to the trash; those in the trash are removed for good',
    options: {},
    positionals: [1, 50_000],
    async run(options, output) {
      const ids = parseIds(options.positionals)
      const done = await withSession(options, async session => {
        await requireMessages(session, ids)
        return session.call('messages.delete', { ids })
      })
      output.result({ deleted: done.messageCount, undoId: done.undoId }, () => [
        `Deleted ${done.messageCount}. ${pending}`,
      ])
    },
  },
  {
    name: 'undo',
    usage: 'undo',
    about: 'Take the last change back',
    options: {},
    positionals: [0, 0],
    async run(options, output) {
      const done = await withSession(options, session => session.call('undo.last', { undoId: null }))
      output.result({ undone: done.count, what: done.what }, () => [undoneWords(done)])
    },
  },
]
