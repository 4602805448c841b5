import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inLeakBox, type SentPacket, whyNoLeakBox } from '../rig/leak-box'
import { type MailServers, missingServerPrograms, startMailServers } from '../rig/mail-servers'
import { commandLine, TestProfile } from '../support/command-line'
import { testMessage } from '../support/sync-profile'
import { granted, startSocksServer } from '../wire/support/scripted-socks-server'

const why =
  whyNoLeakBox() ?? (missingServerPrograms().length > 0 ? 'the mail servers are not installed' : null)

/** Tor's own ports on this machine: looked at to find it, and never left. */
const torPorts = new Set([9050, 9150, 9051, 9151])
const outside = (sent: readonly SentPacket[], ports: ReadonlySet<number>) =>
  sent
    .filter(({ address, port }) => !(/^(127\.|::1$)/.test(address) && ports.has(port)))
    .map(({ protocol, address, port }) => `${protocol} ${address} ${port}`)

describe.skipIf(why !== null)(`what leaves the machine ${why ?? ''}`, () => {
  let servers: MailServers
  beforeAll(async () => {
    servers = await startMailServers()
    await servers.deliver('alice@rig.test', testMessage(1))
  })
  afterAll(() => servers?.stop())

  /** Command lines on one profile; each says what it is and how it ended. */
  const script = (profile: TestProfile, calls: readonly (readonly string[])[]) =>
    calls.map(call => {
      const words = [process.execPath, commandLine, ...call, ...profile.common(), '--json']
      return `${words.map(word => `'${word}'`).join(' ')} && echo '# ok ${call.slice(0, 2).join(' ')}' || echo '# failed ${call.slice(0, 2).join(' ')}'`
    })
  const account = (profile: TestProfile, host: string): string[] => [
    ...['account', 'add', '--address', 'alice@rig.test', '--ca', servers.caFile],
    ...['--imap', `tls://${host}:${servers.imapsPort}`, '--smtp', `tls://${host}:${servers.smtpsPort}`],
    ...['--password-file', profile.file('password', 'alice-pw\n')],
  ]
  const message = (profile: TestProfile): string[] => [
    ...['send', '--from', 'alice@rig.test', '--to', 'bob@rig.test', '--subject', 'quiet'],
    ...['--text-file', profile.file('text', 'Nobody shall see this leave.\n')],
  ]

  test('the box sees a name that is asked and a connection that is tried', async () => {
    const ask =
      "require('dns').lookup('leak.example', () => {}); require('net').connect(443, '192.0.2.9').on('error', () => {})"
    const { sent } = await inLeakBox([`timeout 2 '${process.execPath}' -e "${ask}"`, 'true'], [])
    expect(outside(sent, torPorts)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/10\.99\.0\.53 53$/),
        expect.stringMatching(/192\.0\.2\.9 443$/),
      ]),
    )
  })

  test('through Tor nothing but its port is touched: set-up, discovery, sync, send, and Tor gone', async () => {
    const resolved = Uint8Array.of(5, 0, 0, 1, 192, 0, 2, 1, 0, 0)
    const refusedByServer = Uint8Array.of(5, 5, 0, 1, 0, 0, 0, 0, 0, 0)
    const tor = await startSocksServer({
      answer: ({ command, host }) =>
        command === 0xf0 ? resolved : host === 'mail.rig.test' ? granted : refusedByServer,
      target: ({ port }) => port,
    })
    const profile = new TestProfile()
    try {
      const first = await inLeakBox(
        script(profile, [
          ['profile', 'create'],
          // An own Tor would look for its network, which is not the question here.
          ['tor', 'on', '--mode', 'running'],
          ['tor', 'status'],
          ['account', 'discover', 'dora@nowhere.example'],
          account(profile, 'mail.rig.test'),
          ['account', 'test', 'alice@rig.test'],
          ['sync'],
          message(profile),
        ]),
        [{ inside: 9050, outside: tor.port }],
      )
      expect(first.output).not.toContain('# failed')
      expect(first.output).toContain('# ok send')
      expect(outside(first.sent, torPorts)).toEqual([])
      expect([...new Set(tor.asked.map(ask => ask.host))]).toEqual(
        expect.arrayContaining(['192.0.2.1', 'autoconfig.nowhere.example', 'mail.rig.test']),
      )
      expect(tor.asked.every(ask => ask.addressType === 3)).toBe(true)

      const gone = await inLeakBox(script(profile, [['sync'], ['account', 'test', 'alice@rig.test']]), [])
      expect(gone.output).toContain('# failed sync')
      expect(gone.output).toContain('proxy-failed')
      expect(outside(gone.sent, torPorts)).toEqual([])
    } finally {
      await tor.stop()
      await profile.remove()
    }
  })

  test('without Tor nothing but the configured servers is touched', async () => {
    const profile = new TestProfile()
    const ports = [servers.imapsPort, servers.smtpsPort]
    try {
      const { sent, output } = await inLeakBox(
        script(profile, [
          ['profile', 'create'],
          account(profile, '127.0.0.1'),
          ['sync'],
          message(profile),
          ['sync'],
        ]),
        ports.map(port => ({ inside: port, outside: port })),
      )
      expect(output).not.toContain('# failed')
      expect(outside(sent, new Set(ports))).toEqual([])
      expect(sent.map(({ port }) => port).sort()).toEqual([...ports].sort())
    } finally {
      await profile.remove()
    }
  })
})
