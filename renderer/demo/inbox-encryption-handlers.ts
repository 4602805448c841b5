import type { InboxEncryptionStatus } from '../../shared/features/inbox-encryption/model'
import { fingerprint } from '../../shared/features/keys/model'
import { accountId as toAccountId } from '../../shared/kit/ids'
import { SiegelError } from '../../shared/kit/result'
import type { FakeWorld } from './fake-world'
import type { Handlers } from './handlers'

type Names =
  | 'inboxEncryption.status'
  | 'inboxEncryption.set'
  | 'inboxEncryption.preview'
  | 'inboxEncryption.run'
  | 'inboxEncryption.pause'
  | 'inboxEncryption.resume'
  | 'inboxEncryption.undo'
  | 'inboxEncryption.skips'

const demoKey = fingerprint.parse('5e1e6e1a'.repeat(5))

/** The encrypted inbox of the demo: a switch and a job that stands where it began; nothing is encrypted. */
export function inboxEncryptionHandlers(world: FakeWorld): Handlers<Names> {
  const statuses = new Map<string, InboxEncryptionStatus>()
  const statusOf = (accountId: string): InboxEncryptionStatus =>
    statuses.get(accountId) ?? {
      accountId: toAccountId.parse(accountId),
      on: false,
      keys: [demoKey],
      hideSubject: false,
      keepOriginalsDays: 14,
      mailboxIds: [],
      messagesPerMinute: null,
      keyBackedUp: true,
      problem: null,
      job: null,
      undoable: 0,
    }
  const change = (accountId: string, values: Partial<InboxEncryptionStatus>): InboxEncryptionStatus => {
    const next = { ...statusOf(accountId), ...values }
    statuses.set(accountId, next)
    world.changed('inbox-encryption', [accountId])
    return next
  }
  const countOf = (mailboxIds: readonly number[]): number =>
    world.mailboxes.filter(each => mailboxIds.includes(each.id)).reduce((sum, each) => sum + each.total, 0)
  return {
    'inboxEncryption.status': ({ accountId }) => statusOf(accountId),
    'inboxEncryption.set': ({ accountId, extraKeys, ...values }) => {
      const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
      const keys = [demoKey, ...(extraKeys ?? []).map(each => fingerprint.parse(each))]
      return change(accountId, extraKeys ? { ...given, keys } : given)
    },
    'inboxEncryption.preview': ({ mailboxIds }) => {
      const count = countOf(mailboxIds)
      return { count, bytes: count * 10_000, mailboxes: [] }
    },
    'inboxEncryption.run': ({ accountId, kind, mailboxIds }) => {
      const total = countOf(mailboxIds)
      const done = Math.floor(total / 3)
      const job = { kind, state: 'running', total, done, skipped: 1, failed: 0 } as const
      return change(accountId, { job, undoable: kind === 'decrypt' ? 0 : done })
    },
    'inboxEncryption.pause': ({ accountId, cancel }) => {
      const { job } = statusOf(accountId)
      return change(accountId, { job: job && { ...job, state: cancel ? 'stopped' : 'paused' } })
    },
    'inboxEncryption.resume': ({ accountId }) => {
      const { job } = statusOf(accountId)
      return change(accountId, { job: job && { ...job, state: 'running' }, problem: null })
    },
    'inboxEncryption.undo': ({ accountId }) => {
      const { undoable } = statusOf(accountId)
      if (undoable === 0) throw new SiegelError('nothing-to-undo')
      const job = {
        kind: 'undo',
        state: 'done',
        total: undoable,
        done: undoable,
        skipped: 0,
        failed: 0,
      } as const
      return change(accountId, { job, undoable: 0 })
    },
    'inboxEncryption.skips': ({ accountId }) => {
      const [first] = [...world.messages.values()]
      if (!first || statusOf(accountId).job === null) return []
      const { id, subject } = first.summary
      return [{ messageId: id, subject, reason: 'already-encrypted', detail: '' }]
    },
  }
}
