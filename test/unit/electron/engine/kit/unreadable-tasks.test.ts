import { afterEach, beforeEach, expect, test } from 'vitest'
import { replayTasks } from '../../../../../electron/engine/features/mail/sync/replay/replay-tasks'
import { mime } from '../../../../../electron/engine/formats/mime/mime'
import type { MailSession } from '../../../../../electron/engine/ports/mail/mail-backend'
import type { Store, TaskPayload } from '../../../../../electron/engine/ports/store'
import { openConnection } from '../../../../../electron/engine/store/connection'
import type { MessageId, TaskId } from '../../../../../shared/kit/ids'
import {
  fakeClock,
  newMessage,
  openAt,
  quietLog,
  type Seeded,
  seedAccount,
  storeKey,
  temporaryDirectory,
} from '../store/support'

let directory: string
let store: Store
let seeded: Seeded
let one: MessageId
let two: MessageId
let broken: TaskId
let good: TaskId
const clock = fakeClock()

beforeEach(() => {
  directory = temporaryDirectory()
  store = openAt(directory, storeKey, clock).store
  seeded = seedAccount(store)
  ;[one, two] = store.messages.insertHeaders(seeded.inbox, [newMessage(1), newMessage(2)]) as [
    MessageId,
    MessageId,
  ]
})
afterEach(() => store.close())

const setFlags = (id: MessageId) => {
  store.messages.changeFlags([id], { add: ['\\Seen'], remove: [] })
  return store.tasks.add(seeded.accountId, {
    kind: 'set-flags',
    messageIds: [id],
    add: ['\\Seen'],
    remove: [],
  })
}

const moveToArchive = (id: MessageId) =>
  store.tasks.add(seeded.accountId, {
    kind: 'move',
    items: store.messages.moveLocally([id], seeded.archive),
    toMailboxId: seeded.archive,
  })

/** As after damage, or after a newer version queued it. */
function overwrite(task: TaskId, column: 'kind' | 'payload', value: string): void {
  store.close()
  const connection = openConnection(`${directory}/store.db`, storeKey)
  connection.prepare<unknown[]>(`UPDATE tasks SET ${column} = ? WHERE id = ?`).run(value, task)
  connection.close()
  store = openAt(directory, storeKey, clock).store
}

/** Replays with a server that takes every change of flags. */
async function replay(): Promise<{ stored: number[][] }> {
  const stored: number[][] = []
  const session = {
    open: () => Promise.resolve({ uidValidity: 1 }),
    storeFlags: (uids: number[]) => {
      stored.push(uids)
      return Promise.resolve()
    },
  } as unknown as MailSession
  await replayTasks({
    accountId: seeded.accountId,
    store,
    mime,
    clock,
    log: quietLog,
    session,
    onLearned: () => undefined,
    isAfterPass: false,
    onOldListing: () => undefined,
  })
  return { stored }
}

test.each([
  ['text that is no JSON', 'payload', 'not json', 'set-flags'],
  ['JSON of another shape', 'payload', '{"kind":"set-flags","messageIds":"all"}', 'set-flags'],
  ['the payload of another kind', 'payload', '{"kind":"create-mailbox","mailboxId":1}', 'set-flags'],
  ['a kind that this version does not know', 'kind', 'set-colour', 'unknown'],
] as const)(
  '%s fails with its own words, and the changes behind it go on',
  async (_what, column, value, kind) => {
    broken = setFlags(one)
    good = setFlags(two)
    overwrite(broken, column, value)
    expect(store.tasks.list()).toMatchObject([
      { id: broken, kind, state: 'queued', messageCount: 0, mailboxName: null },
      { id: good, kind: 'set-flags', messageCount: 1 },
    ])
    const { stored } = await replay()
    expect(stored).toEqual([[2]])
    expect(store.tasks.list()).toMatchObject([
      { id: broken, state: 'failed', problem: { code: 'task-unreadable' } },
    ])
    // Given up, the message is what the server has, and a sync still finds its way through it.
    store.tasks.remove(broken)
    expect(store.tasks.list()).toEqual([])
    expect(store.messages.summaries([one])[0]).toMatchObject({ flags: [], pending: false })
  },
)

test('a move that cannot be read neither stops a sync nor hides the message on the server once it is given up', () => {
  broken = moveToArchive(one)
  overwrite(broken, 'payload', '{"kind":"move","items":[{}],"toMailboxId":1}')
  expect(store.messages.knownUids(seeded.inbox)).toEqual([1, 2])
  store.mailboxes.forgetUids(seeded.archive)
  store.messages.moveLocally([one], seeded.trash)
  store.messages.applyServerFlags(seeded.inbox, [{ uid: 2, flags: ['\\Seen'], modseq: null }])
  store.tasks.remove(broken)
  expect(store.messages.knownUids(seeded.inbox)).toEqual([2])
  expect(store.mailboxes.row(seeded.inbox)).toMatchObject({ highestModseq: null, headersComplete: false })
  expect(store.messages.insertHeaders(seeded.inbox, [newMessage(1)])).toHaveLength(1)
})

test('changes to mailboxes that cannot be read leave the listing of a server as it is', () => {
  const made = store.mailboxes.create({
    accountId: seeded.accountId,
    path: 'New',
    delimiter: '/',
    role: 'none',
  })
  broken = store.tasks.add(seeded.accountId, { kind: 'create-mailbox', mailboxId: made.id })
  const into = store.tasks.add(seeded.accountId, {
    kind: 'move',
    items: store.messages.moveLocally([one], made.id),
    toMailboxId: made.id,
  })
  expect(store.tasks.fallsWith(broken)).toEqual([into])
  overwrite(broken, 'payload', '[]')
  expect(store.tasks.fallsWith(broken)).toEqual([])
  expect(store.mailboxes.serverPath(made.id)).toBe('New')
  expect(store.tasks.into(made.id)).toEqual([into])
})

test('what nobody knows cannot be queued', () => {
  const strange = { kind: 'set-colour' } as unknown as TaskPayload
  expect(() => store.tasks.add(seeded.accountId, strange)).toThrow('nobody knows a change')
  expect(store.tasks.list()).toEqual([])
})
