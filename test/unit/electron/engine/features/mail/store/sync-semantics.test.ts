import { beforeEach, describe, expect, test } from 'vitest'
import type { ListedMailbox } from '../../../../../../../electron/engine/ports/mail/mail-backend'
import type { Store } from '../../../../../../../electron/engine/ports/store'
import type { MessageId } from '../../../../../../../shared/kit/ids'
import { bytes, freshStore, newMessage, parsed, type Seeded, seedAccount } from '../../../store/support'

let store: Store
let seeded: Seeded
let clock: ReturnType<typeof freshStore>['clock']

beforeEach(() => {
  ;({ store, clock } = freshStore())
  seeded = seedAccount(store)
})

const insert = (...uids: number[]): readonly MessageId[] =>
  store.messages.insertHeaders(
    seeded.inbox,
    uids.map(uid => newMessage(uid)),
  )
const flagsOf = (id: MessageId) => store.messages.summaries([id])[0]?.flags
const counts = (path: string) => {
  const mailbox = store.mailboxes.list().find(found => found.path === path)
  return [mailbox?.total, mailbox?.unread]
}
const listed = (path: string, values: Partial<ListedMailbox> = {}): ListedMailbox => ({
  path,
  delimiter: '/',
  selectable: true,
  subscribed: true,
  role: path === 'INBOX' ? 'inbox' : path === 'Archive' ? 'archive' : path === 'Trash' ? 'trash' : 'none',
  status: null,
  ...values,
})
/** Moves and queues the task, as the use case does. */
const move = (ids: readonly MessageId[], toMailboxId: Seeded['archive']) =>
  store.transaction(() => {
    const items = store.messages.moveLocally(ids, toMailboxId)
    return store.tasks.add(seeded.accountId, { kind: 'move', items, toMailboxId })
  })
const mark = (ids: readonly MessageId[], add: string[], remove: string[] = []) =>
  store.transaction(() => {
    store.messages.changeFlags(ids, { add, remove })
    return store.tasks.add(seeded.accountId, { kind: 'set-flags', messageIds: ids, add, remove })
  })

describe('flags', () => {
  test('a flag set here is not taken back by a sync that does not know it yet', () => {
    const [id] = insert(1)
    const task = mark([id!], ['\\Seen'])
    store.messages.applyServerFlags(seeded.inbox, [{ uid: 1, flags: ['\\Flagged', 'work'], modseq: null }])
    expect(store.messages.summaries([id!])[0]).toMatchObject({
      flags: ['seen', 'flagged'],
      keywords: ['work'],
      pending: true,
    })
    store.tasks.setState(task, 'done', {})
    expect(store.messages.summaries([id!])[0]).toMatchObject({ flags: ['seen', 'flagged'], pending: false })
    store.messages.applyServerFlags(seeded.inbox, [{ uid: 1, flags: [], modseq: null }])
    expect(flagsOf(id!)).toEqual([])
  })

  test('a discarded change goes back to what the server has', () => {
    const [id] = insert(1)
    const first = mark([id!], ['\\Seen'])
    mark([id!], ['\\Flagged'])
    store.messages.applyServerFlags(seeded.inbox, [{ uid: 1, flags: ['\\Answered'], modseq: null }])
    store.tasks.setState(first, 'failed', { problem: { code: 'server-refused', detail: 'NO' } })
    store.tasks.remove(first)
    expect(flagsOf(id!)).toEqual(['flagged', 'answered'])
    expect(counts('INBOX')).toEqual([1, 1])
  })

  test('only what really changed is told, under IMAP names, for undo', () => {
    const [one, two] = insert(1, 2)
    store.messages.changeFlags([one!], { add: ['\\Seen', '$Forwarded'], remove: [] })
    expect(store.messages.changeFlags([one!, two!], { add: ['\\Seen'], remove: [] })).toEqual([
      { id: two, added: ['\\Seen'], removed: [] },
    ])
    expect(store.messages.exportFlags(one!)).toEqual(['\\Seen', '$Forwarded'])
    expect(counts('INBOX')).toEqual([2, 0])
  })
})

