import { beforeEach, expect, test } from 'vitest'
import type { Store } from '../../../../../../../../electron/engine/ports/store'
import type { MailboxId, MessageId } from '../../../../../../../../shared/kit/ids'
import { bytes, freshStore, newMessage, parsed, type Seeded, seedAccount } from '../../../../store/support'

let store: Store
let seeded: Seeded
let ids: Record<string, MessageId>

beforeEach(() => {
  store = freshStore().store
  seeded = seedAccount(store)
  const mails = {
    munich: { subject: 'Reise nach München', text: 'Wir fahren über die Straße', date: '2026-03-01' },
    tokyo: { subject: '出張', text: '来週は東京都へ行きます。電子メール', date: '2026-03-02' },
    thai: { subject: 'สวัสดี', text: 'ฉันเรียนภาษาไทยทุกวัน', date: '2026-03-03' },
    korean: { subject: '안녕', text: '서울대학교에서 만나요', date: '2026-03-04' },
    link: { subject: 'Invoice', text: 'see https://shop.example.org/pay?x=1 now', date: '2025-12-31' },
    file: { subject: 'Report', text: 'attached', date: '2026-01-05' },
  }
  const list = Object.values(mails)
  const made = store.messages.insertHeaders(
    seeded.inbox,
    list.map((mail, position) =>
      newMessage(
        position + 1,
        {
          subject: mail.subject,
          dateMs: Date.parse(mail.date),
          ...(position === 0 ? { from: [{ name: 'Jörg Müller', address: 'jm@post.example' }] } : {}),
        },
        { flags: position === 1 ? ['\\Seen', '\\Flagged'] : [] },
      ),
    ),
  )
  ids = Object.fromEntries(Object.keys(mails).map((name, position) => [name, made[position]!]))
  store.messages.storeBodies(
    list.map((mail, position) => ({
      id: made[position]!,
      raw: bytes(mail.text),
      parsed: parsed(
        mail.text,
        {},
        position === 5
          ? {
              attachments: [
                {
                  partId: '2',
                  fileName: 'Quartalszahlen_2025.pdf',
                  contentType: 'application/pdf',
                  sizeBytes: 1,
                  inline: false,
                  contentId: null,
                  danger: null,
                },
              ],
            }
          : {},
      ),
    })),
  )
})

function found(text: string, mailboxId: MailboxId | null = null): string[] {
  const result = store.messages.search(text, { mailboxId, limit: 100 })
  expect(result.total).toBe(result.ids.length)
  return result.ids.map(id => Object.keys(ids).find(name => ids[name] === id) ?? '?')
}

test.each([
  ['munchen', ['munich']],
  ['MÜNCHEN', ['munich']],
  ['mün', ['munich']],
  ['muller', ['munich']],
  ['東京', ['tokyo']],
  ['電子', ['tokyo']],
  ['京東', []],
  ['出張', ['tokyo']],
  ['ไทย', ['thai']],
  ['대학', ['korean']],
  ['shop.example.org', ['link']],
  ['https://shop.example.org/pay', ['link']],
  ['"die Straße"', ['munich']],
  ['"Straße die"', []],
  ['straße reise', ['munich']],
  ['straße invoice', []],
  ['from:jörg', ['munich']],
  ['von:post.example', ['munich']],
  ['from:invoice', []],
  ['subject:invoice', ['link']],
  ['subject:"nach München"', ['munich']],
  ['to:anna invoice', ['link']],
  ['quartalszahlen', ['file']],
  ['has:attachment', ['file']],
  ['hat:anhang', ['file']],
  ['is:flagged', ['tokyo']],
  ['is:read', ['tokyo']],
  ['before:2026', ['link']],
  ['after:2026-03-02 before:2026-03-04', ['thai', 'tokyo']],
  ['nach:3.3.2026', ['korean', 'thai']],
  ['bob -invoice', ['korean', 'thai', 'tokyo', 'file']],
  ['is:unread -subject:report bob', ['korean', 'thai', 'link']],
])('%s finds %j, newest first', (text, expected) => {
  expect(found(text)).toEqual(expected)
})

test('what a user types is never a syntax error', () => {
  for (const text of [
    '"',
    '""',
    '*',
    'a*',
    '(',
    ')',
    'AND',
    'NOT',
    'a OR',
    'NEAR(a b)',
    '-',
    '--',
    ':',
    'x:',
    ':x',
    'from:',
    'is:',
    'is:nonsense',
    'before:yesterday',
    '"unclosed phrase',
    "'",
    ';',
    '\\',
    '%',
    '^',
    '{subject}:x',
    'subject:(x)',
    'a"b"c',
    '\0',
    '𝒳',
    'from:"',
    '-"',
    '🙂',
    '🙂 ไ',
    '"東',
    'constructor:x',
    '__proto__:x',
    'toString',
    `${'a '.repeat(500)}`,
    '+',
    'col : x',
    "x' OR 1=1 --",
  ]) {
    expect(() => store.messages.search(text, { mailboxId: null, limit: 10 }), text).not.toThrow()
  }
  expect(found('  ')).toEqual([])
})

test('a search in one mailbox stays there, and a removed message is not found any more', () => {
  expect(found('invoice', seeded.inbox)).toEqual(['link'])
  expect(found('invoice', seeded.archive)).toEqual([])
  store.messages.removeUids(seeded.inbox, [5])
  expect(found('invoice')).toEqual([])
  expect(store.check().filter(finding => finding.outcome !== 'ok')).toEqual([])
})

test('a message is found by its header before its body is here', () => {
  const [id] = store.messages.insertHeaders(seeded.inbox, [newMessage(77, { subject: 'Früher Vogel' })])
  expect(store.messages.search('fruher', { mailboxId: null, limit: 5 }).ids).toEqual([id])
})

test('a common word among thousands is counted exactly and the newest come first', () => {
  const made = store.messages.insertHeaders(
    seeded.archive,
    Array.from({ length: 4000 }, (_, position) =>
      newMessage(position + 1, {
        messageIdHeader: `c${position}@x`,
        subject: `common ${position % 2 ? 'odd' : 'even'}`,
        dateMs: 1_000_000_000_000 + ((position * 7919) % 4000) * 1000,
      }),
    ),
  )
  const dateOf = new Map(made.map((id, position) => [id, (position * 7919) % 4000]))
  const result = store.messages.search('common', { mailboxId: null, limit: 50 })
  expect(result.total).toBe(4000)
  expect(result.ids.map(id => dateOf.get(id))).toEqual(
    Array.from({ length: 50 }, (_, position) => 3999 - position),
  )
  expect(store.messages.search('common odd', { mailboxId: seeded.archive, limit: 5 }).total).toBe(2000)
  expect(store.messages.search('common -odd', { mailboxId: null, limit: 5 }).total).toBe(2000)
})

test('addresses are suggested by name and address, those written to first', () => {
  const sent = store.mailboxes.create({
    accountId: seeded.accountId,
    path: 'Sent',
    delimiter: '/',
    role: 'sent',
  }).id
  store.messages.insertHeaders(sent, [
    newMessage(1, { messageIdHeader: 's@x', to: [{ name: 'Jana Bobrow', address: 'jana@x.example' }] }),
  ])
  expect(store.messages.suggestAddresses('bob', 5).map(person => person.address)).toEqual([
    'jana@x.example',
    'bob@example.net',
  ])
  expect(store.messages.suggestAddresses('%', 5)).toEqual([])
})
