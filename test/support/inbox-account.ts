import { readFileSync } from 'node:fs'
import type { AccountId } from '../../shared/kit/ids'
import type { MailServers } from '../rig/mail-servers'
import type { TestEngine } from './engine-in-test'

/** Adds the rig's account with a fresh key that counts as backed up. */
export async function addAccountWithKey(
  engine: TestEngine,
  servers: MailServers,
  name = 'alice',
): Promise<AccountId> {
  const server = (port: number) => ({ host: '127.0.0.1', port, security: 'tls' }) as const
  const address = `${name}@rig.test`
  const { id } = await engine.call('accounts.add', {
    config: {
      address,
      displayName: name,
      services: {
        mail: {
          userName: address,
          imap: server(servers.imapsPort),
          smtp: server(servers.smtpsPort),
          caPem: readFileSync(servers.caFile, 'utf8'),
        },
      },
    },
    password: `${name}-pw`,
  })
  const { facts } = await engine.call('keys.generate', {
    name,
    address,
    accountId: id,
    version: 4,
    expiresAtMs: null,
  })
  await engine.call('keys.markBackedUp', { fingerprint: facts.fingerprint })
  return id
}