describe('moves', () => {
  test('a message moved here does not come back while the server still has it in the old place', () => {
    const [id] = insert(1, 2)
    const task = move([id!], seeded.archive)
    expect(store.messages.knownUids(seeded.inbox)).toEqual([1, 2])
    expect(insert(1, 2)).toEqual([])
    store.messages.removeUids(seeded.inbox, [1])
    expect(store.messages.location(id!)).toMatchObject({ mailboxId: seeded.archive, uid: null })
    expect([counts('INBOX'), counts('Archive')]).toEqual([
      [1, 1],
      [1, 1],
    ])

    const { payload } = store.tasks.get(task)!
    store.tasks.setState(task, 'done', {})
    store.messages.setUid(id!, 50)
    store.messages.releaseUids(payload?.kind === 'move' ? payload.items : [])
    expect(store.messages.knownUids(seeded.inbox)).toEqual([2])
    expect(
      store.messages.insertHeaders(seeded.archive, [newMessage(50, { messageIdHeader: 'm1@example.net' })]),
    ).toEqual([])
  })

  test('a moved message that arrives in the new place is the same message, with its body', () => {
    const [id] = insert(1)
    store.messages.storeBodies([{ id: id!, raw: bytes('whole'), parsed: parsed('whole') }])
    move([id!], seeded.archive)
    const arrived = newMessage(9, { messageIdHeader: 'm1@example.net' }, { flags: ['\\Seen'] })
    expect(store.messages.insertHeaders(seeded.archive, [arrived])).toEqual([id])
    expect(store.messages.location(id!)?.uid).toBe(9)
    expect(store.messages.summaries([id!])[0]).toMatchObject({ bodyState: 'whole', flags: ['seen'] })
    expect(counts('Archive')).toEqual([1, 0])
  })

  test('the same Message-ID with another size is another message', () => {
    const [id] = insert(1)
    move([id!], seeded.archive)
    const other = newMessage(9, { messageIdHeader: 'm1@example.net' }, { sizeBytes: 1001 })
    expect(store.messages.insertHeaders(seeded.archive, [other])).not.toEqual([id])
    expect(counts('Archive')).toEqual([2, 2])
  })

  test('a UID that sync met first does not make two of one message', () => {
    const [id] = insert(1)
    move([id!], seeded.archive)
    const [twin] = store.messages.insertHeaders(seeded.archive, [
      newMessage(9, { messageIdHeader: 'm1@example.net' }, { sizeBytes: 1001 }),
    ])
    store.messages.setUid(id!, 9)
    expect(store.messages.location(twin!)).toBeNull()
    expect(counts('Archive')).toEqual([1, 1])
  })

  test('moved on before the first move is done: the second starts where the first ended', () => {
    const [id] = insert(1)
    const first = move([id!], seeded.archive)
    const second = move([id!], seeded.trash)
    expect(store.tasks.next(seeded.accountId, clock.now())?.id).toBe(first)
    store.tasks.setState(first, 'done', {})
    store.messages.setUid(id!, 50)
    expect(store.messages.location(id!)).toMatchObject({ mailboxId: seeded.trash, uid: null })
    expect(store.tasks.get(second)?.payload).toMatchObject({
      items: [{ fromMailboxId: seeded.archive, fromUid: 50 }],
    })
    expect(store.messages.knownUids(seeded.archive)).toEqual([50])
  })

  test('... also when the server does not tell the UID and sync finds it in between', () => {
    const [id] = insert(1)
    const first = move([id!], seeded.archive)
    const second = move([id!], seeded.trash)
    store.tasks.setState(first, 'done', {})
    expect(
      store.messages.insertHeaders(seeded.archive, [newMessage(51, { messageIdHeader: 'm1@example.net' })]),
    ).toEqual([])
    expect(store.tasks.get(second)?.payload).toMatchObject({ items: [{ fromUid: 51 }] })
  })

  test('a discarded move puts the message back where it was', () => {
    const [id] = insert(1)
    store.tasks.remove(move([id!], seeded.archive))
    expect(store.messages.location(id!)).toMatchObject({ mailboxId: seeded.inbox, uid: 1 })
    expect(store.messages.knownUids(seeded.inbox)).toEqual([1])
    expect([counts('INBOX'), counts('Archive')]).toEqual([
      [1, 1],
      [0, 0],
    ])
  })

  test('the first of two moves discarded leaves one move from the start to the end', () => {
    const [id] = insert(1)
    const first = move([id!], seeded.archive)
    const second = move([id!], seeded.trash)
    store.tasks.remove(first)
    expect(store.tasks.get(second)?.payload).toMatchObject({
      items: [{ fromMailboxId: seeded.inbox, fromUid: 1 }],
    })
    expect(store.messages.knownUids(seeded.inbox)).toEqual([1])
    store.tasks.remove(second)
    expect(store.messages.location(id!)).toMatchObject({ mailboxId: seeded.inbox, uid: 1 })
  })
})

