import { ImapFlow } from 'imapflow'
import { expect, test } from 'vitest'
import { internalDate } from '../../../../../../../electron/engine/features/mail/imap/commands/append'
import { parseInternalDate } from '../../../../../../../electron/engine/features/mail/imap/commands/fetch-rows'
import { checkedFlags } from '../../../../../../../electron/engine/features/mail/imap/commands/store-flags'

test('imapflow still has the inner door that its types leave out', () => {
  const client = new ImapFlow({ host: 'localhost', logger: false })
  expect(client).toMatchObject({
    exec: expect.any(Function),
    write: expect.any(Function),
    stats: expect.any(Function),
    untaggedHandlers: {},
    capabilities: expect.any(Map),
    writeSocket: false,
    isClosed: false,
  })
})

test('INTERNALDATE is read in every zone, and nonsense is no date', () => {
  expect(parseInternalDate('17-Jul-1996 02:44:25 -0700')).toBe(Date.UTC(1996, 6, 17, 9, 44, 25))
  expect(parseInternalDate(' 1-Jan-2026 00:00:00 +0130')).toBe(Date.UTC(2025, 11, 31, 22, 30))
  for (const text of [null, '', 'yesterday', '17-Foo-1996 02:44:25 -0700', '17-Jul-9996 02:44:25 -0700'])
    expect(parseInternalDate(text)).toBeNull()
})

test('the date of an APPEND is in UTC, whatever this machine thinks', () => {
  expect(internalDate(Date.UTC(2026, 2, 1, 4, 5, 6))).toBe(' 1-Mar-2026 04:05:06 +0000')
})

test.each(['a b', '(x)', '', 'x\r\nA1 DELETE INBOX', '\\Recent', 'ü', '*', '%', '"'])(
  'the flag %j is never sent',
  flag => {
    expect(() => checkedFlags([flag])).toThrow('bad-request')
  },
)

test('system flags and keywords are sent as they are', () => {
  expect(checkedFlags(['\\Seen', '$Forwarded', 'work-2026'])).toEqual(['\\Seen', '$Forwarded', 'work-2026'])
})
