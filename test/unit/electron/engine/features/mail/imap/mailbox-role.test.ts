import { expect, test } from 'vitest'
import { assignRoles } from '../../../../../../../electron/engine/features/mail/imap/mailbox-role'

const listing = (...lines: [path: string, ...attributes: string[]][]) =>
  Object.fromEntries(
    assignRoles(
      lines.map(([path, ...attributes]) => ({ path, delimiter: '/', attributes: new Set(attributes) })),
      null,
    ),
  )

test('a role goes to one mailbox, the one with the attribute', () => {
  expect(listing(['INBOX'], ['Sent'], ['Out', '\\sent'], ['Other', '\\sent'])).toEqual({
    INBOX: 'inbox',
    Out: 'sent',
  })
})

test('the inbox is never something else', () => {
  expect(listing(['INBOX', '\\trash'])).toEqual({ INBOX: 'inbox' })
})

test('an exact name counts more than a likely one, and a project folder is none', () => {
  expect(listing(['INBOX'], ['Sent Mail'], ['Sent'], ['Kunden/Papierkorb'])).toEqual({
    INBOX: 'inbox',
    Sent: 'sent',
  })
})

test('names that cannot be opened get no role', () => {
  expect(listing(['INBOX'], ['Trash', '\\noselect'])).toEqual({ INBOX: 'inbox' })
})
