import { openSync, readFileSync, rmSync, truncateSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { addRigAccount, type ListedMessage, runCommandLine, TestProfile } from '../../support/command-line'
import { openTestEngine } from '../../support/engine-in-test'

type Folder = { folder: string; total: number }

describe('the command line keeps its word', () => {
  let servers: MailServers
  const alice = new TestProfile()
  const bob = new TestProfile()
  beforeAll(async () => {
    servers = await startMailServers()
    for (const [profile, name] of [
      [alice, 'alice'],
      [bob, 'bob'],
    ] as const) {
      await profile.create()
      await addRigAccount(profile, servers, name)
      await profile.json('sync')
    }
  })
  afterAll(async () => {
    await servers?.stop()
    await alice.remove()
    await bob.remove()
  })
  const write = (verb: string, ...more: string[]) => [
    verb,
    '--from',
    'alice@rig.test',
    '--to',
    'bob@rig.test',
    '--text-file',
    alice.file('text', 'Text\n'),
    ...more,
  ]
  const total = async (profile: TestProfile, folder: string) =>
    (await profile.json<Folder[]>('folders')).find(each => each.folder === folder)?.total

  test('what could not be sent goes out with the next sync, once', async () => {
    await servers.stopSmtp()
    const settled = alice.run(...write('send', '--subject', 'Later'), '--json')
    expect((await settled).exitCode).toBe(1)
    expect((await alice.json<{ state: string }[]>('outbox'))[0]?.state).toBe('queued')
    await servers.startSmtp()
    await alice.json('sync')
    expect((await alice.json<{ state: string }[]>('outbox'))[0]?.state).toBe('sent')
    await alice.json('sync')
    await bob.json('sync')
    const got = await bob.json<ListedMessage[]>('list', 'bob@rig.test/INBOX')
    expect(got.map(each => each.subject)).toEqual(['Later'])
    expect(await total(alice, 'alice@rig.test/Sent')).toBe(1)
  }, 360_000)

  test('a draft is on the server after a sync, and one that failed to be written is nowhere', async () => {
    await alice.json(...write('compose', '--subject', 'Kept'))
    for (const verb of ['compose', 'send'])
      expect((await alice.failure(...write(verb, '--attach', '/nonexistent'))).code).toBe('file-unreadable')
    expect((await alice.failure(...write('send', '--cc', 'no address'))).code).toBe('bad-address')
    await alice.json('sync')
    const other = new TestProfile()
    await other.create()
    await addRigAccount(other, servers, 'alice')
    await other.json('sync')
    const drafts = await other.json<ListedMessage[]>('list', 'alice@rig.test/Drafts')
    expect(drafts.map(each => each.subject)).toEqual(['Kept'])
    await other.remove()
  })

  test('an id that does not exist is an error, not a change of nothing', async () => {
    for (const verb of [
      ['mark', '4711', '--seen'],
      ['move', '4711', 'alice@rig.test/Archive'],
      ['delete', '4711'],
    ])
      expect(await alice.failure(...verb)).toMatchObject({
        code: 'not-found',
        message: expect.stringContaining('4711'),
      })
  })

  test('a failing connection test says what failed in one line, and with --json as an error too', async () => {
    const stranger = new TestProfile()
    await stranger.create()
    await stranger.json(
      ...['account', 'add', '--address', 'alice@rig.test', '--ca', servers.caFile],
      ...['--imap', `tls://127.0.0.1:${servers.imapsPort}`, '--smtp', `tls://127.0.0.1:${servers.smtpsPort}`],
      ...['--password-file', stranger.file('pw', 'wrong-secret\n')],
    )
    const spoken = await stranger.run('account', 'test', 'alice@rig.test')
    expect(spoken.exitCode).toBe(1)
    expect(spoken.stderr).toMatch(/^siegel: 127\.0\.0\.1 refused the sign-in.*\n$/)
    const error = await stranger.failure('account', 'test', 'alice@rig.test')
    expect(error.code).toBe('login-refused')
    const logged = await runCommandLine(['sync', ...stranger.common()], { ...process.env, SIEGEL_DEBUG: '1' })
    expect(logged.stderr).not.toMatch(/wrong-secret|d3Jvbmctc2VjcmV0/)
    await stranger.remove()
  })

  test('a certificate that nobody vouches for is trusted by its fingerprint, as met, and TLS begun wrongly is named', async () => {
    const stranger = new TestProfile()
    await stranger.create()
    const add = (address: string, imap: string, ...more: string[]) =>
      stranger.json(
        ...['account', 'add', '--address', address, '--imap', imap, ...more],
        ...[
          '--smtp',
          `tls://127.0.0.1:${servers.smtpsPort}`,
          '--password-file',
          stranger.file('pw', 'alice-pw\n'),
        ],
      )
    await add('alice@rig.test', `tls://127.0.0.1:${servers.imapsPort}`)
    expect(await stranger.failure('account', 'test', 'alice@rig.test')).toMatchObject({
      code: 'certificate-refused',
    })
    const spoken = await stranger.run('account', 'test', 'alice@rig.test', '--json')
    const { imap, smtp } = JSON.parse(spoken.stdout) as Record<
      'imap' | 'smtp',
      { certificate: { fingerprint256: string } }
    >
    const pin = (sha256: string) => ['net', 'pin', 'alice@rig.test', '--sha256', sha256] as const
    expect((await stranger.failure(...pin('00'.repeat(32)))).code).toBe('not-found')
    for (const print of new Set([imap, smtp].map(({ certificate }) => certificate.fingerprint256)))
      await stranger.json(...pin(print.replaceAll(':', '').toUpperCase()))
    expect((await stranger.run('account', 'test', 'alice@rig.test')).exitCode).toBe(0)

    await add('bob@rig.test', `tls://127.0.0.1:${servers.imapPort}`, '--ca', servers.caFile)
    expect(await stranger.failure('account', 'test', 'bob@rig.test')).toMatchObject({
      code: 'expects-starttls',
      message: expect.stringContaining('starttls://'),
    })
    await stranger.remove()
  })

  test('a stored password is sent to the servers it was given for, and to no other', async () => {
    const directory = join(alice.directory, 'engine')
    const engine = await openTestEngine(directory)
    const endpoint = (host: string, port: number) => ({ host, port, security: 'tls' as const })
    const config = (host: string) => ({
      address: 'alice@rig.test',
      displayName: '',
      services: {
        mail: {
          userName: 'alice@rig.test',
          imap: endpoint(host, servers.imapsPort),
          smtp: endpoint(host, servers.smtpsPort),
          caPem: readFileSync(servers.caFile, 'utf8'),
        },
      },
    })
    const { id } = await engine.call('accounts.add', { config: config('127.0.0.1'), password: 'alice-pw' })
    const login = async (host: string) => {
      const tried = { mail: config(host).services.mail, password: null, accountId: id }
      const { imap } = await engine.call('accounts.test', tried)
      return imap.steps.find(each => each.step === 'login')?.outcome
    }
    expect(await login('127.0.0.1')).toBe('ok')
    expect(await login('localhost')).toBe('skipped')
    await engine.call('accounts.update', { accountId: id, config: config('localhost'), signature: '' })
    expect(await login('localhost')).toBe('skipped')
    await engine.close()
  })

  test('a store that was cut short keeps what was written here, and says so whatever was asked', async () => {
    const profile = new TestProfile()
    await profile.create()
    await addRigAccount(profile, servers, 'carol')
    const mail = profile.file('one.eml', 'From: a@example.net\r\nSubject: Only here\r\n\r\nText\r\n')
    await profile.json('import', mail, '--into', 'local/Kept')
    const big = Buffer.alloc(300_000, 'Subject: filler\r\n\r\nxyz\r\n')
    await profile.json('import', profile.file('two.eml', big), '--into', 'local/Last')
    const store = join(profile.profile, 'store.db')
    truncateSync(store, readFileSync(store).length - 8192)
    const outcome = await profile.run('folders', '--json')
    expect(outcome.exitCode).toBe(0)
    expect(outcome.stderr).toMatch(/damaged.*1 accounts|damaged.*2 accounts/)
    expect((JSON.parse(outcome.stdout) as Folder[]).find(each => each.folder === 'local/Kept')?.total).toBe(1)
    await profile.remove()
  })

  test('damage that the doctor finds is repaired by the next start', async () => {
    const profile = new TestProfile()
    await profile.create()
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      const text = `From: a@example.net\r\nSubject: ${name}\r\nMessage-ID: <${name}@x>\r\n\r\n${'word '.repeat(9000)}`
      await profile.json('import', profile.file(`${name}.eml`, text), '--into', 'local/Kept')
    }
    const store = join(profile.profile, 'store.db')
    const pages = readFileSync(store).length / 8192
    // The middle of the file: rows that no start reads.
    writeSync(openSync(store, 'r+'), Buffer.alloc(8192), 0, 8192, Math.floor(pages / 2) * 8192)
    await profile.run('doctor')
    await profile.run('folders')
    expect((await profile.run('doctor')).exitCode).toBe(0)
    await profile.remove()
  })

  test('without its passphrase or its key file a profile says so, and no new key takes the place of the old', async () => {
    const profile = new TestProfile()
    await profile.create()
    const mute = await runCommandLine(['folders', '--json', '--profile', profile.profile])
    expect(JSON.parse(mute.stdout).error.code).toBe('locked')
    rmSync(join(profile.profile, 'profile.json'))
    expect((await profile.failure('profile', 'create')).code).toBe('key-file-missing')
    expect((await profile.failure('folders')).code).toBe('key-file-missing')
    await profile.remove()
  })
})
