import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { addRigAccount, type ListedMessage, TestProfile } from '../../support/command-line'

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
const logins = () => servers.imapLogins()

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
  expect(before).toBeGreaterThan(0)
  const said = await profile.run('sync')
  expect([said.exitCode, said.stderr]).toEqual([0, expect.stringContaining('alice@rig.test is switched off')])
  for (const verb of [
    ['sync', '--account', 'alice@rig.test'],
    ['account', 'service', 'test', ...mail],
  ])
    expect(await profile.failure(...verb)).toEqual({
      code: 'service-off',
      message: expect.stringMatching(/mail .*alice@rig\.test .*--account alice@rig\.test --kind mail/),
    })
  expect(logins()).toBe(before)
})

test('what is written and changed meanwhile waits, says why, and goes when mail is switched on', async () => {
  const send = (subject: string) =>
    profile.run(
      ...['send', '--from', 'alice@rig.test', '--to', 'alice@rig.test', '--subject', subject],
      ...['--text-file', profile.file('text', 'Text\n')],
    )
  const sent = await send('Waits')
  expect(sent.exitCode).toBe(1)
  expect(sent.stderr).toContain('it goes when mail of its account is switched on')
  expect(sent.stderr).toMatch(/mail service of alice@rig\.test is switched off/)
  expect(await profile.json('outbox')).toMatchObject([{ state: 'queued', switchedOff: true, attempts: 0 }])
  await profile.json('folder', 'create', 'alice@rig.test/Later')
  expect(await profile.json('tasks')).toMatchObject([{ kind: 'create-mailbox', switchedOff: true }])
  const before = logins()
  expect(await service('on', ...mail)).toEqual({ account: 'alice@rig.test', kind: 'mail', state: 'on' })
  expect(await service('list')).toMatchObject([{ state: 'on' }])
  expect(await service('test', ...mail)).toMatchObject({ ok: true })
  await profile.json('sync')
  await profile.json('sync')
  expect(logins()).toBeGreaterThan(before)
  expect(await profile.json('tasks')).toEqual([])
  const inbox = await profile.json<ListedMessage[]>('list', 'alice@rig.test/INBOX')
  expect(inbox.map(({ subject }) => subject)).toEqual(['Waits'])
  // Nor is it a fault of the program where the whole of it is offline.
  await profile.json('settings', 'offline=true')
  const offline = await send('Waits too')
  expect([offline.exitCode, offline.stderr]).toEqual([
    1,
    expect.stringMatching(/Kept in the outbox[\s\S]*[Oo]ffline/),
  ])
  // On when it is on changes nothing and fails nothing.
  expect(await service('on', ...mail)).toMatchObject({ state: 'on' })
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
