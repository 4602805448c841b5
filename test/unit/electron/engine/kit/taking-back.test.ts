import { mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AccountId, MailboxId } from '../../../../../shared/kit/ids'
import { openTestEngine, type TestEngine } from '../../../../support/engine-in-test'

describe('taking back, and what was handed over', () => {
  let directory: string
  let engine: TestEngine
  let account: AccountId
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'sgu-'))
    engine = await openTestEngine(directory)
    const imap = await engine.call('accounts.add', {
      config: {
        address: 'me@example.org',
        displayName: '',
        services: {
          mail: {
            userName: 'me@example.org',
            imap: { host: '127.0.0.1', port: 1, security: 'tls' },
            smtp: { host: '127.0.0.1', port: 1, security: 'tls' },
            caPem: null,
          },
        },
      },
      password: 'x',
    })
    account = imap.id
    await engine.call('accounts.add', {
      config: { address: 'local', displayName: '', services: {} },
      password: null,
    })
    await engine.call('mailboxes.create', { accountId: account, parentId: null, name: 'Remote' })
  })
  afterEach(async () => {
    await engine.close()
    await rm(directory, { recursive: true, force: true })
  })

  const mailbox = async (path: string): Promise<MailboxId> => {
    const found = (await engine.call('mailboxes.list', {})).find(each => each.path === path)
    if (!found) throw new Error(path)
    return found.id
  }
  const idsIn = async (path: string) =>
    (
      await engine.call('messages.index', {
        mailboxId: await mailbox(path),
        role: null,
        unreadOnly: false,
        flaggedOnly: false,
      })
    ).ids
  const importOne = async (name: string) => {
    const path = join(directory, `${name}.eml`)
    writeFileSync(path, `From: a@example.net\r\nSubject: ${name}\r\nMessage-ID: <${name}@x>\r\n\r\nText\r\n`)
    await engine.call('mail.import', { path, mailboxId: await mailbox('Inbox') })
    const id = (await idsIn('Inbox'))[0]
    if (id === undefined) throw new Error('not imported')
    return id
  }
  const queued = async () => {
    const draft = await engine.call('drafts.create', { mode: 'new', messageId: null, accountId: account })
    const content = { ...draft.content, to: [{ name: '', address: 'you@example.net' }], text: 'first' }
    const saved = await engine.call('drafts.save', { draftId: draft.id, content, revision: draft.revision })
    await engine.call('settings.set', { offline: true })
    const item = await engine.call('outbox.send', { draftId: draft.id })
    return { draft: saved, item }
  }

  test('undoing "read" leaves a star that was set since then', async () => {
    const id = await importOne('one')
    const read = await engine.call('messages.setFlags', { ids: [id], add: ['seen'], remove: [] })
    await engine.call('messages.setFlags', { ids: [id], add: ['flagged'], remove: [] })
    await engine.call('undo.last', { undoId: read.undoId })
    expect((await engine.call('messages.summaries', { ids: [id] }))[0]?.flags).toEqual(['flagged'])
  })

  test('what was marked as read only by looking at it is passed over: the star before it is taken back', async () => {
    const id = await importOne('one')
    await engine.call('messages.setFlags', { ids: [id], add: ['flagged'], remove: [] })
    await engine.call('messages.setFlags', { ids: [id], add: ['seen'], remove: [], undoable: false })
    await engine.call('undo.last', { undoId: null })
    expect((await engine.call('messages.summaries', { ids: [id] }))[0]?.flags).toEqual(['seen'])
  })

  test('taking back a change of many messages is one change, and leaves what was so before', async () => {
    for (const name of ['one', 'two', 'three', 'four']) await importOne(name)
    await engine.call('messages.move', { ids: await idsIn('Inbox'), mailboxId: await mailbox('Remote') })
    const ids = await idsIn('Remote')
    await engine.call('messages.setFlags', { ids: ids.slice(0, 1), add: ['seen', 'flagged'], remove: [] })
    const read = await engine.call('messages.setFlags', { ids, add: ['seen'], remove: ['flagged'] })
    const before = (await engine.call('tasks.list', {})).length
    const undone = await engine.call('undo.last', { undoId: read.undoId })
    const flagsOf = (await engine.call('messages.summaries', { ids })).map(({ flags }) => flags)
    expect({ undone, flagsOf }).toEqual({
      undone: { what: 'message', count: 4 },
      flagsOf: [['seen', 'flagged'], [], [], []],
    })
    // One for those that were unread, one for the one that was starred.
    expect((await engine.call('tasks.list', {})).length - before).toBe(2)
  })

  test('undoing a move to another account leaves one message, where it was', async () => {
    const id = await importOne('two')
    const moved = await engine.call('messages.move', { ids: [id], mailboxId: await mailbox('Remote') })
    expect(await idsIn('Remote')).toHaveLength(1)
    await engine.call('undo.last', { undoId: moved.undoId })
    expect(await idsIn('Inbox')).toEqual([id])
    expect(await idsIn('Remote')).toEqual([])
  })

  test('a move to another account that cannot be done whole changes nothing', async () => {
    const id = await importOne('three')
    await expect(
      engine.call('messages.move', { ids: [id, id], mailboxId: 99_999 as MailboxId }),
    ).rejects.toMatchObject({ code: 'mailbox-missing' })
    expect(await idsIn('Inbox')).toEqual([id])
    expect(await idsIn('Trash')).toEqual([])
  })

  test('what waits in the outbox is not changed under it: the edit would be thrown away with the draft', async () => {
    const { draft, item } = await queued()
    const edit = () =>
      engine.call('drafts.save', {
        draftId: draft.id,
        content: { ...draft.content, text: 'second' },
        revision: draft.revision,
      })
    await expect(edit()).rejects.toMatchObject({ code: 'conflict' })
    await expect(engine.call('drafts.discard', { draftId: draft.id })).rejects.toMatchObject({
      code: 'conflict',
    })
    await engine.call('outbox.cancel', { outboxId: item.id })
    expect((await edit()).content.text).toBe('second')
    await engine.call('drafts.discard', { draftId: draft.id })
    expect(await engine.call('outbox.list', {})).toEqual([])
  })
})
