import { expect, test } from 'vitest'
import { isAtMailboxOrg, secureAliasOf } from '../../../../../shared/features/accounts/mailbox-org'
import type { AccountConfig } from '../../../../../shared/features/accounts/model'
import { mailServiceOf } from '../../../../../shared/features/accounts/services'

const account = (address: string, host = 'imap.mailbox.org'): { config: AccountConfig } => ({
  config: {
    address,
    displayName: '',
    services: {
      mail: {
        userName: address,
        imap: { host, port: 993, security: 'tls' },
        smtp: { host: 'smtp.mailbox.org', port: 465, security: 'tls' },
        caPem: null,
      },
    },
  },
})
const isAt = (address: string, host?: string) => {
  const mail = mailServiceOf(account(address, host))
  return mail !== null && isAtMailboxOrg(mail)
}

test('an account at mailbox.org is known by its server, not by its address', () => {
  expect(isAt('anna@own.example')).toBe(true)
  expect(isAt('anna@mailbox.org', 'imap.other.example')).toBe(false)
  expect(isAt('anna@mailbox.org', 'imap.notmailbox.org')).toBe(false)
})

test('only an address of mailbox.org itself has the secure one, with the same local part', () => {
  expect(secureAliasOf(account('Anna.B@Mailbox.org'))).toBe('Anna.B@secure.mailbox.org')
  expect(secureAliasOf(account('anna@own.example'))).toBeNull()
  expect(secureAliasOf(account('anna@secure.mailbox.org'))).toBeNull()
  expect(secureAliasOf(account('anna@mailbox.org', 'imap.other.example'))).toBeNull()
  expect(secureAliasOf({ config: { address: 'local', displayName: '', services: {} } })).toBeNull()
})
