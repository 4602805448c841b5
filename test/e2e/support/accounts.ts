import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import type { AccountConfig } from '../../../shared/features/accounts/model'
import type { MailServers } from '../../rig/mail-servers'
import { pageCalls } from './page-calls'

/** The settings of an account of the test servers. */
export const rigAccount = (servers: MailServers, name: string): AccountConfig => ({
  address: `${name}@rig.test`,
  displayName: `${name[0]?.toUpperCase()}${name.slice(1)} Rig`,
  services: {
    mail: {
      userName: `${name}@rig.test`,
      imap: { host: '127.0.0.1', port: servers.imapsPort, security: 'tls' },
      smtp: { host: '127.0.0.1', port: servers.smtpsPort, security: 'tls' },
      caPem: readFileSync(servers.caFile, 'utf8'),
    },
  },
})

/** Adds an account past the set-up screens, which have a test of their own. */
export const addRigAccountByPage = (page: Page, servers: MailServers, name: string) =>
  pageCalls(page)('accounts.add', { config: rigAccount(servers, name), password: `${name}-pw` })

/** A short text message from Bob to Alice of the test servers. */
export const plainMessage = (parts: {
  subject: string
  text?: string
  minute?: number
  id?: string
}): string =>
  [
    'From: Bob Rig <bob@rig.test>',
    'To: Alice Rig <alice@rig.test>',
    `Subject: ${parts.subject}`,
    `Message-ID: <${parts.id ?? parts.subject.toLowerCase().replaceAll(/\W/g, '-')}@rig.test>`,
    `Date: Mon, 23 Nov 2026 10:${String(parts.minute ?? 0).padStart(2, '0')}:00 +0000`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    parts.text ?? `Words about ${parts.subject}.`,
    '',
  ].join('\r\n')
