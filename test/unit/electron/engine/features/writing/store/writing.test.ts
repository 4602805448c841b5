import { beforeEach, describe, expect, test } from 'vitest'
import {
  contentOf,
  factsOf,
  originOf,
} from '../../../../../../../electron/engine/features/writing/store/draft-content'
import type { Store, UndoEntry } from '../../../../../../../electron/engine/ports/store'
import { noChoice } from '../../../../../../../shared/features/writing/protection'
import type { DraftId, MailboxId, MessageId } from '../../../../../../../shared/kit/ids'
import { defaultSettings } from '../../../../../../../shared/kit/status'
import {
  bytes,
  freshStore,
  newMessage,
  noTraces,
  openAt,
  parsed,
  type Seeded,
  seedAccount,
} from '../../../store/support'

let store: Store
let seeded: Seeded
let directory: string
let clock: ReturnType<typeof freshStore>['clock']

beforeEach(() => {
  ;({ store, directory, clock } = freshStore())
  seeded = seedAccount(store)
})

const content = (text: string) => ({
  accountId: seeded.accountId,
  to: [{ name: '', address: 'half typ' }],
  cc: [],
  bcc: [],
  subject: 'S',
  text,
  html: null,
  protection: noChoice,
})
const create = (text = 'one') =>
  store.drafts.create({
    content: content(text),
    relation: null,
    serverMessageId: null,
    origin: { touched: true, start: null },
  })
/** As it is opened for a new message: nobody wrote anything yet. */
const open = (text = '') =>
  store.drafts.create({ content: content(text), relation: null, serverMessageId: null })
const enqueue = (draftId: DraftId | null, notBeforeMs = 0) =>
  store.outbox.enqueue({
    accountId: seeded.accountId,
    draftId,
    messageIdHeader: 'o@x',
    subject: 'S',
    raw: bytes('RAW'),
    sentCopy: bytes('COPY'),
    envelope: { from: 'anna@example.org', to: ['b@x', 'c@x'] },
    notBeforeMs,
  })

