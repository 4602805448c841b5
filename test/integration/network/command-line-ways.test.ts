import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { addRigAccount, TestProfile } from '../../support/command-line'
import { startSocksServer } from '../../wire/support/scripted-socks-server'

type Shown = {
  way: string
  route: { kind: string; proxy: { host: string; port: number; user: string | null } | null }
}

describe('the way out, chosen from the command line', () => {
  let servers: MailServers
  const profile = new TestProfile()
  beforeAll(async () => {
    servers = await startMailServers()
    await profile.create()
    await addRigAccount(profile, servers, 'alice')
  })
  afterAll(async () => {
    await servers?.stop()
    await profile.remove()
  })
  const route = (...more: string[]) => ['account', 'route', '--account', 'alice@rig.test', ...more]

  test('an account syncs through another SOCKS5 proxy with the login of a file, and through nothing else', async () => {
    const proxy = await startSocksServer({ target: ask => ask.port })
    const login = profile.file('login', 'anna\nsecret word\n')
    const shown = await profile.json<Shown>(
      ...route('--socks5', `127.0.0.1:${proxy.port}`, '--login-file', login),
    )
    expect(shown).toMatchObject({
      way: 'socks5',
      route: { kind: 'socks5', proxy: { host: '127.0.0.1', port: proxy.port, user: 'anna' } },
    })
    expect(JSON.stringify(shown)).not.toContain('secret')
    await profile.json('sync')
    expect(proxy.asked.length).toBeGreaterThan(0)
    for (const ask of proxy.asked) expect(ask).toMatchObject({ user: 'anna', password: 'secret word' })
    await proxy.stop()
    await expect(profile.failure('sync')).resolves.toBeDefined()
  })

  test('leaving the proxy needs a yes, going to Tor does not', async () => {
    const refused = await profile.run(...route('--direct'))
    expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringContaining('--yes')])
    expect(await profile.json<Shown>(...route())).toMatchObject({ way: 'socks5' })
    expect(await profile.json<Shown>(...route('--tor'))).toMatchObject({ way: 'tor' })
    expect((await profile.run(...route('--socks5', '127.0.0.1:1'))).exitCode).toBe(2)
    expect(await profile.json<Shown>(...route('--direct', '--yes'))).toMatchObject({ way: 'direct' })
  })

  test('whose Tor is used is set as in the window, and another one needs a yes', async () => {
    const bridge = 'obfs4 192.0.2.1:443 0123456789012345678901234567890123456789 cert=x iat-mode=0'
    const bridges = profile.file('bridges', `# mine\n${bridge}\n\n`)
    const exits = profile.file('exits', `mail.example ${'a'.repeat(40)}\n`)
    const change = ['--address', '[::1]:9250', '--bridges', bridges, '--exits', exits, '--mode', 'running']
    expect((await profile.run('tor', 'set', ...change)).exitCode).toBe(2)
    expect(await profile.json('tor', 'set')).toMatchObject({ address: null, bridges: [], exits: [] })
    await profile.json('tor', 'set', ...change, '--yes')
    expect(await profile.json('tor', 'set')).toMatchObject({
      address: { host: '::1', port: 9250 },
      bridges: [bridge],
      exits: [{ host: 'mail.example', fingerprint: 'A'.repeat(40) }],
      mode: 'running',
    })
    await profile.json(
      'tor',
      'set',
      '--address',
      'none',
      '--bridges',
      'none',
      '--exits',
      'none',
      '--mode',
      'auto',
      '--yes',
    )
    for (const bad of [
      ['--address', 'localhost:9050'],
      ['--address', '1.2.3.4'],
      ['--exits', bridges],
      ['--mode', 'x'],
    ])
      expect((await profile.run('tor', 'set', ...bad, '--yes')).exitCode, bad.join(' ')).toBe(2)
  })

  test.each([
    ['two ways', ['--direct', '--tor']],
    ['a place without a port', ['--socks5', 'proxy.example']],
    ['a port that is none', ['--socks5', 'proxy.example:70000']],
    ['a login without a proxy', ['--tor', '--login-file', 'x']],
  ])('%s is used wrongly and changes nothing', async (_what, more) => {
    expect((await profile.run(...route(...more))).exitCode).toBe(2)
    expect(await profile.json<Shown>(...route())).toMatchObject({ way: 'direct' })
  })

  test('a login file that is no pair of lines is refused', async () => {
    const login = profile.file('half', 'anna\n')
    const outcome = await profile.run(...route('--socks5', 'proxy.example:1080', '--login-file', login))
    expect(outcome.exitCode).toBe(2)
  })

  test('net status, policy and connections tell the ways, the places that are permitted, and what was opened', async () => {
    const status = await profile.json<{ accounts: object[] }>('net', 'status')
    expect(status.accounts).toMatchObject([{ address: 'alice@rig.test', way: 'direct' }])

    const places = await profile.json<{ account: string | null; purpose: string }[]>('net', 'policy')
    const ofAlice = places.filter(({ account }) => account === 'alice@rig.test')
    const server = { host: '127.0.0.1', way: 'direct' }
    expect(ofAlice).toHaveLength(2)
    expect(ofAlice).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...server, purpose: 'imap', port: servers.imapsPort }),
        expect.objectContaining({ ...server, purpose: 'smtp', port: servers.smtpsPort }),
      ]),
    )

    const opened = await profile.json<{ purpose: string; state: string; tls: object | null }[]>(
      ...['net', 'connections', '--account', 'alice@rig.test'],
    )
    expect(opened.map(({ purpose }) => purpose).sort()).toEqual(['imap', 'smtp'])
    for (const each of opened)
      expect(each).toMatchObject({
        ...server,
        tls: { version: 'TLSv1.3', issuer: expect.stringContaining('Rig Test CA') },
      })
    const inWords = await profile.run('net', 'connections', '--account', 'alice@rig.test')
    expect(inWords.stdout).toContain(`127.0.0.1:${servers.imapsPort}`)
  })

  test('exits are pinned, listed and set free, each for its own host', async () => {
    const [one, two] = ['A'.repeat(40), 'B'.repeat(40)]
    const add = (host: string, fingerprint: string) =>
      profile.json('tor', 'exit', 'add', '--host', host, '--fingerprint', fingerprint)
    await add('imap.example.org', one)
    await add('SMTP.example.org', `$${two.toLowerCase()}`)
    expect(await profile.json('tor', 'exit', 'list')).toEqual([
      { host: 'imap.example.org', fingerprint: one },
      { host: 'smtp.example.org', fingerprint: two },
    ])
    await add('imap.example.org', two)
    await profile.json('tor', 'exit', 'remove', '--host', 'smtp.example.org')
    expect(await profile.json('tor', 'exit', 'list')).toEqual([
      { host: 'imap.example.org', fingerprint: two },
    ])
    for (const wrong of [
      ['--host', 'imap.example.org', '--fingerprint', 'abc'],
      ['--host', 'imap.example.org'],
      ['--account', 'alice@rig.test'],
      ['--fingerprint', one],
    ])
      expect((await profile.run('tor', 'exit', 'add', ...wrong)).exitCode, wrong.join(' ')).toBe(2)
    expect(await profile.json('tor', 'exit', 'list')).toEqual([
      { host: 'imap.example.org', fingerprint: two },
    ])
  })
})
