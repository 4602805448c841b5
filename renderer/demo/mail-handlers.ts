import type { MailboxRole, MailboxSummary, MessageSummary } from '../../shared/features/mail/model'
import type { CallInput, FaceCallName } from '../../shared/ipc/contract'
import type { MailboxId, MessageId } from '../../shared/kit/ids'
import { SiegelError } from '../../shared/kit/result'
import type { FakeMessage } from './demo-messages'
import { people } from './demo-people'
import type { FakeWorld } from './fake-world'
import type { Handlers } from './handlers'

type MailCalls = Exclude<
  Extract<
    FaceCallName,
    | `mailboxes.${string}`
    | `messages.${string}`
    | 'undo.last'
    | 'search.query'
    | 'search.renew'
    | 'addresses.suggest'
  >,
  'messages.allowRemote' | 'messages.forgetRemote'
>

export function mailHandlers(world: FakeWorld): Handlers<MailCalls> {
  const find = (id: number): FakeMessage => {
    const message = world.messages.get(id as MessageId)
    if (message === undefined) throw new SiegelError('not-found', { what: 'message' })
    return message
  }
  const mailbox = (id: number): MailboxSummary => {
    const found = world.mailboxes.find(other => other.id === id)
    if (found === undefined) throw new SiegelError('mailbox-missing')
    return found
  }
  const replace = (id: number, change: Partial<MailboxSummary>) => {
    world.mailboxes[world.mailboxes.indexOf(mailbox(id))] = { ...mailbox(id), ...change }
    world.changed('mailbox', [id])
    return {}
  }
  const newestFirst = (a: FakeMessage, b: FakeMessage) => b.summary.dateMs - a.summary.dateMs

  /** Changes rows and remembers the old ones for undo. */
  const change = (ids: readonly number[], how: (row: MessageSummary) => MessageSummary, undoable = true) => {
    const before = ids.map(id => find(id).summary)
    const put = (rows: readonly MessageSummary[]) => {
      for (const row of rows) find(row.id).summary = row
      world.recount()
      world.changed('message', rows.length > 1000 ? null : rows.map(row => row.id))
      world.changed('mailbox', null)
    }
    put(before.map(how))
    return undoable
      ? world.undoable(before.length, () => put(before))
      : { undoId: null, messageCount: before.length }
  }
  const moveTo = (ids: readonly number[], target: (row: MessageSummary) => MailboxId) =>
    change(ids, row => ({ ...row, mailboxId: target(row) }))
  const roleOf = (role: MailboxRole) => (row: MessageSummary) =>
    world.mailboxOf(row.accountId, role)?.id ?? row.mailboxId
  const matches = (query: CallInput<'messages.index'>, row: MessageSummary) =>
    (query.mailboxId === null || row.mailboxId === query.mailboxId) &&
    (query.role === null || mailbox(row.mailboxId).role === query.role) &&
    (!query.unreadOnly || !row.flags.includes('seen')) &&
    (!query.flaggedOnly || row.flags.includes('flagged'))

  return {
    'mailboxes.list': () => [...world.mailboxes],
    'mailboxes.create': ({ accountId, parentId, name }) => {
      const created = world.addMailbox(
        accountId as never,
        name,
        'none',
        parentId === null ? null : mailbox(parentId),
      )
      world.changed('mailbox', [created.id])
      return created
    },
    'mailboxes.rename': ({ mailboxId, name }) => replace(mailboxId, { name }),
    'mailboxes.delete': ({ mailboxId }) => {
      world.mailboxes.splice(world.mailboxes.indexOf(mailbox(mailboxId)), 1)
      world.changed('mailbox', [mailboxId])
      return {}
    },
    'mailboxes.setWindow': ({ mailboxId, window }) => replace(mailboxId, { window }),
    'mailboxes.useAs': ({ mailboxId, role }) => replace(mailboxId, { role: role ?? 'none' }),
    'mailboxes.markAllSeen': ({ mailboxId }) =>
      change(
        [...world.messages.values()]
          .filter(({ summary }) => summary.mailboxId === mailboxId && !summary.flags.includes('seen'))
          .map(({ summary }) => summary.id),
        row => ({ ...row, flags: [...row.flags, 'seen'] }),
      ),
    'mailboxes.empty': ({ mailboxId }) => {
      const gone = [...world.messages].filter(([, { summary }]) => summary.mailboxId === mailboxId)
      for (const [id] of gone) world.messages.delete(id)
      world.recount()
      world.changed('message', null)
      return { undoId: null, messageCount: gone.length }
    },
    'messages.index': query => ({
      ids: [...world.messages.values()]
        .filter(({ summary }) => matches(query, summary))
        .sort(newestFirst)
        .map(({ summary }) => summary.id),
    }),
    'messages.summaries': ({ ids }) => ids.flatMap(id => world.messages.get(id as MessageId)?.summary ?? []),
    'messages.get': ({ messageId }) => ({ summary: find(messageId).summary, ...find(messageId).detail }),
    'messages.attached': () => {
      throw new SiegelError('not-found', { what: 'attached message' })
    },
    'messages.openWithPassphrase': () => ({}),
    'messages.stopDecrypting': () => ({}),
    'messages.download': ({ messageId }) => {
      const message = find(messageId)
      world.messages.set(message.summary.id, {
        ...message,
        summary: { ...message.summary, bodyState: 'whole' },
        detail: { ...message.detail, text: 'Fetched just now. The footage is on the shared drive.' },
      })
      world.changed('message', [messageId])
      return {}
    },
    'messages.thread': ({ messageId }) => {
      const { threadId } = find(messageId).summary
      return [...world.messages.values()]
        .filter(({ summary }) => summary.threadId === threadId)
        .sort(newestFirst)
        .map(({ summary }) => summary)
    },
    'messages.source': ({ messageId }) => {
      const { summary, detail } = find(messageId)
      const head = `From: ${summary.from[0]?.name} <${summary.from[0]?.address}>\r\nTo: ${summary.to[0]?.address}\r\nSubject: ${summary.subject}\r\nMessage-ID: <${summary.messageIdHeader}>\r\nMIME-Version: 1.0\r\n\r\n`
      return { text: head + (detail.text ?? ''), truncated: false, sizeBytes: summary.sizeBytes }
    },
    'messages.setFlags': ({ ids, add, remove, undoable }) =>
      change(
        ids,
        row => ({
          ...row,
          flags: [...new Set([...row.flags.filter(flag => !remove.includes(flag)), ...add])],
        }),
        undoable,
      ),
    'messages.move': ({ ids, mailboxId }) => moveTo(ids, () => mailboxId as MailboxId),
    'messages.archive': ({ ids }) => moveTo(ids, roleOf('archive')),
    'messages.junk': ({ ids, junk }) => moveTo(ids, roleOf(junk ? 'junk' : 'inbox')),
    'messages.delete': ({ ids }) => moveTo(ids, roleOf('trash')),
    'undo.last': ({ undoId }) => {
      const at =
        undoId === null
          ? world.undoSteps.length - 1
          : world.undoSteps.findIndex(step => step.undoId === undoId)
      const [step] = at < 0 ? [] : world.undoSteps.splice(at, 1)
      if (step === undefined) throw new SiegelError('nothing-to-undo')
      step.revert()
      return { what: 'message', count: step.count }
    },
    'search.query': ({ text, mailboxId, limit }) => {
      const words = text.toLowerCase().split(/\s+/).filter(Boolean)
      const found = [...world.messages.values()]
        .filter(({ summary, detail }) => {
          if (mailboxId !== null && summary.mailboxId !== mailboxId) return false
          const all =
            `${summary.subject} ${summary.from[0]?.name} ${summary.from[0]?.address} ${detail.text}`.toLowerCase()
          return words.every(word => all.includes(word))
        })
        .sort(newestFirst)
        .map(({ summary }) => summary.id)
      return { total: found.length, ids: found.slice(0, limit), isCut: false, leftOut: 0, renewing: null }
    },
    'search.renew': () => null,
    'addresses.suggest': ({ prefix }) =>
      Object.values(people).filter(({ name, address }) =>
        `${name} ${address}`.toLowerCase().includes(prefix.toLowerCase()),
      ),
  }
}
