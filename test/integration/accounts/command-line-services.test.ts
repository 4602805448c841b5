import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { addRigAccount, TestProfile } from '../../support/command-line'

let servers: MailServers
const profile = new TestProfile()
beforeAll(async () => {
  servers = await startMailServers()
  await profile.create()
  await addRigAccount(profile, servers, 'alice')
  await profile.json('sync')
})
afterAll(async () => {
  await servers?.stop()
  await profile.remove()
})

const mail = ['--account', 'alice@rig.test', '--kind', 'mail']
const service = <T>(verb: string, ...more: string[]) => profile.json<T>('account', 'service', verb, ...more)
const logins = () => servers.log().match(/imap-login: Login/g)?.length ?? 0

test('mail is switched off from the command line, and nothing is dialled for it', async () => {
  const shown = {
    account: 'alice@rig.test',
    kind: 'mail',
    user: 'alice@rig.test',
    way: 'direct',
    servers: [
      { purpose: 'imap', host: '127.0.0.1', port: servers.imapsPort, security: 'tls' },
      { purpose: 'smtp', host: '127.0.0.1', port: servers.smtpsPort, security: 'tls' },
    ],
  }
  expect(await service('list')).toMatchObject([{ ...shown, state: 'on' }])
  expect(await service('off', ...mail)).toEqual({ account: 'alice@rig.test', kind: 'mail', state: 'off' })
  expect(await service('list', '--account', 'alice@rig.test')).toMatchObject([{ ...shown, state: 'off' }])
  const before = logins()
  const said = await profile.run('sync')
  expect([said.exitCode, said.stderr]).toEqual([0, expect.stringContaining('alice@rig.test is switched off')])
  expect((await profile.failure('sync', '--account', 'alice@rig.test')).code).toBe('service-off')
  expect((await profile.failure('account', 'service', 'test', ...mail)).code).toBe('service-off')
  expect(logins()).toBe(before)
})

test('a wrong kind, a missing one and an account without it are named', async () => {
  await profile.json('account', 'add-local')
  const off = (...more: string[]) => profile.run('account', 'service', 'off', ...more)
  expect(await off('--account', 'alice@rig.test', '--kind', 'fax')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('mail'),
  })
  expect((await off('--account', 'alice@rig.test')).exitCode).toBe(2)
  expect(
    (await profile.failure('account', 'service', 'off', '--account', 'local', '--kind', 'mail')).code,
  ).toBe('account-is-local')
  expect(await service('list', '--account', 'local')).toEqual([])
})
