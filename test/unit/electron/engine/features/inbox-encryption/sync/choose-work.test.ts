import { describe, expect, test } from 'vitest'
import { chooseWork } from '../../../../../../../electron/engine/features/inbox-encryption/sync/choose-work'
import type {
  Candidate,
  InboxEncryptionJob,
  InboxEncryptionSettings,
} from '../../../../../../../electron/engine/ports/keys/inbox-encryption'
import type { MailboxRow } from '../../../../../../../electron/engine/ports/store'
import type { AccountId, MailboxId, MessageId } from '../../../../../../../shared/kit/ids'

const account = 'a'.repeat(32) as AccountId
const mailboxes = [
  { id: 1, path: 'INBOX', selectable: true },
  { id: 2, path: 'Lists', selectable: true },
  { id: 3, path: 'Chosen', selectable: true },
  { id: 4, path: 'Chosen/Folder', selectable: false },
] as unknown as readonly MailboxRow[]
const candidate = (id: number, mailbox = 1, sizeBytes = 1000): Candidate => ({
  id: id as MessageId,
  mailboxId: mailbox as MailboxId,
  uid: id,
  sizeBytes,
  messageIdHeader: `${id}@x`,
  whole: true,
})
const some = (count: number, mailbox = 1, sizeBytes = 1000) =>
  Array.from({ length: count }, (_, at) => candidate(at + 1, mailbox, sizeBytes))

const running: InboxEncryptionJob = {
  number: 1,
  kind: 'back-catalogue',
  state: 'running',
  mailboxIds: [1 as MailboxId],
  total: 1000,
  done: 0,
  skipped: 0,
  failed: 0,
  limit: null,
}
const on: InboxEncryptionSettings = {
  on: true,
  sinceMs: 0,
  extraKeys: [],
  hideSubject: false,
  keepOriginalsDays: 0,
  folders: ['Chosen', 'Chosen/Folder', 'Gone'],
  messagesPerMinute: null,
  problem: null,
}

/** What is chosen, and where new mail was looked for. */
function chosen(given: {
  settings?: Partial<InboxEncryptionSettings>
  arrivals?: readonly Candidate[]
  job?: Partial<InboxEncryptionJob> | null
  old?: readonly Candidate[]
}) {
  const looked: number[][] = []
  const limits: number[] = []
  const work = chooseWork(
    {
      mailboxes: { rows: () => mailboxes, row: (id: MailboxId) => mailboxes.find(each => each.id === id) },
      inboxEncryption: {
        settings: () => ({ ...on, ...given.settings }),
        arrivals: ({ mailboxIds }: { mailboxIds: readonly number[] }) => {
          looked.push([...mailboxIds])
          return given.arrivals ?? []
        },
        job: () => (given.job ? { ...running, ...given.job } : null),
        candidates: (_job: unknown, _account: unknown, limit: number) => {
          limits.push(limit)
          return given.old ?? []
        },
      },
    } as never,
    account,
    0,
  )
  return {
    kind: work && `${work.direction} ${work.job === null ? 'new' : work.job.kind} in ${work.mailbox.path}`,
    ids: work?.candidates.map(each => each.id) ?? [],
    looked,
    limits,
  }
}

describe('what the encrypted inbox does next', () => {
  test('new mail goes before the job, in the inbox and the chosen mailboxes that can be opened', () => {
    const { kind, looked } = chosen({ arrivals: some(1), job: {}, old: some(3) })
    expect([kind, looked]).toEqual(['encrypt new in INBOX', [[1, 3]]])
    expect(chosen({ job: {}, old: some(3, 2) }).kind).toBe('encrypt back-catalogue in Lists')
    expect(chosen({}).kind).toBeNull()
  })

  test('switched off, or standing still after a fault of the server, new mail is left, and a job goes on', () => {
    for (const settings of [{ on: false }, { problem: { code: 'copy-differs' } as never }]) {
      expect(chosen({ settings, arrivals: some(1) }).kind).toBeNull()
      expect(chosen({ settings, arrivals: some(1), job: { kind: 'undo' }, old: some(1) }).kind).toBe(
        'decrypt undo in INBOX',
      )
    }
    const passing = { problem: { code: 'server-refused' } as never }
    expect(chosen({ settings: passing, arrivals: some(1) }).kind).toBe('encrypt new in INBOX')
  })

  test.each(['paused', 'done', 'stopped'] as const)('a job that is %s is not gone on with', state => {
    expect(chosen({ job: { state }, old: some(1) }).kind).toBeNull()
  })

  test('a step is of one mailbox, of twenty messages, of four million bytes, and of one message whatever its size', () => {
    expect(chosen({ arrivals: [...some(2), candidate(3, 3), candidate(4)] }).ids).toEqual([1, 2, 4])
    expect(chosen({ arrivals: some(50) }).ids).toHaveLength(20)
    expect(chosen({ arrivals: some(20, 1, 1_000_000) }).ids).toHaveLength(4)
    expect(chosen({ arrivals: some(3, 1, 9_000_000) }).ids).toEqual([1])
    expect(chosen({ arrivals: [candidate(1, 9)] }).kind).toBeNull()
  })

  test('a job ends at its limit, counting what was skipped and what failed, and keeps to its pace', () => {
    const counted = { limit: 30, done: 10, skipped: 5, failed: 3 }
    expect(chosen({ job: counted, old: some(50) })).toMatchObject({ limits: [12], ids: { length: 12 } })
    expect(chosen({ job: { ...counted, done: 22 }, old: some(50) })).toMatchObject({ kind: null, limits: [] })
    expect(chosen({ settings: { messagesPerMinute: 4 }, job: {}, old: some(50) }).ids).toHaveLength(4)
    expect(chosen({ settings: { messagesPerMinute: 400 }, job: {}, old: some(50) }).ids).toHaveLength(20)
  })
})