describe('drafts', () => {
  test('a save from an old state is refused, the newer text stays', () => {
    const draft = create()
    expect(store.drafts.save(draft.id, content('two'), 0).revision).toBe(1)
    expect(() => store.drafts.save(draft.id, content('stale'), 0)).toThrow('conflict')
    expect(store.drafts.get(draft.id)?.content.text).toBe('two')
  })

  test('what is on the server is told, and a new attachment makes it old again', () => {
    const draft = create()
    expect(store.drafts.uploadsWanted(clock.now()).map(found => found.id)).toEqual([draft.id])
    expect(store.drafts.uploadsWanted(clock.now() - 1)).toEqual([])
    const messageId = store.messages.insertLocal(seeded.inbox, {
      ...newMessage(null),
      raw: bytes('d'),
      parsed: parsed('d'),
    })
    const task = store.tasks.add(seeded.accountId, {
      kind: 'append',
      messageId,
      mailboxId: seeded.inbox,
      flags: ['\\Draft'],
      replacesUid: null,
    })
    store.drafts.markUploaded(draft.id, 0, messageId)
    expect(store.drafts.get(draft.id)?.serverState).toBe('uploading')
    store.tasks.setState(task, 'failed', {})
    expect(store.drafts.get(draft.id)?.serverState).toBe('failed')
    store.tasks.setState(task, 'done', {})
    expect(store.drafts.get(draft.id)?.serverState).toBe('uploaded')
    expect(store.drafts.byServerMessage(messageId)?.id).toBe(draft.id)
    expect(store.drafts.uploadsWanted(clock.now())).toEqual([])
    const attachment = store.drafts.addAttachment(draft.id, {
      fileName: 'a',
      contentType: 'b/c',
      bytes: bytes('bytes'),
      traces: noTraces,
    })
    expect(store.drafts.uploadsWanted(clock.now())).toHaveLength(1)
    expect(store.drafts.get(draft.id)?.attachments).toEqual([attachment])
    store.drafts.removeAttachment(draft.id, attachment.id)
    expect(store.drafts.attachmentBytes(attachment.id)).toBeNull()
  })

  test('what nobody touched is not for the server; a word is, and taking it back is as never written', () => {
    const { id } = open()
    const wanted = () => store.drafts.uploadsWanted(clock.now()).map(found => found.id)
    expect([wanted(), store.drafts.untouched()]).toEqual([[], [id]])
    // The same content with its keys in another order, or as formatted text, is no word.
    const { text, ...rest } = content('')
    expect(store.drafts.save(id, { text, ...rest, html: '<p></p>' }, 0).touched).toBe(false)
    expect(store.drafts.save(id, content('word'), 1).touched).toBe(true)
    expect([wanted(), store.drafts.untouched()]).toEqual([[id], []])
    expect(store.drafts.save(id, content(' \n'), 2).touched).toBe(false)
    expect(store.drafts.save(id, { ...content(''), subject: 'T' }, 3).touched).toBe(true)
    expect(store.drafts.save(id, { ...content(''), to: [] }, 4).touched).toBe(true)
  })

  test('a file of the writer is a touch for good, one that was copied is none', () => {
    const file = { fileName: 'a', contentType: 'b/c', bytes: bytes('bytes'), traces: noTraces }
    const draft = open()
    store.drafts.addAttachment(draft.id, { ...file, isCopied: true })
    expect(store.drafts.get(draft.id)?.touched).toBe(false)
    const { id } = store.drafts.addAttachment(draft.id, file)
    expect(store.drafts.get(draft.id)?.touched).toBe(true)
    store.drafts.removeAttachment(draft.id, id)
    expect(store.drafts.save(draft.id, content(''), 0).touched).toBe(true)
  })

  test('of a draft of another program any change counts, and the same again is none', () => {
    const { id } = store.drafts.create({
      content: content('theirs'),
      relation: null,
      serverMessageId: null,
      origin: { start: null },
    })
    expect(store.drafts.save(id, content('theirs'), 0).touched).toBe(false)
    expect(store.drafts.save(id, { ...content('theirs'), html: '<p><b>theirs</b></p>' }, 1).touched).toBe(
      true,
    )
    expect(store.drafts.save(id, content('theirs'), 2).touched).toBe(true)
  })

  test('what was filled in for the writer is where it starts; what was meant to be kept stays', () => {
    const link = open()
    expect(store.drafts.save(link.id, content('from a link'), 0, 'start').touched).toBe(false)
    expect(store.drafts.save(link.id, content('from a link!'), 1).touched).toBe(true)
    const kept = open()
    expect(store.drafts.save(kept.id, content(''), 0, 'kept').touched).toBe(true)
  })

  test('a draft of before this was kept counts as written, and unreadable facts of one file cost no other file theirs', () => {
    const image = { kind: 'image', removableBytes: 9, location: true }
    const stored = JSON.stringify({
      ...content('old'),
      attachmentFacts: {
        1: { originalName: 7, traces: image, keepsTraces: false },
        2: { originalName: null, traces: image, keepsTraces: true },
        3: 'x'.repeat(5000),
      },
    })
    expect(originOf(stored)).toMatchObject({ touched: true, start: null, unprotected: null })
    expect(factsOf(stored)).toEqual({
      2: { originalName: null, traces: image, keepsTraces: true, contentId: null },
    })
    expect(contentOf(stored)).toEqual(content('old'))
  })

  test('the answered message may go, the answer stays', () => {
    const [id] = store.messages.insertHeaders(seeded.inbox, [newMessage(1)])
    const draft = store.drafts.create({
      content: content('re'),
      relation: { kind: 'reply', messageId: id! },
      serverMessageId: null,
    })
    store.messages.removeUids(seeded.inbox, [1])
    expect(store.drafts.get(draft.id)?.relation).toEqual({ kind: 'reply', messageId: null })
  })
})

describe('outbox', () => {
  test('a message waits, is sent, and leaves its row but neither bytes nor draft', () => {
    const draft = create()
    const item = enqueue(draft.id, 1000)
    expect(item).toMatchObject({
      state: 'queued',
      recipients: ['b@x', 'c@x'],
      attempts: 0,
      nextAttemptAtMs: 1000,
    })
    expect([store.outbox.due(999), store.outbox.due(1000)]).toEqual([[], [item.id]])
    expect(store.drafts.uploadsWanted(clock.now())).toEqual([])
    store.outbox.setState(item.id, 'sending', { countAttempt: true })
    expect(store.outbox.due(9999)).toEqual([])
    expect(store.drafts.get(draft.id)).not.toBeNull()
    store.outbox.setState(item.id, 'sent', { sentAtMs: 5, problem: null })
    expect(Buffer.from(store.outbox.sentCopy(item.id)!).toString()).toBe('COPY')
    store.outbox.finish(item.id)
    expect(store.outbox.sentCopy(item.id)).toBeNull()
    expect(store.drafts.get(draft.id)).toBeNull()
    expect(store.outbox.list()).toMatchObject([{ state: 'sent', attempts: 1, sentAtMs: 5 }])
  })

  test('a message that was being sent when the program ended is named at the next start', () => {
    const item = enqueue(null)
    enqueue(null)
    store.outbox.setState(item.id, 'sending', {})
    expect(store.outbox.interrupted()).toEqual([])
    store.close()
    const again = openAt(directory).store
    expect(again.outbox.interrupted()).toEqual([item.id])
    again.outbox.setState(item.id, 'unknown', { problem: { code: 'send-unknown', detail: '' } })
    expect(again.outbox.interrupted()).toEqual([])
    again.close()
  })
})

