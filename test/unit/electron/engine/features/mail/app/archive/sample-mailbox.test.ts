import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { MailboxRole } from '../../../../../../../../shared/features/mail/model'
import { openTestEngine, type TestEngine } from '../../../../../../../support/engine-in-test'

describe('working with the sample mailbox, without a network', () => {
  let directory: string
  let engine: TestEngine
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'sgu-'))
    engine = await openTestEngine(directory)
    await engine.call('accounts.addSample', {})
  })
  afterEach(async () => {
    await engine.close()
    await rm(directory, { recursive: true, force: true })
  })

  const mailbox = async (role: MailboxRole) => {
    const found = (await engine.call('mailboxes.list', {})).find(each => each.role === role)
    if (!found) throw new Error(`no ${role}`)
    return found
  }
  const idsIn = async (role: MailboxRole) =>
    (
      await engine.call('messages.index', {
        mailboxId: (await mailbox(role)).id,
        role: null,
        unreadOnly: false,
        flaggedOnly: false,
      })
    ).ids
  const failure = (work: Promise<unknown>) =>
    work.then(
      () => 'no failure',
      (error: { code?: string }) => error.code,
    )

  test('adding it twice gives the same one, and a local account fits beside it', async () => {
    const first = await engine.call('accounts.addSample', {})
    expect((await engine.call('accounts.addSample', {})).id).toBe(first.id)
    await engine.call('accounts.add', {
      config: { address: 'local', displayName: '', services: {} },
      password: null,
    })
    expect((await engine.call('accounts.list', {})).map(each => each.config.address).sort()).toEqual([
      'local',
      'sample',
    ])
  })

  test('it brings a calendar and an address book of its own, once, and they can be deleted whole', async () => {
    await engine.call('accounts.addSample', {})
    const fromMs = Date.now() - 7 * 86_400_000
    const look = async () =>
      (
        await engine.call('events.between', {
          ...{ fromMs, toMs: fromMs + 30 * 86_400_000, zone: 'Europe/Berlin', calendarIds: null },
        })
      ).events
    const events = await look()
    const titled = (title: string) => events.filter(each => each.title === title)
    expect(titled('Chorprobe').length).toBeGreaterThan(2)
    expect(titled('Kyoto')[0]?.days).not.toBeNull()
    expect(titled('Lunch with Tom')).toHaveLength(1)
    expect(titled('Gießplan für den Mai')[0]?.attendees.map(({ name }) => name)).toEqual([
      'Yusuf Demir',
      'Lena Hartmann',
    ])
    // Made of the address book, by the calendar of birthdays.
    await expect
      .poll(async () => (await look()).filter(({ title }) => title.includes('Lena Hartmann')).length)
      .toBe(1)
    expect(events.some(({ hasAlarm }) => hasAlarm)).toBe(false)
    const books = await engine.call('contacts.books', {})
    const book = books.find(({ name }) => name === 'Beispiel · Sample')
    const contacts = await engine.call('contacts.list', { bookId: book?.id ?? null })
    expect(contacts.map(({ name }) => name)).toContain('佐藤 美咲')
    const group = contacts.find(({ kind }) => kind === 'group')
    expect(await engine.call('contacts.members', { group: group?.id ?? 'none' })).toEqual([
      { name: 'Lena Hartmann', address: 'lena.hartmann@example.com' },
      { name: 'Yusuf Demir', address: 'yusuf.demir@example.net' },
    ])
    const calendar = (await engine.call('calendars.list', {})).find(
      ({ name }) => name === 'Beispiel · Sample',
    )
    if (calendar) await engine.call('calendars.remove', { calendarId: calendar.id })
    if (book) await engine.call('contacts.removeBook', { bookId: book.id })
    await expect.poll(look).toEqual([])
  })

  test('archive, delete and marks can each be taken back, newest first', async () => {
    const [first, second, third] = await idsIn('inbox')
    if (!first || !second || !third) throw new Error('the sample is too small')
    const before = await engine.call('messages.summaries', { ids: [first, second, third] })
    await engine.call('messages.archive', { ids: [first] })
    await engine.call('messages.delete', { ids: [second] })
    await engine.call('messages.setFlags', { ids: [third], add: ['flagged', 'seen'], remove: [] })
    expect(await idsIn('inbox')).not.toContain(first)
    expect(await idsIn('trash')).toContain(second)
    for (let at = 0; at < 3; at += 1) await engine.call('undo.last', { undoId: null })
    expect(await engine.call('messages.summaries', { ids: [first, second, third] })).toEqual(before)
    expect(await failure(engine.call('undo.last', { undoId: null }))).toBe('nothing-to-undo')
  })

  test('deleting from the trash is for good, and search forgets the message', async () => {
    const { ids } = await engine.call('search.query', { text: 'Angebot', mailboxId: null, limit: 10 })
    expect(ids).not.toEqual([])
    await engine.call('messages.delete', { ids })
    await engine.call('messages.delete', { ids })
    expect(await engine.call('messages.summaries', { ids })).toEqual([])
    expect((await engine.call('search.query', { text: 'Angebot', mailboxId: null, limit: 10 })).ids).toEqual(
      [],
    )
  })

  test('a newsletter is shown without what it wanted to load, and says how much that was', async () => {
    for (const messageId of await idsIn('inbox')) {
      const detail = await engine.call('messages.get', { messageId })
      if (detail.trackerCount === 0) continue
      const body = await engine.call('messages.html', { messageId })
      expect(body.html).not.toMatch(/<(?:img|link|script|iframe)[^>]+https?:/i)
      expect(body.blockedRemoteCount).toBe(detail.blockedRemoteCount)
      return
    }
    throw new Error('no message with a tracker in the sample')
  })

  test('the phishing try is warned about, honest mail is not', async () => {
    const warned: string[] = []
    for (const messageId of await idsIn('inbox')) {
      const { summary, warnings } = await engine.call('messages.get', { messageId })
      if (warnings.length > 0) warned.push(summary.from[0]?.name ?? '')
    }
    expect(warned).toEqual(['Paketdienst Kundenservice'])
  })

  test('a draft saved from two windows keeps the first words and refuses the stale ones', async () => {
    const draft = await engine.call('drafts.create', { mode: 'new', messageId: null, accountId: null })
    const save = (text: string) =>
      engine.call('drafts.save', {
        draftId: draft.id,
        content: { ...draft.content, text },
        revision: draft.revision,
      })
    await save('first window')
    expect(await failure(save('second window, older'))).toBe('conflict')
    expect((await engine.call('drafts.get', { draftId: draft.id })).content.text).toBe('first window')
  })

  test('drafts survive a close, attachments byte for byte', async () => {
    const draft = await engine.call('drafts.create', { mode: 'new', messageId: null, accountId: null })
    const bytes = Uint8Array.from({ length: 3000 }, (_, at) => at % 251)
    await engine.call('drafts.addAttachment', {
      draftId: draft.id,
      fileName: 'a.bin',
      contentType: '',
      bytes,
    })
    await engine.close()
    engine = await openTestEngine(directory)
    const again = await engine.call('drafts.get', { draftId: draft.id })
    expect(again.attachments).toMatchObject([
      { fileName: 'a.bin', contentType: 'application/octet-stream', sizeBytes: 3000 },
    ])
  })

  test('a local account says that it cannot send', async () => {
    const draft = await engine.call('drafts.create', { mode: 'new', messageId: null, accountId: null })
    expect(await failure(engine.call('outbox.send', { draftId: draft.id }))).toBe('account-is-local')
    expect(await engine.call('drafts.get', { draftId: draft.id })).toMatchObject({ id: draft.id })
  })

  test('folders are made, renamed and deleted; names that are no folder names are refused', async () => {
    const accountId = (await mailbox('inbox')).accountId
    const made = await engine.call('mailboxes.create', { accountId, parentId: null, name: 'Projekte' })
    expect(
      await failure(engine.call('mailboxes.create', { accountId, parentId: null, name: 'Projekte' })),
    ).toBe('already-there')
    const other = await engine.call('mailboxes.create', { accountId, parentId: null, name: 'Andere' })
    expect(await failure(engine.call('mailboxes.rename', { mailboxId: other.id, name: 'Projekte' }))).toBe(
      'already-there',
    )
    await engine.call('mailboxes.delete', { mailboxId: other.id })
    for (const name of ['a/b', 'x*', '\u0007', '  ']) {
      expect(await failure(engine.call('mailboxes.create', { accountId, parentId: null, name })), name).toBe(
        'bad-request',
      )
    }
    await engine.call('mailboxes.rename', { mailboxId: made.id, name: 'Werkstatt' })
    expect((await engine.call('mailboxes.list', {})).find(each => each.id === made.id)?.path).toBe(
      'Werkstatt',
    )
    await engine.call('mailboxes.delete', { mailboxId: made.id })
    expect((await engine.call('mailboxes.list', {})).some(each => each.id === made.id)).toBe(false)
    expect(await failure(engine.call('mailboxes.delete', { mailboxId: (await mailbox('inbox')).id }))).toBe(
      'unsupported',
    )
  })
})