describe('removing', () => {
  test('a message removed for good stays away until the server has done it', () => {
    const [id] = insert(1, 2)
    const items = store.messages.removeLocally([id!])
    expect(items).toEqual([{ fromMailboxId: seeded.inbox, fromUid: 1, messageIdHeader: 'm1@example.net' }])
    expect(insert(1)).toEqual([])
    store.messages.releaseUids(items)
    expect(insert(1)).toHaveLength(1)
  })

  test('removed while its move waits: the move is withdrawn and the server copy is named for removal', () => {
    const [id, other] = insert(1, 2)
    const task = move([id!, other!], seeded.trash)
    expect(store.messages.removeLocally([id!])).toEqual([
      { fromMailboxId: seeded.inbox, fromUid: 1, messageIdHeader: 'm1@example.net' },
    ])
    expect(store.tasks.get(task)?.payload).toMatchObject({ items: [{ messageId: other }] })
    expect(insert(1)).toEqual([])
  })

  test('a discarded removal asks the server for the messages again', () => {
    const [id] = insert(1)
    store.mailboxes.saveSyncState(seeded.inbox, {
      uidValidity: 7,
      uidNext: 2,
      highestModseq: '99',
      headersComplete: true,
      syncedAtMs: 1,
    })
    const items = store.messages.removeLocally([id!])
    store.tasks.remove(store.tasks.add(seeded.accountId, { kind: 'expunge', items }))
    expect(store.messages.knownUids(seeded.inbox)).toEqual([])
    expect(store.mailboxes.row(seeded.inbox)).toMatchObject({ highestModseq: null, headersComplete: false })
  })
})

describe('UIDVALIDITY', () => {
  test('a change keeps the bodies of what is still there and drops the rest', () => {
    const [one, two] = insert(1, 2)
    store.messages.storeBodies([{ id: one!, raw: bytes('kept'), parsed: parsed('kept') }])
    const appended = store.messages.insertLocal(seeded.inbox, {
      ...newMessage(null, { messageIdHeader: 'mine@x' }),
      raw: bytes('mine'),
      parsed: parsed('mine'),
    })
    store.tasks.add(seeded.accountId, {
      kind: 'append',
      messageId: appended,
      mailboxId: seeded.inbox,
      flags: [],
      replacesUid: null,
    })
    store.mailboxes.forgetUids(seeded.inbox)
    expect(store.messages.knownUids(seeded.inbox)).toEqual([])
    expect(
      store.messages.insertHeaders(seeded.inbox, [newMessage(101, { messageIdHeader: 'm1@example.net' })]),
    ).toEqual([one])
    expect(store.mailboxes.dropUnmatched(seeded.inbox)).toBe(1)
    expect(Buffer.from(store.messages.raw(one!)!).toString()).toBe('kept')
    expect(store.messages.location(two!)).toBeNull()
    expect(store.messages.location(appended)).not.toBeNull()
  })

  test('a waiting move never uses a UID of before', () => {
    const [id] = insert(1)
    const task = move([id!], seeded.archive)
    store.mailboxes.forgetUids(seeded.inbox)
    expect(store.tasks.get(task)?.payload).toMatchObject({ items: [{ fromUid: null }] })
    expect(
      store.messages.insertHeaders(seeded.inbox, [newMessage(33, { messageIdHeader: 'm1@example.net' })]),
    ).toEqual([])
    expect(store.tasks.get(task)?.payload).toMatchObject({ items: [{ fromUid: 33 }] })
  })

  test('messages without a Message-ID are matched by size and arrival time', () => {
    const bare = { messageIdHeader: '' }
    const [id] = store.messages.insertHeaders(seeded.inbox, [
      newMessage(1, bare, { sizeBytes: 77, internalDateMs: 5000 }),
    ])
    store.mailboxes.forgetUids(seeded.inbox)
    const other = store.messages.insertHeaders(seeded.inbox, [
      newMessage(8, bare, { sizeBytes: 77, internalDateMs: 6000 }),
    ])
    expect(other).not.toEqual([id])
    expect(
      store.messages.insertHeaders(seeded.inbox, [
        newMessage(9, bare, { sizeBytes: 77, internalDateMs: 5000 }),
      ]),
    ).toEqual([id])
  })
})