describe('tasks', () => {
  const flags = (ids: readonly MessageId[]) =>
    store.tasks.add(seeded.accountId, { kind: 'set-flags', messageIds: ids, add: ['\\Seen'], remove: [] })
  const next = () => store.tasks.next(seeded.accountId, clock.now())?.id

  test('a change that waits holds back those of the same message, not the others', () => {
    const [one, two] = store.messages.insertHeaders(seeded.inbox, [newMessage(1), newMessage(2)])
    const first = flags([one!])
    flags([one!])
    const other = flags([two!])
    expect(next()).toBe(first)
    store.tasks.setState(first, 'waiting', { nextAttemptAtMs: clock.now() + 1000, countAttempt: true })
    expect(next()).toBe(other)
    store.tasks.setState(other, 'done', {})
    expect(next()).toBeUndefined()
    clock.advance(1000)
    expect(next()).toBe(first)
    store.tasks.setState(first, 'failed', { problem: { code: 'server-refused', detail: 'NO' } })
    expect(next()).toBeUndefined()
    expect(store.tasks.list()).toMatchObject([
      { id: first, state: 'failed', attempts: 1, problem: { code: 'server-refused' } },
      { state: 'queued' },
    ])
    expect(store.tasks.countOpen(seeded.accountId)).toBe(2)
  })

  test('a mailbox is created before anything is moved into it', () => {
    const [id] = store.messages.insertHeaders(seeded.inbox, [newMessage(1)])
    const made = store.mailboxes.create({
      accountId: seeded.accountId,
      path: 'New',
      delimiter: '/',
      role: 'none',
    }).id
    const creation = store.tasks.add(seeded.accountId, { kind: 'create-mailbox', mailboxId: made })
    store.tasks.add(seeded.accountId, {
      kind: 'move',
      items: store.messages.moveLocally([id!], made),
      toMailboxId: made,
    })
    store.tasks.setState(creation, 'waiting', { nextAttemptAtMs: clock.now() + 1 })
    expect(next()).toBeUndefined()
  })

  test('a task that ran when the program was killed runs again', () => {
    const [id] = store.messages.insertHeaders(seeded.inbox, [newMessage(1)])
    const task = flags([id!])
    store.tasks.setState(task, 'running', {})
    expect(next()).toBeUndefined()
    expect(() => store.tasks.remove(task)).toThrow('conflict')
    store.close()
    const again = openAt(directory).store
    expect(again.tasks.next(seeded.accountId, clock.now())?.id).toBe(task)
    again.close()
  })

  test('the last fifty commands can be undone, the newest first', () => {
    for (let count = 0; count < 60; count += 1)
      store.tasks.addUndo({
        label: `${count}`,
        inverse: { kind: 'flags', groups: [{ ids: [1 as MessageId], add: [`${count}`], remove: [] }] },
      })
    for (let count = 59; count >= 10; count -= 1)
      expect(store.tasks.takeUndo(null)).toMatchObject({ groups: [{ add: [`${count}`] }] })
    expect(store.tasks.takeUndo(null)).toBeNull()
  })

  test('a command of an older version can be taken back as well', () => {
    const older = {
      kind: 'flags',
      items: [{ id: 7, before: ['\\Flagged'] }],
      changed: ['\\Seen', '\\Flagged'],
    } as unknown as UndoEntry
    store.tasks.addUndo({ label: 'flags', inverse: older })
    expect(store.tasks.takeUndo(null)).toEqual({
      kind: 'flags',
      groups: [{ ids: [7], add: ['\\Flagged'], remove: ['\\Seen'] }],
    })
  })

  test('the next one is found behind many that wait, in order, also across changes to mailboxes', () => {
    const ids = store.messages.insertHeaders(
      seeded.inbox,
      Array.from({ length: 40 }, (_, index) => newMessage(index + 1)),
    )
    const held = ids.slice(0, 30)
    const first = flags(held)
    for (const id of held) flags([id])
    const free = flags(ids.slice(30, 31))
    store.tasks.setState(first, 'failed', {})
    expect(next()).toBe(free)
    const made = store.mailboxes.create({
      accountId: seeded.accountId,
      path: 'New',
      delimiter: '/',
      role: 'none',
    }).id
    const creation = store.tasks.add(seeded.accountId, { kind: 'create-mailbox', mailboxId: made })
    const into = store.tasks.add(seeded.accountId, {
      kind: 'move',
      items: store.messages.moveLocally(ids.slice(31, 33), made),
      toMailboxId: made,
    })
    const renamed = { mailboxId: made, oldPath: 'New', newPath: 'Newer' }
    const renaming = store.tasks.add(seeded.accountId, { kind: 'rename-mailbox', ...renamed })
    const order = [free, creation, into, renaming]
    for (const task of order) {
      expect(next()).toBe(task)
      store.tasks.setState(task, 'running', {})
      // What runs is not begun again, and what depends on it waits for its end.
      if (task === creation || task === into) expect(next()).toBeUndefined()
      store.tasks.setState(task, 'done', {})
    }
    expect(next()).toBeUndefined()
    store.tasks.setState(first, 'queued', {})
    expect(next()).toBe(first)
  })
})

