import { expect, test } from 'vitest'
import {
  exitOf,
  fingerprintOf,
  withExit,
} from '../../../../../../renderer/features/accounts/connection/exit-fields'
import type { MailService } from '../../../../../../shared/features/accounts/model'

const mail: MailService = {
  userName: 'a@mailbox.example',
  imap: { host: 'IMAP.mailbox.example', port: 993, security: 'tls' },
  smtp: { host: 'smtp.mailbox.example', port: 465, security: 'tls' },
  caPem: null,
}
const one = 'A'.repeat(40)
const two = 'B'.repeat(40)

test('a fingerprint is read as relay lists write it, and anything else is none', () => {
  expect(fingerprintOf(` $${'aaaa '.repeat(10)}`)).toBe(one)
  for (const typed of ['', 'A'.repeat(39), 'A'.repeat(41), `${'A'.repeat(39)}G`, `${one}~nick`])
    expect(fingerprintOf(typed)).toBeNull()
})

test('an exit is pinned for both servers of the account and for no other host', () => {
  const other = { host: 'mail.other.example', fingerprint: two }
  const pinned = withExit([other, { host: 'imap.mailbox.example', fingerprint: two }], mail, one)
  expect(pinned).toEqual([
    other,
    { host: 'imap.mailbox.example', fingerprint: one },
    { host: 'smtp.mailbox.example', fingerprint: one },
  ])
  expect(exitOf(mail, pinned)).toBe(one)
  expect(withExit(pinned, mail, null)).toEqual([other])
  expect(exitOf(mail, [other])).toBeNull()
})

test('half a pin is not shown as a whole one', () => {
  expect(exitOf(mail, [{ host: 'imap.mailbox.example', fingerprint: one }])).toBeUndefined()
})