describe('listings', () => {
  const base = [listed('INBOX'), listed('Archive'), listed('Trash')]

  test('an empty listing removes nothing, and one missing answer neither', () => {
    insert(1)
    store.mailboxes.applyListing(seeded.accountId, [])
    store.mailboxes.applyListing(seeded.accountId, [])
    store.mailboxes.applyListing(seeded.accountId, [listed('Archive'), listed('Trash')])
    expect(store.mailboxes.row(seeded.inbox)?.missingCount).toBe(1)
    store.mailboxes.applyListing(seeded.accountId, base)
    expect(store.mailboxes.row(seeded.inbox)?.missingCount).toBe(0)
    store.mailboxes.applyListing(seeded.accountId, [listed('Archive'), listed('Trash')])
    expect(
      store.mailboxes.applyListing(seeded.accountId, [listed('Archive'), listed('Trash')]).removed,
    ).toEqual([seeded.inbox])
    expect(store.mailboxes.row(seeded.inbox)).toBeNull()
  })

  test('a mailbox that is gone keeps mail that is only here', () => {
    const id = store.messages.insertLocal(seeded.trash, {
      ...newMessage(null),
      raw: bytes('mine'),
      parsed: parsed('mine'),
    })
    for (let times = 0; times < 3; times += 1)
      store.mailboxes.applyListing(seeded.accountId, [listed('INBOX'), listed('Archive')])
    expect(store.mailboxes.row(seeded.trash)?.selectable).toBe(false)
    expect(store.messages.raw(id)).not.toBeNull()
  })

  test('a renamed mailbox keeps its id and bodies, with everything below it', () => {
    const { added } = store.mailboxes.applyListing(seeded.accountId, [
      ...base,
      listed('Work'),
      listed('Work/Old'),
    ])
    const [work, old] = added
    const [id] = store.messages.insertHeaders(old!, [newMessage(4)])
    store.messages.storeBodies([{ id: id!, raw: bytes('kept'), parsed: parsed('kept') }])
    const result = store.mailboxes.applyListing(seeded.accountId, [...base, listed('Job'), listed('Job/Old')])
    expect(result).toEqual({ added: [], removed: [], renamed: [work, old] })
    expect(store.mailboxes.row(old!)).toMatchObject({ path: 'Job/Old', uidValidity: null })
    expect(store.messages.insertHeaders(old!, [newMessage(4)])).toEqual([id])
    store.mailboxes.saveSyncState(old!, {
      uidValidity: 1,
      uidNext: 5,
      highestModseq: null,
      headersComplete: true,
      syncedAtMs: 1,
    })
    expect(store.messages.raw(id!)).not.toBeNull()
  })

  test('a wrong guess of a rename shows no foreign mail', () => {
    const {
      added: [work],
    } = store.mailboxes.applyListing(seeded.accountId, [...base, listed('Work')])
    const [id] = store.messages.insertHeaders(work!, [newMessage(4)])
    store.mailboxes.applyListing(seeded.accountId, [...base, listed('Other')])
    const [other] = store.messages.insertHeaders(work!, [newMessage(4, { messageIdHeader: 'other@x' })])
    expect(other).not.toBe(id)
    store.mailboxes.saveSyncState(work!, {
      uidValidity: 1,
      uidNext: 5,
      highestModseq: null,
      headersComplete: true,
      syncedAtMs: 1,
    })
    expect(store.messages.location(id!)).toBeNull()
  })

  test('two candidates are no rename', () => {
    store.mailboxes.applyListing(seeded.accountId, [...base, listed('A'), listed('B')])
    const result = store.mailboxes.applyListing(seeded.accountId, [...base, listed('C'), listed('D')])
    expect(result.renamed).toEqual([])
    expect(result.added).toHaveLength(2)
  })

  test('open local changes win over the listing', () => {
    const made = store.mailboxes.create({
      accountId: seeded.accountId,
      path: 'New',
      delimiter: '/',
      role: 'none',
    })
    store.tasks.add(seeded.accountId, { kind: 'create-mailbox', mailboxId: made.id })
    store.mailboxes.rename(seeded.archive, 'Attic')
    store.tasks.add(seeded.accountId, {
      kind: 'rename-mailbox',
      mailboxId: seeded.archive,
      oldPath: 'Archive',
      newPath: 'Attic',
    })
    store.mailboxes.remove(seeded.trash)
    store.tasks.add(seeded.accountId, { kind: 'delete-mailbox', accountId: seeded.accountId, path: 'Trash' })
    for (let times = 0; times < 3; times += 1) {
      expect(store.mailboxes.applyListing(seeded.accountId, base)).toEqual({
        added: [],
        removed: [],
        renamed: [],
      })
    }
    expect(store.mailboxes.rows(seeded.accountId).map(row => row.path)).toEqual(['Attic', 'INBOX', 'New'])
  })

  test('hostile names are safe to show, and a listing without end is refused', () => {
    store.mailboxes.applyListing(seeded.accountId, [
      ...base,
      listed('A/\u202egnp.exe\u0007\nB'),
      listed('\u200b'),
    ])
    expect(store.mailboxes.list().map(mailbox => mailbox.name)).toEqual(
      expect.arrayContaining(['gnp.exeB', '\ufffd']),
    )
    expect(() =>
      store.mailboxes.applyListing(
        seeded.accountId,
        Array.from({ length: 10_001 }, (_, position) => listed(`x${position}`)),
      ),
    ).toThrow('protocol-violation')
  })
})

