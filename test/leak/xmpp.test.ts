import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inLeakBox, whyNoLeakBox } from '../rig/leak-box'
import { type ProsodyServer, startProsody } from '../rig/prosody-server'
import { commandLine, TestProfile } from '../support/command-line'
import { granted, startSocksServer } from '../wire/support/scripted-socks-server'

const why = whyNoLeakBox()
/** Where Tor is looked for on this machine. */
const torPorts = new Set([9050, 9150, 9051, 9151])

describe.skipIf(why !== null)(`the chat of an account on Tor ${why ?? ''}`, () => {
  let server: ProsodyServer
  beforeAll(async () => {
    server = await startProsody()
  })
  afterAll(() => server?.stop())

  test('nothing but the port of Tor is touched: signing in, looking for a server, an onion, and Tor gone', async () => {
    const resolved = Uint8Array.of(5, 0, 0, 1, 192, 0, 2, 1, 0, 0)
    const refused = Uint8Array.of(5, 5, 0, 1, 0, 0, 0, 0, 0, 0)
    const tor = await startSocksServer({
      answer: ({ command, host }) =>
        command === 0xf0 ? resolved : host === 'chat.rig.test' ? granted : refused,
      target: ({ port }) => port,
    })
    const profile = new TestProfile()
    const calls = (list: readonly (readonly string[])[]) =>
      list.map(call => {
        const words = [process.execPath, commandLine, ...call, ...profile.common(), '--json']
        const name = call.slice(0, 2).join(' ')
        return `${words.map(word => `'${word}'`).join(' ')} && echo '# ok ${name}' || echo '# failed ${name}'`
      })
    const outside = (sent: readonly { protocol: string; address: string; port: number }[]) =>
      sent
        .filter(({ address, port }) => !(/^(127\.|::1$)/.test(address) && torPorts.has(port)))
        .map(({ protocol, address, port }) => `${protocol} ${address} ${port}`)
    const secrets = [
      ...['--password-file', profile.file('password', 'alice-pw\n')],
      ...['--ca', profile.file('ca.pem', server.ca)],
    ]
    const add = (user: string, ...host: string[]) => [
      'account',
      'add-xmpp',
      '--user',
      user,
      ...host,
      ...secrets,
      '--tor',
    ]
    const tried = (user: string) => ['account', 'service', 'test', '--account', user, '--kind', 'xmpp']
    const ports = [{ inside: 9050, outside: tor.port }]
    const onion = `${'a'.repeat(56)}.onion`
    try {
      const made = await inLeakBox(
        calls([
          ['profile', 'create'],
          ['tor', 'on', '--mode', 'running'],
          add('alice@rig.test', '--host', `tls://chat.rig.test:${server.tlsPort}`),
          tried('alice@rig.test'),
        ]),
        ports,
      )
      expect(made.output).not.toContain('# failed')
      expect(made.output).toContain('"ok":true')
      expect(outside(made.sent)).toEqual([])

      // Without a place of its own the domain is asked by Tor or not at all; an onion is asked of nobody.
      const looked = await inLeakBox(
        calls([
          add('bob@nowhere.example'),
          tried('bob@nowhere.example'),
          add(`carol@${onion}`),
          tried(`carol@${onion}`),
        ]),
        ports,
      )
      expect(looked.output).toContain('# failed account service')
      expect(outside(looked.sent)).toEqual([])
      const hosts = tor.asked.map(({ host }) => host)
      expect(hosts).toContain('chat.rig.test')
      expect(hosts).toContain(onion)
      expect(
        tor.asked.every(({ addressType, host }) => addressType === 3 || /^[0-9.:a-f]+$/.test(host)),
      ).toBe(true)

      const gone = await inLeakBox(calls([tried('alice@rig.test')]), [])
      expect(gone.output).toContain('# failed account service')
      expect(gone.output).toContain('proxy-failed')
      expect(outside(gone.sent)).toEqual([])
    } finally {
      await tor.stop()
      await profile.remove()
    }
  })
})
