import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { CallOutput } from '../../../../../../../../shared/ipc/contract'
import type { MailboxId, MessageId } from '../../../../../../../../shared/kit/ids'
import { openTestEngine, type TestEngine } from '../../../../../../../support/engine-in-test'

/** How often each body was cleaned; the cleaning itself is the real one. */
const cleaned = vi.hoisted((): string[] => [])
vi.mock(
  import('../../../../../../../../electron/engine/formats/mime/sanitize/sanitize-html'),
  async original => {
    const real = await original()
    return {
      ...real,
      sanitizing: html => {
        cleaned.push(html)
        return real.sanitizing(html)
      },
    }
  },
)

const directory = mkdtempSync(join(tmpdir(), 'siegel-cleaned-'))
let engine: TestEngine
let mailboxId: MailboxId
beforeAll(async () => {
  engine = await openTestEngine(join(directory, 'profile'))
  const account = await engine.call('accounts.add', {
    config: { address: 'local', displayName: '', services: {} },
    password: null,
  })
  const mailboxes = await engine.call('mailboxes.list', {})
  const mailbox = mailboxes.find(each => each.accountId === account.id && each.selectable)
  if (mailbox === undefined) throw new Error('no mailbox')
  mailboxId = mailbox.id
})
afterAll(async () => {
  await engine?.close()
  rmSync(directory, { recursive: true, force: true })
})
beforeEach(() => void cleaned.splice(0))

let count = 0
const file = async (content: string): Promise<MessageId> => {
  count += 1
  const path = join(directory, `${count}.eml`)
  const header = `From: Anna <anna@example.org>\r\nTo: bert@example.org\r\nSubject: ${count}\r\nMessage-ID: <${count}@example.org>\r\n`
  writeFileSync(path, `${header}MIME-Version: 1.0\r\n${content}`)
  await engine.call('mail.import', { path, mailboxId })
  const { ids } = await engine.call('messages.index', {
    mailboxId,
    role: null,
    unreadOnly: false,
    flaggedOnly: false,
  })
  return Math.max(...ids) as MessageId
}

const get = (messageId: MessageId): Promise<CallOutput<'messages.get'>> =>
  engine.call('messages.get', { messageId })
const body = (messageId: MessageId, embedImages = false) =>
  engine.call('messages.html', { messageId, embedImages })

const html = (text: string): string => `Content-Type: text/html; charset=utf-8\r\n\r\n${text}\r\n`
const related = (text: string): string =>
  [
    'Content-Type: multipart/related; boundary=b',
    '',
    '--b',
    html(text),
    '--b',
    'Content-Type: image/png; name=seal.png',
    'Content-ID: <seal>',
    'Content-Transfer-Encoding: base64',
    '',
    'iVBORw0KGgo=',
    '--b--',
    '',
  ].join('\r\n')

const kinds = [
  ['plain words', html('<p>Words of the first letter</p>')],
  ['remote pictures', html('<p>Look</p><img src="https://pictures.example/a.png" width=300 height=200>')],
  ['a sheet', html('<style>p { color: red } @media (width < 300px) { p { color: blue } }</style><p>Red</p>')],
  ['a picture of its own', related('<p>A seal</p><img src="cid:seal">')],
  ['a form and a script', html('<script>alert(1)</script><form action="https://a.example"><input></form>')],
  ['no words', html('<img src="https://pictures.example/only.png" width=1 height=1>')],
] as const

test.each(kinds)(
  'a letter with %s is cleaned once, however often it is opened and shown',
  async (_, letter) => {
    const id = await file(letter)
    cleaned.splice(0)
    expect((await get(id)).hasHtml).toBe(true)
    await body(id)
    await get(id)
    await body(id, true)
    expect(cleaned).toHaveLength(1)
  },
)

test('also when all is asked at once', async () => {
  const id = await file(html('<p>Asked at once</p>'))
  cleaned.splice(0)
  await Promise.all([get(id), body(id), get(id), body(id)])
  expect(cleaned).toHaveLength(1)
})

test('two letters that are read in turns are cleaned once each', async () => {
  const first = await file(html('<p>One of two</p>'))
  const second = await file(html('<p>The other of two</p>'))
  cleaned.splice(0)
  for (const id of [first, second, first, second]) {
    await get(id)
    await body(id)
  }
  expect(cleaned).toHaveLength(2)
})

test('a letter without HTML is never cleaned', async () => {
  const id = await file('Content-Type: text/plain\r\n\r\nOnly words\r\n')
  cleaned.splice(0)
  expect((await get(id)).hasHtml).toBe(false)
  await get(id)
  expect(cleaned).toEqual([])
})
