import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Draft, DraftContent } from '../../../shared/features/writing/model'
import { type CallInput, type CallName, contract } from '../../../shared/ipc/contract'
import type { AccountId, MessageId } from '../../../shared/kit/ids'
import { editorVectors } from '../../fixtures/mail/editor-vectors'
import { photoJpeg } from '../../fixtures/mail/outgoing/images'
import { openTestEngine, type TestEngine } from '../../support/engine-in-test'
import { type ScriptedImapServer, startScriptedImapServer } from '../support/scripted-imap-server'

const mail = (header: Record<string, string>, body: string, type = 'text/plain; charset=utf-8') =>
  [
    ...Object.entries({
      From: 'Anna <anna@example.org>',
      To: 'Alice <alice@rig.test>',
      Subject: 'Plan',
      Date: 'Mon, 23 Nov 2026 10:00:00 +0000',
      'MIME-Version': '1.0',
      'Content-Type': type,
      ...header,
    }).map(([name, value]) => `${name}: ${value}`),
    '',
    body,
  ].join('\r\n')

describe('what was written elsewhere, and what lies long', () => {
  let server: ScriptedImapServer
  let directory: string
  let engine: TestEngine
  let accountId: AccountId
  beforeEach(async () => {
    server = await startScriptedImapServer({})
    directory = mkdtempSync(join(tmpdir(), 'sgd-'))
    engine = await openTestEngine(directory)
    accountId = await addAccount()
    await engine.call('settings.set', { lookups: false })
  })
  afterEach(async () => {
    await engine.close()
    await server.stop()
    rmSync(directory, { recursive: true, force: true })
  })

  const addAccount = async () => {
    const place = { host: 'localhost', port: server.port, security: 'tls' } as const
    const config = {
      address: 'alice@rig.test',
      displayName: 'Alice',
      services: { mail: { userName: 'alice@rig.test', imap: place, smtp: place, caPem: server.ca } },
    }
    return (await engine.call('accounts.add', { config, password: 'alice-pw' })).id
  }
  const sync = () => engine.call('sync.run', { accountId: null, mailboxId: null })
  const newest = async (path: string): Promise<MessageId> => {
    const box = (await engine.call('mailboxes.list', {})).find(each => each.path === path)
    const { ids } = await engine.call('messages.index', {
      mailboxId: box?.id ?? null,
      role: null,
      unreadOnly: false,
      flaggedOnly: false,
    })
    return Math.max(...ids) as MessageId
  }
  const receive = async (raw: string, path = 'INBOX', flags: string[] = []) => {
    server.account.get(path).add(Buffer.from(raw), { flags })
    await sync()
    return newest(path)
  }
  const draftOf = (mode: CallInput<'drafts.create'>['mode'], messageId: MessageId | null = null) =>
    engine.call('drafts.create', { mode, messageId, accountId })
  const save = (draft: Draft, change: Partial<DraftContent>) =>
    engine.call('drafts.save', {
      draftId: draft.id,
      content: { ...draft.content, ...change },
      revision: draft.revision,
    })
  const preview = async ({ id }: Pick<Draft, 'id'>) =>
    (await engine.call('drafts.preview', { draftId: id })).text.replaceAll('\r\n', '\n')
  const onServer = () =>
    server.account.get('Drafts').messages.map(each => Buffer.from(each.raw).toString('latin1'))

  test('no draft is handed out that was not cleaned, whoever wrote it and whichever call hands it out', async () => {
    const hostile = `<p>Their words</p>${editorVectors.join('\n')}`
    const id = await receive(
      mail({ From: 'Alice <alice@rig.test>' }, hostile, 'text/html; charset=utf-8'),
      'Drafts',
      ['\\Draft'],
    )
    const isClean = ({ content }: Draft) => {
      expect(content.html).toContain('Their words')
      expect(content.html).not.toMatch(
        /<(?!\/?(?:a|b|blockquote|br|caption|code|del|div|em|h[1-6]|hr|i|img|li|ol|p|pre|s|span|strike|strong|su[bp]|table|tbody|td|tfoot|th|thead|tr|ul?)[ >])/i,
      )
      expect(content.html).not.toMatch(
        /<[^>]*\s(?:on\w+|style|srcset|background|class|id|target|ping)=|<img[^>]* src="(?!cid:)/i,
      )
    }
    const draft = await draftOf('edit', id)
    isClean(draft)
    isClean(await engine.call('drafts.get', { draftId: draft.id }))
    // What was stored by another version, or by a page that was taken over.
    isClean(await save(draft, { html: hostile, text: 'Their words, changed' }))
    for (const each of await engine.call('drafts.list', {})) isClean(each)
    isClean(await draftOf('edit', id))
  })

  test('a draft of another program keeps its thread, its Reply-To and Bcc through edit, upload and reading back', async () => {
    const id = await receive(
      mail(
        {
          From: 'Alice <alice@rig.test>',
          To: 'bob@example.org',
          Bcc: 'boss@example.org',
          'Reply-To': 'Office <office@example.org>',
          'X-Priority': '1',
          'X-Case': '4711',
          'In-Reply-To': '<gone@example.org>',
          References: '<root@example.org>\r\n <gone@example.org>',
        },
        'Their words',
      ),
      'Drafts',
      ['\\Draft'],
    )
    const draft = await draftOf('edit', id)
    expect(draft.leftOut).toEqual(['X-Priority', 'X-Case'])
    const saved = await save(draft, { text: 'Their words and mine' })
    expect(saved.leftOut).toEqual(draft.leftOut)
    const check = async (each: Draft) => {
      const text = await preview(each)
      expect(text).toMatch(/^In-Reply-To: <gone@example\.org>$/m)
      expect(text).toMatch(/^References: <root@example\.org>\n <gone@example\.org>$/m)
      expect(text).toMatch(/^Reply-To: "Office" <office@example\.org>$/m)
      expect(each.content.bcc.map(({ address }) => address)).toEqual(['boss@example.org'])
    }
    await check(saved)
    await sync()
    expect(onServer()).toHaveLength(1)
    await engine.call('accounts.remove', { accountId })
    accountId = await addAccount()
    await sync()
    const again = await draftOf('edit', await newest('Drafts'))
    expect(again.content.text.trim()).toBe('Their words and mine')
    expect(again.leftOut).toEqual([])
    await check(again)
  })

  test('an answer that was begun here stays in its thread when the account is added again, and when the original is gone', async () => {
    const id = await receive(
      mail({ 'Message-ID': '<second@example.org>', References: '<first@example.org>' }, 'Question?'),
    )
    const thread =
      /^In-Reply-To: <second@example\.org>\nReferences: <first@example\.org>\n <second@example\.org>$/m
    const draft = await save(await draftOf('reply', id), { text: 'Answer' })
    await sync()
    server.account.get('INBOX').expunge(1)
    await sync()
    expect(await preview(draft)).toMatch(thread)
    await engine.call('accounts.remove', { accountId })
    accountId = await addAccount()
    await sync()
    expect(await preview(await draftOf('edit', await newest('Drafts')))).toMatch(thread)
  })

  test('pictures in the text of a draft stay there through edit, upload and reading back; files stay files', async () => {
    const picture = Buffer.from(photoJpeg()).toString('base64')
    const part = (header: string, body: string) => `--b\r\n${header}\r\n\r\n${body}\r\n`
    const body = [
      part('Content-Type: text/html', '<p>A <img src="cid:one%40x"> b <img alt="two" src=cid:two@x></p>'),
      ...['one@x', 'two@x', 'loose@x'].map(each =>
        part(
          `Content-Type: image/jpeg; name=${each}.jpg\r\nContent-ID: <${each}>\r\nContent-Disposition: inline\r\nContent-Transfer-Encoding: base64`,
          picture,
        ),
      ),
      '--b--\r\n',
    ].join('')
    const id = await receive(mail({}, body, 'multipart/related; boundary=b'), 'Drafts', ['\\Draft'])
    const check = async (draft: Draft) => {
      const placed = draft.attachments.map(({ contentId }) => contentId !== null)
      expect(placed).toEqual([true, true, false])
      const text = (await preview(draft)).replaceAll('=\n', '')
      const ids = [...text.matchAll(/^Content-ID: <(.*)>$/gm)].map(match => match[1] ?? '')
      expect(ids).toHaveLength(2)
      for (const each of ids) expect(text).toContain(`src=3D"cid:${each}"`)
      expect(text.match(/Content-Disposition: attachment/g)).toHaveLength(1)
      const [first] = draft.attachments
      const read = await engine.call('drafts.readAttachment', {
        draftId: draft.id,
        attachmentId: first?.id ?? 0,
      })
      expect(Buffer.from(read.bytes).subarray(0, 3).toString('hex')).toBe('ffd8ff')
    }
    const draft = await draftOf('edit', id)
    await check(await save(draft, { subject: 'Mine' }))
    await sync()
    await engine.call('accounts.remove', { accountId })
    accountId = await addAccount()
    await sync()
    await check(await draftOf('edit', await newest('Drafts')))
    // Without its place in the text a picture is a file, and never lost.
    const plain = await save(await draftOf('edit', await newest('Drafts')), { html: null })
    expect((await preview(plain)).match(/Content-Disposition: attachment/g)).toHaveLength(3)
  })

  test('what nobody touched leaves nothing, here and on the server; a word stays; theirs stays as it was', async () => {
    const leave = ({ id }: Draft) => engine.call('drafts.leave', { draftId: id })
    const opened = await draftOf('new')
    await sync()
    expect(onServer()).toEqual([])
    expect(await leave(opened)).toEqual({ kept: false })
    const answered = await receive(mail({ 'Message-ID': '<q@example.org>' }, 'Question?'))
    expect(await leave(await draftOf('reply-all', answered))).toEqual({ kept: false })
    expect(await leave(await draftOf('forward', answered))).toEqual({ kept: false })

    const word = await save(await draftOf('new'), { text: 'word' })
    expect(await leave(word)).toEqual({ kept: true })
    await sync()
    expect(onServer()).toHaveLength(1)
    // Taken back, it is as never written, also on the server.
    expect(await leave(await save(word, { text: '' }))).toEqual({ kept: false })
    await sync()
    expect([onServer(), await engine.call('drafts.list', {})]).toEqual([[], []])

    const raw = mail({ Subject: 'Theirs' }, '<p>kept <font color=red>as is</font>', 'text/html')
    const theirs = await draftOf('edit', await receive(raw, 'Drafts', ['\\Draft']))
    await sync()
    expect(await leave(theirs)).toEqual({ kept: false })
    await sync()
    expect(onServer()).toEqual([raw])

    // The program ends while drafts are open.
    await draftOf('new')
    await draftOf('edit', await newest('Drafts'))
    const kept = await save(await draftOf('new'), { subject: 'Kept' })
    await engine.close()
    engine = await openTestEngine(directory)
    expect((await engine.call('drafts.list', {})).map(({ id }) => id)).toEqual([kept.id])
    await sync()
    expect(onServer().filter(each => each === raw)).toHaveLength(1)
  })

  test('a draft longer than what is read of one is not opened to be cut', async () => {
    const id = await receive(mail({}, 'long line\r\n'.repeat(200_000)), 'Drafts', ['\\Draft'])
    await expect(draftOf('edit', id)).rejects.toMatchObject({ code: 'draft-too-long' })
    expect(await engine.call('drafts.list', {})).toEqual([])
  })

  test('an original of over two million characters is quoted to a mark, and goes along whole when forwarded', async () => {
    const id = await receive(mail({}, 'long line\r\n'.repeat(200_000)))
    for (const mode of ['reply', 'forward'] as const) {
      const draft = await draftOf(mode, id)
      expect([draft.quoteIsCut, draft.content.text.includes('[The original goes on here')]).toEqual([
        true,
        true,
      ])
      expect((await save(draft, { text: `Mine\n${draft.content.text}` })).revision).toBe(1)
      expect(draft.attachments.map(({ fileName }) => fileName)).toEqual(
        mode === 'forward' ? ['original.eml'] : [],
      )
    }
  })

  test('an answer to all reaches all: 1,200 people, and none when more are named than are read', async () => {
    const crowd = (count: number) =>
      Array.from({ length: count }, (_, at) => `p${at}@example.org`).join(',\r\n ')
    const many = await receive(mail({ 'Message-ID': '<many@x>', To: crowd(600), Cc: crowd(1200) }, 'x'))
    const { content } = await draftOf('reply-all', many)
    expect([content.to.length, content.cc.length]).toEqual([1, 1200])
    const detail = await engine.call('messages.get', { messageId: many })
    expect([detail.to.length, detail.cc.length, detail.peopleAreCut]).toEqual([600, 1200, false])
    const tooMany = await receive(mail({ 'Message-ID': '<more@x>', To: crowd(20_000) }, 'x'))
    expect((await engine.call('messages.get', { messageId: tooMany })).peopleAreCut).toBe(true)
    await expect(draftOf('reply-all', tooMany)).rejects.toMatchObject({ code: 'too-many-people' })
    expect((await draftOf('reply', tooMany)).content.to).toHaveLength(1)
  })

  /** Every list and detail that shows a stored value, as the page gets it. */
  const answers = async (messageId: MessageId) => {
    const check = async <N extends CallName>(name: N, value: unknown) => {
      const parsed = contract[name].out.safeParse(value)
      expect({ name, problem: parsed.error?.message }).toEqual({ name, problem: undefined })
    }
    await check('messages.summaries', await engine.call('messages.summaries', { ids: [messageId] }))
    await check('messages.get', await engine.call('messages.get', { messageId }))
    await check('messages.thread', await engine.call('messages.thread', { messageId }))
    await check('mailboxes.list', await engine.call('mailboxes.list', {}))
    await check('addresses.suggest', await engine.call('addresses.suggest', { prefix: 'a' }))
    const drafts = await engine.call('drafts.list', {})
    await check('drafts.list', drafts)
    for (const { id: draftId } of drafts) {
      await check('drafts.get', await engine.call('drafts.get', { draftId }))
      await check('keys.plan', await engine.call('keys.plan', { draftId }))
      await check('drafts.explain', await engine.call('drafts.explain', { draftId, wait: false }))
    }
    await check('outbox.list', await engine.call('outbox.list', {}))
    await check('tasks.list', await engine.call('tasks.list', {}))
  }

  test('values over every cap break no list: files, names, addresses, subjects, references, people', async () => {
    const long = (length: number, letter = 'ä') => letter.repeat(length)
    const encoded = (text: string) => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`
    const people = (count: number) =>
      Array.from(
        { length: count },
        (_, at) => `${encoded(long(1500))} <a${at}${long(1200, 'x')}@example.org>`,
      ).join(', ')
    const raw = mail(
      {
        From: people(8),
        To: people(8),
        Cc: people(3),
        'Reply-To': people(8),
        Subject: encoded(long(2500)),
        'Message-ID': `<${long(3000, 'm')}@example.org>`,
        References: Array.from({ length: 300 }, (_, at) => `<r${at}@example.org>`).join('\r\n '),
        'List-Id': `<${long(2000, 'l')}>`,
      },
      [
        '--b\r\nContent-Type: text/plain\r\n\r\nHello\r\n',
        ...Array.from(
          { length: 250 },
          (_, at) =>
            `--b\r\nContent-Type: ${long(300, 't')}/${long(300, 's')}\r\nContent-ID: <${long(3000, 'c')}>\r\nContent-Disposition: attachment; filename="${at}${long(900, 'f')}.txt"\r\n\r\nx\r\n`,
        ),
        '--b--\r\n',
      ].join(''),
      'multipart/mixed; boundary=b',
    )
    const id = await receive(
      raw,
      'INBOX',
      Array.from({ length: 150 }, (_, at) => `k${at}${long(300, 'k')}`),
    )
    await draftOf('reply-all', id)
    // More authors than are read of one message: still shown, and a plain answer is possible.
    const authors = await receive(mail({ 'Message-ID': '<authors@x>', From: people(25) }, 'x'))
    await draftOf('reply', authors)
    const forward = await draftOf('forward', id)
    expect(forward.attachments).toHaveLength(250)
    const asDraft = await draftOf('edit', await receive(raw, 'Drafts', ['\\Draft']))
    expect(asDraft.attachments).toHaveLength(250)

    const mine = await draftOf('new')
    const name = `${long(250)}.txt`
    await engine.call('drafts.addAttachment', {
      draftId: mine.id,
      fileName: `${long(996)}.txt`,
      contentType: `text/${long(195, 'x')}`,
      bytes: new Uint8Array(1),
    })
    const added = await engine.call('drafts.addAttachment', {
      draftId: mine.id,
      fileName: name,
      contentType: 'text/plain',
      bytes: new Uint8Array(1),
    })
    expect(added.fileName).toBe(name)
    const rename = (kind: 'neutral' | 'original') =>
      engine.call('drafts.renameAttachments', { draftId: mine.id, attachmentId: null, name: { kind } })
    expect((await rename('neutral')).attachments.map(({ fileName }) => fileName)).toEqual(['1.txt', '2.txt'])
    await answers(id)
    await answers(authors)
    expect((await rename('original')).attachments[1]?.fileName).toBe(name)
    const filled = { name: long(1000), address: `${long(990, 'x')}@x.example` }
    await save(await engine.call('drafts.get', { draftId: mine.id }), {
      to: Array.from({ length: 400 }, () => filled),
      subject: long(2000),
      text: long(100_000),
    })
    await answers(id)
  })
})