describe('conversations', () => {
  test('replies are one conversation across mailboxes, in whatever order they come', () => {
    const reply = newMessage(3, { messageIdHeader: 'c', inReplyTo: 'b', references: ['a', 'b'] })
    const [third] = store.messages.insertHeaders(seeded.inbox, [reply])
    const [first] = store.messages.insertHeaders(seeded.archive, [newMessage(1, { messageIdHeader: 'a' })])
    const [second] = store.messages.insertHeaders(seeded.trash, [
      newMessage(2, { messageIdHeader: 'b', inReplyTo: 'a' }),
    ])
    expect(
      store.messages
        .thread(third!)
        .map(message => message.id)
        .sort(),
    ).toEqual([first, second, third].sort())
    expect(store.messages.summaries([first!])[0]?.threadCount).toBe(3)
  })

  test('of a conversation of 1,200 those nearest to the message asked for are answered, itself always', () => {
    const ids = store.messages.insertHeaders(
      seeded.inbox,
      Array.from({ length: 1200 }, (_, n) =>
        newMessage(n + 1, { messageIdHeader: `m${n}`, ...(n === 0 ? {} : { references: ['m0'] }) }),
      ),
    )
    const at = (n: number) => ids[n] as (typeof ids)[number]
    const shown = (n: number) => store.messages.thread(at(n)).map(message => message.id)
    for (const n of [0, 600, 1199]) {
      expect(shown(n)).toHaveLength(1000)
      expect(shown(n)).toContain(at(n))
    }
    const dates = store.messages.thread(at(600)).map(message => message.dateMs)
    expect(dates).toEqual(dates.toSorted((one, other) => one - other))
    // Everything is reached by opening the first or the last of what is shown.
    expect(new Set([...shown(0), ...shown(1199)]).size).toBe(1200)
    expect(store.messages.summaries([at(3)])[0]?.threadCount).toBe(1200)
  })

  test('a late link joins two conversations', () => {
    const [one] = store.messages.insertHeaders(seeded.inbox, [newMessage(1, { messageIdHeader: 'x' })])
    const [two] = store.messages.insertHeaders(seeded.inbox, [newMessage(2, { messageIdHeader: 'y' })])
    expect(store.messages.threadId(one!)).not.toBe(store.messages.threadId(two!))
    store.messages.insertHeaders(seeded.inbox, [
      newMessage(3, { messageIdHeader: 'z', references: ['x', 'y'] }),
    ])
    expect(store.messages.threadId(one!)).toBe(store.messages.threadId(two!))
  })

  test('strangers with one subject stay apart, and so do accounts', () => {
    const [one, two] = insert(1, 2)
    expect(store.messages.threadId(one!)).not.toBe(store.messages.threadId(two!))
    const other = seedAccount(store)
    const [copy] = store.messages.insertHeaders(other.inbox, [newMessage(1)])
    expect(store.messages.threadId(copy!)).not.toBe(store.messages.threadId(one!))
  })
})