describe('changes and transactions', () => {
  test('a transaction of which a part failed leaves nothing, also when the error was caught', () => {
    const ids = store.messages.insertHeaders(seeded.inbox, [newMessage(1)])
    const caught = () =>
      store.transaction(() => {
        store.messages.changeFlags(ids, { add: ['\\Seen'], remove: [] })
        try {
          store.messages.moveLocally(ids, 999_999 as MailboxId)
        } catch {
          // The transaction is lost all the same.
        }
      })
    expect(caught).toThrow('a part of this transaction failed')
    expect(store.messages.exportFlags(ids[0]!)).toEqual([])
    store.transaction(() => store.messages.changeFlags(ids, { add: ['\\Seen'], remove: [] }))
    expect(store.messages.exportFlags(ids[0]!)).toEqual(['\\Seen'])
  })

  test('changes are told once, after the commit, and not at all when it fails', async () => {
    const told: [string, readonly (string | number)[] | null, string][] = []
    const turn = () => new Promise(resolve => setImmediate(() => setImmediate(resolve)))
    await turn()
    store.onChange((entity, ids, kind) => told.push([entity, ids, kind]))
    const ids = store.transaction(() =>
      store.messages.insertHeaders(seeded.inbox, [newMessage(1), newMessage(2)]),
    )
    store.messages.changeFlags(ids, { add: ['\\Seen'], remove: [] })
    expect(told).toEqual([])
    await turn()
    expect(told).toEqual([
      ['message', ids, 'new'],
      ['message', ids, 'flags'],
      ['mailbox', [seeded.inbox], 'members'],
      ['mailbox', [seeded.inbox], 'unread'],
    ])
    told.length = 0
    expect(() =>
      store.transaction(() => {
        store.messages.changeFlags(ids, { add: ['\\Flagged'], remove: [] })
        throw new Error('stop')
      }),
    ).toThrow('stop')
    await turn()
    expect(told).toEqual([])
    store.settings.set({ offline: true })
    await turn()
    expect(told).toEqual([['settings', null, 'values']])
    expect(store.messages.summaries(ids)[0]?.flags).toEqual(['seen'])
    store.messages.insertHeaders(
      seeded.archive,
      Array.from({ length: 1200 }, (_, position) => newMessage(position + 1, { messageIdHeader: '' })),
    )
    await turn()
    expect(told).toContainEqual(['message', null, 'new'])
  })

  test('settings that nobody changed have their defaults', () => {
    expect(store.settings.get()).toEqual(defaultSettings)
    expect(store.settings.set({ offline: true })).toEqual({ ...defaultSettings, offline: true })
  })

  test('an account that goes takes everything of it along', () => {
    const [id] = store.messages.insertHeaders(seeded.inbox, [newMessage(1)])
    store.messages.storeBodies([{ id: id!, raw: bytes('x'), parsed: parsed('gone words') }])
    create()
    enqueue(null)
    store.accounts.remove(seeded.accountId)
    expect([store.accounts.list(), store.mailboxes.list(), store.drafts.list(), store.outbox.list()]).toEqual(
      [[], [], [], []],
    )
    expect([store.messages.raw(id!), store.accounts.password(seeded.accountId, 'mail')]).toEqual([null, null])
    expect(store.messages.search('gone', { mailboxId: null, limit: 5 }).total).toBe(0)
    expect(store.check().filter(finding => finding.outcome !== 'ok')).toEqual([])
  })
})
