import { expect, test } from 'vitest'
import type { MailboxRole } from '../../../../../shared/features/mail/model'
import { showsRecipients, writtenMailboxes } from '../../../../../shared/features/mail/shows-recipients'
import type { MailboxId } from '../../../../../shared/kit/ids'

const box = (id: number, role: MailboxRole, parentId: number | null = null) => ({
  id: id as MailboxId,
  role,
  parentId: parentId as MailboxId | null,
})
const written = writtenMailboxes([
  box(1, 'inbox'),
  box(2, 'sent'),
  box(3, 'none', 2),
  box(4, 'none', 3),
  box(5, 'drafts'),
  box(6, 'none', 1),
  box(7, 'all'),
  box(8, 'trash', 2),
  // A circle.
  box(9, 'none', 10),
  box(10, 'none', 9),
])
const own = new Set(['me@x.example', 'work@y.example'])
const people = (...addresses: string[]) => addresses.map(address => ({ name: '', address }))

test('sent mail, drafts and folders in them hold what one wrote, and nothing else does', () => {
  expect([...written]).toEqual([2, 3, 4, 5])
})

test.each([
  ['in Sent', 2, 'me@x.example', ['bob@z.example'], true],
  ['in Sent, by an alias', 3, 'alias@x.example', ['bob@z.example'], true],
  ['received', 1, 'bob@z.example', ['me@x.example'], false],
  ['received, among all mail', 7, 'bob@z.example', ['me@x.example'], false],
  ['sent, among all mail', 7, 'ME@x.example', ['bob@z.example'], true],
  ['sent and thrown away', 8, 'me@x.example', ['bob@z.example'], true],
  ['to oneself', 1, 'me@x.example', ['me@x.example'], false],
  ['to oneself at the other account', 1, 'me@x.example', ['work@y.example'], false],
  ['a list brings it back', 1, 'me@x.example', ['list@z.example'], true],
  ['to nobody', 7, 'me@x.example', [], false],
  ['from nobody', 1, '', ['me@x.example'], false],
] as const)('%s', (_, mailboxId, from, to, expected) => {
  const message = {
    mailboxId: mailboxId as MailboxId,
    from: from === '' ? [] : people(from),
    to: people(...to),
  }
  expect(showsRecipients(message, written, own)).toBe(expected)
})
