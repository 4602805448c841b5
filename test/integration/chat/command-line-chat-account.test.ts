import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ProsodyServer, startProsody } from '../../rig/prosody-server'
import { TestProfile } from '../../support/command-line'

let server: ProsodyServer
const profile = new TestProfile()
beforeAll(async () => {
  server = await startProsody()
  await profile.create()
})
afterAll(async () => {
  await server?.stop()
  await profile.remove()
})

const secrets = (name: string) => [
  ...['--password-file', profile.file(`${name}-password`, `${name}-pw\n`)],
  ...['--ca', profile.file('ca.pem', server.ca)],
]
const alice = ['--account', 'alice@rig.test', '--kind', 'xmpp']

test('a chat alone is an account, is tried, switched, changed and shown', async () => {
  const host = `tls://localhost:${server.tlsPort}`
  const added = await profile.json<{ address: string }>(
    ...['account', 'add-xmpp', '--name', 'Alice', '--user', 'Alice@RIG.test', '--host', host],
    ...secrets('alice'),
  )
  expect(added).toMatchObject({ address: 'alice@rig.test', name: 'Alice' })
  expect(await profile.json('account', 'list')).toMatchObject([{ kind: 'xmpp', services: ['xmpp'] }])
  expect(await profile.json('account', 'service', 'test', ...alice)).toMatchObject({
    ...{ ok: true, host: 'localhost', port: server.tlsPort, security: 'tls', canResume: true },
    jid: expect.stringMatching(/^alice@rig\.test\//),
  })
  expect(await profile.json('account', 'service', 'off', ...alice)).toMatchObject({ state: 'off' })
  expect(await profile.failure('account', 'service', 'test', ...alice)).toMatchObject({ code: 'service-off' })
  await profile.json('account', 'service', 'on', ...alice)

  const starttls = `starttls://localhost:${server.starttlsPort}`
  await profile.json('account', 'service', 'change', ...alice, '--host', starttls)
  expect(await profile.json('account', 'service', 'list')).toMatchObject([
    {
      ...{ account: 'alice@rig.test', kind: 'xmpp', state: 'on', user: 'alice@rig.test', way: 'direct' },
      servers: [{ purpose: 'xmpp', host: 'localhost', port: server.starttlsPort, security: 'starttls' }],
    },
  ])
  // The same host keeps the password; another one gets none.
  expect(await profile.json('account', 'service', 'test', ...alice)).toMatchObject({ security: 'starttls' })
  await profile.json('account', 'service', 'change', ...alice, '--host', `tls://127.0.0.1:${server.tlsPort}`)
  expect(await profile.failure('account', 'service', 'test', ...alice)).toMatchObject({
    code: 'login-refused',
  })
})

test('a wrong password, a place without TLS and bad words are told as such', async () => {
  await profile.json(
    ...['account', 'add-xmpp', '--user', 'bob@rig.test', '--host', `tls://localhost:${server.tlsPort}`],
    ...secrets('alice'),
  )
  const bob = ['--account', 'bob@rig.test', '--kind', 'xmpp']
  expect(await profile.failure('account', 'service', 'test', ...bob)).toMatchObject({ code: 'login-refused' })
  for (const words of [
    ['--user', 'bob', '--host', 'tls://localhost:5223'],
    ['--user', 'bob@rig.test/desk', '--host', 'tls://localhost:5223'],
    ['--user', 'eve@rig.test', '--host', 'tcp://localhost:5222'],
    ['--user', 'eve@rig.test', '--host', 'localhost'],
  ]) {
    const said = await profile.run('account', 'add-xmpp', ...words, ...secrets('alice'))
    expect([said.exitCode, said.stderr]).toEqual([2, expect.stringMatching(/--(user|host) takes/)])
  }
  const other = ['--account', 'bob@rig.test', '--kind', 'dav', '--url', 'https://localhost:1/']
  await profile.json('account', 'service', 'add', ...other, ...secrets('bob'))
  await profile.json('account', 'service', 'remove', ...bob)
  expect(await profile.json('account', 'service', 'list', '--account', 'bob@rig.test')).toMatchObject([
    { kind: 'dav' },
  ])
  const again = ['--account', 'bob@rig.test', '--kind', 'xmpp', '--host', `tls://localhost:${server.tlsPort}`]
  await profile.json('account', 'service', 'add', ...again, ...secrets('bob'))
  expect(await profile.json('account', 'service', 'test', ...bob)).toMatchObject({ ok: true })
})
