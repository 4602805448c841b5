import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  decodeMailboxName,
  encodeMailboxName,
  MailboxNames,
} from '../../../../../../../electron/engine/features/mail/imap/mailbox-name'

test('the examples of RFC 3501 §5.1.3 and everyday names', () => {
  expect(encodeMailboxName('~peter/mail/台北/日本語')).toBe('~peter/mail/&U,BTFw-/&ZeVnLIqe-')
  expect(encodeMailboxName('Entwürfe & mehr')).toBe('Entw&APw-rfe &- mehr')
  expect(decodeMailboxName('&Jjo-!')).toBe('☺!')
  expect(decodeMailboxName('&U,BTF2XlZyyKng-')).toBe('台北日本語')
})

test('every text comes back as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), name => decodeMailboxName(encodeMailboxName(name)) === name),
  )
})

test('what is sent for a listed name is that name, byte for byte', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii', minLength: 1 }), wire => {
      const names = new MailboxNames()
      const sent = names.toWire(names.toPath(wire))
      return sent === (wire.toUpperCase() === 'INBOX' ? 'INBOX' : wire)
    }),
  )
})

test('names that are not modified UTF-7 are shown as they came', () => {
  for (const wire of ['&', '&Jjo', 'a&b', '&!-', '&AAAA-x', 'R&D'])
    expect(new MailboxNames().toPath(wire)).toBe(wire)
})

test('the inbox has one name', () => {
  const names = new MailboxNames()
  expect([names.toPath('inbox'), names.toPath('InBox'), names.toWire('Inbox')]).toEqual([
    'INBOX',
    'INBOX',
    'INBOX',
  ])
})