describe('bodies', () => {
  test('what the window wants comes newest first, and a large text-only message counts as not whole', () => {
    const ids = store.messages.insertHeaders(
      seeded.inbox,
      [1, 2, 3].map(uid => newMessage(uid, {}, { internalDateMs: uid * 1000, sizeBytes: uid * 1000 })),
    )
    store.messages.storeText(ids[0]!, parsed('only text', {}, { snippet: 'only' }))
    expect(store.messages.storedText(ids[0]!)?.text).toBe('only text')
    const wanted = store.messages.bodiesWanted(seeded.inbox, { limit: 10, maxBytes: 2500, sinceMs: null })
    expect(wanted).toEqual([
      { id: ids[1], uid: 2, sizeBytes: 2000, bodyState: 'header' },
      { id: ids[0], uid: 1, sizeBytes: 1000, bodyState: 'text' },
    ])
    expect(
      store.messages.bodiesWanted(seeded.inbox, { limit: 10, maxBytes: 9999, sinceMs: 3000 }),
    ).toHaveLength(1)
    store.messages.storeBodies([{ id: ids[0]!, raw: bytes('whole now'), parsed: parsed('whole now') }])
    expect(store.messages.storedText(ids[0]!)).toBeNull()
    expect(store.messages.search('only', { mailboxId: null, limit: 5 }).total).toBe(0)
    expect(store.messages.search('whole', { mailboxId: null, limit: 5 }).total).toBe(1)
    expect(store.check().filter(finding => finding.outcome !== 'ok')).toEqual([])
  })

  test('a message removed while its bytes were on the way is no error', () => {
    const [id] = insert(1)
    store.messages.removeUids(seeded.inbox, [1])
    expect(() =>
      store.messages.storeBodies([{ id: id!, raw: bytes('late'), parsed: parsed('late') }]),
    ).not.toThrow()
    expect(store.messages.raw(id!)).toBeNull()
  })

  test('every byte comes back, compressed or not', () => {
    const [id] = insert(1)
    for (const raw of [
      new Uint8Array(),
      bytes('short'),
      bytes('a'.repeat(100_000)),
      Uint8Array.from({ length: 70_000 }, (_, position) => (position * position) & 255),
    ]) {
      store.messages.storeBodies([{ id: id!, raw, parsed: parsed('') }])
      expect(Buffer.from(store.messages.raw(id!)!).equals(raw)).toBe(true)
    }
  })
})
