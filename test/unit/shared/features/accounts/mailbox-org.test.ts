import { expect, test } from 'vitest'
import { isAtMailboxOrg, secureAliasOf } from '../../../../../shared/features/accounts/mailbox-org'
import type { ImapAccountConfig } from '../../../../../shared/features/accounts/model'

const config = (address: string, host = 'imap.mailbox.org'): ImapAccountConfig => ({
  kind: 'imap',
  address,
  displayName: '',
  userName: address,
  imap: { host, port: 993, security: 'tls' },
  smtp: { host: 'smtp.mailbox.org', port: 465, security: 'tls' },
  caPem: null,
})

test('an account at mailbox.org is known by its server, not by its address', () => {
  expect(isAtMailboxOrg(config('anna@own.example'))).toBe(true)
  expect(isAtMailboxOrg(config('anna@mailbox.org', 'imap.other.example'))).toBe(false)
  expect(isAtMailboxOrg(config('anna@mailbox.org', 'imap.notmailbox.org'))).toBe(false)
  expect(isAtMailboxOrg({ kind: 'local', address: 'local', displayName: '' })).toBe(false)
})

test('only an address of mailbox.org itself has the secure one, with the same local part', () => {
  expect(secureAliasOf(config('Anna.B@Mailbox.org'))).toBe('Anna.B@secure.mailbox.org')
  expect(secureAliasOf(config('anna@own.example'))).toBeNull()
  expect(secureAliasOf(config('anna@secure.mailbox.org'))).toBeNull()
  expect(secureAliasOf(config('anna@mailbox.org', 'imap.other.example'))).toBeNull()
})
